package org.psasync.engine.decide;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.psasync.model.AssetKind;
import org.psasync.model.AssetRef;
import org.psasync.model.Field;
import org.psasync.model.FieldValues;
import org.psasync.model.Problem;
import org.psasync.store.Base;
import org.psasync.store.Trouble;

/**
 * What to do about the fields of a linked pair.
 *
 * @param pull values to write to the host, in its terms
 * @param push values to write to the PSA, in its terms
 * @param agreed what the two sides showed of the fields they agree about; it becomes their base
 * @param listBases for lists of which local items are still to be pushed, the local half of the base after the pull
 * @param losses values that another one replaces
 * @param unconfirmed fields whose local value nobody confirmed
 * @param leftAlone fields in which the sides differ and nothing is to be done
 * @param frozen fields that a person must decide
 * @param oscillating fields that are written back and forth
 * @param foreign references to records of another organization
 * @param awaited records that references name and that are not linked yet
 * @param refusals why values are not written again: they were refused as they are, or do not fit (PUSH-13, FIELD-2)
 */
public record Merge(
        FieldValues pull,
        FieldValues push,
        Base agreed,
        FieldValues listBases,
        List<Loss> losses,
        List<Field<?>> unconfirmed,
        List<Field<?>> leftAlone,
        List<Field<?>> frozen,
        List<Field<?>> oscillating,
        List<Field<?>> foreign,
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
        FieldValues none = FieldValues.empty(kind);
        return new Merge(
                none,
                none,
                Base.none(kind),
                none,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Set.of(),
                List.of());
    }

    /** Returns whether either side is to be written. */
    public boolean writes() {
        return !pull.isEmpty() || !push.isEmpty();
    }

    /** Returns whether there is nothing to write and nothing to say: the sides agree about every field. */
    boolean isSilent() {
        return !writes()
                && unconfirmed.isEmpty()
                && frozen.isEmpty()
                && oscillating.isEmpty()
                && foreign.isEmpty()
                && awaited.isEmpty()
                && refusals.isEmpty();
    }

    /** Returns the part of this merge that writes to the host only those fields that pass. */
    Merge pullOnly(java.util.function.Predicate<Field<?>> wanted) {
        return new Merge(
                pull.only(wanted),
                FieldValues.empty(pull.kind()),
                new Base(agreed.local().only(wanted), agreed.remote().only(wanted)),
                listBases.only(wanted),
                losses.stream()
                        .filter(loss -> loss.side() == Trouble.Side.HOST && wanted.test(loss.field()))
                        .toList(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Set.of(),
                List.of());
    }

    /** Returns this merge with one more record to wait for. */
    Merge awaiting(AssetRef missing) {
        return new Merge(
                pull,
                push,
                agreed,
                listBases,
                losses,
                unconfirmed,
                leftAlone,
                frozen,
                oscillating,
                foreign,
                Set.of(missing),
                refusals);
    }
}
