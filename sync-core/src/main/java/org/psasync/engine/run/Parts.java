package org.psasync.engine.run;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.psasync.engine.SyncSettings.Confirms;
import org.psasync.engine.decide.PairFacts;
import org.psasync.model.Asset;
import org.psasync.model.AssetKind;
import org.psasync.model.AssetRef;
import org.psasync.model.FieldValues;
import org.psasync.model.LocalRef;
import org.psasync.model.LocationFields;
import org.psasync.model.OrganizationFields;
import org.psasync.model.PairId;
import org.psasync.spi.Draft;
import org.psasync.spi.RemoteRecord;
import org.psasync.store.Event;
import org.psasync.store.Observation;
import org.psasync.store.Pair;

/** The records that the PSA makes together with another one: the primary location of an organization (PUSH-11). */
final class Parts {
    private final Desk desk;
    private final Ledger ledger;

    Parts(Desk desk) {
        this.desk = desk;
        this.ledger = new Ledger(desk);
    }

    /** Returns the drafts of the parts of a new record: a confirmed primary location that is in no pair yet. */
    List<Draft> of(PairFacts facts) {
        Asset organization = facts.local();
        if (organization == null || organization.kind() != AssetKind.ORGANIZATION) {
            return List.of();
        }
        AssetRef primary = organization.values().get(OrganizationFields.PRIMARY_LOCATION);
        if (!(primary instanceof LocalRef ref) || !desk.policy().pushesCreates(AssetKind.LOCATION)) {
            return List.of();
        }
        Optional<Pair> known = desk.state().byLocal(ref);
        if (known.isPresent() && (known.get().linked() || known.get().inFlight() != null)) {
            return List.of();
        }
        List<Draft> drafts = new ArrayList<>();
        for (Asset location : desk.assets().find(AssetKind.LOCATION, List.of(ref.id()))) {
            boolean confirmed = known.isPresent() && known.get().grant() != null
                    || desk.policy().settings().confirms(location.lastEdit().origin()) == Confirms.ALWAYS;
            if (confirmed) {
                PairId pair = known.map(Pair::id).orElseGet(desk::newPairId);
                FieldValues values = location.values()
                        .only(field -> desk.policy().maps(field)
                                && !field.equals(LocationFields.ORGANIZATION)
                                && desk.policy()
                                        .kind(AssetKind.LOCATION)
                                        .flatMap(kind -> kind.rule(field))
                                        .filter(rule -> rule.writable())
                                        .isPresent());
                drafts.add(new Draft(pair, values, List.of(), Map.of(), desk.options()));
            }
        }
        return drafts;
    }

    /** Links what the PSA made together with a record, so that it is never pulled as new. */
    void made(PairFacts facts, Draft draft, List<RemoteRecord> records, Instant at) {
        if (draft.parts().isEmpty() || records.isEmpty()) {
            return;
        }
        Draft part = draft.parts().get(0);
        RemoteRecord record = records.get(0);
        Asset organization = facts.local();
        AssetRef primary = organization == null ? null : organization.values().get(OrganizationFields.PRIMARY_LOCATION);
        if (!(primary instanceof LocalRef ref)) {
            return;
        }
        Pair read = desk.state().byLocal(ref).orElseGet(() -> Pair.ofLocal(part.pair(), ref));
        Optional<Pair> seen = desk.state().byRemote(record.ref());
        if (seen.isPresent() && seen.get().linked()) {
            return;
        }
        for (Asset location : desk.assets().find(AssetKind.LOCATION, List.of(ref.id()))) {
            Event event = ledger.event(
                    Event.Type.CREATED_IN_PSA,
                    read.toBuilder().remote(record.id()).build(),
                    List.of(),
                    "made together with its organization (PUSH-11)");
            ledger.store(new Ledger.Entry(
                    read,
                    pair -> After.pushed(
                                    After.linked(pair, ref.id(), record.id()),
                                    part.values(),
                                    location.values(),
                                    Observation.of(record, at),
                                    at,
                                    List.of())
                            .madeDirty(),
                    List.of(event)));
        }
    }
}
