/** Carries decisions out: reads both sides, writes them, and remembers what came of it. */
@NullMarked
package org.psasync.engine.run;

import org.jspecify.annotations.NullMarked;
