package org.psasync.engine.apply;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.psasync.engine.decide.Words;
import org.psasync.engine.desk.Desk;
import org.psasync.engine.desk.Ledger;
import org.psasync.engine.pair.After;
import org.psasync.model.Field;
import org.psasync.model.FieldValues;
import org.psasync.model.Problem;
import org.psasync.store.Event;
import org.psasync.store.Observation;
import org.psasync.store.Pair;

/** Says what a record shows that is read after a write: what the PSA made of it, and that others wrote too. */
final class ReadBack {
    private final Desk desk;
    private final Ledger ledger;

    ReadBack(Desk desk) {
        this.desk = desk;
        this.ledger = new Ledger(desk);
    }

    /**
     * Returns what to log of a write that the PSA took, and that nobody wrote over since.
     *
     * @param sent the values that were sent
     * @param written those of them that were not refused
     * @param before the record as it was read before the write
     */
    List<Event> ofTaken(Pair pair, FieldValues sent, FieldValues written, FieldValues before, Observation shown) {
        List<Event> events = new ArrayList<>();
        differently(pair, written, before, shown.values()).ifPresent(events::add);
        events.addAll(ofOthers(pair, sent, before, shown, "between the read and the write"));
        return events;
    }

    /**
     * Returns what to log about values that the PSA shows otherwise than they were sent; empty when there are none. They
     * are not sent again.
     *
     * @param before what the PSA held in these fields; empty for a new record
     */
    Optional<Event> differently(Pair pair, FieldValues sent, FieldValues before, FieldValues shown) {
        List<Event.Change> different = After.storedDifferently(sent, shown);
        if (different.isEmpty()) {
            return Optional.empty();
        }
        FieldValues ignored = After.ignored(sent, before, shown);
        String psa = desk.policy().psa();
        List<String> why = new ArrayList<>();
        if (different.size() > ignored.fields().size()) {
            why.add(psa + " stored it otherwise than sent (MERGE-7)");
        }
        ignored(ignored).forEach(problem -> why.add(problem.text() + " (FIELD-8)"));
        return Optional.of(ledger.event(Event.Type.STORED_DIFFERENTLY, pair, different, String.join("; ", why)));
    }

    /** Says of values that the PSA did not take, though it took the write, that they are not there (FIELD-8, PUSH-14). */
    List<Problem> ignored(FieldValues values) {
        String psa = desk.policy().psa();
        List<Problem> problems = new ArrayList<>();
        for (Field<?> field : values.fields()) {
            String text = psa + " took the write and left the " + Words.of(field) + " as it was.";
            problems.add(Problem.of(field, Problem.Code.REFUSED, text));
        }
        return problems;
    }

    /**
     * Returns what to log if somebody else wrote the record too (MERGE-6). None of the PSAs keeps a write from replacing what
     * was not read.
     *
     * @param when when that was
     */
    List<Event> ofOthers(Pair pair, FieldValues sent, FieldValues before, Observation shown, String when) {
        List<Event.Change> others =
                Event.changes(before, shown.values().only(field -> !sent.has(field) && before.has(field)));
        return others.isEmpty()
                ? List.of()
                : List.of(ledger.event(
                        Event.Type.POSSIBLY_OVERWRITTEN,
                        pair,
                        others,
                        "somebody changed the record in " + desk.policy().psa() + " " + when
                                + "; if it was one of the fields sent, that value is lost (MERGE-6)"
                                + ledger.lastChange(shown.version())));
    }
}
