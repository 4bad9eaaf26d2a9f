package org.psasync.engine.decide;

import java.time.Duration;
import java.time.Instant;
import org.psasync.engine.SyncSettings.ConflictPolicy;
import org.psasync.model.Asset;
import org.psasync.model.Field;
import org.psasync.spi.FieldRule;
import org.psasync.store.Grant;
import org.psasync.store.Pair;

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
        ConflictPolicy chosen = policy.settings().conflicts().of(rule.field());
        return chosen == ConflictPolicy.NEWEST_WINS
                ? newest(rule)
                : permission(rule, chosen, "both sides changed it, and " + chosen + " is set");
    }

    private FieldMerge.Permission newest(FieldRule rule) {
        Instant remoteChange =
                pair.observed() == null ? null : pair.observed().version().changedAt();
        Instant localChange = local.lastEdit().at();
        if (remoteChange == null) {
            return permission(
                    rule,
                    ConflictPolicy.PSA_WINS,
                    "both sides changed it, and the PSA tells no change time, so its value wins (MERGE-5)");
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
}
