package org.psasync.engine;

import java.time.Instant;
import org.psasync.engine.RunReport.Status;
import org.psasync.store.IntegrationState;
import org.psasync.store.Progress;
import org.psasync.store.Setup;

/** How an integration is, of what is remembered of it (RUN-2). */
final class Standing {
    private Standing() {}

    static IntegrationStatus of(IntegrationState state, Instant now) {
        Setup setup = state.setup();
        Progress progress = state.progress();
        RunReport last = progress.lastRun();
        boolean setUp = setup.settingsVersion() > 0 || setup.connection() != null;
        boolean wanted = setUp && setup.refusal() == null && progress.settingsSeen() != setup.settingsVersion();
        Status status = last == null ? Status.INCOMPLETE : last.status();
        String message = last == null ? "No run has taken place yet." : last.message();
        if (setup.refusal() != null) {
            status = Status.ERROR;
            message = setup.refusal() + " Replace the credentials; nothing is tried until then.";
        }
        if (state.running(now).isPresent()) {
            status = Status.SYNCING;
            message = "";
        }
        return new IntegrationStatus(status, message, last, null, wanted, state.counts());
    }
}
