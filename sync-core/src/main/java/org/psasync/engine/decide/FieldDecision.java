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
     * @param partly what is agreed after the write, when that is only a part; null when it is what both sides show then
     */
    record Pull(
            @Nullable Object value,
            @Nullable Because loss,
            @Nullable Halves partly) implements FieldDecision {}

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

    /** The value to be written names a record that is not linked yet. */
    record Awaits(AssetRef missing) implements FieldDecision {}

    /** The value to be written names a location or contact of another organization. */
    record Foreign(AssetRef ref) implements FieldDecision {}

    /** The value to be written would make the parents go round in a circle (FIELD-10). */
    record InCircle(AssetRef parent) implements FieldDecision {}

    /**
     * The two halves of a field's base, each in its own terms.
     *
     * @param local what of the local value is agreed; null is blank
     * @param remote what of the PSA's value is agreed; null is blank
     */
    record Halves(@Nullable Object local, @Nullable Object remote) {
        /** Both sides blank. */
        static final Halves BLANK = new Halves(null, null);
    }
}
