package org.psasync.store;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import org.psasync.model.AssetKind;
import org.psasync.model.Field;
import org.psasync.model.FieldValues;

/**
 * What the two sides held when they were last agreed, each in its own terms (MERGE-1). Only mapped fields have a base.
 *
 * @param local what the host held; a field that is absent has no base yet
 * @param remote what the PSA held; it has the same fields as {@code local}
 */
public record Base(FieldValues local, FieldValues remote) {
    public Base {
        requireNonNull(local, "local");
        requireNonNull(remote, "remote");
    }

    /** Returns a base in which no field was ever agreed. */
    public static Base none(AssetKind kind) {
        return new Base(FieldValues.empty(kind), FieldValues.empty(kind));
    }

    /** Returns whether the two sides were ever agreed about the field. */
    public boolean has(Field<?> field) {
        return local.has(field) && remote.has(field);
    }

    /** Returns this base without some fields: they start anew, as if they were never agreed (FIELD-11). */
    public Base without(Collection<Field<?>> fields) {
        return fields.isEmpty()
                ? this
                : new Base(local.only(field -> !fields.contains(field)), remote.only(field -> !fields.contains(field)));
    }

    /** Returns this base advanced to what the two sides showed of some fields. */
    public Base advanced(FieldValues localShown, FieldValues remoteShown) {
        FieldValues newRemote = remote.overlaidWith(remoteShown);
        return new Base(local.overlaidWith(localShown).sharing(newRemote), newRemote);
    }
}
