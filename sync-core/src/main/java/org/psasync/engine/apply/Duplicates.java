package org.psasync.engine.apply;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.psasync.engine.Disposition;
import org.psasync.engine.decide.Matching;
import org.psasync.engine.desk.Desk;
import org.psasync.engine.desk.Ledger;
import org.psasync.engine.observe.Observer;
import org.psasync.engine.pair.After;
import org.psasync.model.FieldValues;
import org.psasync.model.Fields;
import org.psasync.spi.ConnectorException;
import org.psasync.spi.KindDescriptor;
import org.psasync.spi.RemoteRecord;
import org.psasync.store.Candidate;
import org.psasync.store.Event;
import org.psasync.store.Pair;
import org.psasync.store.Trouble;

/** A record that the PSA refuses because it has such a one already is not refused but doubted (PUSH-7). */
final class Duplicates {
    private final Desk desk;
    private final Ledger ledger;
    private final Matching matching;

    Duplicates(Desk desk) {
        this.desk = desk;
        this.ledger = new Ledger(desk);
        this.matching = new Matching(desk.policy());
    }

    /** Nothing was made: a person decides which record it is; unchanged it is not sent again. */
    void review(Pair pair, FieldValues sent, ConnectorException.Rejected refusal) {
        Trouble.Review review = new Trouble.Review(
                desk.policy().psa() + " says that it has such a record already.", candidates(sent, refusal));
        Instant now = desk.now();
        Event event = ledger.event(
                Event.Type.IN_REVIEW, pair, List.of(), review.reason() + " " + said(refusal) + " (PUSH-7)");
        long settings = desk.setup().settingsVersion();
        ledger.store(new Ledger.Entry(
                pair,
                stored -> {
                    Pair failed = After.failed(stored, Trouble.Side.PSA, refusal.problems(), sent, settings, null);
                    return failed.toBuilder()
                            .trouble(failed.trouble()
                                    .withReview(review.asked(stored.trouble().review(), now))
                                    .withRuling(null))
                            .disposition(Disposition.IN_REVIEW)
                            .dirty(false)
                            .build();
                },
                List.of(event)));
    }

    /** The PSA's words are of the single record, so they are no part of the reason, by which doubts are grouped. */
    private static String said(ConnectorException.Rejected refusal) {
        return "It said: " + refusal.getMessage();
    }

    /** A search may not find what the PSA means; then what it said is told by the failure alone. */
    private List<Candidate> candidates(FieldValues sent, ConnectorException.Rejected refusal) {
        if (!matching.recognises(sent)
                || desk.policy().kind(sent.kind()).filter(KindDescriptor::find).isEmpty()) {
            return List.of();
        }
        Instant from = desk.now();
        List<RemoteRecord> found;
        try {
            found = desk.psa().find(matching.key(sent));
        } catch (ConnectorException failure) {
            return List.of();
        }
        new Observer(desk).found(sent.kind(), found, from);
        return found.stream()
                .filter(record -> !record.deleted())
                .map(record -> new Candidate(
                        record.ref(),
                        Objects.requireNonNullElse(Fields.title(record.values()), ""),
                        "It was found by the same name. " + said(refusal)))
                .toList();
    }
}
