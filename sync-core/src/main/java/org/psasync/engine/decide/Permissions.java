package org.psasync.engine.decide;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.SyncSettings.ConflictPolicy;
import org.psasync.model.Asset;
import org.psasync.model.Field;
import org.psasync.model.Origin;
import org.psasync.spi.FieldRule;
import org.psasync.store.Grant;
import org.psasync.store.Pair;
import org.psasync.store.Trouble.Side;
import org.psasync.store.Trouble.Winner;

/** Says what may be done about the fields of one pair: who wins a conflict, and what was confirmed. */
final class Permissions {
    /** Within this, two change times do not tell which change was the later one (MERGE-5). */
    private static final Duration TOO_CLOSE = Duration.ofMinutes(2);

    private final Policy policy;
    private final Pair pair;
    private final Asset local;

    Permissions(Policy policy, Pair pair, Asset local) {
        this.policy = policy;
        this.pair = pair;
        this.local = local;
    }

    FieldMerge.Permission of(FieldRule rule) {
        Winner winner = winner(rule.field());
        if (winner != null) {
            boolean ours = winner.side() == Side.HOST;
            return permission(
                    rule,
                    ours ? ConflictPolicy.LOCAL_WINS : ConflictPolicy.PSA_WINS,
                    "both sides changed it, and " + winner.actor() + " took the " + (ours ? "local" : "PSA's")
                            + " value (MERGE-5)");
        }
        ConflictPolicy chosen = policy.settings().conflicts().of(rule.field());
        return chosen == ConflictPolicy.NEWEST_WINS
                ? newest(rule)
                : permission(rule, chosen, "both sides changed it, and " + chosen + " is set");
    }

    private FieldMerge.Permission newest(FieldRule rule) {
        Instant remoteChange =
                pair.observed() == null ? null : pair.observed().version().changedAt();
        Instant localChange = localChange();
        if (remoteChange == null || localChange == null) {
            return permission(
                    rule,
                    ConflictPolicy.PSA_WINS,
                    "both sides changed it, and " + (remoteChange == null ? "the PSA" : "the host")
                            + " tells no change time, so the PSA's value wins (MERGE-5)");
        }
        if (Duration.between(remoteChange, localChange).abs().compareTo(TOO_CLOSE) <= 0) {
            return permission(
                    rule,
                    ConflictPolicy.PSA_WINS,
                    "both sides changed it within two minutes, so the PSA's value wins (MERGE-5)");
        }
        return localChange.isAfter(remoteChange)
                ? permission(
                        rule,
                        ConflictPolicy.LOCAL_WINS,
                        "both sides changed it, the host later, and NEWEST_WINS is set")
                : permission(
                        rule, ConflictPolicy.PSA_WINS, "both sides changed it, the PSA later, and NEWEST_WINS is set");
    }

    /** The engine's own write is no change by the host: what counts is the save before it, as far as that is known. */
    private @Nullable Instant localChange() {
        if (local.lastEdit().origin() != Origin.SYNC) {
            return local.lastEdit().at();
        }
        return pair.grant() == null ? null : pair.grant().at();
    }

    private FieldMerge.Permission permission(FieldRule rule, ConflictPolicy chosen, String reason) {
        return new FieldMerge.Permission(
                mayPush(rule), confirmed(rule.field()), chosen, reason, localFirst(rule.field()));
    }

    boolean mayPush(FieldRule rule) {
        return policy.pushes(rule);
    }

    private boolean localFirst(Field<?> field) {
        Grant grant = pair.grant();
        return grant != null
                && grant.terms() instanceof Grant.Terms.OneTime push
                && push.wins(field, pair.remoteValues());
    }

    /** Returns whether somebody confirmed the local value as it is (PUSH-5). */
    private boolean confirmed(Field<?> field) {
        return policy.confirms(pair.grant(), field, local.values());
    }

    /** Returns which side a person took in a conflict about the field; of an address, about all of its lines. */
    private @Nullable Winner winner(Field<?> field) {
        Map<Field<?>, Winner> winners = pair.trouble().winners();
        Winner winner = winners.get(field);
        if (winner == null || !decides(winner, field)) {
            return null;
        }
        boolean whole = field.group() == null
                || policy.rules(field.kind()).stream()
                        .map(FieldRule::field)
                        .filter(line -> line.group() == field.group() && isRead(line))
                        .allMatch(line -> winners.get(line) != null && decides(winners.get(line), line));
        return whole ? winner : null;
    }

    private boolean isRead(Field<?> field) {
        return local.values().has(field) && pair.remoteValues().has(field);
    }

    /** It was decided about two values; of a list, only about which item is the primary one (MERGE-3). */
    private boolean decides(@Nullable Winner winner, Field<?> field) {
        return winner != null
                && isSame(winner.local(), local.values().get(field))
                && isSame(winner.remote(), pair.remoteValues().get(field));
    }

    private static boolean isSame(@Nullable Object decided, @Nullable Object now) {
        return decided instanceof Set<?> before && now instanceof Set<?> after
                ? Objects.equals(ItemSets.primary(before), ItemSets.primary(after))
                : Objects.equals(decided, now);
    }
}
