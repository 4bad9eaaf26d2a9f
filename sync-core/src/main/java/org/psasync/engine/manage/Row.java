package org.psasync.engine.manage;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;
import org.psasync.model.AssetKind;
import org.psasync.model.Choice;
import org.psasync.model.Field;
import org.psasync.store.Place;

/**
 * Names a row of synced items: a type or a status of organizations or configurations, or all records of another kind.
 *
 * @param kind the kind of record
 * @param place the type or status; null for a row of a whole kind, which can only be viewed
 */
public record Row(AssetKind kind, @Nullable Place place) {
    public Row {
        requireNonNull(kind, "kind");
        if (place != null && place.field().kind() != kind) {
            throw new IllegalArgumentException("A row of " + kind + " cannot be by " + place.field());
        }
        if ((place == null) != Place.fields(kind).isEmpty()) {
            throw new IllegalArgumentException("Rows of " + kind + " are by " + Place.fields(kind));
        }
    }

    /** Returns the row of a type or status. */
    public static Row of(Field<?> field, Choice choice) {
        return new Row(field.kind(), new Place(field, requireNonNull(choice, "choice")));
    }

    /** Returns the row of a whole kind. */
    public static Row of(AssetKind kind) {
        return new Row(kind, null);
    }

    /** Returns what people call the row: the name of its value, {@code (none)}, or the kind. */
    public String name() {
        if (place == null) {
            return kind.toString();
        }
        return place.choice() == null ? "(none)" : place.choice().name();
    }
}
