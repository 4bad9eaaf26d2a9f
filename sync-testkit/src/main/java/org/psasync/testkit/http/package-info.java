/** What the fakes over HTTP have in common: the web server, which requests they saw, which faults happen to which, certificates. */
@NullMarked
package org.psasync.testkit.http;

import org.jspecify.annotations.NullMarked;
