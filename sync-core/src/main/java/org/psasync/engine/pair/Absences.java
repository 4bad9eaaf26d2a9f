package org.psasync.engine.pair;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.psasync.store.Observation;
import org.psasync.store.Observation.Absence;
import org.psasync.store.Pair;

/** What answers "not found" mean (STATE-5). */
public final class Absences {
    /** So far apart must two answers be. */
    public static final Duration APART = Duration.ofHours(1);

    private Absences() {}

    /**
     * Returns the pair after a read that did not find its PSA record.
     *
     * @param from when the read began
     * @param counts whether the answer can be part of a proof
     */
    public static Pair notFound(Pair pair, Instant from, boolean counts) {
        Observation observed = pair.observed();
        if (pair.leftAlone() || observed == null) {
            return pair;
        }
        Absence before = observed.absence();
        Absence now;
        if (before == null) {
            // An answer that cannot be part of a proof still hides the record; the proof starts with one that can.
            now = new Absence(counts ? from : Instant.MAX, false);
        } else if (before.proven() || !counts) {
            now = before;
        } else if (before.since().equals(Instant.MAX)) {
            now = new Absence(from, false);
        } else {
            now = new Absence(before.since(), !from.isBefore(before.since().plus(APART)));
        }
        return pair.toBuilder()
                .observed(observed.withAbsence(now))
                .mustRead(false)
                .dirty(true)
                .dueAt(nextLook(now, from, counts))
                .build();
    }

    /** Returns the pair with its proof begun anew; what was answered under other rights does not count. */
    public static Pair anew(Pair pair) {
        Observation observed = pair.observed();
        if (observed == null || observed.absence() == null || observed.absence().proven()) {
            return pair;
        }
        return pair.toBuilder()
                .observed(observed.withAbsence(new Absence(Instant.MAX, false)))
                .build();
    }

    /**
     * Only a proof is worth another look; whatever else is not shown comes back in the listing of a full check. An answer
     * that came too early moves nothing: the next look is an hour after the first one that counts.
     */
    private static @Nullable Instant nextLook(Absence absence, Instant from, boolean counts) {
        if (absence.proven() || !counts) {
            return null;
        }
        Instant proof = absence.since().plus(APART);
        return proof.isAfter(from) ? proof : from.plus(APART);
    }
}
