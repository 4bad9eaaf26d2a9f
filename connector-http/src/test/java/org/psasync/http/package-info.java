/** Tests of the REST kit, against servers on this machine. */
@NullMarked
package org.psasync.http;

import org.jspecify.annotations.NullMarked;
