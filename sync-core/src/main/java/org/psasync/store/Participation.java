package org.psasync.store;

import static java.util.Objects.requireNonNull;

import org.psasync.engine.Mode;

/**
 * Whether an integration takes part in the sync, and what is left to do because that changed. A million pairs are cut by
 * this one value, and not one by one (DATA-6).
 *
 * @param mode whether runs and pushes take place
 * @param cuts how often the integration was disconnected; what began before the last time must not go on
 * @param linksAnew whether it was connected again and the next run has to begin the links anew, without their bases
 *     (MATCH-8); nothing is pushed before
 * @param marksOwed whether the host is still to be shown that all records are disconnected (STATE-9)
 */
public record Participation(Mode mode, long cuts, boolean linksAnew, boolean marksOwed) {
    /** An integration that was never paused or disconnected. */
    public static final Participation ACTIVE = new Participation(Mode.ACTIVE, 0, false, false);

    public Participation {
        requireNonNull(mode, "mode");
    }

    /** Returns the same paused. */
    public Participation paused() {
        return new Participation(Mode.PAUSED, cuts, linksAnew, marksOwed);
    }

    /** Returns the same taking part again after a pause. */
    public Participation resumed() {
        return new Participation(Mode.ACTIVE, cuts, linksAnew, marksOwed);
    }

    /** Returns the same with all links cut. */
    public Participation disconnected() {
        return new Participation(Mode.DISCONNECTED, cuts + 1, linksAnew, true);
    }

    /** Returns the same connected again; the links wait to be begun anew. */
    public Participation connectedAgain() {
        return new Participation(Mode.ACTIVE, cuts, true, false);
    }

    /** Returns the same after the links were begun anew. */
    public Participation linked() {
        return new Participation(mode, cuts, false, marksOwed);
    }

    /** Returns the same after the host was shown that all records are disconnected. */
    public Participation marked() {
        return new Participation(mode, cuts, linksAnew, false);
    }
}
