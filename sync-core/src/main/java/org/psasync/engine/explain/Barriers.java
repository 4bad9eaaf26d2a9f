package org.psasync.engine.explain;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.Disposition;
import org.psasync.engine.Explanation;
import org.psasync.engine.decide.Words;
import org.psasync.engine.desk.Desk;
import org.psasync.model.AssetKind;
import org.psasync.spi.ConnectionCheck;

/** What keeps everything, or a whole kind, from going on, whatever is true of the single record (SAFE-2, SAFE-3). */
final class Barriers {
    static final String REPLACE_CREDENTIALS = "Replace the credentials.";
    static final String CONNECT_THE_RIGHT_ONE = "Connect the instance again whose records are linked.";

    private final Desk desk;

    Barriers(Desk desk) {
        this.desk = desk;
    }

    /**
     * Returns what would remove the barrier before a record that is to go on; null when there is none.
     *
     * @param toPsa whether something of it waits to go to the PSA
     * @param reasons takes the reason
     */
    @Nullable
    String between(AssetKind kind, Disposition disposition, boolean toPsa, List<Explanation.Reason> reasons) {
        if (!goesOnByItself(disposition)) {
            return null;
        }
        String refusal = desk.setup().refusal();
        if (refusal != null) {
            reasons.add(new Explanation.Reason("SAFE-3", "the credentials are refused: " + refusal));
            return REPLACE_CREDENTIALS;
        }
        String other = desk.setup().instance().other();
        if (other != null) {
            reasons.add(new Explanation.Reason("SAFE-2", other));
            return CONNECT_THE_RIGHT_ONE;
        }
        AssetKind unread = unread(kind);
        if (unread == null) {
            String unsure = toPsa ? desk.parties().unsure() : null;
            if (unsure == null) {
                return null;
            }
            reasons.add(new Explanation.Reason("SET-6", unsure));
            return "Let the host tell again what the integration may do.";
        }
        String psa = desk.policy().psa();
        reasons.add(new Explanation.Reason(
                "SAFE-3", psa + " does not let the integration's user read " + Words.of(unread) + "s"));
        return "Give the integration's user in " + psa + " the right to read " + Words.of(unread) + "s.";
    }

    /** Returns the kind that has to be readable first: a missing right stops its kind and those below it. */
    private @Nullable AssetKind unread(AssetKind kind) {
        if (!canRead(AssetKind.ORGANIZATION)) {
            return AssetKind.ORGANIZATION;
        }
        return canRead(kind) ? null : kind;
    }

    /** A right may be missing in what the PSA tells of the rights, or be known only by an attempt that was refused. */
    private boolean canRead(AssetKind kind) {
        ConnectionCheck connection = desk.setup().connection();
        return (connection == null || connection.canRead(kind))
                && !desk.state().progress().forbidden().contains(kind);
    }

    /** What is refused as it is needs a change of its own first, whether or not a side can be reached. */
    private static boolean goesOnByItself(Disposition disposition) {
        return disposition == Disposition.CHANGE_WAITING
                || disposition == Disposition.WAITING_FOR_RECORD
                || disposition == Disposition.RETRYING
                || disposition == Disposition.UNCERTAIN;
    }
}
