package org.psasync.jdbc;

import org.jspecify.annotations.Nullable;

/** How the values of a type are written and read. Safe for use by several threads. */
interface Shape {
    /** Writes a value that is not null. */
    void write(JsonOut json, Object value);

    /** Reads the value that comes next. */
    Object read(JsonIn json);

    /** Returns the value that is left out wherever it stands; null for most. */
    default @Nullable Object absent() {
        return null;
    }

    /** Returns the value that is left out where there must be one; null when there is none such. */
    default @Nullable Object empty() {
        return absent();
    }
}
