package org.psasync.testkit.scenario;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.Disposition;
import org.psasync.engine.Explanation;
import org.psasync.model.Field;
import org.psasync.model.FieldValues;
import org.psasync.store.Event;

/**
 * What a scenario expects of one record now; made by {@link Scenario#expect}. Each method checks at once, and fails with an
 * {@link AssertionError} that holds what was expected, what was found, the explanation of the record, and all that led
 * there. Values may be in words, as in {@link NewRecord#with}.
 */
public final class Expectation {
    private final Scenario scenario;
    private final Item item;

    Expectation(Scenario scenario, Item item) {
        this.scenario = scenario;
        this.item = item;
    }

    /** Expects that this is what {@code explain} answers. */
    public Expectation is(Disposition disposition) {
        Disposition found = why().disposition();
        return check(found == disposition, "should be " + disposition.words(), "it is " + found.words());
    }

    /** Expects that the two sides of it are linked, whatever keeps them from syncing. */
    public Expectation isLinked() {
        return check(scenario.linked(item), "should be linked", "it is not");
    }

    /** Expects that it is not linked. */
    public Expectation isNotLinked() {
        return check(!scenario.linked(item), "should not be linked", "it is");
    }

    /** Expects that the explanation names a rule, such as {@code GATE-1}, among its reasons. */
    public Expectation because(String rule) {
        List<String> rules =
                why().reasons().stream().map(Explanation.Reason::rule).toList();
        return check(rules.contains(rule), "should be so because of " + rule, "the rules are " + rules);
    }

    /** Expects that what the explanation says is to be done contains this text. */
    public Expectation toDo(String part) {
        String remedy = why().remedy();
        return check(
                remedy != null && remedy.contains(part),
                "should have to do \"" + part + "\"",
                remedy == null ? "nothing is to be done" : "what is to be done is: " + remedy);
    }

    /** Expects a value in the host; null for blank. */
    public Expectation local(Field<?> field, @Nullable Object value) {
        FieldValues there = scenario.localValues(item);
        return check(there, field, scenario.localWords().canonical(field, value), "in the host");
    }

    /** Expects a value in the PSA; null for blank. */
    public Expectation remote(Field<?> field, @Nullable Object value) {
        FieldValues there = scenario.remoteValues(item);
        return check(there, field, scenario.remoteWords().canonical(field, value), "in the PSA");
    }

    /** Expects a value on both sides; null for blank. */
    public Expectation both(Field<?> field, @Nullable Object value) {
        return local(field, value).remote(field, value);
    }

    private Expectation check(@Nullable FieldValues there, Field<?> field, @Nullable Object value, String side) {
        return check(
                there != null && Objects.equals(there.get(field), value),
                "should have the " + field + " " + Wording.shown(value) + " " + side,
                there == null ? "it is not there" : "there it is " + Wording.shown(there.get(field)));
    }

    /** Expects that the host has no such record. */
    public Expectation notInHost() {
        return check(scenario.localValues(item) == null, "should not be in the host", "it is there");
    }

    /** Expects that the PSA has no such record, or one that is deleted. */
    public Expectation notInPsa() {
        return check(scenario.remoteValues(item) == null, "should not be in the PSA", "it is there");
    }

    /** Expects that a write to the PSA was asked for that holds this value; see {@link Scenario#fromNowOn}. */
    public Expectation wasSent(Field<?> field, @Nullable Object value) {
        Object wanted = scenario.remoteWords().canonical(field, value);
        List<Sent> sent = scenario.sent(item);
        boolean found = sent.stream()
                .anyMatch(write -> write.values().has(field)
                        && Objects.equals(write.values().get(field), wanted));
        return check(found, "should have been sent with the " + field + " " + Wording.shown(wanted), sent(sent));
    }

    /** Expects that so many writes to the PSA were asked for, failed ones too; see {@link Scenario#fromNowOn}. */
    public Expectation wasSent(int times) {
        List<Sent> sent = scenario.sent(item);
        return check(sent.size() == times, "should have been sent " + times + " times", sent(sent));
    }

    /** Expects that no write to the PSA was asked for; see {@link Scenario#fromNowOn}. */
    public Expectation wasNotSent() {
        return wasSent(0);
    }

    private static String sent(List<Sent> sent) {
        return sent.isEmpty()
                ? "nothing was"
                : "what was sent: " + sent.stream().map(Sent::toString).collect(Collectors.joining("; "));
    }

    /** Expects that the event log has an entry of that type about the record. */
    public Expectation isLogged(Event.Type type) {
        List<Event.Type> types = scenario.events(item).stream().map(Event::type).toList();
        return check(types.contains(type), "should have a log entry " + type, "its entries are " + types);
    }

    /** Expects that a value that is gone can be read back in the event log (MERGE-4). */
    public Expectation hasLost(Field<?> field, @Nullable Object value) {
        Object wanted = scenario.localWords().canonical(field, value);
        List<Event.Change> lost = scenario.events(item).stream()
                .filter(event -> event.type() == Event.Type.OVERWRITTEN)
                .flatMap(event -> event.changes().stream())
                .toList();
        boolean found = lost.stream()
                .anyMatch(change -> change.field().equals(field) && Objects.equals(change.before(), wanted));
        return check(
                found,
                "should have lost the " + field + " " + Wording.shown(wanted) + " and say so in the log",
                "the values that the log names are " + lost);
    }

    private Explanation why() {
        return scenario.explain(item);
    }

    private Expectation check(boolean fine, String expected, String found) {
        if (!fine) {
            throw scenario.failure(Wording.kind(item.kind()) + " " + item.name() + " " + expected + ", but " + found
                    + ".\n\n" + "Where it stands:\n" + why().print());
        }
        return this;
    }
}
