/** Measures speed, memory and requests as ratios within one run. */
@NullMarked
package org.psasync.benchmarks;

import org.jspecify.annotations.NullMarked;
