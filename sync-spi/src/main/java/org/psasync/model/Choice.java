package org.psasync.model;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * One value of a pick list of the PSA: a type, a status, a manufacturer, a board.
 *
 * <p>Two choices are equal when their ids are, so that a rename in the PSA changes no record (SET-3).
 *
 * @param id the PSA's identifier within the list; for lists without identifiers, the text itself
 * @param name what people call it, as last read
 */
public record Choice(String id, String name) {
    public Choice {
        requireNonNull(id, "id");
        requireNonNull(name, "name");
    }

    /** Returns a choice of a list whose values have no identifier but their text. */
    public static Choice named(String name) {
        return new Choice(name, name);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || other instanceof Choice choice && id.equals(choice.id);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    /** Returns the name. */
    @Override
    public String toString() {
        return name;
    }
}
