package org.psasync.http;

import static java.util.Objects.requireNonNull;

import org.psasync.model.Field;

/**
 * A member to be written.
 *
 * @param field the field that it comes from
 * @param path the member, as the mapping names it
 * @param value its new value; {@code null} or what the mapping says clears it
 */
public record JsonChange(Field<?> field, String path, JsonValue value) {
    public JsonChange {
        requireNonNull(field, "field");
        requireNonNull(path, "path");
        requireNonNull(value, "value");
    }
}
