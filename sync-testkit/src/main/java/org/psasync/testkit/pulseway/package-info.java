/** A Pulseway PSA for tests: an HTTP server in memory that keeps records and behaves as the vendor's does. */
@NullMarked
package org.psasync.testkit.pulseway;

import org.jspecify.annotations.NullMarked;
