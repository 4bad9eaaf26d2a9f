package org.psasync.engine.decide;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
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
    private final boolean replaced;

    /**
     * Looks at the lines.
     *
     * @param lines what the two sides hold of each
     * @param permissions what may be done about a line; who wins a conflict is the same for all
     */
    GroupMerge(Map<FieldRule, Sides> lines, Function<FieldRule, Permission> permissions) {
        this.lines = lines;
        this.clash = anyLine(Sides::localChanged) && anyLine(Sides::remoteChanged);
        boolean localFirst = lines.entrySet().stream()
                .filter(line -> isReplaced(line.getValue()))
                .allMatch(line -> permissions.apply(line.getKey()).localFirst());
        List<Permission> sent = lines.entrySet().stream()
                .filter(line -> wouldBeSent(line.getValue(), localFirst))
                .map(line -> permissions.apply(line.getKey()))
                .toList();
        Permission first = permissions.apply(lines.keySet().iterator().next());
        this.whole = new Permission(
                sent.stream().allMatch(Permission::mayPush),
                sent.stream().allMatch(Permission::confirmed),
                first.conflict(),
                first.conflictReason(),
                localFirst);
        boolean different = lines.values().stream().anyMatch(GroupMerge::isReplaced);
        this.replaced = different
                && lines.values().stream().noneMatch(Sides::hasBase)
                && !(whole.localFirst() && whole.mayPush() && whole.confirmed());
    }

    /** Whether one side's value replaces the other's, since nothing was agreed yet. */
    private static boolean isReplaced(Sides line) {
        return !line.hasBase() && !line.same() && line.local() != null && line.remote() != null;
    }

    private boolean anyLine(Predicate<Sides> changed) {
        return lines.values().stream().anyMatch(line -> line.hasBase() && !line.same() && changed.test(line));
    }

    /** Whether the line would go to the PSA if the local address did. */
    private boolean wouldBeSent(Sides line, boolean localFirst) {
        if (line.same()) {
            return false;
        }
        return line.hasBase()
                ? clash || line.localChanged()
                : line.remote() == null || localFirst && line.local() != null;
    }

    /** Returns what to do about each line. */
    Map<FieldRule, FieldDecision> merge() {
        Map<FieldRule, FieldDecision> result = new LinkedHashMap<>();
        lines.forEach((rule, line) -> result.put(rule, merge(line)));
        return result;
    }

    private FieldDecision merge(Sides line) {
        if (clash && line.hasBase()) {
            return inClash(line);
        }
        // Another address takes the place of the local one on the first link, with its blank lines too.
        return replaced && !line.same() && line.remote() == null
                ? line.pull(FieldMerge.FIRST_LINK)
                : FieldMerge.merge(line, whole);
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
