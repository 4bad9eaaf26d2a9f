package org.psasync.engine.decide;

import java.util.Locale;
import org.psasync.model.AssetKind;
import org.psasync.model.Field;

/** Names of kinds and fields as people say them. */
public final class Words {
    private Words() {}

    /** Returns the kind in lower case. */
    public static String of(AssetKind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    /** Returns the field's name in separate words: {@code serial number}. */
    public static String of(Field<?> field) {
        return field.name().replaceAll("([a-z])([A-Z0-9])", "$1 $2").toLowerCase(Locale.ROOT);
    }
}
