package org.psasync.engine.run;

import static java.util.Objects.requireNonNullElse;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.psasync.engine.Mode;
import org.psasync.engine.SyncPlan;
import org.psasync.engine.apply.Permit;
import org.psasync.engine.desk.Desk;
import org.psasync.engine.desk.FailureText;
import org.psasync.engine.desk.Held;
import org.psasync.engine.desk.Parties;
import org.psasync.engine.desk.RunStopped;
import org.psasync.spi.ConnectorException;
import org.psasync.store.Setup;

/** Goes through the steps of a run and writes to copies only (RUN-4). */
public final class Rehearsal {
    private final Parties parties;

    /** Makes a rehearsal. */
    public Rehearsal(Parties parties) {
        this.parties = parties;
    }

    /**
     * Returns what a run would do; writes nothing, anywhere. Whatever keeps it from coming to its end is the plan's
     * message.
     */
    public SyncPlan plan() {
        Setup setup = parties.state().setup();
        Held held = Held.run(setup);
        if (held != null && setup.mode() != Mode.PAUSED) { // what a run will do after the pause can be seen
            return unfinished(held.text());
        }
        Desk desk;
        try {
            desk = parties.rehearsalDesk(parties.newName());
        } catch (IllegalArgumentException | ConnectorException failure) {
            return unfinished(FailureText.of(failure));
        }
        long requests = desk.psa().requests();
        String message = "";
        RunSteps steps = new RunSteps(parties, desk, Permit.ALL);
        try {
            steps.toTheEnd();
        } catch (ConnectorException | RunStopped failure) {
            message = requireNonNullElse(failure.getMessage(), failure.toString());
        } catch (RuntimeException failure) {
            message = FailureText.of(failure);
        }
        return new SyncPlan(
                desk.name(),
                parties.integration(),
                desk.now(),
                desk.tally().items(),
                desk.tally().reports(desk.state()),
                desk.psa().requests() - requests,
                message,
                steps.brakes(),
                desk.tally().heldItems());
    }

    private SyncPlan unfinished(String message) {
        Instant now = parties.clock().instant();
        return new SyncPlan(
                parties.newName(), parties.integration(), now, List.of(), Map.of(), 0, message, List.of(), List.of());
    }
}
