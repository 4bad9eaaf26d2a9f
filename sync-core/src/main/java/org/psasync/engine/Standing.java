package org.psasync.engine;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.RunReport.Status;
import org.psasync.engine.desk.Held;
import org.psasync.model.AssetKind;
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
        Held held = Held.run(setup);
        boolean news = progress.settingsSeen() != setup.settingsVersion()
                || setup.participation().linksAnew()
                || progress.checks().wanted();
        boolean wanted = setUp && held == null && news;
        Status status = last == null ? Status.INCOMPLETE : last.status();
        String message = last == null ? "No run has taken place yet." : last.message();
        if (held != null) {
            status = held.status();
            message = held.text();
        }
        if (state.running(now).isPresent()) {
            status = Status.SYNCING;
            message = "";
        }
        return new IntegrationStatus(status, message, last, null, wanted, dueAt(state, last), counts(state));
    }

    /** What was due before the last run began, that run looked at. */
    private static @Nullable Instant dueAt(IntegrationState state, @Nullable RunReport last) {
        if (last == null) {
            return null;
        }
        return last.goesOnAt() == null ? state.nextDue(last.started()).orElse(null) : last.goesOnAt();
    }

    /** Returns how many records stand where, as they are seen in the integration's mode. */
    static Map<AssetKind, Map<Disposition, Long>> counts(IntegrationState state) {
        Mode mode = state.setup().mode();
        Map<AssetKind, Map<Disposition, Long>> counts = state.counts();
        if (mode == Mode.ACTIVE) {
            return counts;
        }
        Map<AssetKind, Map<Disposition, Long>> seen = new EnumMap<>(AssetKind.class);
        counts.forEach((kind, each) -> {
            Map<Disposition, Long> sums = new EnumMap<>(Disposition.class);
            each.forEach((disposition, count) -> sums.merge(mode.seen(disposition), count, Long::sum));
            seen.put(kind, sums);
        });
        return seen;
    }
}
