package org.psasync.connectwise;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.psasync.http.JsonMismatch;
import org.psasync.http.JsonValue;
import org.psasync.model.Choice;
import org.psasync.model.Field;
import org.psasync.model.FieldType;
import org.psasync.model.FieldValues;

/**
 * The custom fields of a record: an array of {@code {id, caption, value}}, in which every custom field of the kind is,
 * with or without a value.
 *
 * <p>Source: ConnectWise OpenAPI 2025.8, CustomFieldValue.
 */
final class CustomFields {
    static final String MEMBER = "customFields";

    private CustomFields() {}

    static Mapped<?> mapped(ConnectWiseCustomField custom) {
        return mapped(custom, custom.field());
    }

    private static <T> Mapped<T> mapped(ConnectWiseCustomField custom, Field<T> field) {
        return new Mapped<>(field, MEMBER, custom.direction(), 0, false, null, null);
    }

    /**
     * Reads the fields that are mapped. One that a record does not list is not there, rather than blank; one that cannot
     * be understood is left out.
     *
     * @return what was left out; null when nothing was
     */
    static @Nullable String read(JsonValue row, List<ConnectWiseCustomField> customFields, FieldValues.Builder values) {
        String note = null;
        for (ConnectWiseCustomField custom : customFields) {
            Optional<JsonValue> element = Optional.empty();
            try {
                element = element(row, custom);
                element.ifPresent(each -> read(each, custom.field(), values));
            } catch (JsonMismatch e) {
                String name = element.map(each -> named(each, custom)).orElse(custom.toString());
                note = RecordKind.notes(note, "Its " + name + " was left out: " + e.getMessage());
            }
        }
        return note;
    }

    private static <T> void read(JsonValue element, Field<T> field, FieldValues.Builder values) {
        values.set(field, value(element.at("value"), field.type()));
    }

    /** How a person knows the custom field. */
    private static String named(JsonValue element, ConnectWiseCustomField custom) {
        JsonValue caption = element.at("caption");
        return caption.isText() ? "custom field \"" + caption.text() + "\"" : custom.toString();
    }

    /** The id of a custom field, from a record that lists it. */
    static Optional<Long> id(JsonValue row, ConnectWiseCustomField custom) {
        Integer id = custom.id();
        return id != null ? Optional.of(id.longValue()) : element(row, custom).map(element -> element.integer("id"));
    }

    private static Optional<JsonValue> element(JsonValue row, ConnectWiseCustomField custom) {
        Integer id = custom.id();
        return row.elements(MEMBER).stream()
                .filter(element -> id != null
                        ? Long.valueOf(id).equals(element.integer("id"))
                        : custom.caption().equalsIgnoreCase(element.text("caption")))
                .findFirst();
    }

    @SuppressWarnings("unchecked") // each type reads what it holds
    private static <T> @Nullable T value(JsonValue value, FieldType<T> type) {
        if (type.equals(FieldType.NUMBER)) {
            return (T) value.number();
        } else if (type.equals(FieldType.FLAG)) {
            return (T) value.flag();
        } else if (type.equals(FieldType.DATE)) {
            return (T) value.date();
        }
        String text = value.text();
        return text == null ? null : type.equals(FieldType.CHOICE) ? (T) Choice.named(text) : (T) text;
    }

    /** The form in which the PSA takes a value of a custom field. */
    static @Nullable Object json(FieldValues values, Field<?> field) {
        Object value = values.get(field);
        if (value instanceof LocalDate date) {
            return Writes.instant(date);
        } else if (value instanceof Choice choice) {
            return choice.name();
        } else if (value instanceof BigDecimal || value instanceof Boolean) {
            return value;
        }
        return value == null ? null : value.toString();
    }
}
