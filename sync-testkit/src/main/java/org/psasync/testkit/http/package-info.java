/** What the fakes over HTTP have in common: which requests they saw, which faults happen to which of them, certificates. */
@NullMarked
package org.psasync.testkit.http;

import org.jspecify.annotations.NullMarked;
