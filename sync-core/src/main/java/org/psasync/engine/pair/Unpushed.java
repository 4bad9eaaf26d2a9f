package org.psasync.engine.pair;

import java.util.EnumSet;
import java.util.Set;
import org.psasync.engine.Disposition;
import org.psasync.model.Field;
import org.psasync.store.Grant;
import org.psasync.store.Pair;

/** Tells which pairs hold local values that the PSA does not have, as far as that is known without a look at the host. */
public final class Unpushed {
    private static final Set<Disposition> CERTAIN =
            EnumSet.of(Disposition.AWAITING_CONFIRMATION, Disposition.CONFLICT_TO_DECIDE);
    /** Where it may also be the PSA's value that waits. */
    private static final Set<Disposition> POSSIBLE = EnumSet.of(
            Disposition.HELD_BY_BRAKE, Disposition.OSCILLATING, Disposition.REFUSED_BY_PSA, Disposition.RETRYING);

    private Unpushed() {}

    /** Returns whether a pair certainly does. */
    public static boolean certainly(Pair pair) {
        Grant grant = pair.grant();
        return stands(pair, CERTAIN) || grant != null && !grant.values().isEmpty();
    }

    /** Returns whether a pair may do so in one of these fields. */
    public static boolean possibly(Pair pair, Set<Field<?>> fields) {
        Grant grant = pair.grant();
        return stands(pair, CERTAIN)
                || stands(pair, POSSIBLE)
                || grant != null && fields.stream().anyMatch(grant.values()::has);
    }

    private static boolean stands(Pair pair, Set<Disposition> dispositions) {
        return pair.disposition() != null && dispositions.contains(pair.disposition());
    }
}
