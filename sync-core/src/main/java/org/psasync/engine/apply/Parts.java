package org.psasync.engine.apply;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.decide.Decision;
import org.psasync.engine.decide.LinkTable;
import org.psasync.engine.decide.PairFacts;
import org.psasync.engine.desk.Desk;
import org.psasync.engine.desk.Ledger;
import org.psasync.engine.pair.After;
import org.psasync.engine.pair.Confirmation;
import org.psasync.model.Asset;
import org.psasync.model.AssetKind;
import org.psasync.model.FieldValues;
import org.psasync.model.LocalRef;
import org.psasync.model.LocationFields;
import org.psasync.model.OrganizationFields;
import org.psasync.model.Problem;
import org.psasync.model.RemoteId;
import org.psasync.model.RemoteRef;
import org.psasync.model.SyncState;
import org.psasync.spi.Draft;
import org.psasync.spi.KindDescriptor;
import org.psasync.spi.RemoteRead;
import org.psasync.spi.RemoteRecord;
import org.psasync.store.Base;
import org.psasync.store.Event;
import org.psasync.store.Grant;
import org.psasync.store.InFlight;
import org.psasync.store.Observation;
import org.psasync.store.Pair;

/** The records that the PSA makes together with another one: the primary location of an organization (PUSH-11). */
public final class Parts {
    /** Stands for the organization, which has no id yet, while its location is decided. */
    private static final RemoteId TO_BE_MADE = new RemoteId("to be made");

    private final Desk desk;
    private final Ledger ledger;

    public Parts(Desk desk) {
        this.desk = desk;
        this.ledger = new Ledger(desk);
    }

    /** A part to be sent and the local record from which it was made. */
    record Part(Draft draft, InFlight.Part from) {}

    /** Returns the parts of a new record: its primary location, if that could be made once the record is there. */
    List<Part> of(PairFacts facts) {
        Asset organization = facts.local();
        if (organization == null
                || organization.kind() != AssetKind.ORGANIZATION
                || !(organization.values().get(OrganizationFields.PRIMARY_LOCATION) instanceof LocalRef ref)) {
            return List.of();
        }
        Pair known = desk.state().byLocal(ref).orElse(null);
        boolean elsewhere = !desk.state()
                .ownedElsewhere(AssetKind.LOCATION, List.of(ref.id()))
                .isEmpty();
        if (elsewhere || known != null && (known.linked() || known.inFlight() != null)) {
            return List.of();
        }
        List<Part> parts = new ArrayList<>();
        for (Asset location : desk.assets().find(AssetKind.LOCATION, List.of(ref.id()))) {
            if (organization.ref().equals(location.values().get(LocationFields.ORGANIZATION))) {
                part(facts.pair(), location, known).ifPresent(parts::add);
            }
        }
        return parts;
    }

    /** The location is decided as it would be once its organization is linked, so that the same rules hold. */
    private Optional<Part> part(Pair organization, Asset location, @Nullable Pair known) {
        Pair made = organization.toBuilder()
                .remote(TO_BE_MADE)
                .state(SyncState.SYNCING)
                .build();
        LinkTable links = new LinkTable(Map.of(Objects.requireNonNull(organization.localRef()), made), Map.of());
        Pair pair = known != null ? known : Pair.ofLocal(desk.newPairId(), location.ref());
        Grant grant = pair.grant() != null ? pair.grant() : Confirmation.of(location, known, desk.policy());
        PairFacts facts = new PairFacts(
                pair.toBuilder().grant(grant).build(),
                location,
                false,
                links,
                new PairFacts.Rivals(List.of(), List.of()),
                null,
                false,
                false,
                null);
        if (!(desk.planner().decide(facts) instanceof Decision.CreateRemote create)) {
            return Optional.empty();
        }
        FieldValues values = create.values().without(LocationFields.ORGANIZATION);
        return Optional.of(new Part(
                new Draft(pair.id(), values, List.of(), Map.of(), desk.options()),
                new InFlight.Part(location.ref(), location.values().only(values::has))));
    }

    // After the record was made --------------------------------------------------------------------------------------

    /**
     * Returns the links with the parts that the PSA answered with, to be stored together with that of the whole.
     *
     * @param records the parts as answered, in the order of the draft's
     */
    List<Ledger.Entry> answered(
            InFlight.CreatingRemote write, List<RemoteRecord> records, List<Problem> failed, Instant ended) {
        List<Ledger.Entry> entries = new ArrayList<>();
        boolean whole = failed.stream().allMatch(problem -> problem.field() != null);
        for (int i = 0; i < Math.min(write.parts().size(), records.size()); i++) {
            InFlight.Part part = write.parts().get(i);
            FieldValues sent = write.draft().parts().get(i).values();
            Observation shown = Observation.of(records.get(i), ended);
            Base base = whole ? stored(part, sent, shown.values()) : ofThePsa(sent, shown.values());
            link(write, i, shown, records.get(i).ref(), base, ended).ifPresent(entries::add);
        }
        return entries;
    }

    /** What the PSA stored otherwise than sent is what it holds of it (MERGE-7). */
    private static Base stored(InFlight.Part part, FieldValues sent, FieldValues shown) {
        FieldValues local = part.local().only(field -> sent.has(field) && shown.has(field));
        return new Base(local, shown.only(local::has));
    }

    /** The PSA made the part with values of its own; the local ones are still to be sent (PUSH-12). */
    private static Base ofThePsa(FieldValues sent, FieldValues shown) {
        FieldValues made = shown.only(sent::has);
        return new Base(made, made);
    }

    /**
     * Looks for the parts of a record whose create was not answered, and returns the links with them.
     *
     * @param whole the record as found
     */
    public List<Ledger.Entry> found(InFlight.CreatingRemote write, RemoteRef whole, FieldValues shownOfWhole) {
        List<Ledger.Entry> entries = new ArrayList<>();
        for (int i = 0; i < write.parts().size(); i++) {
            Instant from = desk.now();
            FieldValues sent = write.draft().parts().get(i).values();
            Optional<RemoteRecord> record = look(write.draft().parts().get(i), whole, shownOfWhole);
            if (record.isPresent()) {
                Observation shown = Observation.of(record.get(), from);
                Base base = CreateSettlement.arrived(sent, write.parts().get(i).local(), shown.values());
                link(write, i, shown, record.get().ref(), base, null).ifPresent(entries::add);
            }
        }
        return entries;
    }

    /** A record that has a primary location names it; else the location is searched below the record. */
    private Optional<RemoteRecord> look(Draft part, RemoteRef whole, FieldValues shownOfWhole) {
        if (shownOfWhole.get(OrganizationFields.PRIMARY_LOCATION) instanceof RemoteRef primary) {
            return desk.psa().read(primary.kind(), List.of(primary.id())).get(primary.id())
                            instanceof RemoteRead.Found found
                    ? Optional.of(found.record())
                    : Optional.empty();
        }
        if (desk.policy().kind(AssetKind.LOCATION).filter(KindDescriptor::find).isEmpty()) {
            return Optional.empty();
        }
        FieldValues values = part.values().with(LocationFields.ORGANIZATION, whole);
        List<RemoteRecord> records =
                desk.psa().findCreated(new Draft(part.pair(), values, List.of(), part.fixed(), part.options())).stream()
                        .filter(each -> whole.equals(each.values().get(LocationFields.ORGANIZATION)))
                        .toList();
        return records.size() == 1 ? Optional.of(records.get(0)) : Optional.empty();
    }

    private Optional<Ledger.Entry> link(
            InFlight.CreatingRemote write,
            int part,
            Observation shown,
            RemoteRef remote,
            Base base,
            @Nullable Instant ended) {
        LocalRef local = write.parts().get(part).record();
        Pair read = desk.state()
                .byLocal(local)
                .orElseGet(() -> Pair.ofLocal(write.draft().parts().get(part).pair(), local));
        Pair seen = desk.state().byRemote(remote).orElse(null);
        if (read.linked() || read.inFlight() != null || seen != null && seen.linked()) {
            return Optional.empty();
        }
        Event event = ledger.event(
                Event.Type.CREATED_IN_PSA,
                read.toBuilder().remote(remote.id()).build(),
                List.of(),
                "made together with its organization (PUSH-11)");
        return Optional.of(new Ledger.Entry(
                read,
                pair -> After.agreed(After.linked(pair, local.id(), remote.id()), base).toBuilder()
                        .observed(shown)
                        .lastWrite(ended == null ? pair.lastWrite() : ended)
                        .dirty(true)
                        .build(),
                List.of(event)));
    }
}
