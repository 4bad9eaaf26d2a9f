/** What the fakes over HTTP have in common: which requests they saw, and which faults happen to which of them. */
@NullMarked
package org.psasync.testkit.http;

import org.jspecify.annotations.NullMarked;
