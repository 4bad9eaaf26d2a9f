package org.psasync.engine.desk;

import org.jspecify.annotations.Nullable;
import org.psasync.engine.Disposition;
import org.psasync.engine.RunReport.Status;
import org.psasync.store.Setup;

/**
 * What keeps an integration from doing anything now.
 *
 * @param status how a run answers
 * @param disposition how a push answers
 * @param text why, with the way out
 */
public record Held(Status status, Disposition disposition, String text) {
    /** Returns what keeps a run from beginning; null when it may. */
    public static @Nullable Held run(Setup setup) {
        return switch (setup.mode()) {
            case DISCONNECTED ->
                new Held(
                        Status.DISCONNECTED,
                        Disposition.DISCONNECTED,
                        "The integration is disconnected; connect it again.");
            case PAUSED ->
                new Held(Status.PAUSED, Disposition.PAUSED, "The integration is paused; resume it to go on.");
            case ACTIVE ->
                setup.refusal() == null
                        ? null
                        : new Held(
                                Status.ERROR,
                                Disposition.CHANGE_WAITING,
                                setup.refusal() + " Replace the credentials; nothing is tried until then.");
        };
    }

    /** Returns what keeps a push from beginning; null when it may. Each run looks whether the right PSA answers again. */
    public static @Nullable Held push(Setup setup) {
        Held held = run(setup);
        if (held != null) {
            return held;
        }
        String other = setup.instance().other();
        if (other != null) {
            return new Held(Status.STOPPED, Disposition.CHANGE_WAITING, other);
        }
        return setup.participation().linksAnew()
                ? new Held(
                        Status.QUEUED,
                        Disposition.CHANGE_WAITING,
                        "The integration was connected again; its first run comes before any push.")
                : null;
    }
}
