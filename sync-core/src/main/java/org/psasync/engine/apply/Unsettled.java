package org.psasync.engine.apply;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.psasync.engine.Disposition;
import org.psasync.engine.desk.Desk;
import org.psasync.engine.desk.Ledger;
import org.psasync.model.AssetKind;
import org.psasync.model.Fields;
import org.psasync.spi.KindDescriptor;
import org.psasync.store.Candidate;
import org.psasync.store.Event;
import org.psasync.store.Pair;
import org.psasync.store.Trouble;

/** Leaves a write whose outcome is not known to time, or to a person. */
final class Unsettled {
    private final Desk desk;
    private final Ledger ledger;

    Unsettled(Desk desk) {
        this.desk = desk;
        this.ledger = new Ledger(desk);
    }

    /** Returns how long after a write the PSA may not show it. */
    Duration lag(AssetKind kind) {
        Duration deadline = desk.psa().descriptor().deadline();
        Duration delay =
                desk.policy().kind(kind).map(KindDescriptor::visibilityDelay).orElse(deadline);
        return delay.compareTo(deadline) > 0 ? delay : deadline;
    }

    List<Candidate> candidates(List<Pair> remotes, String why) {
        return remotes.stream()
                .map(pair -> new Candidate(
                        Objects.requireNonNull(pair.remoteRef()),
                        Objects.requireNonNullElse(Fields.title(pair.remoteValues()), ""),
                        why))
                .toList();
    }

    /** A person must say what became of a write; it stays open until then. */
    void ask(Pair pair, String reason, List<Candidate> candidates) {
        Trouble.Review review = new Trouble.Review(reason, candidates);
        Instant now = desk.now();
        List<Event> events = review.asksTheSameAs(pair.trouble().review())
                ? List.of()
                : List.of(ledger.event(Event.Type.IN_REVIEW, pair, List.of(), reason));
        ledger.store(new Ledger.Entry(
                pair,
                stored -> stored.toBuilder()
                        .trouble(stored.trouble()
                                .withReview(review.asked(stored.trouble().review(), now)))
                        .disposition(Disposition.UNCERTAIN)
                        .dirty(false)
                        .dueAt(null)
                        .build(),
                events));
    }

    /** It is looked at again at that time. */
    void until(Pair pair, Instant until) {
        ledger.store(new Ledger.Entry(
                pair,
                stored -> stored.toBuilder()
                        .disposition(Disposition.UNCERTAIN)
                        .dirty(false)
                        .dueAt(until)
                        .build(),
                List.of()));
    }
}
