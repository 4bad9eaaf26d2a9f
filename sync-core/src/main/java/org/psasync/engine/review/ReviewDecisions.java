package org.psasync.engine.review;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.Disposition;
import org.psasync.engine.apply.Brakes;
import org.psasync.engine.apply.FactsLoader;
import org.psasync.engine.apply.Outcome;
import org.psasync.engine.apply.Permit;
import org.psasync.engine.apply.Processor;
import org.psasync.engine.decide.Matching;
import org.psasync.engine.decide.PairFacts;
import org.psasync.engine.desk.Desk;
import org.psasync.engine.desk.Held;
import org.psasync.engine.desk.Ledger;
import org.psasync.engine.desk.Parties;
import org.psasync.engine.desk.RunStopped;
import org.psasync.engine.manage.ReviewAnswer;
import org.psasync.engine.manage.ReviewAnswer.Decided;
import org.psasync.engine.manage.ReviewAnswer.Refused;
import org.psasync.engine.manage.ReviewItem;
import org.psasync.model.Asset;
import org.psasync.model.AssetRef;
import org.psasync.model.FieldValues;
import org.psasync.model.LocalRef;
import org.psasync.model.PairId;
import org.psasync.model.RemoteRef;
import org.psasync.spi.ConnectorException;
import org.psasync.store.Candidate;
import org.psasync.store.Event;
import org.psasync.store.Grant;
import org.psasync.store.InFlight;
import org.psasync.store.Lease;
import org.psasync.store.Pair;
import org.psasync.store.StaleStateException;
import org.psasync.store.Trouble;
import org.psasync.store.Trouble.Ruling;

/**
 * Decides doubts for a person: to create, to ignore, to take up again (MATCH-5).
 *
 * <p>The decision is stored first, and only if the pair is as the person saw it; then the pair is decided by the same
 * functions as ever, which take the decision into account.
 */
final class ReviewDecisions {
    /** What follows from a decision may take several steps: link, pull what the PSA has, push the rest. */
    private static final int STEPS = 6;

    static final Refused CHANGED =
            new Refused("It changed since it was listed, so nothing was decided. Look at it again.");

    private final Parties parties;
    private final Desk desk;
    private final String actor;
    private final Ledger ledger;
    private final Matching matching;
    private String later = "";

    ReviewDecisions(Parties parties, Desk desk, String actor) {
        this.parties = parties;
        this.desk = desk;
        this.actor = actor;
        this.ledger = new Ledger(desk);
        this.matching = new Matching(desk.policy());
    }

    /** Returns the pair of a review if it is as the item shows it; empty when anything changed. */
    Optional<Pair> asShown(ReviewItem item) {
        ReviewListing listing = new ReviewListing(desk);
        return desk.state()
                .pair(item.pair())
                .filter(pair ->
                        listing.item(pair).filter(now -> now.equals(item)).isPresent());
    }

    // Creating and ignoring ------------------------------------------------------------------------------------------

    ReviewAnswer create(ReviewItem item) {
        if (item.question() instanceof ReviewItem.Conflict) {
            return new Refused("It is linked, so nothing can be created. Take one side's values.");
        }
        Pair pair = asShown(item).orElse(null);
        if (pair == null) {
            return CHANGED;
        }
        return pair.inFlight() instanceof InFlight.CreatingRemote
                ? createAgain(pair)
                : rule(item, pair, Ruling.Way.CREATE);
    }

    ReviewAnswer ignore(ReviewItem item) {
        if (!(item.question() instanceof ReviewItem.Doubt)) {
            return new Refused(
                    item.question() instanceof ReviewItem.Ignored
                            ? "It is left alone already."
                            : "Only a doubt whether two records are the same can be ignored.");
        }
        return asShown(item).map(pair -> rule(item, pair, Ruling.Way.IGNORE)).orElse(CHANGED);
    }

    private ReviewAnswer rule(ReviewItem item, Pair pair, Ruling.Way way) {
        PairFacts facts =
                new FactsLoader(desk).load(pair.kind(), List.of(pair), Set.of()).get(0);
        Asset local = facts.local();
        if (pair.local() != null && local == null) {
            return CHANGED;
        }
        FieldValues values =
                local == null ? pair.remoteValues() : matching.inRemoteTerms(local.values(), facts.links());
        Set<AssetRef> about = item.question() instanceof ReviewItem.Ignored ignored
                ? Set.copyOf(ignored.about())
                : item.candidates().stream().map(Candidate::record).collect(Collectors.toSet());
        Ruling ruling = new Ruling(way, about, matching.evidence(values), actor, desk.now());
        String what = way == Ruling.Way.CREATE ? "to make a new record" : "to leave it alone";
        return decide(pair, about, ruling, actor + " decided " + what + " (MATCH-5)");
    }

    /** The person says that the create whose answer was lost did not take effect (SAFE-1). */
    private ReviewAnswer createAgain(Pair pair) {
        Event event = ledger.event(
                Event.Type.DECIDED,
                pair,
                List.of(),
                actor + " decided that it was not made, so it is made again (SAFE-1)");
        Map<PairId, Pair> stored = ledger.storeUnchanged(List.of(new Ledger.Entry(
                pair,
                read -> read.toBuilder()
                        .inFlight(null)
                        .trouble(read.trouble().withReview(null))
                        .dueAt(null)
                        .dirty(true)
                        .build(),
                List.of(event))));
        if (stored.isEmpty()) {
            return CHANGED;
        }
        ledger.wakeWaitingFor(Objects.requireNonNull(pair.localRef()));
        return carriedOut(pair.id());
    }

    ReviewAnswer reopen(ReviewItem item) {
        if (!(item.question() instanceof ReviewItem.Ignored ignored)) {
            return new Refused("Only what was left alone can be taken up again.");
        }
        return asShown(item)
                .map(pair -> decide(pair, Set.copyOf(ignored.about()), null, actor + " took it up again (MATCH-5)"))
                .orElse(CHANGED);
    }

    /** Stores a decision about a doubt; what it may be the same as is decided again with it. */
    private ReviewAnswer decide(Pair pair, Set<AssetRef> about, @Nullable Ruling ruling, String reason) {
        List<Ledger.Entry> entries = new ArrayList<>();
        entries.add(new Ledger.Entry(
                pair,
                read -> read.toBuilder()
                        .grant(approved(read.grant(), ruling))
                        .trouble(decided(read.trouble(), ruling))
                        .dirty(true)
                        .build(),
                List.of(ledger.event(Event.Type.DECIDED, pair, List.of(), reason))));
        List<Pair> likes = likes(about);
        likes.forEach(like -> entries.add(new Ledger.Entry(like, Pair::madeDirty, List.of())));
        if (ledger.storeUnchanged(entries).isEmpty()) {
            return CHANGED;
        }
        ReviewAnswer answer = carriedOut(pair.id());
        likes.forEach(like -> carriedOut(like.id()));
        return answer;
    }

    /** What the PSA refused as a duplicate is sent once more (PUSH-7). */
    private static Trouble decided(Trouble trouble, @Nullable Ruling ruling) {
        Trouble decided = trouble.withReview(null).withRuling(ruling);
        return ruling == null ? decided : decided.withFailure(null).withoutRefusal();
    }

    /** That a record is made was decided by a manager who saw it: no brake counts it; what is held stays so (BRAKE-2). */
    private @Nullable Grant approved(@Nullable Grant grant, @Nullable Ruling ruling) {
        boolean creates = ruling != null && ruling.way() == Ruling.Way.CREATE;
        return grant != null && creates && grant.terms() instanceof Grant.Terms.Usual
                ? grant.on(new Grant.Terms.Approved(actor))
                : grant;
    }

    private List<Pair> likes(Set<AssetRef> about) {
        List<Pair> result = new ArrayList<>();
        for (AssetRef ref : about) {
            Optional<Pair> pair = ref instanceof LocalRef local
                    ? desk.state().byLocal(local)
                    : desk.state().byRemote((RemoteRef) ref);
            pair.filter(like -> !like.linked() && like.inFlight() == null).ifPresent(result::add);
        }
        return result;
    }

    // What follows ---------------------------------------------------------------------------------------------------

    /**
     * Decides a pair at once, as a push does, and says where it stands; what fails is seen to by the next run. After a
     * side could not be reached once, nothing more is tried.
     */
    ReviewAnswer carriedOut(PairId id) {
        if (isReachable()) {
            try {
                return standing(id, process(id));
            } catch (StaleStateException busy) {
                return standing(id, "Others keep changing the record; the next run sees to it.");
            } catch (ConnectorException | RunStopped failure) {
                failed(failure);
            }
        }
        return standing(id, later.isEmpty() ? "" : "What follows is left to the next run: " + later);
    }

    /** Returns whether both sides could be reached so far, and nothing keeps the integration from starting (P10, SAFE-3). */
    boolean isReachable() {
        Held held = Held.push(desk.setup());
        if (held != null) {
            later = held.text();
        }
        return later.isEmpty();
    }

    /** Returns why a side cannot be reached; empty while it can. */
    String unreachable() {
        return isReachable() ? "" : later;
    }

    /** Notes that a side could not be reached. */
    void failed(RuntimeException failure) {
        later = Objects.requireNonNullElse(failure.getMessage(), failure.toString());
        if (failure instanceof ConnectorException.Unauthorized) {
            parties.refuse(later);
        }
    }

    /** Returns what is left to somebody else; empty for nothing. */
    private String process(PairId id) {
        Pair pair = desk.state().pair(id).orElse(null);
        if (pair == null || pair.linked() || pair.remote() == null) {
            process(desk, id);
            return "";
        }
        // Only what has the right to run makes local records: else one might be made twice (SAFE-7).
        Optional<Lease> lease = desk.state().lease(desk.name(), Desk.LEASE, desk.now());
        if (lease.isEmpty()) {
            return "A run is going on, which sees to it, or the next one does.";
        }
        try {
            process(desk.noting(lease.get()), id);
        } finally {
            desk.state().release(lease.get());
        }
        return "";
    }

    private static void process(Desk desk, PairId id) {
        Outcome outcome = new Outcome();
        Processor processor = new Processor(desk, Permit.ALL, Brakes.none(desk), pair -> outcome);
        for (int step = 0; step < STEPS; step++) {
            Pair now = desk.state().pair(id).filter(Pair::dirty).orElse(null);
            if (now == null) {
                return;
            }
            processor.process(now.kind(), List.of(now));
            boolean gotOn = desk.state()
                    .pair(id)
                    .filter(then -> then.version() != now.version())
                    .isPresent();
            if (!gotOn) {
                return;
            }
        }
    }

    private ReviewAnswer standing(PairId id, String more) {
        Pair pair = desk.state().pair(id).orElse(null);
        Disposition standing = pair == null ? Disposition.UNKNOWN : pair.standing();
        String text = "It is decided. The record is now: " + standing.words() + ".";
        return new Decided(standing, more.isEmpty() ? text : text + " " + more);
    }
}
