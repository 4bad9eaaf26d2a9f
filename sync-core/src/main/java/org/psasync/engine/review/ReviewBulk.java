package org.psasync.engine.review;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.apply.FactsLoader;
import org.psasync.engine.decide.Decision;
import org.psasync.engine.decide.Matching;
import org.psasync.engine.decide.Matching.Entrant;
import org.psasync.engine.decide.PairFacts;
import org.psasync.engine.decide.Ranking;
import org.psasync.engine.desk.Desk;
import org.psasync.engine.desk.PreviewAge;
import org.psasync.engine.desk.RunStopped;
import org.psasync.engine.manage.PreviewExpiredException;
import org.psasync.engine.manage.ReviewAnswer;
import org.psasync.engine.manage.ReviewAnswer.Refused;
import org.psasync.engine.manage.ReviewChoice;
import org.psasync.engine.manage.ReviewItem;
import org.psasync.engine.manage.ReviewItem.Clash;
import org.psasync.engine.manage.ReviewPage;
import org.psasync.engine.manage.ReviewPreview;
import org.psasync.engine.manage.ReviewsDecided;
import org.psasync.engine.pair.Basis;
import org.psasync.model.AssetKind;
import org.psasync.model.AssetRef;
import org.psasync.model.Field;
import org.psasync.model.PairId;
import org.psasync.store.Candidate;
import org.psasync.store.Pair;
import org.psasync.store.PairQuery;
import org.psasync.store.Trouble.Side;

/**
 * Decides all reviews of one reason after a preview (MATCH-5). A preview is not kept: it is made again before it is
 * applied, and what it showed must come out the same. What was decided has left the queue, so a preview works once.
 */
final class ReviewBulk {
    private static final int EXAMPLES = 20;
    private static final int MOST_LEFT = 100;

    private final Desk desk;
    private final String integration;
    private final ReviewDecisions doubts;
    private final ReviewLinks links;
    private final ConflictDecisions conflicts;

    ReviewBulk(Desk desk, String integration, String actor, ReviewDecisions doubts) {
        this.desk = desk;
        this.integration = integration;
        this.doubts = doubts;
        this.links = new ReviewLinks(desk, actor, doubts);
        this.conflicts = new ConflictDecisions(desk, actor, doubts);
    }

    /** A review to be decided; of a whole queue no more than this is kept. */
    private record Marked(
            PairId pair, String stamp, @Nullable AssetRef link) {}

    /** What a preview shows, and what it stands for. */
    private record Collected(List<Marked> marked, List<ReviewItem> examples, long left, String digest) {}

    ReviewPreview preview(AssetKind kind, String reason, ReviewChoice choice) {
        Collected collected = collect(kind, reason, choice);
        return new ReviewPreview(
                integration,
                kind,
                reason,
                choice,
                collected.marked().size(),
                collected.left(),
                collected.examples(),
                collected.digest(),
                desk.now());
    }

    private Collected collect(AssetKind kind, String reason, ReviewChoice choice) {
        List<Marked> marked = new ArrayList<>();
        List<ReviewItem> examples = new ArrayList<>();
        long left = 0;
        MessageDigest digest = Basis.sha256();
        digest.update((kind + "\n" + choice + "\n" + reason + "\n").getBytes(StandardCharsets.UTF_8));
        PairId after = null;
        do {
            ReviewPage page = new ReviewListing(desk).page(new PairQuery.InReview(kind), kind, after, Desk.BATCH);
            List<ReviewItem> items = page.items().stream()
                    .filter(item -> item.reason().equals(reason))
                    .toList();
            Map<PairId, AssetRef> best = choice == ReviewChoice.LINK ? best(kind, items) : Map.of();
            for (ReviewItem item : items) {
                AssetRef link = best.get(item.pair());
                if (!fits(item, choice, link)) {
                    left++;
                    continue;
                }
                marked.add(new Marked(item.pair(), item.stamp(), link));
                digest.update((item.pair() + item.stamp() + link + "\n").getBytes(StandardCharsets.UTF_8));
                if (examples.size() < EXAMPLES) {
                    examples.add(item);
                }
            }
            after = page.next();
        } while (after != null);
        return new Collected(marked, examples, left, HexFormat.of().formatHex(digest.digest()));
    }

    private static boolean fits(ReviewItem item, ReviewChoice choice, @Nullable AssetRef link) {
        ReviewItem.Question question = item.question();
        return switch (choice) {
            case LINK -> question instanceof ReviewItem.Doubt && link != null;
            case CREATE, IGNORE -> question instanceof ReviewItem.Doubt;
            case TAKE_LOCAL, TAKE_REMOTE -> question instanceof ReviewItem.Conflict;
        };
    }

    /** Returns what each would be linked with if the settings said to link the best. */
    private Map<PairId, AssetRef> best(AssetKind kind, List<ReviewItem> items) {
        List<Pair> pairs = new ArrayList<>();
        items.forEach(item -> desk.state().pair(item.pair()).ifPresent(pairs::add));
        FactsLoader loader = new FactsLoader(desk);
        Map<PairId, AssetRef> result = new HashMap<>();
        for (PairFacts facts : loader.withRivals(kind, loader.load(kind, pairs, Set.of()), null)) {
            AssetRef best = best(facts);
            if (best != null) {
                result.put(facts.pair().id(), best);
            }
        }
        return result;
    }

    private @Nullable AssetRef best(PairFacts facts) {
        Pair pair = facts.pair();
        PairFacts.Rivals rivals = facts.rivals();
        if (rivals == null || !(desk.planner().decide(facts) instanceof Decision.Doubt doubt)) {
            return null; // it is decided in another way by now
        }
        Matching matching = new Matching(desk.policy());
        Entrant self = facts.local() == null
                ? new Entrant(Objects.requireNonNull(pair.remoteRef()), pair.remoteValues(), true)
                : new Entrant(
                        facts.local().ref(),
                        matching.inRemoteTerms(facts.local().values(), facts.links()),
                        true);
        Entrant best = new Ranking(matching).best(self, rivals.peers(), rivals.others());
        List<Candidate> candidates = doubt.review().candidates();
        boolean onlyThePsaKnows = matching.match(self, rivals.peers(), rivals.others()) instanceof Matching.Result.None;
        return best != null
                ? best.ref()
                : onlyThePsaKnows && candidates.size() == 1 ? candidates.get(0).record() : null;
    }

    ReviewsDecided apply(ReviewPreview preview) {
        if (!preview.integration().equals(integration)) {
            return refused("The preview is of the integration " + preview.integration() + ", not of " + integration);
        }
        try {
            PreviewAge.require(preview.madeAt(), desk.now());
        } catch (PreviewExpiredException expired) {
            return refused(String.valueOf(expired.getMessage()));
        }
        Collected now = collect(preview.kind(), preview.reason(), preview.choice());
        if (!now.digest().equals(preview.digest()) || now.marked().size() != preview.count()) {
            return refused("What the preview showed has changed since, or was decided already; make a new one");
        }
        return decided(now.marked(), preview.choice());
    }

    /** Decides one after the other; when the host stops answering, what was decided so far is told all the same. */
    private ReviewsDecided decided(List<Marked> all, ReviewChoice choice) {
        long decided = 0;
        long done = 0;
        String stopped = "";
        List<ReviewsDecided.Left> left = new ArrayList<>();
        for (Marked marked : all) {
            ReviewItem item;
            ReviewAnswer answer;
            try {
                item = desk.state()
                        .pair(marked.pair())
                        .flatMap(pair -> new ReviewListing(desk).item(pair))
                        .orElse(null);
                answer = item == null ? null : decide(item, marked, choice);
            } catch (RunStopped failure) {
                stopped = Objects.requireNonNullElse(failure.getMessage(), failure.toString());
                break;
            }
            done++;
            if (answer != null && answer.decided()) {
                decided++;
            } else if (item != null && answer != null && left.size() < MOST_LEFT) {
                left.add(new ReviewsDecided.Left(item, answer.text()));
            }
        }
        return new ReviewsDecided("", decided, left, stopped, all.size() - done);
    }

    private static ReviewsDecided refused(String why) {
        return new ReviewsDecided(why + "; nothing was decided.", 0, List.of());
    }

    private ReviewAnswer decide(ReviewItem item, Marked marked, ReviewChoice choice) {
        if (!item.stamp().equals(marked.stamp())) {
            return ReviewDecisions.CHANGED; // an earlier decision of these may have changed it
        }
        return switch (choice) {
            case LINK ->
                marked.link() == null ? new Refused("It has no best candidate.") : links.link(item, marked.link());
            case CREATE -> doubts.create(item);
            case IGNORE -> doubts.ignore(item);
            case TAKE_LOCAL -> conflicts.take(item, fields(item), Side.HOST);
            case TAKE_REMOTE -> conflicts.take(item, fields(item), Side.PSA);
        };
    }

    private static List<Field<?>> fields(ReviewItem item) {
        List<Field<?>> fields = new ArrayList<>();
        if (item.question() instanceof ReviewItem.Conflict conflict) {
            conflict.clashes().stream().map(Clash::field).forEach(fields::add);
        }
        return fields;
    }
}
