package org.psasync.engine;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.text.PlanText;
import org.psasync.model.AssetKind;
import org.psasync.model.LocalRef;
import org.psasync.model.RemoteRef;
import org.psasync.store.Event;

/**
 * What a run would do now; a value that can be printed, tested, kept and applied later (RUN-4).
 *
 * @param id names it, so that what was approved once is not approved again (BRAKE-1)
 * @param integration the name of the integration that it was made for; no other one takes it
 * @param madeAt when it was made
 * @param items what would be done, in order
 * @param kinds the counts, as the run's report would show them
 * @param requests how many requests making the plan took
 * @param message why the plan could not be finished; empty when it could
 * @param brakes the brakes that would be on; empty when none would
 * @param held what they would hold, children of held organizations included; each can be approved (BRAKE-1)
 */
public record SyncPlan(
        String id,
        String integration,
        Instant madeAt,
        List<Item> items,
        Map<AssetKind, RunReport.KindReport> kinds,
        long requests,
        String message,
        List<TrippedBrake> brakes,
        List<Item> held) {

    private static final int EXAMPLES = 5;

    /**
     * One thing that would be done to one record.
     *
     * @param kind the kind of record
     * @param verb what would be done
     * @param title what a person would call the record
     * @param local the host's record; null when there is none yet
     * @param remote the PSA's record; null when there is none yet
     * @param changes the fields, before and after; empty when the whole record is new
     * @param reason why
     * @param basis stands for what the two sides held, the same in every process; another basis makes the item stale
     */
    public record Item(
            AssetKind kind,
            Verb verb,
            String title,
            @Nullable LocalRef local,
            @Nullable RemoteRef remote,
            List<Event.Change> changes,
            String reason,
            String basis) {
        public Item {
            requireNonNull(kind, "kind");
            requireNonNull(verb, "verb");
            requireNonNull(basis, "basis");
            changes = List.copyOf(changes);
        }

        /** Returns the item on one line. */
        public String print() {
            StringBuilder text = new StringBuilder(verb.words())
                    .append(' ')
                    .append(kind.name().toLowerCase(Locale.ROOT))
                    .append(" \"")
                    .append(title)
                    .append('"');
            for (Event.Change change : changes) {
                text.append("; ")
                        .append(change.field())
                        .append(": ")
                        .append(PlanText.words(change.before()))
                        .append(" → ")
                        .append(PlanText.words(change.after()));
            }
            return text.toString();
        }
    }

    public SyncPlan {
        requireNonNull(id, "id");
        requireNonNull(integration, "integration");
        requireNonNull(madeAt, "madeAt");
        items = List.copyOf(items);
        kinds = Map.copyOf(kinds);
        brakes = List.copyOf(brakes);
        held = List.copyOf(held);
    }

    /** Returns whether a run would write nothing on either side. */
    public boolean isEmpty() {
        return items.isEmpty();
    }

    /** Returns how often a run would do that. */
    public long count(Verb verb) {
        return items.stream().filter(item -> item.verb() == verb).count();
    }

    /** Returns how often a run would do that to records of a kind. */
    public long count(AssetKind kind, Verb verb) {
        return items.stream()
                .filter(item -> item.kind() == kind && item.verb() == verb)
                .count();
    }

    /** Returns the plan as a text that can be stored, in any place and for any time, and read by {@link #parse}. */
    public String toText() {
        return PlanText.of(this);
    }

    /**
     * Returns the plan that {@link #toText} wrote.
     *
     * @throws IllegalArgumentException when the text is no plan, or one of another version, naming the line
     */
    public static SyncPlan parse(String text) {
        return PlanText.parse(requireNonNull(text, "text"));
    }

    /** Returns the plan as a person reads it: counts, then a few examples of each kind of action. */
    public String print() {
        StringBuilder text = new StringBuilder();
        if (!message.isEmpty()) {
            text.append("The plan is not complete: ").append(message).append('\n');
        }
        text.append(items.isEmpty() ? "Nothing to do.\n" : "A run would do " + items.size() + " things.\n");
        for (AssetKind kind : AssetKind.values()) {
            RunReport.KindReport report = kinds.get(kind);
            if (report != null && report.seen() > 0) {
                text.append(CountTable.line(kind, report));
            }
        }
        print(items, text);
        brakes.forEach(brake -> text.append("Held: ").append(brake.text()).append('\n'));
        print(held, text);
        return text.toString();
    }

    private static void print(List<Item> items, StringBuilder text) {
        for (Verb verb : Verb.values()) {
            List<Item> all = items.stream().filter(item -> item.verb() == verb).toList();
            List<Item> some = all.subList(0, Math.min(EXAMPLES, all.size()));
            some.forEach(item -> text.append("  · ").append(item.print()).append('\n'));
            int more = all.size() - some.size();
            if (more > 0) {
                text.append("    and ")
                        .append(more)
                        .append(" more to ")
                        .append(verb.words())
                        .append('\n');
            }
        }
    }
}
