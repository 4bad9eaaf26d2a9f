package org.psasync.engine.run;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.psasync.engine.decide.Situation;
import org.psasync.engine.decide.Verdict;
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
final class MergedInto {
    /** What belonged to a company may have been seen to move before the company was seen to be gone. */
    private static final Duration BEFORE = Duration.ofDays(7);
    /** So many pages of events are looked through. */
    private static final int PAGES = 50;

    private final Desk desk;

    MergedInto(Desk desk) {
        this.desk = desk;
    }

    /** Returns the name of the company; empty when the pair is no vanished organization, or that cannot be told. */
    Optional<String> find(Pair pair, Verdict verdict) {
        LocalRef gone = pair.localRef();
        RemoteId id = pair.remote();
        if (verdict.situation() != Situation.LINKED_REMOTE_GONE
                || pair.kind() != AssetKind.ORGANIZATION
                || gone == null
                || id == null
                || stillHasSome(id)) {
            return Optional.empty();
        }
        Set<Object> moved = new HashSet<>();
        for (AssetKind kind : AssetKind.values()) {
            Field<?> field = Fields.organization(kind);
            if (field != null) {
                collect(kind, field, gone, since(pair), moved);
            }
        }
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

    private void collect(AssetKind kind, Field<?> field, LocalRef gone, Instant since, Set<Object> moved) {
        EventQuery query =
                EventQuery.ALL.ofKind(kind).ofType(Event.Type.UPDATED_LOCALLY).since(since);
        for (int page = 0; page < PAGES; page++) {
            List<Event> events = desk.state().events(query);
            for (Event event : events) {
                for (Event.Change change : event.changes()) {
                    if (change.field().equals(field) && gone.equals(change.before()) && change.after() != null) {
                        moved.add(change.after());
                    }
                }
            }
            if (events.size() < query.limit()) {
                return;
            }
            query = query.after(events.get(events.size() - 1).number());
        }
    }
}
