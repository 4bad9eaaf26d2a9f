package org.psasync.engine.apply;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.decide.LinkTable;
import org.psasync.engine.decide.Matching;
import org.psasync.engine.decide.PairFacts;
import org.psasync.engine.desk.Desk;
import org.psasync.engine.observe.LocalRecords;
import org.psasync.engine.observe.Observer;
import org.psasync.engine.pair.Confirmation;
import org.psasync.model.Asset;
import org.psasync.model.AssetKind;
import org.psasync.model.AssetRef;
import org.psasync.model.LocalId;
import org.psasync.model.LocalRef;
import org.psasync.model.OrganizationFields;
import org.psasync.model.RemoteId;
import org.psasync.model.RemoteRef;
import org.psasync.store.Pair;

/** Looks up everything that the decisions about a batch of pairs depend on. */
public final class FactsLoader {
    private static final int DEEPEST = 50;

    private final Desk desk;
    private final Matching matching;

    public FactsLoader(Desk desk) {
        this.desk = desk;
        this.matching = new Matching(desk.policy());
    }

    /** Returns the facts about pairs of one kind, in their order, without their likes on the other side. */
    public List<PairFacts> load(AssetKind kind, List<Pair> pairs, Set<RemoteId> fresh) {
        Map<LocalId, Asset> assets = locals(kind, pairs);
        LinkTable links = links(pairs, assets.values());
        OpenCreates open = OpenCreates.of(desk, matching, kind);
        Map<LocalId, String> owners = owners(kind, pairs, assets.keySet());
        List<PairFacts> result = new ArrayList<>(pairs.size());
        for (Pair pair : pairs) {
            boolean isFresh = pair.remote() != null && fresh.contains(pair.remote());
            Asset local = pair.local() == null ? null : assets.get(pair.local());
            Pair known = Confirmation.noticed(pair, local, desk.policy());
            PairFacts facts = new PairFacts(
                    known,
                    local,
                    isFresh,
                    links,
                    null,
                    null,
                    inCircle(pair),
                    localCircle(pair, local, links),
                    pair.local() == null ? null : owners.get(pair.local()));
            LocalRef creating = heldFor(facts, open);
            result.add(creating == null ? facts : facts.heldFor(creating));
        }
        return result;
    }

    /** What was taken out of the sync is not read, but another integration may have it by now (SET-9). */
    private Map<LocalId, String> owners(AssetKind kind, List<Pair> pairs, Set<LocalId> read) {
        Set<LocalId> ids = new LinkedHashSet<>(read);
        for (Pair pair : pairs) {
            if (pair.local() != null && pair.leftAlone()) {
                ids.add(pair.local());
            }
        }
        return desk.state().ownedElsewhere(kind, ids);
    }

    private Map<LocalId, Asset> locals(AssetKind kind, List<Pair> pairs) {
        Set<LocalId> ids = new LinkedHashSet<>();
        for (Pair pair : pairs) {
            if (pair.local() != null && !pair.leftAlone() && !pair.isBeingDeleted()) {
                ids.add(pair.local());
            }
        }
        Map<LocalId, Asset> result = new HashMap<>();
        new LocalRecords(desk).find(kind, ids).forEach(asset -> result.put(asset.id(), asset));
        return result;
    }

    /** Returns the pairs of all records to which the two sides refer. */
    public LinkTable links(List<Pair> pairs, Collection<Asset> assets) {
        Map<AssetKind, Set<RemoteId>> remote = new EnumMap<>(AssetKind.class);
        Map<AssetKind, Set<LocalId>> local = new EnumMap<>(AssetKind.class);
        pairs.forEach(pair -> pair.remoteValues().forEachReference(ref -> collect(ref, remote, local)));
        assets.forEach(asset -> asset.values().forEachReference(ref -> collect(ref, remote, local)));
        Map<RemoteRef, Pair> byRemote = new HashMap<>();
        Map<LocalRef, Pair> byLocal = new HashMap<>();
        remote.forEach((kind, ids) ->
                desk.state().byRemote(kind, ids).forEach((id, pair) -> byRemote.put(new RemoteRef(kind, id), pair)));
        local.forEach((kind, ids) ->
                desk.state().byLocal(kind, ids).forEach((id, pair) -> byLocal.put(new LocalRef(kind, id), pair)));
        List<Pair> known = new ArrayList<>(byRemote.values());
        known.addAll(byLocal.values());
        for (Pair pair : known) { // what one side names now, the other may name after a write
            if (pair.localRef() != null) {
                byLocal.putIfAbsent(pair.localRef(), pair);
            }
            if (pair.remoteRef() != null) {
                byRemote.putIfAbsent(pair.remoteRef(), pair);
            }
        }
        return new LinkTable(byLocal, byRemote);
    }

    private static void collect(
            AssetRef ref, Map<AssetKind, Set<RemoteId>> remote, Map<AssetKind, Set<LocalId>> local) {
        if (ref instanceof RemoteRef there) {
            remote.computeIfAbsent(ref.kind(), key -> new HashSet<>()).add(there.id());
        } else if (ref instanceof LocalRef here) {
            local.computeIfAbsent(ref.kind(), key -> new HashSet<>()).add(here.id());
        }
    }

    private @Nullable LocalRef heldFor(PairFacts facts, OpenCreates open) {
        Pair pair = facts.pair();
        if (pair.linked() || pair.inFlight() != null) {
            return null;
        }
        if (pair.local() == null) {
            return pair.remote() == null ? null : open.thatMayHaveMade(pair);
        }
        Asset local = facts.local();
        return local == null
                ? null
                : open.thatMakesTheLikeOf(pair.id(), matching.inRemoteTerms(local.values(), facts.links()));
    }

    private boolean inCircle(Pair pair) {
        return pair.kind() == AssetKind.ORGANIZATION
                && pair.remote() != null
                && leadsBack(pair, pair.remoteValues().get(OrganizationFields.PARENT));
    }

    /** Whether pushing the local parent would make the parents in the PSA go round in a circle (FIELD-10). */
    private boolean localCircle(Pair pair, @Nullable Asset local, LinkTable links) {
        AssetRef parent = pair.kind() == AssetKind.ORGANIZATION && pair.linked() && local != null
                ? local.values().get(OrganizationFields.PARENT)
                : null;
        Pair link = parent == null ? null : links.pair(parent);
        AssetRef there = link == null ? null : link.remoteRef();
        return there != null
                && !there.equals(pair.remoteValues().get(OrganizationFields.PARENT))
                && leadsBack(pair, there);
    }

    private boolean leadsBack(Pair pair, @Nullable AssetRef start) {
        AssetRef parent = start;
        for (int i = 0; i < DEEPEST && parent instanceof RemoteRef ref; i++) {
            if (ref.id().equals(pair.remote())) {
                return true;
            }
            parent = desk.state()
                    .byRemote(ref)
                    .map(each -> each.remoteValues().get(OrganizationFields.PARENT))
                    .orElse(null);
        }
        return false;
    }

    /**
     * Looks up, for each of these facts, the unlinked records on both sides that share the key (MATCH-4).
     *
     * @param observer stores what a search of the PSA finds; null when the PSA is not to be searched, and nothing stored
     */
    public List<PairFacts> withRivals(AssetKind kind, List<PairFacts> facts, @Nullable Observer observer) {
        return new RivalSearch(desk, this).withRivals(kind, facts, observer);
    }
}
