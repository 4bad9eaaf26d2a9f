package org.psasync.autotask;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.psasync.autotask.Metadata.Fields;
import org.psasync.autotask.Metadata.Member;
import org.psasync.autotask.Metadata.Pick;
import org.psasync.http.JsonChange;
import org.psasync.http.JsonValue;
import org.psasync.model.Field;
import org.psasync.model.Problem;

/**
 * The members of a write, with the fields that they come from, and what the tenant's own metadata says against them.
 *
 * @param fields by the names of the members; what the connection fills by itself has none
 */
record Body(JsonValue json, Map<String, Field<?>> fields) {
    static Body of(List<JsonChange> changes) {
        JsonValue json = JsonValue.object();
        Map<String, Field<?>> fields = new LinkedHashMap<>();
        for (JsonChange change : changes) {
            json = json.with(change.path(), change.value());
            fields.put(change.path(), change.field());
        }
        return new Body(json, fields);
    }

    Body with(String member, @Nullable Object value) {
        return new Body(json.with(member, value), fields);
    }

    /** Adds a member unless there is one already. */
    Body orElse(String member, Object value) {
        return json.at(member).isBlank() ? with(member, value) : this;
    }

    /** What is too long, or not in its pick list. */
    List<Problem> problems(Fields metadata) {
        List<Problem> problems = new ArrayList<>();
        for (String name : json.names()) {
            Member member = metadata.find(name);
            JsonValue value = json.at(name);
            if (member != null && !value.isBlank()) {
                problem(member, value, problems);
            }
        }
        return problems;
    }

    private void problem(Member member, JsonValue value, List<Problem> problems) {
        if (member.picks() != null && !value.isObject()) {
            String picked = String.valueOf(value.text());
            boolean listed = member.picks().stream()
                    .filter(Pick::active)
                    .anyMatch(pick -> pick.value().equals(picked));
            if (!listed) {
                problems.add(problem(
                        member.name(),
                        Problem.Code.UNKNOWN_VALUE,
                        "Autotask offers no value " + picked + " of " + member.name() + " any more; choose another."));
            }
        } else if (member.length() > 0 && value.isText()) {
            int length = Objects.requireNonNullElse(value.text(), "").length();
            if (length > member.length()) {
                problems.add(problem(
                        member.name(),
                        Problem.Code.TOO_LONG,
                        "It has " + length + " characters, and Autotask holds " + member.length() + "; shorten it."));
            }
        }
    }

    /**
     * What the tenant requires of a new record and is not here.
     *
     * @param later members that are filled when the record is made
     */
    List<Problem> missing(Fields metadata, Set<String> later) {
        List<Problem> problems = new ArrayList<>();
        for (Member member : metadata.members().values()) {
            boolean needed =
                    member.required() && !member.readOnly() && !member.name().equals("id");
            if (needed && json.at(member.name()).isBlank() && !later.contains(member.name())) {
                problems.add(
                        Problem.ofRecord(
                                Problem.Code.REQUIRED,
                                "This Autotask requires \"" + member.name()
                                        + "\" of new records, which is not filled here; fill it in, or have it made optional there."));
            }
        }
        return problems;
    }

    private Problem problem(String member, Problem.Code code, String text) {
        return new Problem(fields.get(member), code, text);
    }
}
