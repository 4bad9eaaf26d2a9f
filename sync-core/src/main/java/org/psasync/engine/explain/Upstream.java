package org.psasync.engine.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.psasync.engine.Disposition;
import org.psasync.engine.decide.Decision;
import org.psasync.engine.decide.GateReason;
import org.psasync.engine.decide.PairFacts;
import org.psasync.engine.desk.Desk;
import org.psasync.model.AssetRef;
import org.psasync.model.Field;
import org.psasync.model.FieldValues;
import org.psasync.model.Fields;
import org.psasync.model.LocalRef;
import org.psasync.model.OrphanReason;
import org.psasync.model.RemoteRef;
import org.psasync.store.Pair;

/** The records because of which another one does not sync: what it waits for, or the organization that does not sync. */
final class Upstream {
    private static final int MOST = 3;

    private final Desk desk;
    private final PairFacts facts;
    private final Decision decision;

    Upstream(Desk desk, PairFacts facts, Decision decision) {
        this.desk = desk;
        this.facts = facts;
        this.decision = decision;
    }

    /** Returns their pairs, at most three; empty when it hangs on none that is known. */
    List<Pair> records() {
        List<Pair> result = new ArrayList<>();
        for (AssetRef ref : refs()) {
            Pair pair = (ref instanceof LocalRef local
                            ? desk.state().byLocal(local)
                            : desk.state().byRemote((RemoteRef) ref))
                    .orElse(null);
            if (pair != null && !pair.id().equals(facts.pair().id()) && result.size() < MOST) {
                result.add(pair);
            }
        }
        return result;
    }

    private Set<AssetRef> refs() {
        Disposition disposition = decision.verdict().disposition();
        if (decision instanceof Decision.Leave leave) {
            boolean waits = disposition == Disposition.WAITING_FOR_RECORD || disposition == Disposition.UNCERTAIN;
            return leave.gate().contains(GateReason.ORGANIZATION_NOT_SYNCING)
                    ? organization()
                    : waits ? leave.awaited() : Set.of();
        }
        if (decision instanceof Decision.Keep keep) {
            return keep.standing().reasons().contains(OrphanReason.ORGANIZATION_NOT_SYNCING)
                    ? organization()
                    : disposition == Disposition.WAITING_FOR_RECORD
                            ? keep.merge().awaited()
                            : Set.of();
        }
        return Set.of();
    }

    private Set<AssetRef> organization() {
        Pair pair = facts.pair();
        FieldValues values = pair.observed() != null || facts.local() == null
                ? pair.remoteValues()
                : facts.local().values();
        Field<AssetRef> field = Fields.organization(pair.kind());
        AssetRef ref = field == null ? null : values.get(field);
        return ref == null ? Set.of() : Set.of(ref);
    }
}
