package org.psasync.engine.decide;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.psasync.model.AssetKind;
import org.psasync.model.AssetRef;
import org.psasync.model.Field;
import org.psasync.model.FieldValues;
import org.psasync.model.Problem;
import org.psasync.store.Base;
import org.psasync.store.Trouble;

/**
 * What to do about the fields of a pair.
 *
 * @param pull values to write to the host, in its terms
 * @param push values to write to the PSA, in its terms
 * @param agreed what the two sides showed of the fields they agree about; it becomes their base
 * @param partly for pulled fields of which only a part is agreed after the write, the halves of the base; each half names
 *     the fields for which it differs from what its side shows
 * @param confirmedLists pulled lists whose local items are confirmed and still to be pushed
 * @param unmapped fields that have a base and are not mapped any more, so that they lose it (FIELD-11)
 * @param losses values that another one replaces
 * @param standings the fields about which nothing is done although the sides differ, by reason
 * @param awaited records that references name and that are not linked yet, or not in the same organization
 * @param refusals why values are not written again: they were refused as they are, or do not fit (PUSH-13, FIELD-2)
 */
public record Merge(
        FieldValues pull,
        FieldValues push,
        Base agreed,
        Base partly,
        List<Field<?>> confirmedLists,
        List<Field<?>> unmapped,
        List<Loss> losses,
        Map<FieldStanding, List<Field<?>>> standings,
        Set<AssetRef> awaited,
        List<Problem> refusals) {

    /**
     * A value that another one replaces before it could reach the other side (MERGE-4).
     *
     * @param field the field
     * @param side the side that loses its value
     * @param lost the value that is replaced; null when it was blank
     * @param kept the value that replaces it; null when it is blank
     * @param because the rule
     */
    public record Loss(
            Field<?> field,
            Trouble.Side side,
            @Nullable Object lost,
            @Nullable Object kept,
            Because because) {}

    /** Returns a merge that does nothing. */
    public static Merge nothing(AssetKind kind) {
        return ofCreate(FieldValues.empty(kind), FieldValues.empty(kind), Set.of());
    }

    /**
     * Returns a merge that was carried out as far as it writes these values to the host.
     *
     * @param pull in the host's terms
     */
    public static Merge ofPull(FieldValues pull, Base partly, List<Field<?>> confirmedLists) {
        FieldValues none = FieldValues.empty(pull.kind());
        return new Merge(
                pull,
                none,
                Base.none(pull.kind()),
                partly,
                confirmedLists,
                List.of(),
                List.of(),
                Map.of(),
                Set.of(),
                List.of());
    }

    /**
     * Returns what a new local record is to hold.
     *
     * @param values in the host's terms
     * @param held of lists of which members cannot be translated, the part that can, in the PSA's terms
     * @param awaited every record that a reference names in vain
     */
    static Merge ofCreate(FieldValues values, FieldValues held, Set<AssetRef> awaited) {
        FieldValues none = FieldValues.empty(values.kind());
        return new Merge(
                values,
                none,
                Base.none(values.kind()),
                new Base(none, held),
                List.of(),
                List.of(),
                List.of(),
                Map.of(),
                awaited,
                List.of());
    }

    /** Returns the fields whose local value nobody confirmed. */
    public List<Field<?>> unconfirmed() {
        return fields(FieldStanding.UNCONFIRMED);
    }

    /** Returns the fields that a person must decide. */
    public List<Field<?>> frozen() {
        return fields(FieldStanding.FROZEN);
    }

    /** Returns the fields that are written back and forth. */
    public List<Field<?>> oscillating() {
        return fields(FieldStanding.OSCILLATING);
    }

    /** Returns the fields that stand so; none is an empty list. */
    public List<Field<?>> fields(FieldStanding standing) {
        return standings.getOrDefault(standing, List.of());
    }

    /** Returns whether a field is left out because of the record that it names, which may change (FIELD-6, FIELD-10). */
    public boolean leavesOut(Field<?> field) {
        return fields(FieldStanding.KIND_OFF).contains(field)
                || fields(FieldStanding.FOREIGN).contains(field)
                || fields(FieldStanding.IN_CIRCLE).contains(field);
    }

    /** Returns whether either side is to be written. */
    public boolean writes() {
        return !pull.isEmpty() || !push.isEmpty();
    }

    /** Returns whether there is nothing to write and nothing to say: the sides agree about every field. */
    boolean isSilent() {
        return !writes()
                && standings.keySet().stream().allMatch(standing -> standing == FieldStanding.LEFT_ALONE)
                && awaited.isEmpty()
                && refusals.isEmpty();
    }

    /**
     * Returns what is agreed about the pulled fields once the host stored them.
     *
     * @param local what the host shows of them now
     * @param remote what the PSA shows of them
     */
    public Base agreedAfterPull(FieldValues local, FieldValues remote) {
        FieldValues.Builder here = FieldValues.of(local.kind());
        for (Field<?> field : partly.local().fields()) {
            if (local.has(field)) {
                Translation.set(here, field, half(field, local));
            }
        }
        return new Base(
                local.overlaidWith(here.build()),
                remote.overlaidWith(partly.remote().only(remote::has)));
    }

    /** Items that are still to be pushed are left out of what the host shows, which may be less than was sent. */
    private @Nullable Object half(Field<?> field, FieldValues local) {
        Object agreedHere = partly.local().get(field);
        return agreedHere instanceof Set || pull.get(field) instanceof Set
                ? ItemSets.replay((Set<?>) pull.get(field), (Set<?>) agreedHere, (Set<?>) local.get(field))
                : agreedHere;
    }

    /** Returns the part of this merge that writes to the host only those fields that pass. */
    Merge pullOnly(Predicate<Field<?>> wanted) {
        return new Merge(
                pull.only(wanted),
                FieldValues.empty(pull.kind()),
                new Base(agreed.local().only(wanted), agreed.remote().only(wanted)),
                new Base(partly.local().only(wanted), partly.remote().only(wanted)),
                confirmedLists.stream().filter(wanted).toList(),
                unmapped,
                losses.stream()
                        .filter(loss -> loss.side() == Trouble.Side.HOST && wanted.test(loss.field()))
                        .toList(),
                Map.of(),
                Set.of(),
                List.of());
    }

    /** Returns this merge without what it writes to the PSA, which stays to be done. */
    Merge withoutPush() {
        return new Merge(
                pull,
                FieldValues.empty(pull.kind()),
                agreed,
                partly,
                confirmedLists,
                unmapped,
                losses.stream().filter(loss -> loss.side() == Trouble.Side.HOST).toList(),
                standings,
                awaited,
                refusals);
    }

    /** Returns this merge with these records to wait for. */
    Merge awaiting(Set<AssetRef> missing) {
        return new Merge(pull, push, agreed, partly, confirmedLists, unmapped, losses, standings, missing, refusals);
    }
}
