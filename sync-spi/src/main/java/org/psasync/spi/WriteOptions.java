package org.psasync.spi;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The settings of an integration that a connector needs for writing, by the keys that its descriptor lists.
 *
 * @param values an unset option has no entry
 */
public record WriteOptions(Map<String, String> values) {
    /** Nothing is set. */
    public static final WriteOptions NONE = new WriteOptions(Map.of());

    public WriteOptions {
        values = Map.copyOf(values);
    }

    /** Returns the value of an option, or null when it is unset. */
    public @Nullable String get(String key) {
        return values.get(key);
    }
}
