package org.psasync.engine.pair;

import java.util.List;
import java.util.Set;
import org.psasync.engine.Disposition;
import org.psasync.model.SyncState;
import org.psasync.store.Pair;
import org.psasync.store.Trouble;

/** What a link is once it was taken out of the sync on purpose: nothing waits for it, fails or asks about it any more. */
public final class Leaving {
    private Leaving() {}

    /** Returns the link disabled; its base and what was confirmed stay, so that its merge goes on when it comes back. */
    public static Pair disabled(Pair link) {
        return out(link, SyncState.DISABLED, Disposition.DISABLED);
    }

    /** Returns the link cut. */
    public static Pair disconnected(Pair link) {
        return out(link, SyncState.DISCONNECTED, Disposition.DISCONNECTED);
    }

    private static Pair out(Pair link, SyncState state, Disposition disposition) {
        Trouble trouble = link.trouble().withFailure(null).withReview(null).withFrozen(List.of());
        return link.toBuilder()
                .state(state)
                .trouble(trouble)
                .awaited(Set.of())
                .disposition(disposition)
                .dirty(false)
                .mustRead(false)
                .dueAt(null)
                .build();
    }

    /**
     * Returns a change that was decided before the link was taken out, made of the link as it is: what was written counts,
     * but the link stays out (SET-10).
     */
    public static Pair stayingOut(Pair out, Pair changed) {
        return changed.toBuilder()
                .state(out.state())
                .trouble(changed.trouble().localGone() ? out.trouble().withLocalGone() : out.trouble())
                .awaited(Set.of())
                .disposition(out.disposition())
                .dirty(false)
                .mustRead(false)
                .dueAt(null)
                .build();
    }
}
