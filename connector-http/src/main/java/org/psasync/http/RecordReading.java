package org.psasync.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.psasync.model.AssetKind;
import org.psasync.model.FieldValues;
import org.psasync.model.Problem;

/** Reads one record, member by member. Not for use by several threads. */
final class RecordReading {
    private final JsonValue record;
    private final boolean full;
    private final Predicate<String> hidden;
    private final FieldValues.Builder values;
    private List<Problem> problems = List.of();
    private List<Problem> notes = List.of();

    RecordReading(AssetKind kind, JsonValue record, boolean full, Predicate<String> hidden) {
        this.record = record;
        this.full = full;
        this.hidden = hidden;
        this.values = FieldValues.of(kind);
    }

    FieldReading result() {
        return new FieldReading(values.build(), problems, notes);
    }

    <T> void take(FieldMapping<T> mapping) {
        JsonValue member = record.at(mapping.path());
        if (!full && member.isMissing()) {
            return;
        }
        if (member.isBlank()) {
            values.set(mapping.field(), null);
            return;
        }
        JsonNode node = member.node();
        if (node.isTextual() && hidden.test(node.textValue())) {
            return;
        }
        try {
            T value = mapping.form().read(member);
            if (full || value != null || !mapping.path().isSelf()) {
                values.set(mapping.field(), value);
            }
        } catch (JsonMismatch e) {
            add(mapping, Objects.requireNonNull(e.getMessage()), e.isNote());
        } catch (IllegalArgumentException | DateTimeException | ClassCastException e) {
            // their messages may quote the value
            add(mapping, "holds something that cannot be a " + mapping.field().type(), false);
        }
    }

    private void add(FieldMapping<?> mapping, String what, boolean note) {
        String subject = mapping.path().isSelf() ? "The record" : "The member \"" + mapping.path() + "\"";
        Problem problem = Problem.of(
                mapping.field(),
                Problem.Code.INVALID,
                what.startsWith("The member") ? what + "." : subject + " " + what + (note ? "; it is left out." : "."));
        if (note) {
            notes = plus(notes, problem);
        } else {
            problems = plus(problems, problem);
        }
    }

    private static List<Problem> plus(List<Problem> list, Problem problem) {
        List<Problem> more = new ArrayList<>(list);
        more.add(problem);
        return more;
    }
}
