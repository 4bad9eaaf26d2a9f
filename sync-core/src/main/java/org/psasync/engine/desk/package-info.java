/** What one operation works with: both sides behind guards, a setup, and the ledger in which it stores what it did. */
@NullMarked
package org.psasync.engine.desk;

import org.jspecify.annotations.NullMarked;
