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
        if (result instanceof PushResult.Pushed) {
            return "Saved. " + result.text();
        }
        if (result instanceof PushResult.NothingToPush) {
            return "Saved here only. " + result.text();
        }
        if (result instanceof PushResult.Waiting waiting) {
            return "Saved here for now. " + result.text() + "; until " + waiting.until();
        }
        if (result instanceof PushResult.Refused) {
            return "Saved here, and not taken by the PSA. " + result.text();
        }
        return result.text() + " Send yours all the same?"; // PsaHadNewer
    }
    // guide: end

    // guide: send-mine
    PushResult sendMine(LocalRef record, PushResult.PsaHadNewer answer, Actor person) {
        return engine.sendMine(record, answer, person);
    }
    // guide: end
}
