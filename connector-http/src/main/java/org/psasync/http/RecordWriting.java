package org.psasync.http;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.psasync.model.Field;
import org.psasync.model.FieldValues;
import org.psasync.model.Problem;

/** Turns values into members, field by field. Not for use by several threads. */
final class RecordWriting {
    private final FieldValues values;
    private final boolean create;
    private final List<JsonChange> changes = new ArrayList<>();
    private final Set<Field<?>> apart = new LinkedHashSet<>();
    private final List<Problem> problems = new ArrayList<>();

    RecordWriting(FieldValues values, boolean create) {
        this.values = values;
        this.create = create;
    }

    FieldWriting result() {
        return new FieldWriting(changes, apart, problems);
    }

    <T> void take(FieldMapping<T> mapping) {
        Field<T> field = mapping.field();
        @Nullable T value = values.get(field);
        if (create && value == null) {
            if (mapping.rule().requiredOnCreate()) {
                problems.add(Problem.of(field, Problem.Code.REQUIRED, "Fill in " + field + "; the PSA needs it."));
            }
            return;
        }
        if (!values.has(field)) {
            return;
        }
        if (!mapping.rule().writable()) {
            notWritable(field);
            return;
        }
        if (mapping.isApart()) {
            apart.add(field);
            return;
        }
        JsonValue json = value == null ? mapping.blank() : mapping.form().write(value);
        int longest = mapping.rule().maxLength();
        int length = json.isText() ? json.node().textValue().length() : 0;
        if (longest > 0 && length > longest) {
            problems.add(Problem.of(
                    field,
                    Problem.Code.TOO_LONG,
                    "The " + field + " has " + length + " characters, and the PSA holds " + longest + "; shorten it."));
            return;
        }
        changes.add(new JsonChange(field, mapping.writePath(), json));
    }

    void notWritable(Field<?> field) {
        problems.add(Problem.of(
                field, Problem.Code.NOT_WRITABLE, "The PSA's interface cannot write " + field + "; change it there."));
    }
}
