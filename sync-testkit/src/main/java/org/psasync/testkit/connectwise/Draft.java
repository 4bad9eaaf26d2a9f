package org.psasync.testkit.connectwise;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A record as it is to be stored: nothing changes before all of it was found right. */
final class Draft {
    /** A communication item of a contact; without row it is a new one. */
    record Item(@Nullable Row row, Draft content, boolean defaultIgnored) {}

    final Table table;
    final @Nullable Row row;
    final Author author;
    final Set<Field> touched = new LinkedHashSet<>();

    @Nullable
    List<Item> communications;

    @Nullable
    List<Integer> types;

    String newSiteName = "Main";
    boolean typeMayChange;
    private final @Nullable Object[] values;
    private final List<Refusal.Problem> problems = new ArrayList<>();

    private Draft(Table table, @Nullable Row row, @Nullable Object[] values, Author author) {
        this.table = table;
        this.row = row;
        this.values = values;
        this.author = author;
    }

    static Draft ofNew(Table table, Author author) {
        return new Draft(table, null, new Object[table.shape.fields().size()], author);
    }

    static Draft of(Table table, Row row, Author author) {
        return new Draft(table, row, row.copyOfValues(), author);
    }

    boolean isNew() {
        return row == null;
    }

    @Nullable
    Object[] values() {
        return values;
    }

    @Nullable
    Object get(Field field) {
        return values[field.slot()];
    }

    @Nullable
    Object get(String field) {
        return get(table.field(field));
    }

    int pointer(String field) {
        return get(field) instanceof Integer id ? id : 0;
    }

    String text(String field) {
        Object value = get(field);
        return value == null ? "" : value.toString();
    }

    boolean flag(String field) {
        return Boolean.TRUE.equals(get(field));
    }

    void set(String field, @Nullable Object value) {
        set(table.field(field), value);
    }

    void set(Field field, @Nullable Object value) {
        values[field.slot()] = value;
        touched.add(field);
    }

    /** Sets a value if there is none. */
    void fill(String field, @Nullable Object value) {
        if (get(field) == null && value != null) {
            set(field, value);
        }
    }

    boolean touches(String field) {
        return touched.contains(table.field(field));
    }

    void problem(String code, String message, String field) {
        problems.add(new Refusal.Problem(code, message, field));
    }

    /** Notes what is missing, too long or out of range: in the touched members, or in all of them. */
    void check(boolean everything) {
        for (Field field : table.shape.fields()) {
            if (!everything && !touched.contains(field)) {
                continue;
            }
            Object value = get(field);
            if (field.required() && (value == null || value.toString().isBlank())) {
                problem("MissingRequiredField", "The " + field.name() + " field is required.", field.name());
            } else if (value instanceof String text && field.limit() > 0 && text.length() > field.limit()) {
                problem(
                        "OutOfRange",
                        "The field " + field.name() + " must be a string with a maximum length of " + field.limit()
                                + ".",
                        field.name());
            } else if (value instanceof Integer number
                    && field.limit() > 0
                    && (number < field.least() || number > field.limit())) {
                problem(
                        "OutOfRange",
                        "The field " + field.name() + " must be between " + field.least() + " and " + field.limit()
                                + ".",
                        field.name());
            }
        }
    }

    /**
     * Ends the attempt when there are problems.
     *
     * @throws Refusal when there are problems
     */
    void refuseProblems() {
        if (!problems.isEmpty()) {
            throw Refusal.invalid(table.shape, problems);
        }
    }
}
