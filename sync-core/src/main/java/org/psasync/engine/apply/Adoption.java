package org.psasync.engine.apply;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.decide.Matching;
import org.psasync.engine.desk.Desk;
import org.psasync.engine.desk.Ledger;
import org.psasync.engine.pair.After;
import org.psasync.model.Asset;
import org.psasync.model.AssetKind;
import org.psasync.model.Field;
import org.psasync.model.FieldType;
import org.psasync.model.FieldValues;
import org.psasync.model.LocalId;
import org.psasync.model.Origin;
import org.psasync.model.PairId;
import org.psasync.store.Base;
import org.psasync.store.Event;
import org.psasync.store.Pair;

/**
 * Finds the pairs of local records, also of those that the host made for a pair while the answer got lost: the host
 * keeps the pair's id with the record, and by it the link is completed (SAFE-6, SAFE-7).
 */
public final class Adoption {
    private final Desk desk;
    private final Ledger ledger;
    private final Matching matching;

    public Adoption(Desk desk) {
        this.desk = desk;
        this.ledger = new Ledger(desk);
        this.matching = new Matching(desk.policy());
    }

    /** Returns the pair of a record, with its link completed and stored if need be; null when it has none. */
    @Nullable
    public Pair adopt(Asset asset) {
        return adopt(asset.kind(), List.of(asset)).get(asset.id());
    }

    /** Returns the pairs of records, with links completed and stored; a record without pair has no entry. */
    public Map<LocalId, Pair> adopt(AssetKind kind, Collection<Asset> assets) {
        Map<LocalId, Pair> pairs = new HashMap<>(byLocal(kind, assets));
        List<Ledger.Entry> entries = new ArrayList<>();
        Map<PairId, LocalId> adopted = new HashMap<>();
        for (Asset asset : assets) {
            Pair mine = pairs.get(asset.id());
            Pair its = thatMade(asset, mine);
            if (its != null && adopted.putIfAbsent(its.id(), asset.id()) == null) {
                entries.add(entry(its, asset));
            }
        }
        Map<PairId, Pair> stored = ledger.store(entries);
        stored.forEach((id, pair) -> pairs.put(Objects.requireNonNull(adopted.get(id)), pair));
        return pairs;
    }

    /** Returns the pairs of records as they would be with the links completed; stores nothing. */
    Map<LocalId, Pair> pairs(AssetKind kind, Collection<Asset> assets) {
        Map<LocalId, Pair> pairs = new HashMap<>(byLocal(kind, assets));
        for (Asset asset : assets) {
            Pair its = thatMade(asset, pairs.get(asset.id()));
            if (its != null) {
                pairs.put(asset.id(), linked(its, asset));
            }
        }
        return pairs;
    }

    private Map<LocalId, Pair> byLocal(AssetKind kind, Collection<Asset> assets) {
        return desk.state().byLocal(kind, assets.stream().map(Asset::id).toList());
    }

    /**
     * Returns the pair that the host made the record for, unless it got another record since.
     *
     * @param mine the pair that the record is in; null for none
     */
    private @Nullable Pair thatMade(Asset asset, @Nullable Pair mine) {
        PairId id = asset.pair();
        if (id == null || mine != null && (mine.id().equals(id) || mine.linked() || mine.inFlight() != null)) {
            return null;
        }
        return desk.state()
                .pair(id)
                .filter(pair -> pair.kind() == asset.kind() && pair.local() == null && pair.remote() != null)
                .orElse(null);
    }

    private Ledger.Entry entry(Pair its, Asset asset) {
        Event event = ledger.event(
                Event.Type.CREATED_LOCALLY,
                its.toBuilder().local(asset.id()).build(),
                List.of(),
                "it was made before, and is linked by the pair id that the host keeps (SAFE-7)");
        return new Ledger.Entry(its, stored -> linked(stored, asset), List.of(event));
    }

    private Pair linked(Pair stored, Asset asset) {
        if (stored.local() != null) {
            return stored; // whoever wrote it stored the answer meanwhile
        }
        Pair link = After.linked(stored, asset.id(), Objects.requireNonNull(stored.remote()));
        return After.agreed(link, agreed(stored.remoteValues(), asset)).toBuilder()
                .inFlight(null)
                .dirty(true)
                .build();
    }

    /**
     * What is equal on both sides was agreed. What differs is a later change: the PSA's, if nobody edited the local
     * record since the engine made it; else the local one, which must not be overwritten as if it were no change.
     */
    private Base agreed(FieldValues remote, Asset asset) {
        FieldValues local = asset.values();
        boolean edited = asset.lastEdit().origin() != Origin.SYNC;
        FieldValues inRemoteTerms =
                matching.inRemoteTerms(local, new FactsLoader(desk).links(List.of(), List.of(asset)));
        FieldValues equal = remote.only(field -> local.has(field)
                && inRemoteTerms.has(field)
                && Objects.equals(remote.get(field), inRemoteTerms.get(field)));
        FieldValues before = remote.only(field ->
                edited && local.has(field) && !equal.has(field) && desk.policy().maps(field) && isPlain(field));
        return new Base(local.only(equal::has).overlaidWith(before), equal.overlaidWith(before));
    }

    /** A reference is another one on each side; which record was meant before cannot be told. */
    private static boolean isPlain(Field<?> field) {
        return field.type() != FieldType.REFERENCE && field.type() != FieldType.REFERENCES;
    }
}
