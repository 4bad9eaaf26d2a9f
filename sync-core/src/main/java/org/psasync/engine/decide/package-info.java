/** What to do, decided by functions that read no clock, no store and no network. */
@NullMarked
package org.psasync.engine.decide;

import org.jspecify.annotations.NullMarked;
