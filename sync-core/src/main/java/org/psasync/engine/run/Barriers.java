package org.psasync.engine.run;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.Disposition;
import org.psasync.engine.Explanation;
import org.psasync.engine.decide.Words;
import org.psasync.model.AssetKind;

/** What keeps everything, or a whole kind, from going on, whatever is true of the single record (SAFE-3). */
final class Barriers {
    static final String REPLACE_CREDENTIALS = "Replace the credentials.";

    private final Desk desk;

    Barriers(Desk desk) {
        this.desk = desk;
    }

    /**
     * Returns what would remove the barrier before a record that is to go on; null when there is none.
     *
     * @param reasons takes the reason
     */
    @Nullable
    String between(AssetKind kind, Disposition disposition, List<Explanation.Reason> reasons) {
        if (!goesOnByItself(disposition)) {
            return null;
        }
        String refusal = desk.setup().refusal();
        if (refusal != null) {
            reasons.add(new Explanation.Reason("SAFE-3", "the credentials are refused: " + refusal));
            return REPLACE_CREDENTIALS;
        }
        if (!desk.state().progress().forbidden().contains(kind)) {
            return null;
        }
        String psa = desk.policy().psa();
        reasons.add(new Explanation.Reason(
                "SAFE-3", psa + " does not let the integration's user read " + Words.of(kind) + "s"));
        return "Give the integration's user in " + psa + " the right to read " + Words.of(kind) + "s.";
    }

    /** What is refused as it is needs a change of its own first, whether or not a side can be reached. */
    private static boolean goesOnByItself(Disposition disposition) {
        return disposition == Disposition.CHANGE_WAITING
                || disposition == Disposition.WAITING_FOR_RECORD
                || disposition == Disposition.RETRYING
                || disposition == Disposition.UNCERTAIN;
    }
}
