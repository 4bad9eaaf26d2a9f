package org.psasync.connectwise;

import static java.util.Objects.requireNonNull;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.psasync.model.AssetKind;
import org.psasync.model.Field;
import org.psasync.model.FieldType;
import org.psasync.spi.FieldRule.Direction;

/**
 * Maps a field of the host to a custom field of ConnectWise (FIELD-1).
 *
 * <p>Immutable. The field may hold a text, number, flag, date, or a choice that goes by its name.
 */
public final class ConnectWiseCustomField {
    private static final Set<FieldType<?>> TYPES =
            Set.of(FieldType.TEXT, FieldType.NUMBER, FieldType.FLAG, FieldType.DATE, FieldType.CHOICE);

    private final Field<?> field;
    private final @Nullable Integer id;
    private final String caption;
    private final Direction direction;

    private ConnectWiseCustomField(Field<?> field, @Nullable Integer id, String caption, Direction direction) {
        this.field = requireNonNull(field, "field");
        this.id = id;
        this.caption = caption;
        this.direction = direction;
        if (!field.isCustom() || !TYPES.contains(field.type())) {
            throw new IllegalArgumentException("\"" + field + "\" cannot be mapped to a custom field: make it by"
                    + " Field.custom, as a text, number, flag, date or choice");
        }
    }

    /**
     * Maps to the custom field with that caption; renaming it in ConnectWise ends the mapping.
     *
     * @param field made by {@link Field#custom}
     * @throws IllegalArgumentException when the field is not such a one, or the caption is blank
     */
    public static ConnectWiseCustomField byCaption(Field<?> field, String caption) {
        if (caption.isBlank()) {
            throw new IllegalArgumentException("The custom field for \"" + field + "\" needs a caption");
        }
        return new ConnectWiseCustomField(field, null, caption.strip(), usual(field));
    }

    /**
     * Maps to the custom field with that id, which stays when the field is renamed.
     *
     * @param field made by {@link Field#custom}
     * @throws IllegalArgumentException when the field is not such a one, or the id is below 1
     */
    public static ConnectWiseCustomField byId(Field<?> field, int id) {
        if (id < 1) {
            throw new IllegalArgumentException(
                    "The custom field for \"" + field + "\" needs an id of 1 or more: " + id);
        }
        return new ConnectWiseCustomField(field, id, "", usual(field));
    }

    /** Returns the same mapping, only read from ConnectWise; that of a ticket is so always. */
    public ConnectWiseCustomField pullOnly() {
        return new ConnectWiseCustomField(field, id, caption, Direction.PULL);
    }

    private static Direction usual(Field<?> field) {
        return field.kind() == AssetKind.TICKET ? Direction.PULL : Direction.BOTH;
    }

    /** Returns the host's field. */
    public Field<?> field() {
        return field;
    }

    /** Returns whether the value goes both ways. */
    public Direction direction() {
        return direction;
    }

    @Nullable
    Integer id() {
        return id;
    }

    String caption() {
        return caption;
    }

    @Override
    public String toString() {
        return field + " = custom field " + (id == null ? "\"" + caption + "\"" : id.toString());
    }
}
