/** Contracts as abstract JUnit tests: an implementor extends one and so proves an implementation. */
@NullMarked
package org.psasync.testkit.contract;

import org.jspecify.annotations.NullMarked;
