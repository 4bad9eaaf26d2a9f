/** What becomes of a pair: functions from a pair and a finding to the pair as it is then. */
@NullMarked
package org.psasync.engine.pair;

import org.jspecify.annotations.NullMarked;
