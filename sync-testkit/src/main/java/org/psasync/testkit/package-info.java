/** Fake PSAs and tools for tests of hosts, connectors and sync policies. */
@NullMarked
package org.psasync.testkit;

import org.jspecify.annotations.NullMarked;
