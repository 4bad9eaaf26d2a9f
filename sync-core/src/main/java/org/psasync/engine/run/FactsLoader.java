package org.psasync.engine.run;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.decide.Gate;
import org.psasync.engine.decide.LinkTable;
import org.psasync.engine.decide.Matching;
import org.psasync.engine.decide.PairFacts;
import org.psasync.model.Asset;
import org.psasync.model.AssetKind;
import org.psasync.model.AssetRef;
import org.psasync.model.FieldValues;
import org.psasync.model.LocalId;
import org.psasync.model.LocalRef;
import org.psasync.model.OrganizationFields;
import org.psasync.model.PairId;
import org.psasync.model.RemoteId;
import org.psasync.model.RemoteRef;
import org.psasync.store.InFlight;
import org.psasync.store.Pair;
import org.psasync.store.PairQuery;

/** Looks up everything that the decisions about a batch of pairs depend on. */
final class FactsLoader {
    private static final int DEEPEST = 50;

    private final Desk desk;
    private final Matching matching;
    private final Gate gate;

    FactsLoader(Desk desk) {
        this.desk = desk;
        this.gate = new Gate(desk.policy());
        this.matching = new Matching(desk.policy());
    }

    /** Returns the facts about pairs of one kind, in their order, without rivals. */
    List<PairFacts> load(AssetKind kind, List<Pair> pairs, Set<RemoteId> fresh) {
        Map<LocalId, Asset> assets = locals(kind, pairs);
        LinkTable links = links(pairs, assets.values());
        Set<String> openCreates = openCreates(kind);
        List<PairFacts> result = new ArrayList<>(pairs.size());
        for (Pair pair : pairs) {
            boolean held = !pair.linked()
                    && pair.local() == null
                    && pair.matchText() != null
                    && openCreates.contains(pair.matchText());
            boolean isFresh = pair.remote() != null && fresh.contains(pair.remote());
            Asset local = pair.local() == null ? null : assets.get(pair.local());
            result.add(new PairFacts(pair, local, isFresh, links, null, held, inCircle(pair)));
        }
        return result;
    }

    private Map<LocalId, Asset> locals(AssetKind kind, List<Pair> pairs) {
        Set<LocalId> ids = new LinkedHashSet<>();
        for (Pair pair : pairs) {
            if (pair.local() != null && !pair.leftAlone()) {
                ids.add(pair.local());
            }
        }
        Map<LocalId, Asset> result = new HashMap<>();
        new LocalRecords(desk).find(kind, ids).forEach(asset -> result.put(asset.id(), asset));
        return result;
    }

    /** Returns the pairs of all records to which the two sides refer. */
    private LinkTable links(List<Pair> pairs, Collection<Asset> assets) {
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

    /** Returns the keys of the records that open creates may have made (SAFE-1). */
    private Set<String> openCreates(AssetKind kind) {
        Set<String> result = new HashSet<>();
        for (Pair pair : desk.state().pairs(new PairQuery.WithWriteInFlight(kind), null, Desk.PAGE)) {
            if (pair.inFlight() instanceof InFlight.CreatingRemote creating) {
                String text = matching.text(creating.draft().values());
                if (text != null) {
                    result.add(text);
                }
            }
        }
        return result;
    }

    private boolean inCircle(Pair pair) {
        if (pair.kind() != AssetKind.ORGANIZATION || pair.remote() == null) {
            return false;
        }
        AssetRef parent = pair.remoteValues().get(OrganizationFields.PARENT);
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

    // Rivals ---------------------------------------------------------------------------------------------------------

    /**
     * Looks up, for each of these facts, the unlinked records on both sides that share the key (MATCH-4).
     *
     * @param observer stores what a search of the PSA finds; null when the PSA is not to be searched
     */
    List<PairFacts> withRivals(AssetKind kind, List<PairFacts> facts, @Nullable Observer observer) {
        facts.forEach(each -> {
            if (each.local() != null && observer != null) {
                searchPsa(kind, each, observer);
            }
        });
        Map<String, List<Matching.Entrant>> locals = unlinkedLocals(kind, facts);
        List<String> texts = facts.stream().map(this::text).toList();
        Map<String, List<Matching.Entrant>> remotes = unlinkedRemotes(kind, facts, texts, locals.keySet());
        List<PairFacts> result = new ArrayList<>(facts.size());
        for (int i = 0; i < facts.size(); i++) {
            PairFacts each = facts.get(i);
            List<Matching.Entrant> here = locals.getOrDefault(texts.get(i), List.of());
            List<Matching.Entrant> there = remotes.getOrDefault(texts.get(i), List.of());
            AssetRef self = each.pair().remote() != null && each.local() == null
                    ? each.pair().remoteRef()
                    : each.pair().localRef();
            result.add(each.withRivals(
                    self instanceof RemoteRef
                            ? new PairFacts.Rivals(without(there, self), here)
                            : new PairFacts.Rivals(without(here, self), there)));
        }
        return result;
    }

    private String text(PairFacts facts) {
        String text = facts.local() == null
                ? facts.pair().matchText()
                : matching.text(matching.inRemoteTerms(facts.local().values(), facts.links()));
        return text == null ? "" : text;
    }

    /** Asks the PSA too: it may have a record that no run has seen yet (PUSH-7). */
    private void searchPsa(AssetKind kind, PairFacts facts, Observer observer) {
        boolean finds = desk.policy().kind(kind).filter(each -> each.find()).isPresent();
        Asset local = facts.local();
        if (finds && local != null) {
            FieldValues values = matching.inRemoteTerms(local.values(), facts.links());
            Instant from = desk.now();
            observer.found(kind, desk.psa().find(matching.key(values)), from);
        }
    }

    private Map<String, List<Matching.Entrant>> unlinkedLocals(AssetKind kind, List<PairFacts> facts) {
        List<org.psasync.spi.MatchKey> keys = new ArrayList<>();
        for (PairFacts each : facts) {
            FieldValues values = each.local() == null
                    ? matching.inLocalTerms(each.pair().remoteValues(), each.links())
                    : each.local().values();
            keys.add(matching.key(values));
        }
        List<Asset> assets = new ArrayList<>();
        for (int i = 0; i < keys.size(); i += Desk.PAGE) {
            assets.addAll(desk.assets().match(kind, keys.subList(i, Math.min(keys.size(), i + Desk.PAGE))));
        }
        Map<LocalId, Pair> pairs =
                desk.state().byLocal(kind, assets.stream().map(Asset::id).toList());
        LinkTable links = links(List.of(), assets);
        Map<String, List<Matching.Entrant>> result = new HashMap<>();
        Set<LocalId> seen = new HashSet<>();
        for (Asset asset : assets) {
            Pair pair = pairs.get(asset.id());
            if (pair != null && pair.linked() || !seen.add(asset.id())) {
                continue;
            }
            FieldValues values = matching.inRemoteTerms(asset.values(), links);
            String text = matching.text(values);
            if (text != null) {
                result.computeIfAbsent(text, key -> new ArrayList<>())
                        .add(new Matching.Entrant(asset.ref(), values, selected(asset.values())));
            }
        }
        return result;
    }

    /** A PSA record that no local one is like needs no look at the PSA's other records. */
    private Map<String, List<Matching.Entrant>> unlinkedRemotes(
            AssetKind kind, List<PairFacts> facts, List<String> texts, Set<String> local) {
        Set<String> wanted = new HashSet<>();
        for (int i = 0; i < texts.size(); i++) {
            if (facts.get(i).local() != null || local.contains(texts.get(i))) {
                wanted.add(texts.get(i));
            }
        }
        Map<String, List<Matching.Entrant>> result = new HashMap<>();
        PairId after = null;
        while (!wanted.isEmpty()) {
            List<Pair> batch = desk.state().pairs(new PairQuery.Unlinked(kind, wanted), after, Desk.PAGE);
            if (batch.isEmpty()) {
                break;
            }
            after = batch.get(batch.size() - 1).id();
            for (Pair pair : batch) {
                if (pair.remoteRef() != null
                        && pair.observed() != null
                        && pair.observed().visible()
                        && !pair.observed().deleted()) {
                    FieldValues values = pair.remoteValues();
                    result.computeIfAbsent(Objects.requireNonNull(pair.matchText()), key -> new ArrayList<>())
                            .add(new Matching.Entrant(pair.remoteRef(), values, selected(values)));
                }
            }
        }
        return result;
    }

    private boolean selected(FieldValues values) {
        return gate.judge(values, false).isEmpty();
    }

    private static List<Matching.Entrant> without(List<Matching.Entrant> entrants, @Nullable AssetRef self) {
        return entrants.stream().filter(entrant -> !entrant.ref().equals(self)).toList();
    }
}
