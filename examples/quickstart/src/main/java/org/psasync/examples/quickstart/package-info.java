/** Syncs a fake PSA, or a real one, with records in memory, and shows the rules at work. */
@NullMarked
package org.psasync.examples.quickstart;

import org.jspecify.annotations.NullMarked;
