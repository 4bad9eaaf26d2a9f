package org.psasync.engine.decide;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.psasync.engine.decide.FieldDecision.Agreed;
import org.psasync.engine.decide.FieldDecision.Conflict;
import org.psasync.engine.decide.FieldDecision.Unconfirmed;
import org.psasync.engine.decide.FieldMerge.Permission;
import org.psasync.engine.decide.FieldMerge.Sides;
import org.psasync.spi.FieldRule;

/** Merges the lines of one address together, so that no address is made of two (MERGE-3). */
final class GroupMerge {
    private final Map<FieldRule, Sides> lines;
    private final boolean clash;
    private final Permission whole;

    /**
     * Looks at the lines.
     *
     * @param lines what the two sides hold of each
     * @param first what may be done about the first line; who wins a conflict is the same for all
     * @param mayPush which lines go to the PSA at all
     * @param confirmed for which lines somebody confirmed the local value
     */
    GroupMerge(
            Map<FieldRule, Sides> lines,
            Permission first,
            Predicate<FieldRule> mayPush,
            Predicate<FieldRule> confirmed) {
        this.lines = lines;
        this.clash = anyLine(Sides::localChanged) && anyLine(Sides::remoteChanged);
        List<FieldRule> sent = lines.entrySet().stream()
                .filter(line -> wouldBeSent(line.getValue()))
                .map(Map.Entry::getKey)
                .toList();
        this.whole = new Permission(
                sent.stream().allMatch(mayPush),
                sent.stream().allMatch(confirmed),
                first.conflict(),
                first.conflictReason());
    }

    private boolean anyLine(Predicate<Sides> changed) {
        return lines.values().stream().anyMatch(line -> line.hasBase() && !line.same() && changed.test(line));
    }

    /** Whether the line would go to the PSA if the local address did. */
    private boolean wouldBeSent(Sides line) {
        if (line.same()) {
            return false;
        }
        return line.hasBase() ? clash || line.localChanged() : line.remote() == null;
    }

    /** Returns what to do about each line. */
    Map<FieldRule, FieldDecision> merge() {
        Map<FieldRule, FieldDecision> result = new LinkedHashMap<>();
        lines.forEach((rule, line) ->
                result.put(rule, clash && line.hasBase() ? inClash(line) : FieldMerge.merge(line, whole)));
        return result;
    }

    /** One whole address wins; only a line that its side changed is lost with it (MERGE-4). */
    private FieldDecision inClash(Sides line) {
        if (line.same()) {
            return new Agreed();
        }
        if (!whole.mayPush()) {
            return line.pull(line.localChanged() ? FieldMerge.PUT_BACK : null);
        }
        return switch (whole.conflict()) {
            case PSA_WINS, NEWEST_WINS -> line.pull(line.localChanged() ? whole.conflictBecause() : null);
            case LOCAL_WINS ->
                whole.confirmed()
                        ? line.push(line.remoteChanged() ? whole.conflictBecause() : null)
                        : new Unconfirmed();
            case ASK -> new Conflict(line.local(), line.remote());
        };
    }
}
