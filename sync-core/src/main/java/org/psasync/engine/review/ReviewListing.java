package org.psasync.engine.review;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.decide.Words;
import org.psasync.engine.desk.Desk;
import org.psasync.engine.manage.ReviewItem;
import org.psasync.engine.manage.ReviewItem.Clash;
import org.psasync.engine.manage.ReviewPage;
import org.psasync.engine.observe.LocalRecords;
import org.psasync.engine.pair.Basis;
import org.psasync.model.Asset;
import org.psasync.model.AssetKind;
import org.psasync.model.AssetRef;
import org.psasync.model.Field;
import org.psasync.model.FieldValues;
import org.psasync.model.Fields;
import org.psasync.model.LocalId;
import org.psasync.model.PairId;
import org.psasync.model.RemoteId;
import org.psasync.model.RemoteRef;
import org.psasync.spi.AssetRepository;
import org.psasync.store.Candidate;
import org.psasync.store.InFlight;
import org.psasync.store.IntegrationState;
import org.psasync.store.Pair;
import org.psasync.store.PairQuery;
import org.psasync.store.Setup;
import org.psasync.store.Trouble;
import org.psasync.store.Trouble.Ruling;

/** Shows the pairs about which a person must decide as reviews. The PSA is not asked, and no connector is needed. */
final class ReviewListing {
    private final IntegrationState state;
    private final AssetRepository assets;
    private final Set<Field<?>> excluded;

    ReviewListing(Desk desk) {
        this(desk.state(), desk.assets(), desk.setup());
    }

    ReviewListing(IntegrationState state, AssetRepository assets, Setup setup) {
        this.state = state;
        this.assets = assets;
        this.excluded = setup.settings().mapping().excluded();
    }

    /** Returns the reviews among the next pairs that answer a question. */
    ReviewPage page(PairQuery query, AssetKind kind, @Nullable PairId after, int limit) {
        List<Pair> pairs = state.pairs(query, after, limit);
        Map<LocalId, Asset> locals = locals(kind, pairs);
        Set<PairId> askedOnce = askedFromTheOtherSide(kind, pairs);
        List<ReviewItem> items = new ArrayList<>();
        for (Pair pair : pairs) {
            if (!askedOnce.contains(pair.id())) {
                item(pair, pair.local() == null ? null : locals.get(pair.local()))
                        .ifPresent(items::add);
            }
        }
        return new ReviewPage(
                items, pairs.size() < limit ? null : pairs.get(pairs.size() - 1).id());
    }

    private Map<LocalId, Asset> locals(AssetKind kind, List<Pair> pairs) {
        Set<LocalId> ids = new LinkedHashSet<>();
        pairs.stream().map(Pair::local).filter(Objects::nonNull).forEach(ids::add);
        Map<LocalId, Asset> result = new HashMap<>();
        new LocalRecords(state, assets).find(kind, ids).forEach(asset -> result.put(asset.id(), asset));
        return result;
    }

    /** Local records in review all of whose candidates are in review because of them: one decision is enough. */
    private Set<PairId> askedFromTheOtherSide(AssetKind kind, List<Pair> pairs) {
        Set<RemoteId> candidates = new HashSet<>();
        for (Pair pair : pairs) {
            candidatesOf(pair).forEach(ref -> candidates.add(ref.id()));
        }
        Map<RemoteId, Pair> known = state.byRemote(kind, candidates);
        Set<PairId> result = new HashSet<>();
        for (Pair pair : pairs) {
            List<RemoteRef> its = candidatesOf(pair);
            if (!its.isEmpty() && its.stream().allMatch(ref -> names(known.get(ref.id()), pair.localRef()))) {
                result.add(pair.id());
            }
        }
        return result;
    }

    private static List<RemoteRef> candidatesOf(Pair pair) {
        Trouble.Review review = pair.trouble().review();
        List<RemoteRef> result = new ArrayList<>();
        if (review != null && pair.inFlight() == null && !pair.linked()) {
            for (Candidate candidate : review.candidates()) {
                if (candidate.record() instanceof RemoteRef remote) {
                    result.add(remote);
                }
            }
        }
        return result;
    }

    private static boolean names(@Nullable Pair pair, @Nullable AssetRef local) {
        Trouble.Review review = pair == null ? null : pair.trouble().review();
        return review != null
                && review.candidates().stream()
                        .anyMatch(candidate -> candidate.record().equals(local));
    }

    /** Returns the review of a pair as it is now; empty when it is none. */
    Optional<ReviewItem> item(Pair pair) {
        return item(
                pair,
                pair.local() == null ? null : locals(pair.kind(), List.of(pair)).get(pair.local()));
    }

    private Optional<ReviewItem> item(Pair pair, @Nullable Asset local) {
        ReviewItem.Question question = question(pair, local);
        if (question == null) {
            return Optional.empty();
        }
        Trouble.Review review = pair.trouble().review();
        FieldValues named = local == null ? pair.remoteValues() : local.values();
        return Optional.of(new ReviewItem(
                pair.id(),
                pair.kind(),
                pair.localRef(),
                pair.remoteRef(),
                Objects.requireNonNullElse(Fields.title(named), ""),
                question,
                review == null ? null : review.since(),
                stamp(pair, local, question)));
    }

    private ReviewItem.@Nullable Question question(Pair pair, @Nullable Asset local) {
        Trouble trouble = pair.trouble();
        Trouble.Review review = trouble.review();
        if (pair.inFlight() instanceof InFlight.CreatingRemote) {
            return review == null ? null : new ReviewItem.LostCreate(review.reason(), review.candidates());
        }
        if (pair.linked()) {
            return trouble.frozen().isEmpty() || local == null ? null : conflict(pair, local);
        }
        if (review != null) {
            return new ReviewItem.Doubt(review.reason(), review.candidates());
        }
        Ruling ruling = trouble.ruling();
        return ruling == null || ruling.way() != Ruling.Way.IGNORE ? null : ignored(ruling);
    }

    private static ReviewItem.Ignored ignored(Ruling ruling) {
        return new ReviewItem.Ignored(
                "Somebody decided to leave it alone.",
                ruling.actor(),
                ruling.at(),
                ruling.about().stream()
                        .sorted(Comparator.comparing(AssetRef::idText))
                        .toList());
    }

    private ReviewItem.Conflict conflict(Pair pair, Asset local) {
        List<Clash> clashes = new ArrayList<>();
        for (Field<?> field : pair.trouble().frozen()) {
            clashes.add(new Clash(
                    field, local.values().get(field), pair.remoteValues().get(field), together(pair, local, field)));
        }
        return new ReviewItem.Conflict(
                "Both sides changed " + Words.of(pair.trouble().frozen()) + ".", clashes);
    }

    /** The lines of one address are decided together (MERGE-3). */
    private List<Field<?>> together(Pair pair, Asset local, Field<?> field) {
        List<Field<?>> lines = new ArrayList<>();
        for (Field<?> other : Fields.of(pair.kind())) {
            boolean sameGroup = field.group() != null && other.group() == field.group();
            if (sameGroup
                    && !excluded.contains(other)
                    && local.values().has(other)
                    && pair.remoteValues().has(other)) {
                lines.add(other);
            }
        }
        return lines.isEmpty() ? List.of(field) : lines;
    }

    private static String stamp(Pair pair, @Nullable Asset local, ReviewItem.Question question) {
        StringBuilder text = new StringBuilder();
        text.append(pair.id()).append('\n').append(pair.local()).append('\n').append(pair.remote());
        text.append('\n').append(question);
        text.append('\n').append(local == null ? "" : local.revision().token());
        Basis.append(text, pair.remoteValues());
        Instant began = pair.inFlight() instanceof InFlight.CreatingRemote write ? write.startedAt() : null;
        return Basis.digest(text.append('\n').append(began).toString());
    }
}
