package org.psasync.engine.bulk;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.apply.Owners;
import org.psasync.engine.desk.Desk;
import org.psasync.engine.manage.BulkAction;
import org.psasync.model.Asset;
import org.psasync.model.AssetKind;
import org.psasync.model.AssetRef;
import org.psasync.model.Field;
import org.psasync.model.Fields;
import org.psasync.model.LocalId;
import org.psasync.model.PairId;
import org.psasync.spi.AssetRepository;
import org.psasync.store.IntegrationState;
import org.psasync.store.Pair;
import org.psasync.store.PairQuery;

/**
 * The links that belong to an organization, and which of them a delete leaves: the organization of the PSA's record says
 * where to look, but the local record goes only if the host shows it under the organization that is deleted (FIELD-10).
 *
 * @param state what is remembered
 * @param host the host's records
 * @param action what is to be done with the organization
 */
public record BulkChildren(IntegrationState state, AssetRepository host, BulkAction action) {
    /** What belongs to an organization goes before what that may refer to. */
    private static final List<AssetKind> BELOW =
            List.of(AssetKind.TICKET, AssetKind.CONFIGURATION, AssetKind.CONTACT, AssetKind.LOCATION);

    private static final String ELSEWHERE = "the host shows it under another organization";
    private static final String NOT_SHOWN = "the host does not show it; the next run finds out whether it is gone";

    /**
     * Hands on the links that belong to an organization, a page of one kind at a time, what refers to others first;
     * nothing for records that are no organization.
     */
    void pages(Pair pair, Consumer<List<BulkScan.Found>> page) {
        links(
                pair,
                links -> page.accept(
                        action == BulkAction.DELETE
                                ? judged(pair, links)
                                : links.stream()
                                        .map(link -> BulkScan.Found.of(link, null, null))
                                        .toList()));
    }

    private void links(Pair pair, Consumer<List<Pair>> page) {
        if (pair.kind() != AssetKind.ORGANIZATION) {
            return;
        }
        for (AssetKind kind : BELOW) {
            PairQuery below = new PairQuery.Below(kind, Objects.requireNonNull(pair.remote()));
            PairId after = null;
            List<Pair> batch = state.pairs(below, null, Desk.BATCH);
            while (!batch.isEmpty()) {
                after = batch.get(batch.size() - 1).id();
                List<Pair> links = batch.stream()
                        .filter(Pair::linked)
                        .filter(child -> action == BulkAction.DELETE || !child.leftAlone())
                        .toList();
                if (!links.isEmpty()) {
                    page.accept(links);
                }
                batch = state.pairs(below, after, Desk.BATCH);
            }
        }
    }

    private List<BulkScan.Found> judged(Pair organization, List<Pair> links) {
        Map<LocalId, String> owners = Owners.of(state, links);
        Map<LocalId, Asset> assets = assets(links);
        List<BulkScan.Found> found = new ArrayList<>(links.size());
        for (Pair link : links) {
            Asset asset = assets.get(local(link));
            found.add(BulkScan.Found.of(link, asset, left(organization, link, asset, owners.get(local(link)))));
        }
        return found;
    }

    private static @Nullable String left(Pair organization, Pair link, @Nullable Asset asset, @Nullable String owner) {
        if (asset != null && !isBelow(organization, asset)) {
            return ELSEWHERE;
        }
        if (owner != null) {
            return Owners.text(owner);
        }
        if (BulkScan.isBlocked(link)) {
            return BulkScan.UNDER_WAY;
        }
        boolean mayBeGone = link.leftAlone() || link.isBeingDeleted();
        return asset == null && !mayBeGone ? NOT_SHOWN : null;
    }

    private static boolean isBelow(Pair organization, Asset asset) {
        Field<AssetRef> field = Fields.organization(asset.kind());
        return field == null
                || Objects.equals(organization.localRef(), asset.values().get(field));
    }

    /** Returns the local records of links of one kind, as far as the host shows them. */
    Map<LocalId, Asset> assets(List<Pair> links) {
        Set<LocalId> ids = new LinkedHashSet<>();
        links.forEach(link -> ids.add(local(link)));
        Map<LocalId, Asset> assets = new HashMap<>();
        host.find(links.get(0).kind(), ids).forEach(asset -> assets.put(asset.id(), asset));
        return assets;
    }

    /** Returns why an organization cannot be deleted yet: something that belongs to it stays; null when nothing does. */
    @Nullable
    String hindrance(Pair organization) {
        List<String> reasons = new ArrayList<>();
        links(organization, links -> {
            Map<LocalId, String> owners = Owners.of(state, links);
            List<Pair> doubtful = links.stream()
                    .filter(link -> BulkScan.isBlocked(link) || owners.containsKey(local(link)))
                    .toList();
            if (reasons.isEmpty() && !doubtful.isEmpty()) {
                judged(organization, doubtful).stream()
                        .filter(BulkChildren::stays)
                        .map(BulkScan.Found::left)
                        .limit(1)
                        .forEach(reasons::add);
            }
        });
        return reasons.isEmpty() ? null : "below it: " + reasons.get(0);
    }

    /** Returns whether something that belongs to the organization is still there. */
    boolean anyLeft(Pair organization) {
        boolean[] any = new boolean[1];
        pages(organization, page -> any[0] |= page.stream().anyMatch(found -> !isElsewhere(found)));
        return any[0];
    }

    private static boolean stays(BulkScan.Found found) {
        return found.left() != null && !isElsewhere(found);
    }

    private static boolean isElsewhere(BulkScan.Found found) {
        return ELSEWHERE.equals(found.left());
    }

    private static LocalId local(Pair link) {
        return Objects.requireNonNull(link.local());
    }
}
