package org.psasync.connectwise;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
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

    /** How the host's field reads from a record. */
    static Mapped<?> mapped(ConnectWiseCustomField custom) {
        return mapped(custom, custom.field());
    }

    private static <T> Mapped<T> mapped(ConnectWiseCustomField custom, Field<T> field) {
        return new Mapped<>(field, MEMBER, custom.direction(), 0, false, row -> value(row, custom, field.type()), null);
    }

    /** A field that a record does not list is not there, rather than blank. */
    static void removeUnread(JsonValue row, List<ConnectWiseCustomField> customFields, FieldValues.Builder values) {
        for (ConnectWiseCustomField custom : customFields) {
            if (element(row, custom).isEmpty()) {
                values.remove(custom.field());
            }
        }
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
    private static <T> @Nullable T value(JsonValue row, ConnectWiseCustomField custom, FieldType<T> type) {
        JsonValue value = element(row, custom).map(each -> each.at("value")).orElse(JsonValue.missing());
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
