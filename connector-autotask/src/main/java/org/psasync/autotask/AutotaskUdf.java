package org.psasync.autotask;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Map;
import org.psasync.http.FieldMapping;
import org.psasync.http.JsonForm;
import org.psasync.http.JsonForms;
import org.psasync.http.JsonMismatch;
import org.psasync.http.JsonValue;
import org.psasync.model.Choice;
import org.psasync.model.Field;
import org.psasync.model.FieldType;

/**
 * Maps a field of the host to a user-defined field of Autotask (FIELD-1). The field may hold a text, number, flag, date, or a
 * choice that goes by its name; in Autotask all of them are texts. Renaming the user-defined field ends the mapping.
 *
 * <p>Immutable.
 */
public final class AutotaskUdf {
    static final String MEMBER = "userDefinedFields";

    private static final Map<FieldType<?>, JsonForm<?>> FORMS = Map.of(
            FieldType.TEXT,
            JsonForms.text(),
            FieldType.NUMBER,
            JsonForm.<BigDecimal>of(JsonValue::number, number -> JsonValue.of(number.toPlainString())),
            FieldType.FLAG,
            JsonForm.<Boolean>of(JsonValue::flag, flag -> JsonValue.of(flag.toString())),
            FieldType.DATE,
            JsonForm.<LocalDate>of(JsonValue::date, date -> JsonValue.of(date + "T00:00:00Z")),
            FieldType.CHOICE,
            JsonForm.<Choice>of(AutotaskUdf::choice, choice -> JsonValue.of(choice.name())));

    private final Field<?> field;
    private final String name;
    private final boolean pullOnly;

    private AutotaskUdf(Field<?> field, String name, boolean pullOnly) {
        this.field = requireNonNull(field, "field");
        this.name = name;
        this.pullOnly = pullOnly;
        if (!field.isCustom() || !FORMS.containsKey(field.type())) {
            throw new IllegalArgumentException("\"" + field + "\" cannot be mapped to a user-defined field: make it by"
                    + " Field.custom, as a text, number, flag, date or choice");
        }
    }

    /**
     * Maps to the user-defined field with that name.
     *
     * @param field made by {@link Field#custom}
     * @throws IllegalArgumentException when the field is not such a one, or the name is blank or holds a bracket
     */
    public static AutotaskUdf named(Field<?> field, String name) {
        String stripped = name.strip();
        if (stripped.isEmpty() || stripped.indexOf(']') >= 0) {
            throw new IllegalArgumentException(
                    "The user-defined field for \"" + field + "\" needs a name without brackets: \"" + name + "\"");
        }
        return new AutotaskUdf(field, stripped, !field.kind().twoWay());
    }

    /** Returns the same mapping, only read from Autotask; that of a ticket is so always. */
    public AutotaskUdf pullOnly() {
        return new AutotaskUdf(field, name, true);
    }

    /** Returns the host's field. */
    public Field<?> field() {
        return field;
    }

    String name() {
        return name;
    }

    FieldMapping<?> mapping() {
        return mapping(field);
    }

    @SuppressWarnings("unchecked") // each type has a form of its own
    private <T> FieldMapping<T> mapping(Field<T> typed) {
        JsonForm<T> form = (JsonForm<T>) requireNonNull(FORMS.get(typed.type()));
        String path = MEMBER + "[name=" + name + "]/value";
        FieldMapping<T> mapping =
                FieldMapping.map(typed, "", ofRecord(path, form)).writtenTo(path);
        return pullOnly ? mapping.pullOnly() : mapping;
    }

    /** What a record does not list is not there, rather than blank (FIELD-3). */
    private <T> JsonForm<T> ofRecord(String path, JsonForm<T> form) {
        return JsonForm.of(
                record -> {
                    JsonValue value = record.at(path);
                    if (value.isMissing() || "*****".equals(value.text())) {
                        throw JsonMismatch.leavingOut(
                                value.isMissing()
                                        ? "lists no user-defined field \"" + name + "\""
                                        : "hides the user-defined field \"" + name + "\"");
                    }
                    return value.isBlank() ? null : form.read(value);
                },
                form::write);
    }

    private static Choice choice(JsonValue member) {
        return Choice.named(String.valueOf(member.text()).strip());
    }

    @Override
    public String toString() {
        return field + " = user-defined field \"" + name + "\"";
    }
}
