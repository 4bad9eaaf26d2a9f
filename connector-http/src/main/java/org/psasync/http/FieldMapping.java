package org.psasync.http;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;
import org.psasync.model.Field;
import org.psasync.spi.FieldRule;

/**
 * One field and its place in a PSA's record: where it is read and written, in which form, and within which limits.
 *
 * <p>Immutable; each method returns a changed copy.
 *
 * @param <T> the Java type of the field's values
 */
public final class FieldMapping<T> {
    private final FieldRule rule;
    private final Field<T> field;
    private final JsonPath path;
    private final String writePath;
    private final JsonForm<T> form;
    private final JsonValue blank;
    private final boolean apart;

    private FieldMapping(
            FieldRule rule,
            Field<T> field,
            JsonPath path,
            String writePath,
            JsonForm<T> form,
            JsonValue blank,
            boolean apart) {
        this.rule = rule;
        this.field = field;
        this.path = path;
        this.writePath = writePath;
        this.form = form;
        this.blank = blank;
        this.apart = apart;
    }

    /**
     * Maps a field to a member; both ways, or pulled only for a kind that is never written.
     *
     * @param path such as {@code serialNumber}, {@code status}, {@code customFields[caption=Tier]/value}; empty for a form
     *     that reads several members of the record
     */
    public static <T> FieldMapping<T> map(Field<T> field, String path, JsonForm<T> form) {
        FieldRule.Direction direction = field.kind().twoWay() ? FieldRule.Direction.BOTH : FieldRule.Direction.PULL;
        return new FieldMapping<>(
                new FieldRule(field, direction, 0, false),
                field,
                JsonPath.of(path),
                path,
                requireNonNull(form, "form"),
                JsonValue.of(null),
                false);
    }

    /** Never writes the field. */
    public FieldMapping<T> pullOnly() {
        return with(new FieldRule(field, FieldRule.Direction.PULL, rule.maxLength(), false));
    }

    /** Refuses texts of more characters (UTF-16 units, as databases count); they are never cut (FIELD-2). */
    public FieldMapping<T> maxLength(int characters) {
        return with(new FieldRule(field, rule.direction(), characters, rule.requiredOnCreate()));
    }

    /** Demands the field when a record is made. */
    public FieldMapping<T> requiredOnCreate() {
        return with(new FieldRule(field, rule.direction(), rule.maxLength(), true));
    }

    /** Writes the field to another member than it is read from. */
    public FieldMapping<T> writtenTo(String otherPath) {
        return new FieldMapping<>(rule, field, path, otherPath, form, blank, apart);
    }

    /** Leaves the writing to the connector, because it takes a call of its own; a writing names such fields. */
    public FieldMapping<T> writtenApart() {
        return new FieldMapping<>(rule, field, path, writePath, form, blank, true);
    }

    /** Sets what clears the member, such as an empty text; {@code null} by default. */
    public FieldMapping<T> blankAs(@Nullable Object value) {
        return new FieldMapping<>(rule, field, path, writePath, form, JsonValue.of(value), apart);
    }

    /** Returns the field. */
    public Field<T> field() {
        return field;
    }

    /** Returns the rule that the connector publishes. */
    public FieldRule rule() {
        return rule;
    }

    JsonPath path() {
        return path;
    }

    String writePath() {
        return writePath;
    }

    JsonForm<T> form() {
        return form;
    }

    JsonValue blank() {
        return blank;
    }

    boolean isApart() {
        return apart;
    }

    private FieldMapping<T> with(FieldRule changed) {
        return new FieldMapping<>(changed, field, path, writePath, form, blank, apart);
    }

    @Override
    public String toString() {
        return field + " <-> " + path;
    }
}
