package org.psasync.engine.apply;

import java.time.Instant;
import java.util.ArrayList;
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
import org.psasync.engine.decide.Planner;
import org.psasync.engine.desk.Desk;
import org.psasync.engine.observe.Observer;
import org.psasync.model.Asset;
import org.psasync.model.AssetKind;
import org.psasync.model.AssetRef;
import org.psasync.model.Field;
import org.psasync.model.FieldValues;
import org.psasync.model.Fields;
import org.psasync.model.LocalId;
import org.psasync.model.LocalRef;
import org.psasync.model.PairId;
import org.psasync.model.RemoteId;
import org.psasync.model.RemoteRef;
import org.psasync.spi.KindDescriptor;
import org.psasync.spi.MatchKey;
import org.psasync.spi.ReadScope;
import org.psasync.spi.RemoteCursor;
import org.psasync.spi.RemotePage;
import org.psasync.store.InFlight;
import org.psasync.store.Pair;
import org.psasync.store.PairQuery;

/**
 * Looks up the unlinked records of both sides that share a key, so that the planner can count from both (MATCH-4).
 *
 * <p>What an open create concerns takes no part: neither the local record that is being made, nor a PSA record that may
 * be the result (SAFE-1).
 */
final class RivalSearch {
    private final Desk desk;
    private final FactsLoader loader;
    private final Adoption adoption;
    private final Matching matching;
    private final Gate gate;
    private final Planner planner;

    RivalSearch(Desk desk, FactsLoader loader) {
        this.desk = desk;
        this.loader = loader;
        this.adoption = new Adoption(desk);
        this.gate = new Gate(desk.policy());
        this.planner = desk.planner();
        this.matching = new Matching(desk.policy());
    }

    /** What the host has of the keys. */
    private static final class Locals {
        /** Unlinked records by key. */
        final Map<String, List<Matching.Entrant>> unlinked = new HashMap<>();
        /** Records that are being made in the PSA, by the key they have now. */
        final Map<String, LocalRef> beingMade = new HashMap<>();
        /** Pairs whose local record was found by the pair id that the host keeps. */
        final Map<PairId, Pair> adopted = new HashMap<>();
    }

    List<PairFacts> withRivals(AssetKind kind, List<PairFacts> facts, @Nullable Observer observer) {
        if (observer != null) {
            searchPsa(kind, facts, observer);
        }
        Locals locals = locals(kind, facts, observer != null);
        List<String> texts = facts.stream().map(this::text).toList();
        Map<String, List<Matching.Entrant>> remotes = remotes(kind, facts, texts, locals.unlinked.keySet());
        List<PairFacts> result = new ArrayList<>(facts.size());
        for (int i = 0; i < facts.size(); i++) {
            PairFacts each = facts.get(i);
            Pair adopted = locals.adopted.get(each.pair().id());
            LocalRef beingMade = locals.beingMade.get(texts.get(i));
            if (adopted != null) {
                result.addAll(loader.load(kind, List.of(adopted), Set.of()));
            } else if (beingMade != null && !beingMade.equals(each.pair().localRef())) {
                result.add(each.heldFor(beingMade));
            } else {
                result.add(each.withRivals(rivals(each, texts.get(i), locals.unlinked, remotes)));
            }
        }
        return result;
    }

    private static PairFacts.Rivals rivals(
            PairFacts facts,
            String text,
            Map<String, List<Matching.Entrant>> locals,
            Map<String, List<Matching.Entrant>> remotes) {
        List<Matching.Entrant> here = locals.getOrDefault(text, List.of());
        List<Matching.Entrant> there = remotes.getOrDefault(text, List.of());
        Pair pair = facts.pair();
        return facts.local() == null
                ? new PairFacts.Rivals(without(there, pair.remoteRef()), here)
                : new PairFacts.Rivals(without(here, pair.localRef()), there);
    }

    private static List<Matching.Entrant> without(List<Matching.Entrant> entrants, @Nullable AssetRef self) {
        return entrants.stream().filter(entrant -> !entrant.ref().equals(self)).toList();
    }

    private String text(PairFacts facts) {
        String text = facts.local() == null
                ? facts.pair().matchText()
                : matching.text(matching.inRemoteTerms(facts.local().values(), facts.links()));
        return text == null ? "" : text;
    }

    /** Asks the PSA too: it may have a record that no run has seen yet (PUSH-7). */
    private void searchPsa(AssetKind kind, List<PairFacts> facts, Observer observer) {
        KindDescriptor descriptor = desk.policy().kind(kind).orElse(null);
        Field<AssetRef> organization = Fields.organization(kind);
        Set<RemoteId> listed = new LinkedHashSet<>();
        for (PairFacts each : facts) {
            if (descriptor == null || each.local() == null || planner.isIncomplete(each)) {
                continue;
            }
            FieldValues values = matching.inRemoteTerms(each.local().values(), each.links());
            if (descriptor.find()) {
                Instant from = desk.now();
                observer.found(kind, desk.psa().find(matching.key(values)), from);
            } else if (descriptor.reading() == KindDescriptor.Reading.LIST_PER_PARENT
                    && organization != null
                    && values.get(organization) instanceof RemoteRef parent) {
                listed.add(parent.id());
            }
        }
        if (!listed.isEmpty()) {
            list(kind, ReadScope.below(List.copyOf(listed)), observer);
        }
    }

    /** Where there is no search, but a list per organization, that list is one. */
    private void list(AssetKind kind, ReadScope scope, Observer observer) {
        RemoteCursor cursor = RemoteCursor.start();
        while (true) {
            Instant from = desk.now();
            RemotePage page = desk.psa().changes(kind, scope, cursor, Desk.PAGE);
            observer.found(kind, page.records(), from);
            if (page.last() || page.next().equals(cursor)) {
                return;
            }
            cursor = page.next();
        }
    }

    private Locals locals(AssetKind kind, List<PairFacts> facts, boolean mayStore) {
        List<MatchKey> keys = new ArrayList<>();
        for (PairFacts each : facts) {
            FieldValues values = each.local() == null
                    ? matching.inLocalTerms(each.pair().remoteValues(), each.links())
                    : each.local().values();
            keys.add(matching.key(values));
        }
        Map<LocalId, Asset> assets = new HashMap<>();
        for (int i = 0; i < keys.size(); i += Desk.PAGE) {
            desk.assets()
                    .match(kind, keys.subList(i, Math.min(keys.size(), i + Desk.PAGE)))
                    .forEach(asset -> assets.put(asset.id(), asset));
        }
        return sorted(kind, assets, mayStore);
    }

    private Locals sorted(AssetKind kind, Map<LocalId, Asset> assets, boolean mayStore) {
        Map<LocalId, Pair> pairs =
                mayStore ? adoption.adopt(kind, assets.values()) : adoption.pairs(kind, assets.values());
        LinkTable links = loader.links(List.of(), assets.values());
        Map<LocalId, String> owners = desk.state().ownedElsewhere(kind, assets.keySet());
        Locals result = new Locals();
        for (Asset asset : assets.values()) {
            if (owners.containsKey(asset.id())) {
                continue; // never matched by this integration (SET-9)
            }
            Pair pair = pairs.get(asset.id());
            FieldValues values = matching.inRemoteTerms(asset.values(), links);
            String text = matching.text(values);
            if (pair != null && pair.linked()) {
                result.adopted.put(pair.id(), pair);
            } else if (text != null && pair != null && pair.inFlight() instanceof InFlight.CreatingRemote) {
                result.beingMade.put(text, asset.ref());
            } else if (text != null) {
                result.unlinked
                        .computeIfAbsent(text, key -> new ArrayList<>())
                        .add(new Matching.Entrant(
                                asset.ref(),
                                values,
                                selected(asset.values()),
                                pair == null ? null : pair.trouble().ruling()));
            }
        }
        return result;
    }

    /**
     * A PSA record that no local one is like needs no look at the PSA's other records. Of links only those take part whose
     * local record was deleted: the host may have made it again (PUSH-7).
     */
    private Map<String, List<Matching.Entrant>> remotes(
            AssetKind kind, List<PairFacts> facts, List<String> texts, Set<String> local) {
        Set<String> wanted = new HashSet<>();
        for (int i = 0; i < texts.size(); i++) {
            if (facts.get(i).local() != null || local.contains(texts.get(i))) {
                wanted.add(texts.get(i));
            }
        }
        if (wanted.isEmpty()) {
            return Map.of();
        }
        OpenCreates open = OpenCreates.of(desk, matching, kind);
        Map<String, List<Matching.Entrant>> result = new HashMap<>();
        PairId after = null;
        while (true) {
            List<Pair> batch = desk.state().pairs(new PairQuery.Unlinked(kind, wanted), after, Desk.PAGE);
            if (batch.isEmpty()) {
                return result;
            }
            after = batch.get(batch.size() - 1).id();
            for (Pair pair : batch) {
                if (isThere(pair) && open.thatMayHaveMade(pair) == null) {
                    FieldValues values = pair.remoteValues();
                    result.computeIfAbsent(Objects.requireNonNull(pair.matchText()), key -> new ArrayList<>())
                            .add(new Matching.Entrant(
                                    Objects.requireNonNull(pair.remoteRef()),
                                    values,
                                    gate.judgeNew(Objects.requireNonNull(pair.observed()))
                                            .isEmpty(),
                                    pair.trouble().ruling(),
                                    pair.linked()));
                }
            }
        }
    }

    private static boolean isThere(Pair pair) {
        return pair.remote() != null
                && pair.observed() != null
                && pair.observed().visible()
                && !pair.observed().deleted();
    }

    private boolean selected(FieldValues local) {
        return gate.judge(local, false).isEmpty();
    }
}
