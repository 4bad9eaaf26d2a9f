package org.psasync.engine.apply;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.Disposition;
import org.psasync.engine.desk.Desk;
import org.psasync.engine.desk.Ledger;
import org.psasync.engine.observe.Observer;
import org.psasync.engine.pair.Absences;
import org.psasync.model.AssetKind;
import org.psasync.model.AssetRef;
import org.psasync.model.Field;
import org.psasync.model.FieldValues;
import org.psasync.model.Fields;
import org.psasync.model.OrganizationFields;
import org.psasync.model.RemoteId;
import org.psasync.model.RemoteRef;
import org.psasync.store.Observation;
import org.psasync.store.Pair;

/**
 * Looks whether the organization below which a record is to be made is still there (PUSH-13). It is read once for all
 * records that are made within the time that one call may take.
 */
final class ParentCheck {
    private final Desk desk;
    private final Ledger ledger;
    private final Observer observer;
    private final Map<RemoteId, Instant> seen = new HashMap<>();

    ParentCheck(Desk desk) {
        this.desk = desk;
        this.ledger = new Ledger(desk);
        this.observer = new Observer(desk);
    }

    /** Returns whether the parent is there, if there must be one; if it is gone, the record is left waiting for it. */
    boolean isThere(Pair pair, FieldValues values) {
        AssetRef parent = parent(values);
        if (!(parent instanceof RemoteRef ref) || isThere(ref)) {
            return true;
        }
        ledger.store(new Ledger.Entry(
                pair,
                stored -> stored.toBuilder()
                        .awaited(Set.of(parent))
                        .disposition(Disposition.WAITING_FOR_RECORD)
                        .dirty(false)
                        .dueAt(desk.now().plus(Absences.APART))
                        .build(),
                List.of()));
        return false;
    }

    private static @Nullable AssetRef parent(FieldValues values) {
        Field<AssetRef> organization = Fields.organization(values.kind());
        return values.get(organization == null ? OrganizationFields.PARENT : organization);
    }

    /** A parent that is not found is decided again, for that concerns more than this record. */
    private boolean isThere(RemoteRef parent) {
        Instant last = seen.get(parent.id());
        if (last != null && last.plus(desk.psa().descriptor().deadline()).isAfter(desk.now())) {
            return true;
        }
        Instant from = desk.now();
        Pair pair = observer.read(AssetKind.ORGANIZATION, List.of(parent.id())).get(parent.id());
        Observation shown = pair == null ? null : pair.observed();
        boolean there = shown != null && shown.visible() && !shown.deleted();
        if (there) {
            seen.put(parent.id(), from);
        }
        return there;
    }
}
