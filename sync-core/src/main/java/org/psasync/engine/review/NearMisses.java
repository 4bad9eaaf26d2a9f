package org.psasync.engine.review;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.apply.FactsLoader;
import org.psasync.engine.decide.LinkTable;
import org.psasync.engine.decide.PairFacts;
import org.psasync.engine.decide.Similarity;
import org.psasync.engine.desk.Desk;
import org.psasync.engine.manage.ReviewItem;
import org.psasync.engine.manage.Suggestion;
import org.psasync.model.Asset;
import org.psasync.model.AssetRef;
import org.psasync.model.Field;
import org.psasync.model.FieldValues;
import org.psasync.model.Fields;
import org.psasync.model.LocalId;
import org.psasync.model.PairId;
import org.psasync.model.RemoteId;
import org.psasync.model.RemoteRef;
import org.psasync.store.Candidate;
import org.psasync.store.Observation;
import org.psasync.store.Pair;
import org.psasync.store.PairQuery;

/**
 * Finds unlinked records of the other side with similar names (MATCH-6). PSA records are looked for among those that were
 * read, local ones in the host's listing.
 */
final class NearMisses {
    /** So many records of the other side are looked at. */
    private static final int LOOKED_AT = 20_000;
    /** Less alike than this is no near miss. */
    private static final double LEAST = 0.5;

    private static final int MOST = 5;

    private final Desk desk;

    NearMisses(Desk desk) {
        this.desk = desk;
    }

    List<Suggestion> of(ReviewItem item) {
        Pair pair = desk.state().pair(item.pair()).orElse(null);
        if (pair == null || pair.linked() || item.title().isEmpty()) {
            return List.of();
        }
        PairFacts facts =
                new FactsLoader(desk).load(pair.kind(), List.of(pair), Set.of()).get(0);
        Search search = new Search(item, organization(pair, facts.local(), facts.links()));
        if (item.local() == null) {
            locals(item, search);
        } else {
            remotes(item, search);
        }
        return search.best();
    }

    /** Returns the organization on the other side; null for organizations themselves, and when it is not linked. */
    private static @Nullable AssetRef organization(Pair pair, @Nullable Asset local, LinkTable links) {
        Field<AssetRef> field = Fields.organization(pair.kind());
        AssetRef here = field == null ? null : (local == null ? pair.remoteValues() : local.values()).get(field);
        Pair link = here == null ? null : links.pair(here);
        if (link == null || !link.linked()) {
            return null;
        }
        return local == null ? link.localRef() : link.remoteRef();
    }

    private void locals(ReviewItem item, Search search) {
        LocalId after = null;
        int page = Desk.PAGE;
        for (int seen = 0; seen < LOOKED_AT; seen += page) {
            List<Asset> assets = desk.assets().list(item.kind(), after, page);
            Map<LocalId, Pair> pairs = desk.state()
                    .byLocal(item.kind(), assets.stream().map(Asset::id).toList());
            for (Asset asset : assets) {
                Pair pair = pairs.get(asset.id());
                if (pair == null || !pair.linked()) {
                    search.look(asset.ref(), asset.values());
                }
            }
            if (assets.size() < page) {
                return;
            }
            after = assets.get(assets.size() - 1).id();
        }
    }

    private void remotes(ReviewItem item, Search search) {
        RemoteId organization = search.organization instanceof RemoteRef ref ? ref.id() : null;
        if (organization == null && Fields.organization(item.kind()) != null) {
            return;
        }
        PairQuery query = organization == null
                ? new PairQuery.OfKind(item.kind())
                : new PairQuery.Below(item.kind(), organization);
        PairId after = null;
        for (int seen = 0; seen < LOOKED_AT; seen += Desk.PAGE) {
            List<Pair> pairs = desk.state().pairs(query, after, Desk.PAGE);
            for (Pair pair : pairs) {
                Observation observed = pair.observed();
                if (!pair.linked() && observed != null && observed.visible() && !observed.deleted()) {
                    search.look(Objects.requireNonNull(pair.remoteRef()), observed.values());
                }
            }
            if (pairs.size() < Desk.PAGE) {
                return;
            }
            after = pairs.get(pairs.size() - 1).id();
        }
    }

    /** Collects the most similar records. */
    private static final class Search {
        private static final Comparator<Suggestion> BEST_FIRST = Comparator.comparingDouble(Suggestion::score)
                .reversed()
                .thenComparing(suggestion -> suggestion.record().idText());

        private final Similarity similarity;
        private final Set<AssetRef> candidates;
        private final @Nullable AssetRef organization;
        private final List<Suggestion> found = new ArrayList<>();

        Search(ReviewItem item, @Nullable AssetRef organization) {
            this.similarity = new Similarity(item.title());
            this.candidates = item.candidates().stream().map(Candidate::record).collect(Collectors.toSet());
            this.organization = organization;
        }

        void look(AssetRef record, FieldValues values) {
            String title = Fields.title(values);
            Field<AssetRef> field = Fields.organization(values.kind());
            boolean elsewhere = field != null && (organization == null || !organization.equals(values.get(field)));
            if (title == null || elsewhere || candidates.contains(record)) {
                return;
            }
            double score = similarity.to(title);
            if (score >= LEAST) {
                found.add(new Suggestion(record, title, score));
                if (found.size() > 10 * MOST) {
                    found.retainAll(best());
                }
            }
        }

        List<Suggestion> best() {
            return found.stream().sorted(BEST_FIRST).limit(MOST).toList();
        }
    }
}
