package org.psasync.engine.pair;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.decide.Merge;
import org.psasync.model.Asset;
import org.psasync.model.Field;
import org.psasync.model.FieldValues;
import org.psasync.model.LocalId;
import org.psasync.model.Origin;
import org.psasync.model.Problem;
import org.psasync.model.RemoteId;
import org.psasync.model.SyncState;
import org.psasync.store.Base;
import org.psasync.store.Event;
import org.psasync.store.Grant;
import org.psasync.store.InFlight;
import org.psasync.store.Observation;
import org.psasync.store.Pair;
import org.psasync.store.Trouble;
import org.psasync.store.Trouble.Failure;
import org.psasync.store.Trouble.Rewrite;
import org.psasync.store.Trouble.Side;

/** What a pair is after something was done: each half of the base advances by what that side showed (MERGE-2). */
public final class After {
    private After() {}

    /** Both sides were seen to agree about some fields; what is not mapped any more is forgotten (FIELD-11). */
    public static Pair agreed(Pair pair, Merge merge) {
        Pair advanced = agreed(pair, merge.agreed());
        return merge.unmapped().isEmpty()
                ? advanced
                : advanced.toBuilder()
                        .base(advanced.baseOrNone().without(merge.unmapped()))
                        .build();
    }

    /** Both sides were seen to agree about some fields. */
    public static Pair agreed(Pair pair, Base agreed) {
        return agreed.local().isEmpty()
                ? pair
                : pair.toBuilder()
                        .base(pair.baseOrNone().advanced(agreed.local(), agreed.remote()))
                        .build();
    }

    /** The pair becomes a link that syncs; nothing is agreed yet. */
    public static Pair linked(Pair pair, LocalId local, RemoteId remote) {
        return pair.toBuilder()
                .local(local)
                .remote(remote)
                .state(SyncState.SYNCING)
                .matchText(null)
                .trouble(Trouble.NONE)
                .build();
    }

    /**
     * The host stored values of the PSA.
     *
     * @param sent what was to be written, in the host's terms
     * @param stored the record as the host answered
     * @param remote what the PSA holds
     * @param merge what the write was part of
     */
    public static Pair pulled(Pair pair, FieldValues sent, Asset stored, FieldValues remote, Merge merge) {
        // A record that exists already may hold a later save; what was agreed is what was sent (SAFE-7).
        boolean ours = stored.lastEdit().origin() == Origin.SYNC;
        FieldValues shown = ours ? stored.values() : sent;
        Predicate<Field<?>> shownByBoth =
                field -> sent.has(field) && stored.values().has(field) && remote.has(field);
        FieldValues local = shown.only(shownByBoth).sharing(sent);
        Base agreed = merge.agreedAfterPull(local, remote.only(shownByBoth));
        return withoutLocalWrite(pair).toBuilder()
                .base(pair.baseOrNone().advanced(agreed.local(), agreed.remote()))
                .grant(pulled(pair.grant(), sent, shown.only(merge.confirmedLists()::contains)))
                .trouble(clearedOf(pair.trouble(), Side.HOST))
                .build();
    }

    /** The end of a write to the host is known; one to the PSA that somebody began meanwhile goes on. */
    public static Pair withoutLocalWrite(Pair pair) {
        boolean local =
                pair.inFlight() instanceof InFlight.CreatingLocal || pair.inFlight() instanceof InFlight.UpdatingLocal;
        return local ? pair.toBuilder().inFlight(null).build() : pair;
    }

    /** What was replaced is no longer confirmed; of a list, the local items go on being so, with the PSA's beside them. */
    private static @Nullable Grant pulled(@Nullable Grant grant, FieldValues sent, FieldValues lists) {
        if (grant == null) {
            return null;
        }
        Grant left = grant.without(field -> sent.has(field) && !lists.has(field));
        FieldValues confirmed = lists.only(left.values()::has);
        return confirmed.isEmpty() ? left : left.with(left.values().overlaidWith(confirmed));
    }

    /**
     * The PSA stored local values.
     *
     * @param sent the fields that were written
     * @param local the host's record from which they were made
     * @param shown the record as the PSA showed it after the write
     * @param failed fields that were not written
     * @param settings the version of the settings that it was tried with
     */
    public static Pair pushed(
            Pair pair,
            FieldValues sent,
            FieldValues local,
            Observation shown,
            Instant ended,
            List<Problem> failed,
            long settings) {
        FieldValues refused = refused(sent, failed);
        Predicate<Field<?>> taken = field ->
                sent.has(field) && !refused.has(field) && shown.values().has(field) && local.has(field);
        Grant grant = pair.grant();
        return pair.toBuilder()
                .observed(shown)
                .inFlight(null)
                .lastWrite(ended)
                .base(pair.baseOrNone()
                        .advanced(local.only(taken), shown.values().only(taken)))
                .grant(grant == null ? null : grant.without(taken))
                .trouble(afterWrite(pair.trouble(), sent, failed, settings))
                .dueAt(null)
                .build();
    }

    /**
     * The PSA took local values and did not show what it stored. Until it is read, the base stays (MERGE-2) and the write
     * is in flight.
     *
     * @param failed fields that were not written
     * @param settings the version of the settings that it was tried with
     */
    public static Pair answered(
            Pair pair, InFlight.UpdatingRemote write, Instant ended, List<Problem> failed, long settings) {
        FieldValues refused = refused(write.sent(), failed);
        return pair.toBuilder()
                .inFlight(write.answered(ended, field -> !refused.has(field)))
                .lastWrite(ended)
                .trouble(afterWrite(pair.trouble(), write.sent(), failed, settings))
                .dueAt(null)
                .dirty(true)
                .build();
    }

    private static FieldValues refused(FieldValues sent, List<Problem> failed) {
        return sent.only(field -> failed.stream().anyMatch(problem -> field.equals(problem.field())));
    }

    /** A refusal is over for the fields that were sent; a failure of the host is none of the PSA's. */
    private static Trouble afterWrite(Trouble trouble, FieldValues sent, List<Problem> failed, long settings) {
        Failure left = trouble.refusal() == null ? null : trouble.refusal().apartFrom(sent);
        Trouble rest = clearedOf(trouble, Side.PSA).withoutRefusal();
        if (!failed.isEmpty()) {
            Failure now = new Failure(Side.PSA, failed, 1, refused(sent, failed), settings);
            return rest.withFailure(left == null ? now : now.beside(left));
        }
        Trouble remembering = rest.withFailure(left);
        return rest.failure() == null ? remembering : remembering.withFailure(rest.failure());
    }

    /** Notes which values were written over which others, to notice when somebody undoes it (MERGE-7). */
    public static Pair rewritten(Pair pair, Side side, FieldValues written, FieldValues replaced) {
        Map<Trouble.Write, Rewrite> rewrites = new HashMap<>(pair.trouble().rewrites());
        for (Field<?> field : written.fields()) {
            Object now = written.get(field);
            Object before = replaced.get(field);
            Trouble.Write write = new Trouble.Write(field, side);
            Rewrite last = rewrites.get(write);
            int times = last != null && Objects.equals(last.written(), now) && Objects.equals(last.replaced(), before)
                    ? last.times() + 1
                    : 1;
            rewrites.put(write, new Rewrite(now, before, times));
        }
        return pair.toBuilder().trouble(pair.trouble().withRewrites(rewrites)).build();
    }

    /**
     * An attempt failed. A new record is refused as a whole, so that nothing of an earlier refusal is left beside it.
     *
     * @param refused the values that were refused; null when it failed for the moment
     * @param settings the version of the settings that it was tried with
     * @param retryAt when to try again; null when nothing but a change makes it worth another try
     */
    public static Pair failed(
            Pair pair,
            Side side,
            List<Problem> problems,
            @Nullable FieldValues refused,
            long settings,
            @Nullable Instant retryAt) {
        Failure last = pair.trouble().failure();
        Failure again = last != null && last.side() == side ? last : null;
        Failure failure = new Failure(side, problems, again == null ? 1 : again.attempts() + 1, refused, settings);
        Failure before = side == Side.PSA ? pair.trouble().refusal() : again;
        Failure earlier = before == null || refused == null || !pair.linked() ? null : before.apartFrom(refused);
        Pair over = side == Side.HOST
                ? withoutLocalWrite(pair)
                : pair.toBuilder().inFlight(null).build();
        return over.toBuilder()
                .trouble(pair.trouble().withFailure(earlier == null ? failure : failure.beside(earlier)))
                .dueAt(retryAt)
                .build();
    }

    /** A failure of a side is over once the side took a write; one of the other side is not. */
    private static Trouble clearedOf(Trouble trouble, Side side) {
        return trouble.failure() != null && trouble.failure().side() == side ? trouble.withFailure(null) : trouble;
    }

    /**
     * Returns the values that a side did not take, though it took the write: it shows what it held before (FIELD-8).
     *
     * @param before what it held; empty for a new record
     */
    public static FieldValues ignored(FieldValues sent, FieldValues before, FieldValues shown) {
        return sent.only(field -> shown.has(field)
                && !Objects.equals(sent.get(field), shown.get(field))
                && Objects.equals(before.get(field), shown.get(field)));
    }

    /** Returns the fields that a side stored otherwise than sent (MERGE-7). */
    public static List<Event.Change> storedDifferently(FieldValues sent, FieldValues stored) {
        List<Event.Change> result = new ArrayList<>();
        for (Field<?> field : sent.fields()) {
            if (stored.has(field) && !Objects.equals(sent.get(field), stored.get(field))) {
                result.add(new Event.Change(field, sent.get(field), stored.get(field)));
            }
        }
        return result;
    }
}
