package org.psasync.http;

import java.util.List;
import java.util.Set;
import org.psasync.model.Field;
import org.psasync.model.Problem;
import org.psasync.spi.ConnectorException;

/**
 * What is to be sent for some values.
 *
 * @param changes the members to write, in the order of the map
 * @param apart fields that the connector writes by calls of its own
 * @param problems fields that are not written, each with its reason: too long, missing, not writable
 */
public record FieldWriting(List<JsonChange> changes, Set<Field<?>> apart, List<Problem> problems) {
    public FieldWriting {
        changes = List.copyOf(changes);
        apart = Set.copyOf(apart);
        problems = List.copyOf(problems);
    }

    /** Returns an object that holds all changes and nothing else. */
    public JsonValue body() {
        return onto(JsonValue.object());
    }

    /** Returns a record with all changes laid over it; the rest stays as read (FIELD-5). */
    public JsonValue onto(JsonValue record) {
        JsonValue result = record;
        for (JsonChange change : changes) {
            result = result.with(change.path(), change.value());
        }
        return result;
    }

    /**
     * Returns this writing when every value can be held by the PSA. Fields that it never takes are no obstacle: they stay
     * in {@link #problems}, to be reported.
     *
     * @throws ConnectorException.Rejected with every other problem at once (PUSH-8)
     */
    public FieldWriting orRefuse() {
        List<Problem> grave = problems.stream()
                .filter(problem -> problem.code() != Problem.Code.NOT_WRITABLE)
                .toList();
        if (!grave.isEmpty()) {
            throw new ConnectorException.Rejected(grave);
        }
        return this;
    }
}
