package org.psasync.engine.decide;

import static java.util.stream.Collectors.joining;

import java.util.Collection;
import java.util.Locale;
import java.util.regex.Pattern;
import org.psasync.model.AssetKind;
import org.psasync.model.Field;

/** Names of kinds and fields as people say them. */
public final class Words {
    private static final Pattern NEXT_WORD = Pattern.compile("(?<=[a-z])(?=[A-Z0-9])");

    private Words() {}

    /** Returns the kind in lower case. */
    public static String of(AssetKind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    /** Returns the fields' names in one line. */
    public static String of(Collection<Field<?>> fields) {
        return fields.stream().map(field -> of(field)).collect(joining(", "));
    }

    /** Returns a text that starts with a capital letter and ends with a full stop. */
    static String sentence(String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1) + ".";
    }

    /** Returns the field's name in separate words: {@code serial number}. */
    public static String of(Field<?> field) {
        return NEXT_WORD.matcher(field.name()).replaceAll(" ").toLowerCase(Locale.ROOT);
    }
}
