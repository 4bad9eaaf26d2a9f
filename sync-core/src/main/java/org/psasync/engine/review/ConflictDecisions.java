package org.psasync.engine.review;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.decide.Words;
import org.psasync.engine.desk.Desk;
import org.psasync.engine.desk.Ledger;
import org.psasync.engine.manage.ReviewAnswer;
import org.psasync.engine.manage.ReviewAnswer.Refused;
import org.psasync.engine.manage.ReviewItem;
import org.psasync.model.Asset;
import org.psasync.model.Field;
import org.psasync.model.FieldValues;
import org.psasync.store.Event;
import org.psasync.store.Grant;
import org.psasync.store.Pair;
import org.psasync.store.Trouble.Side;
import org.psasync.store.Trouble.Winner;

/**
 * Decides conflicts for a person (MERGE-5). Which side wins is stored with the two values it is about; the merge then does
 * as it would under the policy of that name, so that lists and addresses stay whole and the loser is logged (MERGE-4).
 */
final class ConflictDecisions {
    private final Desk desk;
    private final String actor;
    private final Ledger ledger;
    private final ReviewDecisions decisions;

    ConflictDecisions(Desk desk, String actor, ReviewDecisions decisions) {
        this.desk = desk;
        this.actor = actor;
        this.ledger = new Ledger(desk);
        this.decisions = decisions;
    }

    /** Takes a side's values of these fields, and of what is decided together with them. */
    ReviewAnswer take(ReviewItem item, List<Field<?>> wanted, Side side) {
        if (!(item.question() instanceof ReviewItem.Conflict conflict)) {
            return new Refused("It is not in conflict.");
        }
        List<Field<?>> fields = new ArrayList<>();
        for (Field<?> field : wanted) {
            Optional<ReviewItem.Clash> clash = conflict.about(field);
            if (clash.isEmpty()) {
                return new Refused("There is no conflict about " + Words.of(field) + ".");
            }
            clash.get().together().stream()
                    .filter(line -> !fields.contains(line))
                    .forEach(fields::add);
        }
        Pair pair = decisions.asShown(item).orElse(null);
        Asset local = pair == null ? null : local(pair);
        if (pair == null || local == null) {
            return ReviewDecisions.CHANGED;
        }
        Ledger.Entry entry = new Ledger.Entry(
                pair,
                read -> read.toBuilder()
                        .trouble(read.trouble().withWinners(winners(read, local.values(), fields, side)))
                        .grant(side == Side.HOST ? confirmed(read, local, fields) : read.grant())
                        .mustRead(true)
                        .dirty(true)
                        .build(),
                List.of(event(pair, local.values(), fields, side)),
                side == Side.HOST);
        return ledger.storeUnchanged(List.of(entry)).isEmpty()
                ? ReviewDecisions.CHANGED
                : decisions.carriedOut(pair.id());
    }

    private @Nullable Asset local(Pair pair) {
        return pair.local() == null
                ? null
                : desk.assets().find(pair.kind(), List.of(pair.local())).stream()
                        .findFirst()
                        .orElse(null);
    }

    private Map<Field<?>, Winner> winners(Pair pair, FieldValues local, List<Field<?>> fields, Side side) {
        Map<Field<?>, Winner> winners = new HashMap<>(pair.trouble().winners());
        for (Field<?> field : fields) {
            winners.put(
                    field,
                    new Winner(side, local.get(field), pair.remoteValues().get(field), actor));
        }
        return winners;
    }

    /**
     * The person confirms these values, and no others; a later save still counts as later. What is held stays so, this value
     * with it: a decision about one field releases nothing (BRAKE-3). Where nothing else waits, a manager saw all that it
     * leads to, and no brake counts it (BRAKE-2).
     */
    private Grant confirmed(Pair pair, Asset local, List<Field<?>> fields) {
        FieldValues taken = local.values().only(fields::contains);
        Grant before = pair.grant();
        Instant twoWay = desk.policy().settings().twoWaySince();
        Instant edited = local.lastEdit().at();
        Instant at = later(later(edited, twoWay), before == null ? null : before.at());
        boolean othersWait = before != null
                && !before.values().only(field -> !fields.contains(field)).isEmpty();
        if (before == null || !othersWait && !before.held()) {
            return new Grant(taken, actor, at, new Grant.Terms.Approved(actor));
        }
        return new Grant(before.values().overlaidWith(taken), actor, at, before.terms());
    }

    private static Instant later(Instant time, @Nullable Instant other) {
        return other == null || time.isAfter(other) ? time : other;
    }

    private Event event(Pair pair, FieldValues local, List<Field<?>> fields, Side side) {
        FieldValues remote = pair.remoteValues();
        boolean ours = side == Side.HOST;
        List<Event.Change> changes = new ArrayList<>();
        for (Field<?> field : fields) {
            Object lost = ours ? remote.get(field) : local.get(field);
            Object kept = ours ? local.get(field) : remote.get(field);
            changes.add(new Event.Change(field, lost, kept));
        }
        String whose = ours ? "local" : "PSA's";
        return ledger.event(
                Event.Type.DECIDED,
                pair,
                changes,
                actor + " took the " + whose + " value of " + Words.of(fields) + " (MERGE-5)");
    }
}
