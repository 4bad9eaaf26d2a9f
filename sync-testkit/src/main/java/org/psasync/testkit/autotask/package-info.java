/** A fake Autotask PSA over HTTP. */
@NullMarked
package org.psasync.testkit.autotask;

import org.jspecify.annotations.NullMarked;
