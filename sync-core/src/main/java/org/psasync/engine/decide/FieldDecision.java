package org.psasync.engine.decide;

import org.jspecify.annotations.Nullable;
import org.psasync.model.AssetRef;

/** What to do about one field of a linked pair. Values are in the terms of the side that receives them. */
sealed interface FieldDecision {
    /** Both sides hold the same, or what each of them made of it. */
    record Agreed() implements FieldDecision {}

    /**
     * Take the PSA's value; null clears the field.
     *
     * @param value what to write to the host
     * @param loss why a local value is replaced that nobody had sent yet; null when none is
     * @param baseLocal for a list in which local items are still to be pushed, the local half of the base after the
     *     write; null when it is what the host answers
     */
    record Pull(
            @Nullable Object value,
            @Nullable Because loss,
            @Nullable ListBase baseLocal) implements FieldDecision {}

    /**
     * Send the local value; null clears the field.
     *
     * @param value what to write to the PSA
     * @param loss why a value of the PSA is replaced that the host never saw; null when none is
     */
    record Push(@Nullable Object value, @Nullable Because loss) implements FieldDecision {}

    /** The local value differs, and nobody confirmed it. */
    record Unconfirmed() implements FieldDecision {}

    /** The sides differ, and nothing is to be done about it: there is no base, and only the host has a value. */
    record LeftAlone() implements FieldDecision {}

    /** Both changed, differently; a person must choose. */
    record Conflict(@Nullable Object local, @Nullable Object remote) implements FieldDecision {}

    /** The value names a record that is not linked yet. */
    record Awaits(AssetRef missing) implements FieldDecision {}

    /** The value names a location or contact of another organization. */
    record Foreign() implements FieldDecision {}

    /** The field is written back and forth. */
    record Oscillating(@Nullable Object written, @Nullable Object replaced) implements FieldDecision {}

    /** The local half of the base of a list; null is the empty list. */
    record ListBase(@Nullable Object value) {}
}
