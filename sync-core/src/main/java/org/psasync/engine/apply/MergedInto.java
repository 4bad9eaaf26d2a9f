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
import org.psasync.engine.desk.Desk;
import org.psasync.model.AssetKind;
import org.psasync.model.Fields;
import org.psasync.model.PairId;
import org.psasync.model.RemoteId;
import org.psasync.model.RemoteRef;
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
        RemoteRef gone = pair.remoteRef();
        if (verdict.situation() != Situation.LINKED_REMOTE_GONE
                || pair.kind() != AssetKind.ORGANIZATION
                || gone == null
                || stillHasSome(gone.id())) {
            return Optional.empty();
        }
        Set<Object> moved = wentTo(gone, since(pair));
        return moved.size() == 1 && moved.iterator().next() instanceof RemoteRef into
                ? desk.state().byRemote(into).map(Pair::remoteValues).map(Fields::title)
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

    /** Whether something that is still there belongs to it; of what is not read nobody knows where it is by now. */
    private boolean stillHasSome(RemoteId organization) {
        for (AssetKind kind : AssetKind.values()) {
            PairId after = null;
            while (kind != AssetKind.ORGANIZATION && desk.policy().settings().enabled(kind)) {
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
        return observed.visible() && !observed.deleted() && !pair.leftAlone();
    }

    /** Returns where what belonged to it went to; that is told in its own events, of which a bounded number is read. */
    private Set<Object> wentTo(RemoteRef gone, Instant since) {
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

    private static boolean isMove(Event.Change change, RemoteRef gone) {
        return change.field().equals(Fields.organization(change.field().kind()))
                && gone.equals(change.before())
                && change.after() != null;
    }
}
