/** The sync engine: what a host reads. */
@NullMarked
package org.psasync.engine;

import org.jspecify.annotations.NullMarked;
