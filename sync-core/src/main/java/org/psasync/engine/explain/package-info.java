/** Why a record does not sync. */
@NullMarked
package org.psasync.engine.explain;

import org.jspecify.annotations.NullMarked;
