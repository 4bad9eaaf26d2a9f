package org.psasync.engine.push;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.PushResult;
import org.psasync.engine.desk.Parties;
import org.psasync.model.LocalRef;
import org.psasync.model.Revision;

/** Sends what a person saved, at once (PUSH-2). Whatever fails is part of the answer, and never thrown. */
public final class Pushes {
    private final Parties parties;

    /** Makes the pushes of an engine. */
    public Pushes(Parties parties) {
        this.parties = parties;
    }

    /**
     * Takes notice of a save and sends what it confirms.
     *
     * @param revision the revision that was saved; null when the caller does not know it
     */
    public PushResult saved(LocalRef ref, @Nullable Revision revision) {
        return measured(() -> new Push(parties, ref).saved(revision));
    }

    /**
     * Sends saved values after all that the PSA's newer ones had replaced.
     *
     * @param actor who wants it
     */
    public PushResult sendMine(LocalRef ref, PushResult.PsaHadNewer newer, String actor) {
        return measured(() -> new Push(parties, ref).sendMine(newer.fields(), actor));
    }

    private PushResult measured(Supplier<PushResult> push) {
        Instant began = parties.clock().instant();
        PushResult result = push.get();
        parties.figures()
                .pushed(
                        parties.integration(),
                        result,
                        Duration.between(began, parties.clock().instant()));
        return result;
    }
}
