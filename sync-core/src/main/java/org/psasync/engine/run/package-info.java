/** Runs and their rehearsals: the steps, in one piece or in slices. */
@NullMarked
package org.psasync.engine.run;

import org.jspecify.annotations.NullMarked;
