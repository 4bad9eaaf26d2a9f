package org.psasync.examples.host;

import java.util.List;
import org.psasync.engine.Actor;
import org.psasync.engine.PushResult;
import org.psasync.engine.SyncEngine;
import org.psasync.model.Asset;
import org.psasync.model.FieldValues;
import org.psasync.model.LocalRef;
import org.psasync.model.Problem;

/** What a host does around the save of a record. */
final class Saving {
    private final SyncEngine engine;

    Saving(SyncEngine engine) {
        this.engine = engine;
    }

    // guide: editable
    List<Problem> mayNotChange(LocalRef record, FieldValues changes) {
        return engine.editable(record).refuse(changes); // empty: go on and save
    }
    // guide: end

    // guide: saved
    String saved(Asset stored) {
        PushResult result = engine.saved(stored.ref(), stored.revision());
        if (result instanceof PushResult.Pushed pushed) {
            return (pushed.created() ? "Created in the PSA." : "In the PSA now: ") + pushed.fields();
        }
        if (result instanceof PushResult.NothingToPush nothing) {
            return "Saved here. " + nothing.text();
        }
        if (result instanceof PushResult.Waiting waiting) {
            String until = waiting.until() == null ? "the next run" : "" + waiting.until();
            return waiting.text() + " Tried again: " + until;
        }
        if (result instanceof PushResult.Refused refused) {
            return "Not taken: " + refused.problems();
        }
        PushResult.PsaHadNewer newer = (PushResult.PsaHadNewer) result;
        return "Somebody changed it in the PSA too: " + newer.fields() + ". Send yours all the same?";
    }
    // guide: end

    // guide: send-mine
    PushResult sendMine(LocalRef record, PushResult.PsaHadNewer answer, Actor person) {
        return engine.sendMine(record, answer, person);
    }
    // guide: end
}
