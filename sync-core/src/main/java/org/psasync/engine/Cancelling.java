package org.psasync.engine;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.psasync.engine.desk.Parties;
import org.psasync.store.Commit;
import org.psasync.store.Event;
import org.psasync.store.Lease;

/** Asks a run to stop (DATA-7). */
final class Cancelling {
    private Cancelling() {}

    /** Returns whether a run is going on. */
    static boolean cancel(Parties parties, Actor actor) {
        Instant now = parties.clock().instant();
        Optional<Lease> running = parties.state().running(now);
        if (running.isEmpty() || !parties.state().cancel(actor.name(), now)) {
            return false;
        }
        Event event = new Event(
                0,
                now,
                running.get().holder(),
                actor.name(),
                Event.Type.RUN_CANCELLED,
                null,
                null,
                null,
                null,
                List.of(),
                "");
        parties.state().commit(Commit.builder().event(event).build());
        return true;
    }
}
