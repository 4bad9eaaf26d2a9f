package org.psasync.engine;

import java.util.List;
import java.util.function.UnaryOperator;
import org.psasync.engine.desk.Parties;
import org.psasync.engine.run.Disconnection;
import org.psasync.store.Commit;
import org.psasync.store.Event;
import org.psasync.store.Participation;
import org.psasync.store.Setup;
import org.psasync.store.StaleStateException;

/** Pauses, resumes and disconnects an integration (DATA-6, DATA-7). */
final class Participating {
    private final Parties parties;
    private final Actor actor;

    Participating(Parties parties, Actor actor) {
        this.parties = parties;
        this.actor = actor;
    }

    boolean pause() {
        return move(Mode.PAUSED, Participation::paused, Event.Type.PAUSED, "no run or push begins until it is resumed");
    }

    boolean resume() {
        return move(Mode.ACTIVE, Participation::resumed, Event.Type.RESUMED, "runs and pushes begin again");
    }

    boolean disconnect() {
        boolean changed = move(
                Mode.DISCONNECTED,
                Participation::disconnected,
                Event.Type.DISCONNECTED,
                "all links are cut, and remembered; local records stay");
        new Disconnection(parties).showMarks();
        return changed;
    }

    /** Returns whether anything changed; what is already so is not logged again. */
    private boolean move(Mode to, UnaryOperator<Participation> change, Event.Type type, String text) {
        while (true) {
            Setup setup = parties.state().setup();
            if (setup.mode() == to) {
                return false;
            }
            if (setup.mode() == Mode.DISCONNECTED) {
                throw new IllegalStateException("The integration is disconnected; connect it again first");
            }
            Event event = new Event(
                    0, parties.clock().instant(), null, actor.name(), type, null, null, null, null, List.of(), text);
            try {
                parties.state()
                        .commit(Commit.builder()
                                .setup(setup.with(change.apply(setup.participation())))
                                .event(event)
                                .build());
                return true;
            } catch (StaleStateException stale) {
                // Somebody changed something else of the setup: the change is made beside that.
            }
        }
    }
}
