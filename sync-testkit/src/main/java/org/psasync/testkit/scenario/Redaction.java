package org.psasync.testkit.scenario;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.psasync.model.AssetKind;
import org.psasync.model.Choice;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.ContactFields;
import org.psasync.model.ContactPoint;
import org.psasync.model.Field;
import org.psasync.model.FieldType;
import org.psasync.model.OrganizationFields;

/**
 * Puts invented values in the place of real ones, the same for the same, as Java source in the words of scenarios.
 *
 * <p>What a policy depends on stays: the names of types and statuses, dates, flags, and which values are equal or blank.
 */
final class Redaction {
    private static final Set<Field<?>> SORTING = Set.of(
            OrganizationFields.TYPES,
            OrganizationFields.STATUS,
            OrganizationFields.CLASSIFICATION,
            ContactFields.TYPES,
            ConfigurationFields.TYPE,
            ConfigurationFields.STATUS);

    private final Map<Object, String> invented = new HashMap<>();
    private int numbers;

    /** Returns a value as source; null when it cannot be said in words, such as a reference. */
    @Nullable
    String source(Field<?> field, @Nullable Object value) {
        if (value == null) {
            return "null";
        } else if (value instanceof Collection<?> many) {
            List<String> each = new ArrayList<>();
            for (Object one : many) {
                String word = source(field, one);
                if (word == null) {
                    return null;
                }
                each.add(word);
            }
            return "List.of(" + String.join(", ", each) + ")";
        } else if (value instanceof Choice choice) {
            return quoted(SORTING.contains(field) ? choice.name() : invent(field, value));
        } else if (value instanceof Boolean || value instanceof LocalDate) {
            return value instanceof Boolean ? value.toString() : quoted(value.toString());
        } else if (value instanceof ContactPoint point) {
            return quoted(invent(field, point.key()));
        }
        return value instanceof String text ? quoted(text(field, text)) : null;
    }

    /** Countries and states are kept as they are: few of them name nobody. */
    private String text(Field<?> field, String text) {
        return field.type() == FieldType.COUNTRY || field.type() == FieldType.REGION ? text : invent(field, text);
    }

    private String invent(Field<?> field, Object value) {
        return invented.computeIfAbsent(value, real -> form(field, ++numbers));
    }

    private static String form(Field<?> field, int number) {
        FieldType<?> type = field.type();
        if (type == FieldType.EMAILS) {
            return "person" + number + "@client.example";
        } else if (type == FieldType.PHONES) {
            return "555" + String.format(Locale.ROOT, "%07d", number);
        } else if (type == FieldType.MAC) {
            return String.format(Locale.ROOT, "00:00:5E:00:%02X:%02X", number >> 8 & 255, number & 255);
        }
        return field.name() + " " + number;
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                quoted.append('\\').append(c);
            } else if (c == '\n') {
                quoted.append("\\n");
            } else if (c < ' ' || c > '~') {
                quoted.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                quoted.append(c);
            }
        }
        return quoted.append('"').toString();
    }

    /** Returns the constant of a known field, such as {@code ConfigurationFields.SERIAL_NUMBER}. */
    static String constant(Field<?> field) {
        return holder(field.kind()) + "."
                + field.name().replaceAll("([A-Z]|\\d+)", "_$1").toUpperCase(Locale.ROOT);
    }

    static String holder(AssetKind kind) {
        return kind.name().charAt(0) + kind.name().substring(1).toLowerCase(Locale.ROOT) + "Fields";
    }
}
