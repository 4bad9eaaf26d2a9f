package org.psasync.spi;

import static java.util.Objects.requireNonNull;

import org.psasync.model.AssetKind;
import org.psasync.model.FieldValues;

/**
 * The values by which a record without a link is recognised on the other side (MATCH-1).
 *
 * @param values the key fields; a reference to the organization is in terms of the side that is asked; a blank field
 *     matches blank ones only
 * @param ignoringCase whether texts that differ in case only are equal
 */
public record MatchKey(FieldValues values, boolean ignoringCase) {
    public MatchKey {
        requireNonNull(values, "values");
    }

    /** Returns the kind of record looked for. */
    public AssetKind kind() {
        return values.kind();
    }
}
