package org.psasync.model;

import static java.util.Objects.requireNonNull;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * A typed key of one value of an asset, such as {@link ConfigurationFields#SERIAL_NUMBER}.
 *
 * <p>The fields of a kind are constants of {@code OrganizationFields}, {@code LocationFields}, {@code ContactFields},
 * {@code ConfigurationFields} and {@code TicketFields}; a PSA's own custom field is made by {@link #custom}. Two
 * fields are equal when kind and name are. Immutable and safe for use by several threads.
 *
 * @param <T> the Java type of the value
 */
public final class Field<T> implements Comparable<Field<?>> {
    private static final Comparator<Field<?>> ORDER = Comparator.<Field<?>, AssetKind>comparing(Field::kind)
            .thenComparingInt(field -> field.position)
            .thenComparing(Field::name);
    private static final int CUSTOM = Integer.MAX_VALUE;

    private final AssetKind kind;
    private final String name;
    private final FieldType<T> type;
    private final int position;
    private final @Nullable FieldGroup group;
    private final int hash;

    private Field(AssetKind kind, String name, FieldType<T> type, int position, @Nullable FieldGroup group) {
        this.kind = requireNonNull(kind, "kind");
        this.name = requireNonNull(name, "name");
        this.type = requireNonNull(type, "type");
        this.position = position;
        this.group = group;
        this.hash = 31 * kind.name().hashCode() + name.hashCode();
    }

    static <T> Field<T> known(AssetKind kind, int position, String name, FieldType<T> type) {
        return new Field<>(kind, name, type, position, null);
    }

    static <T> Field<T> grouped(AssetKind kind, int position, String name, FieldType<T> type, FieldGroup group) {
        return new Field<>(kind, name, type, position, group);
    }

    /**
     * Makes the key of a host field that is mapped to a custom field of the PSA (FIELD-1).
     *
     * @param name the host's name of the field, without blanks; must not be the name of a known field of the kind
     */
    public static <T> Field<T> custom(AssetKind kind, String name, FieldType<T> type) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("A custom field needs a name");
        }
        if (Fields.named(kind, name).isPresent()) {
            throw new IllegalArgumentException(kind + " has a field \"" + name + "\" of its own; choose another name");
        }
        return new Field<>(kind, name, type, CUSTOM, null);
    }

    /** Returns the kind of record that has this field. */
    public AssetKind kind() {
        return kind;
    }

    /** Returns the name, unique within the kind, such as {@code serialNumber}. */
    public String name() {
        return name;
    }

    /** Returns what the field holds. */
    public FieldType<T> type() {
        return type;
    }

    /** Returns the group that is merged as one (MERGE-3), or null. */
    public @Nullable FieldGroup group() {
        return group;
    }

    /** Returns the place of a known field among those of its kind. */
    int position() {
        return position;
    }

    /** Returns whether this is a mapping that the host added (FIELD-1). */
    public boolean isCustom() {
        return position == CUSTOM;
    }

    /** Orders by kind, then as the kind lists its fields, custom ones last by name. */
    @Override
    public int compareTo(Field<?> other) {
        return this == other ? 0 : ORDER.compare(this, other);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || other instanceof Field<?> field && kind == field.kind && name.equals(field.name);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return name;
    }
}
