package org.psasync.engine.bulk;

import java.util.Locale;
import java.util.stream.Collectors;
import org.psasync.engine.manage.BulkAction;
import org.psasync.engine.manage.BulkPreview;
import org.psasync.engine.manage.BulkTarget;
import org.psasync.engine.manage.Row;
import org.psasync.model.OrphanReason;
import org.psasync.model.PairId;
import org.psasync.store.Place;

/** Names what an action on many records is about. */
final class BulkWords {
    private BulkWords() {}

    /** Returns what is the same for the same target on every node. */
    static String identity(BulkTarget target) {
        if (target instanceof BulkTarget.Picked picked) {
            return picked.kind() + " picked "
                    + picked.pairs().stream().sorted().map(PairId::toString).collect(Collectors.joining(","));
        }
        return target.toString();
    }

    /** Returns what is done to what, for the event log. */
    static String of(BulkPreview preview) {
        String verb = preview.action() == BulkAction.DELETE ? "delete" : "disconnect";
        return verb + " of " + preview.count() + " records: " + target(preview.target())
                + (preview.childCount() == 0
                        ? ""
                        : ", and " + preview.childCount() + " that belong to them"
                                + (preview.action() == BulkAction.DELETE ? "" : " become orphans"));
    }

    private static String target(BulkTarget target) {
        String kind = target.kind().name().toLowerCase(Locale.ROOT);
        if (target instanceof BulkTarget.OfRow ofRow) {
            return kind + " " + row(ofRow.row());
        }
        if (target instanceof BulkTarget.Orphans orphans) {
            OrphanReason reason = orphans.reason();
            return kind + " orphans" + (reason == null ? "" : " because " + reason.words());
        }
        return "picked " + kind + " orphans";
    }

    private static String row(Row row) {
        Place place = row.place();
        return place == null ? "records" : place.field().name() + " \"" + row.name() + "\"";
    }
}
