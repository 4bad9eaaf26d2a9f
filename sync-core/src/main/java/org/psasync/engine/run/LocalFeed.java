package org.psasync.engine.run;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.apply.Adoption;
import org.psasync.engine.decide.LinkTable;
import org.psasync.engine.decide.Matching;
import org.psasync.engine.desk.Desk;
import org.psasync.engine.desk.Ledger;
import org.psasync.engine.pair.Confirmation;
import org.psasync.model.Asset;
import org.psasync.model.AssetKind;
import org.psasync.model.AssetRef;
import org.psasync.model.Field;
import org.psasync.model.Fields;
import org.psasync.model.LocalId;
import org.psasync.model.LocalRef;
import org.psasync.model.Origin;
import org.psasync.spi.LocalChanges;
import org.psasync.store.Grant;
import org.psasync.store.NotedSave;
import org.psasync.store.Pair;
import org.psasync.store.PairQuery;
import org.psasync.store.Trouble;

/** Takes notice of what changed in the host, so that a save whose notification was lost is found (PUSH-6). */
final class LocalFeed {
    private final Desk desk;
    private final Ledger ledger;
    private final Matching matching;
    private @Nullable LocalId listedTo;

    LocalFeed(Desk desk) {
        this.desk = desk;
        this.ledger = new Ledger(desk);
        this.matching = new Matching(desk.policy());
    }

    /** Reads the host's change feed to its end; a host without one is listed at each full check. */
    void follow() {
        if (!desk.assets().hasChangeFeed()) {
            return;
        }
        String mark = desk.state().progress().feedMark();
        while (true) {
            desk.keepLease();
            LocalChanges changes = desk.assets().changes(mark, Desk.PAGE);
            notice(changes.records());
            if (!changes.mark().equals(mark)) {
                String next = changes.mark();
                desk.progress(progress -> progress.withFeedMark(next));
                mark = next;
            }
            if (changes.last()) {
                return;
            }
            desk.safePoint();
        }
    }

    /** Looks at the saves that the host noted with its records; a note is forgotten once all it tells is stored. */
    void lookAtNoted() {
        while (true) {
            List<NotedSave> saves = desk.state().notedSaves(Desk.PAGE);
            if (saves.isEmpty()) {
                return;
            }
            desk.keepLease();
            notice(saves.stream().map(NotedSave::record).toList());
            desk.state().forgetSaves(saves);
            desk.safePoint();
        }
    }

    private void notice(List<LocalRef> records) {
        Map<AssetKind, Set<LocalId>> ids = new EnumMap<>(AssetKind.class);
        records.forEach(ref ->
                ids.computeIfAbsent(ref.kind(), key -> new LinkedHashSet<>()).add(ref.id()));
        ids.forEach(this::notice);
    }

    /** Lists every record of a kind, for a host without a feed; after an interruption, the rest. */
    void listAll(AssetKind kind) {
        while (true) {
            desk.keepLease();
            List<Asset> page = desk.assets().list(kind, listedTo, Desk.PAGE);
            Set<LocalId> ids = new LinkedHashSet<>();
            page.forEach(asset -> ids.add(asset.id()));
            notice(kind, ids);
            if (page.size() < Desk.PAGE) {
                listedTo = null;
                return;
            }
            listedTo = page.get(page.size() - 1).id();
            desk.safePoint();
        }
    }

    private void notice(AssetKind kind, Set<LocalId> ids) {
        Map<LocalId, Asset> assets = new HashMap<>();
        desk.assets().find(kind, ids).forEach(asset -> assets.put(asset.id(), asset));
        Map<LocalId, Pair> pairs = new HashMap<>(desk.state().byLocal(kind, ids));
        pairs.putAll(new Adoption(desk)
                .adopt(
                        kind,
                        assets.values().stream()
                                .filter(asset -> mayBeAdopted(asset, pairs.get(asset.id())))
                                .toList()));
        List<Ledger.Entry> entries = new ArrayList<>();
        List<Asset> unlinked = new ArrayList<>();
        for (LocalId id : ids) {
            Asset asset = assets.get(id);
            Pair pair = pairs.get(id);
            if (asset == null ? pair != null && !pair.dirty() : asset.lastEdit().origin() != Origin.SYNC) {
                Ledger.Entry entry = entry(new LocalRef(kind, id), asset, pair);
                if (entry != null) {
                    entries.add(entry);
                }
            }
            if (asset != null && (pair == null || !pair.linked())) {
                unlinked.add(asset);
            }
        }
        ledger.store(entries);
        rematch(kind, unlinked);
    }

    private static boolean mayBeAdopted(Asset asset, @Nullable Pair pair) {
        return asset.pair() != null && (pair == null || !pair.linked());
    }

    /** Returns the change of the record's pair; null when there is none to make. */
    private Ledger.@Nullable Entry entry(LocalRef ref, @Nullable Asset asset, @Nullable Pair pair) {
        Grant grant = asset == null ? null : Confirmation.of(asset, pair, desk.policy());
        if (pair == null) {
            return grant == null || !desk.policy().remembersNew(ref.kind())
                    ? null
                    : Ledger.Entry.confirming(Pair.ofLocal(desk.newPairId(), ref), grant, List.of());
        }
        if (pair.leftAlone()) {
            return null;
        }
        if (grant != null && grant.isAfter(pair.grant())) {
            return Ledger.Entry.confirming(pair, grant, List.of());
        }
        return isPausing(pair) ? null : new Ledger.Entry(pair, Pair::madeDirty, List.of());
    }

    /** A pause that the PSA asked for is not cut short by what is known already; afterwards all is decided (PUSH-13). */
    private boolean isPausing(Pair pair) {
        Trouble.Failure failure = pair.trouble().failure();
        return failure != null
                && failure.refused() == null
                && pair.dueAt() != null
                && pair.dueAt().isAfter(desk.now());
    }

    /** A new or renamed local record may be what a PSA record in review, or a new one, was looking for. */
    private void rematch(AssetKind kind, List<Asset> assets) {
        LinkTable links = organizations(kind, assets);
        Set<String> texts = new HashSet<>();
        for (Asset asset : assets) {
            String text = matching.text(matching.inRemoteTerms(asset.values(), links));
            if (text != null) {
                texts.add(text);
            }
        }
        if (!texts.isEmpty()) {
            ledger.markAll(new PairQuery.Unlinked(kind, texts));
        }
    }

    private LinkTable organizations(AssetKind kind, List<Asset> assets) {
        Field<AssetRef> organization = Fields.organization(kind);
        if (organization == null) {
            return LinkTable.NONE;
        }
        Set<LocalId> ids = new HashSet<>();
        for (Asset asset : assets) {
            if (asset.values().get(organization) instanceof LocalRef ref) {
                ids.add(ref.id());
            }
        }
        Map<LocalRef, Pair> links = new HashMap<>();
        desk.state()
                .byLocal(AssetKind.ORGANIZATION, ids)
                .forEach((id, pair) -> links.put(new LocalRef(AssetKind.ORGANIZATION, id), pair));
        return new LinkTable(links, Map.of());
    }
}
