package org.psasync.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.psasync.model.AssetRef;
import org.psasync.model.Choice;
import org.psasync.model.Field;
import org.psasync.model.FieldValues;
import org.psasync.model.LocalRef;
import org.psasync.model.Problem;
import org.psasync.model.RemoteId;
import org.psasync.model.RemoteRef;
import org.psasync.spi.Draft;
import org.psasync.spi.FieldRule;

/** What a fake PSA refuses of the records sent to it; all that is wrong, at once (PUSH-8). */
final class FakeChecks {
    private final FakeWorld world;

    FakeChecks(FakeWorld world) {
        this.world = world;
    }

    /** Checks a record to be made; {@code given} is a field that the PSA fills in by itself. */
    List<Problem> ofDraft(Draft draft, @Nullable Field<?> given) {
        List<Problem> problems = new ArrayList<>();
        for (FieldRule rule : world.schema(draft.kind()).descriptor().fields()) {
            boolean missing = draft.values().get(rule.field()) == null;
            if (rule.requiredOnCreate() && missing && !rule.field().equals(given)) {
                problems.add(required(rule.field()));
            }
        }
        problems.addAll(ofValues(draft.values(), null));
        return problems;
    }

    List<Problem> ofChanges(FakeRow row, FieldValues changes) {
        List<Problem> problems = new ArrayList<>();
        for (FieldRule rule : world.schema(row.kind()).descriptor().fields()) {
            if (rule.requiredOnCreate() && changes.isBlank(rule.field())) {
                problems.add(required(rule.field()));
            }
        }
        problems.addAll(ofValues(changes, row.id()));
        return problems;
    }

    private List<Problem> ofValues(FieldValues values, @Nullable RemoteId own) {
        List<Problem> problems = new ArrayList<>();
        FakeSchema schema = world.schema(values.kind());
        for (Field<?> field : values.fields()) {
            Object value = values.get(field);
            if (value == null
                    || !schema.descriptor().rule(field).map(FieldRule::writable).orElse(false)) {
                continue;
            }
            int maxLength =
                    schema.descriptor().rule(field).map(FieldRule::maxLength).orElse(0);
            if (value instanceof String text && maxLength > 0 && text.length() > maxLength) {
                problems.add(Problem.of(
                        field, Problem.Code.TOO_LONG, "\"" + text + "\" is longer than " + maxLength + " characters"));
            }
            for (Choice choice : FakeLists.choices(values, field)) {
                if (!world.lists().knows(field, choice)) {
                    problems.add(Problem.of(
                            field, Problem.Code.UNKNOWN_VALUE, "\"" + field + "\" has no value \"" + choice + "\""));
                }
            }
            references(value)
                    .filter(ref -> !isThere(ref))
                    .forEach(ref -> problems.add(Problem.of(field, Problem.Code.INVALID, "There is no " + ref)));
            if (schema.unique().contains(field) && isTaken(field, value, values, own)) {
                problems.add(Problem.of(
                        field, Problem.Code.DUPLICATE, "There is a record with the " + field + " \"" + value + "\""));
            }
        }
        return problems;
    }

    private static Stream<AssetRef> references(Object value) {
        if (value instanceof AssetRef ref) {
            return Stream.of(ref);
        }
        return value instanceof Set<?> set
                ? set.stream().filter(AssetRef.class::isInstance).map(AssetRef.class::cast)
                : Stream.of();
    }

    private boolean isThere(AssetRef ref) {
        if (ref instanceof LocalRef) {
            throw new IllegalArgumentException("A connector takes references to the PSA's records only, not " + ref);
        }
        FakeRow row = world.seen(ref.kind(), ((RemoteRef) ref).id());
        return row != null && !row.deleted();
    }

    private boolean isTaken(Field<?> field, Object value, FieldValues values, @Nullable RemoteId own) {
        return world.table(values.kind()).rows().stream()
                .filter(row -> !row.deleted() && !row.id().equals(own))
                .map(row -> row.values().get(field))
                .anyMatch(other -> other != null && value.toString().equalsIgnoreCase(other.toString()));
    }

    private static Problem required(Field<?> field) {
        return Problem.of(field, Problem.Code.REQUIRED, "\"" + field + "\" is needed; fill it in");
    }
}
