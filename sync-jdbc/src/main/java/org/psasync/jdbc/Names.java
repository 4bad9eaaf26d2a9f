package org.psasync.jdbc;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.psasync.model.AssetKind;
import org.psasync.model.AssetRef;
import org.psasync.model.Field;
import org.psasync.model.FieldType;
import org.psasync.model.Fields;
import org.psasync.model.LocalRef;
import org.psasync.model.RemoteRef;

/** Fields and references as one word each. */
final class Names {
    /** Marks a custom field; the name of a known field has none. */
    private static final char CUSTOM = '+';

    private static final Map<String, Field<?>> FIELDS = new ConcurrentHashMap<>();

    private Names() {}

    /** Returns the name of a field of a known kind, such as {@code city} or {@code +text:rackUnit}. */
    static String within(Field<?> field) {
        return field.isCustom() ? CUSTOM + field.type().name() + ":" + field.name() : field.name();
    }

    /** Returns the field of a kind with that name. */
    static Field<?> field(AssetKind kind, String name) {
        if (name.isEmpty() || name.charAt(0) != CUSTOM) {
            return Fields.named(kind, name)
                    .orElseThrow(() -> new IllegalArgumentException(kind + " has no field \"" + name + "\""));
        }
        int colon = name.indexOf(':');
        String typeName = name.substring(1, Math.max(1, colon));
        for (FieldType<?> type : FieldType.all()) {
            if (type.name().equals(typeName)) {
                return Field.custom(kind, name.substring(colon + 1), type);
            }
        }
        throw new IllegalArgumentException("there is no type of field \"" + typeName + "\"");
    }

    static String write(Field<?> field) {
        return field.kind().name() + "." + within(field);
    }

    static Field<?> readField(String text) {
        Field<?> known = FIELDS.get(text);
        if (known == null) {
            int dot = text.indexOf('.');
            known = field(kind(text, dot), text.substring(dot + 1));
            FIELDS.put(text, known);
        }
        return known;
    }

    static String write(AssetRef ref) {
        return (ref instanceof LocalRef ? "local " : "remote ") + ref.kind().name() + " " + ref.idText();
    }

    static AssetRef readReference(String text) {
        int first = text.indexOf(' ');
        int second = text.indexOf(' ', first + 1);
        if (second < 0) {
            throw new IllegalArgumentException("\"" + text + "\" names no record");
        }
        AssetKind kind = AssetKind.valueOf(text.substring(first + 1, second));
        String id = text.substring(second + 1);
        return text.startsWith("local ") ? LocalRef.of(kind, id) : RemoteRef.of(kind, id);
    }

    private static AssetKind kind(String text, int end) {
        return AssetKind.valueOf(text.substring(0, Math.max(0, end)));
    }
}
