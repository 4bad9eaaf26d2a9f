package org.psasync.testkit.rules;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.psasync.engine.Disposition;
import org.psasync.engine.Explanation;
import org.psasync.engine.decide.Decision;
import org.psasync.engine.decide.Situation;
import org.psasync.store.Event;
import org.psasync.testkit.Operation;

/**
 * What traces came across: in which situations pairs were and what was decided about them, where records stood and by which
 * rule, what the log told, which faults hit which operations.
 */
final class Coverage {
    private final Map<String, Long> standings = new ConcurrentHashMap<>();
    private final Set<Disposition> dispositions = ConcurrentHashMap.newKeySet();
    private final Set<Event.Type> events = ConcurrentHashMap.newKeySet();
    private final Map<String, Long> faults = new ConcurrentHashMap<>();
    private final Map<Situation, Long> situations = new ConcurrentHashMap<>();
    private final Map<String, Long> decisions = new ConcurrentHashMap<>();

    void decided(Decision decision) {
        situations.merge(decision.verdict().situation(), 1L, Long::sum);
        decisions.merge(decision.getClass().getSimpleName(), 1L, Long::sum);
    }

    void stood(Explanation why) {
        String side = (why.local() == null ? "" : "local") + (why.remote() == null ? "" : "remote");
        String rule = why.reasons().isEmpty() ? "" : why.reasons().get(0).rule();
        standings.merge(side + " " + why.disposition() + " " + rule, 1L, Long::sum);
        dispositions.add(why.disposition());
    }

    void happened(Event event) {
        events.add(event.type());
    }

    void hit(String fault, Operation operation) {
        faults.merge(fault + " on " + operation, 1L, Long::sum);
    }

    /** Situations in which no pair was seen. */
    Set<Situation> missingSituations() {
        Set<Situation> missing = EnumSet.allOf(Situation.class);
        missing.removeAll(situations.keySet());
        return missing;
    }

    /** Decisions that were not taken about any pair that was seen. */
    Set<String> missingDecisions() {
        Set<String> missing = new TreeSet<>();
        for (Class<?> each : Decision.class.getPermittedSubclasses()) {
            missing.add(each.getSimpleName());
        }
        missing.removeAll(decisions.keySet());
        return missing;
    }

    /** Dispositions that no record had. */
    Set<Disposition> missingDispositions() {
        Set<Disposition> missing = EnumSet.allOf(Disposition.class);
        missing.removeAll(dispositions);
        return missing;
    }

    /** Pairs of a fault and an operation that were drawn for, and never met. */
    Set<String> missingFaults(Stream<String> all) {
        Set<String> missing = new TreeSet<>(all.toList());
        missing.removeAll(faults.keySet());
        return missing;
    }

    String text() {
        return "  situations " + new TreeMap<>(situations) + "\n  decisions " + new TreeMap<>(decisions) + "\n  "
                + standings.size() + " standings (sides, disposition, rule), " + faults.size()
                + " faults on operations, " + events.size() + " types of events\n  not seen: situations "
                + missingSituations() + ", decisions " + missingDecisions() + ", dispositions " + missingDispositions()
                + ", events "
                + Arrays.stream(Event.Type.values())
                        .filter(type -> !events.contains(type))
                        .map(Enum::name)
                        .collect(Collectors.joining(", ", "[", "]"));
    }
}
