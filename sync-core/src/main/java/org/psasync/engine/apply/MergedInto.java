package org.psasync.engine.apply;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.psasync.engine.decide.Situation;
import org.psasync.engine.decide.Verdict;
import org.psasync.engine.decide.Words;
import org.psasync.engine.desk.Desk;
import org.psasync.engine.desk.Ledger;
import org.psasync.model.AssetKind;
import org.psasync.model.Field;
import org.psasync.model.Fields;
import org.psasync.model.LocalRef;
import org.psasync.model.PairId;
import org.psasync.model.RemoteId;
import org.psasync.store.Event;
import org.psasync.store.EventQuery;
import org.psasync.store.Observation;
import org.psasync.store.Pair;
import org.psasync.store.PairQuery;

/**
 * Finds the company into which a vanished one was merged: all that belonged to it belongs to that one now (STATE-8). The
 * event log tells what moved; so it is known as long as events are kept.
 */
public final class MergedInto {
    /** What belonged to a company may have been seen to move before the company was seen to be gone. */
    private static final Duration BEFORE = Duration.ofDays(7);
    /** So many pages of the organization's own events are looked through. */
    private static final int PAGES = 3;

    private final Desk desk;

    public MergedInto(Desk desk) {
        this.desk = desk;
    }

    /** Returns the name of the company; empty when the pair is no vanished organization, or that cannot be told. */
    public Optional<String> find(Pair pair, Verdict verdict) {
        LocalRef gone = pair.localRef();
        RemoteId id = pair.remote();
        if (verdict.situation() != Situation.LINKED_REMOTE_GONE
                || pair.kind() != AssetKind.ORGANIZATION
                || gone == null
                || id == null
                || stillHasSome(id)) {
            return Optional.empty();
        }
        Set<Object> moved = wentTo(gone, since(pair));
        return moved.size() == 1 && moved.iterator().next() instanceof LocalRef into
                ? desk.state().byLocal(into).map(Pair::remoteValues).map(Fields::title)
                : Optional.empty();
    }

    private static Instant since(Pair pair) {
        Observation observed = pair.observed();
        Instant seen = observed == null
                ? Instant.EPOCH
                : observed.absence() == null
                        ? observed.from()
                        : observed.absence().since();
        return seen.equals(Instant.EPOCH) ? seen : seen.minus(BEFORE);
    }

    /** Whether something that is still there belongs to it. */
    private boolean stillHasSome(RemoteId organization) {
        for (AssetKind kind : AssetKind.values()) {
            PairId after = null;
            while (kind != AssetKind.ORGANIZATION) {
                List<Pair> batch = desk.state().pairs(new PairQuery.Below(kind, organization), after, Desk.PAGE);
                if (batch.stream().anyMatch(MergedInto::isThere)) {
                    return true;
                }
                if (batch.size() < Desk.PAGE) {
                    break;
                }
                after = batch.get(batch.size() - 1).id();
            }
        }
        return false;
    }

    private static boolean isThere(Pair pair) {
        Observation observed = Objects.requireNonNull(pair.observed());
        return observed.visible() && !observed.deleted();
    }

    /** Returns where what belonged to it went to; that is told in its own events, of which a bounded number is read. */
    private Set<Object> wentTo(LocalRef gone, Instant since) {
        EventQuery query =
                EventQuery.ALL.ofRecords(Set.of(gone)).ofType(Event.Type.NOTED).since(since);
        Set<Object> result = new HashSet<>();
        for (int page = 0; page < PAGES && result.size() < 2; page++) {
            List<Event> events = desk.state().events(query);
            for (Event event : events) {
                event.changes().stream()
                        .filter(change -> isMove(change, gone))
                        .map(Event.Change::after)
                        .forEach(result::add);
            }
            if (events.size() < query.limit()) {
                break;
            }
            query = query.after(events.get(events.size() - 1).number());
        }
        return result;
    }

    private static boolean isMove(Event.Change change, LocalRef gone) {
        return change.field().equals(Fields.organization(change.field().kind()))
                && gone.equals(change.before())
                && change.after() != null;
    }

    /**
     * Returns what is noted of an organization when a record moves from it to another, so that it is found there whatever
     * else happened.
     *
     * @param changes what is changed of the record that moves
     */
    static Optional<Event> noted(Desk desk, Pair moving, List<Event.Change> changes) {
        Field<?> field = Fields.organization(moving.kind());
        return changes.stream()
                .filter(change -> change.field().equals(field) && change.after() != null)
                .filter(change -> change.before() instanceof LocalRef)
                .findFirst()
                .flatMap(change -> desk.state()
                        .byLocal((LocalRef) Objects.requireNonNull(change.before()))
                        .map(left -> new Ledger(desk)
                                .event(
                                        Event.Type.NOTED,
                                        left,
                                        List.of(change),
                                        "a " + Words.of(moving.kind()) + " moved from it to another organization"
                                                + " (FIELD-10)")));
    }
}
