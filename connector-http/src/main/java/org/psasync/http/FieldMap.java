package org.psasync.http;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.psasync.model.AssetKind;
import org.psasync.model.Field;
import org.psasync.model.FieldValues;
import org.psasync.model.Problem;
import org.psasync.spi.FieldRule;

/**
 * How the fields of a kind and the members of a PSA's record belong together. Reading, writing and the published rules
 * all come from it.
 *
 * <p>Immutable and safe for use by several threads.
 */
public final class FieldMap {
    private final AssetKind kind;
    private final List<FieldMapping<?>> mappings;
    private final Predicate<String> hidden;

    private FieldMap(AssetKind kind, Collection<FieldMapping<?>> mappings, Predicate<String> hidden) {
        this.kind = requireNonNull(kind, "kind");
        this.hidden = hidden;
        this.mappings = mappings.stream()
                .sorted(Comparator.comparing((FieldMapping<?> mapping) -> mapping.field()))
                .toList();
        Set<Field<?>> seen = new LinkedHashSet<>();
        this.mappings.forEach(mapping -> check(mapping, seen));
    }

    private void check(FieldMapping<?> mapping, Set<Field<?>> seen) {
        Field<?> field = mapping.field();
        if (field.kind() != kind) {
            throw new IllegalArgumentException(
                    "\"" + field + "\" is a field of a " + field.kind() + ", not of a " + kind);
        }
        if (!seen.add(field)) {
            throw new IllegalArgumentException("\"" + field + "\" is mapped twice");
        }
        if (mapping.writePath().isEmpty() && mapping.rule().writable() && !mapping.isApart()) {
            throw new IllegalArgumentException(
                    "\"" + field + "\" is read from the whole record; say where it is written"
                            + " to, or that it is pulled only or written apart");
        }
    }

    /**
     * Makes a map.
     *
     * @throws IllegalArgumentException when a field is mapped twice, belongs to another kind, or has no place to be
     *     written to
     */
    public static FieldMap of(AssetKind kind, FieldMapping<?>... mappings) {
        return new FieldMap(kind, Arrays.asList(mappings), text -> false);
    }

    /** Returns the map with a further mapping, or with another one of that field, as a host adds them (FIELD-1). */
    public FieldMap with(FieldMapping<?> mapping) {
        List<FieldMapping<?>> more = new ArrayList<>(mappings);
        more.removeIf(each -> each.field().equals(mapping.field()));
        more.add(mapping);
        return new FieldMap(kind, more, hidden);
    }

    /** Returns the map of the fields that pass; the others are not read, and stay absent. */
    public FieldMap only(Predicate<Field<?>> wanted) {
        return new FieldMap(
                kind,
                mappings.stream()
                        .filter(mapping -> wanted.test(mapping.field()))
                        .toList(),
                hidden);
    }

    /** Takes members whose text passes as hidden by the PSA: absent, not values (FIELD-3). */
    public FieldMap hidden(Predicate<String> text) {
        return new FieldMap(kind, mappings, requireNonNull(text, "text"));
    }

    /** Returns the kind. */
    public AssetKind kind() {
        return kind;
    }

    /** Returns the rules of the fields, in the fields' order. */
    public List<FieldRule> rules() {
        return mappings.stream().<FieldRule>map(FieldMapping::rule).toList();
    }

    /** Returns the mapping of a field, if it has one. */
    public Optional<FieldMapping<?>> mapping(Field<?> field) {
        return mappings.stream()
                .filter(mapping -> mapping.field().equals(field))
                .findFirst();
    }

    /** Returns the paths that are read, in the fields' order, to ask the PSA for these members only. */
    public List<String> paths() {
        return mappings.stream().map(mapping -> mapping.path().toString()).toList();
    }

    /** Reads a full record: a member that is missing, {@code null} or an empty text is blank (FIELD-3). */
    public FieldReading read(JsonValue record) {
        return read(record, true);
    }

    /** Reads a part of a record: a member that is missing was not asked for, and is absent (FIELD-3). */
    public FieldReading readPart(JsonValue record) {
        return read(record, false);
    }

    private FieldReading read(JsonValue record, boolean full) {
        if (!record.isObject()) {
            Problem problem = Problem.ofRecord(Problem.Code.INVALID, "The record is " + record + ", not an object.");
            return new FieldReading(FieldValues.empty(kind), List.of(problem), List.of());
        }
        RecordReading reading = new RecordReading(kind, record, full, hidden);
        for (FieldMapping<?> mapping : mappings) {
            reading.take(mapping);
        }
        return reading.result();
    }

    /** Returns what to send to change a record: the given fields and no others; a blank one clears (FIELD-5). */
    public FieldWriting write(FieldValues changes) {
        return write(changes, false);
    }

    /** Returns what to send to make a record: blank fields are left out, missing requirements are problems (PUSH-8). */
    public FieldWriting writeNew(FieldValues values) {
        return write(values, true);
    }

    private FieldWriting write(FieldValues values, boolean create) {
        if (values.kind() != kind) {
            throw new IllegalArgumentException("Values of a " + values.kind() + " cannot be written as a " + kind);
        }
        RecordWriting writing = new RecordWriting(values, create);
        for (FieldMapping<?> mapping : mappings) {
            writing.take(mapping);
        }
        for (Field<?> field : values.fields()) {
            if (mapping(field).isEmpty() && !(create && values.isBlank(field))) {
                writing.notWritable(field);
            }
        }
        return writing.result();
    }

    @Override
    public String toString() {
        return "FieldMap of " + kind + mappings;
    }
}
