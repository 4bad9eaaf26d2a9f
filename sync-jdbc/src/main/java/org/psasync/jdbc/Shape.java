package org.psasync.jdbc;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** How the values of a type are written and read. Safe for use by several threads. */
interface Shape {
    /** Writes a value that is not null. */
    void write(JsonGenerator json, Object value) throws IOException;

    /** Reads the value at whose first token the parser stands; leaves it at the last one. */
    @Nullable
    Object read(JsonParser json) throws IOException;

    /** Returns the value that is left out; null for most. */
    default @Nullable Object absent() {
        return null;
    }
}
