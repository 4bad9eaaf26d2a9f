/** Reads the PSA and the host and stores what they show, with what is proved by what they do not show. */
@NullMarked
package org.psasync.engine.observe;

import org.jspecify.annotations.NullMarked;
