package org.psasync.engine.apply;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.Disposition;
import org.psasync.engine.decide.PairFacts;
import org.psasync.engine.decide.Verdict;
import org.psasync.engine.desk.Desk;
import org.psasync.engine.desk.Ledger;
import org.psasync.engine.pair.After;
import org.psasync.model.Asset;
import org.psasync.model.FieldValues;
import org.psasync.model.PairId;
import org.psasync.model.Problem;
import org.psasync.spi.ConnectorException;
import org.psasync.spi.RemoteRead;
import org.psasync.spi.WriteResult;
import org.psasync.store.Event;
import org.psasync.store.InFlight;
import org.psasync.store.Observation;
import org.psasync.store.Pair;
import org.psasync.store.Setup;
import org.psasync.store.Trouble;
import org.psasync.store.Trouble.Side;

/**
 * What the two ways of writing to the PSA share: the claim, the look at the result, and what a failure means.
 *
 * <p>What is about to be sent is stored first, so that whatever happens it can be found out what became of it (SAFE-1,
 * MERGE-9).
 */
final class RemoteWrites {
    private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

    private final Desk desk;
    private final Ledger ledger;
    private final Processor processor;
    /** Until when the claims last that are held here. */
    private final Map<PairId, Instant> claims = new HashMap<>();

    RemoteWrites(Desk desk, Processor processor) {
        this.desk = desk;
        this.ledger = new Ledger(desk);
        this.processor = processor;
    }

    /** Takes the sole right to write a pair's PSA record for a while, unless writing is forbidden by now. */
    boolean claim(Pair pair) {
        return !forbidden() && claimToSettle(pair);
    }

    /** Takes the same right to find out what became of a write, which only reads and so is never forbidden. */
    boolean claimToSettle(Pair pair) {
        Instant until = desk.now().plus(claimed());
        boolean ours = desk.state().claim(pair.id(), desk.name(), until, desk.now());
        if (ours) {
            claims.put(pair.id(), until);
        }
        return ours;
    }

    private Duration claimed() {
        Duration twice = desk.psa().descriptor().deadline().multipliedBy(2);
        return twice.compareTo(Desk.CLAIM) > 0 ? twice : Desk.CLAIM;
    }

    /**
     * Returns whether the claim lasts as long as the call may take, so that the call is over before anybody else looks
     * what became of it. A claim that was nearly over is taken anew, unless somebody looked meanwhile.
     */
    private boolean isInTime(Pair intent) {
        Instant until = claims.get(intent.id());
        Instant over = desk.now().plus(desk.psa().descriptor().deadline());
        return until != null && !over.isAfter(until)
                || claimToSettle(intent)
                        && desk.state()
                                .pair(intent.id())
                                .filter(now -> now.version() == intent.version())
                                .isPresent();
    }

    /** What forbids holds for every write that has not started, whatever the run began with (SET-10, SAFE-3). */
    private boolean forbidden() {
        Setup setup = desk.state().setup();
        return !desk.entitled().applied(setup.settings()).twoWay()
                || setup.refusal() != null
                || setup.instance().other() != null
                || setup.cutSince(desk.setup());
    }

    /**
     * Stores that a write begins. Nothing begins when the pair or the local record is no longer what it was decided from;
     * it is decided again then (PUSH-5).
     */
    Optional<Pair> begin(PairFacts facts, InFlight write) {
        Pair pair = facts.pair();
        if (!forbidden() && isAsRead(facts) && areAsRead(write)) {
            Optional<Pair> begun =
                    ledger.begin(pair, pair.toBuilder().inFlight(write).build());
            if (begun.isPresent()) {
                return begun.filter(this::isInTime); // what is not sent in time is settled as a write without an answer
            }
        }
        desk.state().pair(pair.id()).ifPresent(now -> ledger.store(new Ledger.Entry(now, Pair::madeDirty, List.of())));
        return Optional.empty();
    }

    private boolean isAsRead(PairFacts facts) {
        Asset local = Objects.requireNonNull(facts.local());
        return desk.assets().find(local.kind(), List.of(local.id())).stream()
                .anyMatch(now -> now.revision().equals(local.revision()));
    }

    /** A part goes out with the values that were confirmed, as long as the host holds them. */
    private boolean areAsRead(InFlight write) {
        return !(write instanceof InFlight.CreatingRemote create)
                || create.parts().stream().allMatch(this::isAsRead);
    }

    private boolean isAsRead(InFlight.Part part) {
        return desk.assets().find(part.record().kind(), List.of(part.record().id())).stream()
                .anyMatch(now -> now.values().only(part.local()::has).equals(part.local()));
    }

    void unclaim(Pair pair) {
        claims.remove(pair.id());
        desk.state().unclaim(pair.id(), desk.name());
    }

    Verdict verdict(PairFacts facts) {
        return desk.planner().decide(facts).verdict();
    }

    static String grantText(Pair pair) {
        return pair.grant() == null
                ? "confirmed"
                : "confirmed by " + pair.grant().actor() + " at " + pair.grant().at();
    }

    /**
     * Returns what the PSA shows after a write, reading it back unless the answer was the full record (PUSH-12); null when
     * it shows nothing of it.
     */
    @Nullable
    Observation shown(WriteResult result, Pair pair, Instant ended) {
        if (result.record() != null) {
            return Observation.of(result.record(), ended);
        }
        Instant from = desk.now();
        try {
            RemoteRead read = desk.psa().read(pair.kind(), List.of(result.id())).get(result.id());
            return read instanceof RemoteRead.Found found ? Observation.of(found.record(), from) : null;
        } catch (ConnectorException failure) {
            return null;
        }
    }

    /** Stores what a failed write means; throws on what stops the whole run. */
    void failed(Pair pair, FieldValues sent, ConnectorException failure) {
        if (failure instanceof ConnectorException.Unavailable unavailable && unavailable.outcomeUnknown()) {
            uncertain(pair, unavailable);
            return;
        }
        List<Problem> problems = failure instanceof ConnectorException.Rejected rejected
                ? rejected.problems()
                : List.of(Problem.ofRecord(Problem.Code.REFUSED, Objects.requireNonNullElse(failure.getMessage(), "")));
        boolean refused =
                failure instanceof ConnectorException.Rejected || failure instanceof ConnectorException.Forbidden;
        boolean lookAgain = failure instanceof ConnectorException.Gone
                || failure instanceof ConnectorException.Stale
                || isDuplicate(problems);
        Instant retryAt = refused ? null : lookAgain ? desk.now() : retryAt(pair, failure);
        // Each run tries again what failed for the moment, but for a pause that the PSA asked for (PUSH-13); of an
        // update
        // that was refused for some fields the others go out without them (PUSH-12).
        boolean ofFields = problems.stream().allMatch(problem -> problem.field() != null);
        boolean again = lookAgain || refused && ofFields
                ? pair.remote() != null
                : !refused && !(failure instanceof ConnectorException.Throttled);
        Disposition disposition = refused ? Disposition.REFUSED_BY_PSA : Disposition.RETRYING;
        if (refused) {
            processor.outcome(pair).refused(problems);
        }
        desk.tally().problem(pair.kind() + " " + pair.local() + ": " + failure.getMessage());
        Event event = ledger.event(
                Event.Type.FAILED, pair, List.of(), Objects.requireNonNullElse(failure.getMessage(), "failed"));
        long settings = desk.setup().settingsVersion();
        ledger.store(new Ledger.Entry(
                pair,
                stored -> After.failed(stored, Side.PSA, problems, refused ? sent : null, settings, retryAt).toBuilder()
                        .disposition(disposition)
                        .mustRead(stored.remote() != null && lookAgain)
                        .dirty(again)
                        .build(),
                List.of(event)));
        if (failure instanceof ConnectorException.Unauthorized
                || failure instanceof ConnectorException.Throttled
                || failure instanceof ConnectorException.Unavailable) {
            throw failure;
        }
    }

    static boolean isDuplicate(List<Problem> problems) {
        return problems.stream().anyMatch(problem -> problem.code() == Problem.Code.DUPLICATE);
    }

    /** The answer was lost: the write stays in flight, and is looked for once it can have taken effect. */
    private void uncertain(Pair pair, ConnectorException.Unavailable failure) {
        Event event = ledger.event(
                Event.Type.UNCERTAIN,
                pair,
                List.of(),
                "it is not known whether the write took effect: " + failure.getMessage());
        ledger.store(new Ledger.Entry(
                pair,
                stored -> stored.toBuilder()
                        .disposition(Disposition.UNCERTAIN)
                        .lastWrite(desk.now())
                        .dirty(true)
                        .build(),
                List.of(event)));
    }

    private Instant retryAt(Pair pair, ConnectorException failure) {
        if (failure instanceof ConnectorException.Throttled throttled) {
            return desk.parties().over(throttled);
        }
        Trouble.Failure last = pair.trouble().failure();
        int attempts = last == null ? 0 : Math.min(last.attempts(), 10);
        Duration pause = FIRST_PAUSE.multipliedBy(1L << attempts);
        return desk.now().plus(pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause);
    }
}
