/** The figures of runs and pushes in Micrometer. */
@NullMarked
package org.psasync.examples.metrics;

import org.jspecify.annotations.NullMarked;
