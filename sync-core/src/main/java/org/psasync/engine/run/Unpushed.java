package org.psasync.engine.run;

import org.psasync.engine.Disposition;
import org.psasync.store.Pair;

/** Tells which pairs hold local values that the PSA does not have, as far as that is known without a look at the host. */
final class Unpushed {
    private Unpushed() {}

    static boolean holds(Pair pair) {
        return pair.grant() != null && !pair.grant().values().isEmpty()
                || pair.disposition() == Disposition.AWAITING_CONFIRMATION
                || pair.disposition() == Disposition.CONFLICT_TO_DECIDE;
    }
}
