package org.psasync.connectwise;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.psasync.http.JsonMismatch;
import org.psasync.model.Field;
import org.psasync.model.Problem;
import org.psasync.spi.ConnectorException;

/**
 * The calls of one update, and what became of each field (PUSH-12).
 *
 * <p>A refusal concerns the fields of its call, and the others go on. A call that may or may not have been carried out,
 * or that fails for the moment after another one has written, leaves the whole update open: the record must be read
 * before anything is sent again (MERGE-9). Not for use by several threads.
 */
final class UpdateSteps {
    private final List<Problem> problems = new ArrayList<>();
    private final Set<Field<?>> failed = new LinkedHashSet<>();
    private boolean written;
    private @Nullable ConnectorException refusal;

    /** One call or more. */
    interface Step {
        void run();
    }

    /** Runs a step that writes. */
    void run(Field<?> field, Step step) {
        run(Set.of(field), step, true);
    }

    void run(Field<?> field, Step step, boolean writes) {
        run(Set.of(field), step, writes);
    }

    void run(Set<Field<?>> fields, Step step, boolean writes) {
        try {
            step.run();
            written |= writes;
        } catch (NotWritable e) {
            refuse(e.problem());
        } catch (ConnectorException.Rejected e) {
            refusal = e;
            e.problems().forEach(problem -> refuse(problem, fields));
        } catch (ConnectorException.Forbidden e) {
            refusal = e;
            refuse(Problem.ofRecord(Problem.Code.REFUSED, String.valueOf(e.getMessage())), fields);
        } catch (ConnectorException.Throttled | ConnectorException.Unavailable e) {
            if (!written) {
                throw e;
            }
            throw new ConnectorException.Unavailable(
                    "A part of the change was written, and then: " + e.getMessage(), true, e);
        } catch (JsonMismatch e) {
            throw notUnderstood(e, writes);
        }
    }

    /** @param writes whether the answer may be that of a write */
    ConnectorException notUnderstood(JsonMismatch e, boolean writes) {
        return new ConnectorException.Unavailable(
                "ConnectWise gave an answer that cannot be understood: " + e.getMessage(), written || writes, e);
    }

    /** Notes, within a step, that a call has written. */
    void wrote() {
        written = true;
    }

    /** Notes a refusal by its field, or by each of the fields of the call when it names none. */
    private void refuse(Problem problem, Set<Field<?>> fields) {
        if (problem.field() != null && fields.contains(problem.field())) {
            refuse(problem);
        } else {
            fields.forEach(field -> refuse(Problem.of(field, problem.code(), problem.text())));
        }
    }

    void refuse(Problem problem) {
        if (!problems.contains(problem)) {
            problems.add(problem);
        }
        if (problem.field() != null) {
            failed.add(problem.field());
        }
    }

    void refuse(List<Problem> several) {
        several.forEach(this::refuse);
    }

    boolean failed(Field<?> field) {
        return failed.contains(field);
    }

    /**
     * Returns what was not written.
     *
     * @throws ConnectorException.Rejected when nothing was, and not only for want of a way to write it
     * @throws ConnectorException.Forbidden when nothing was, for want of a right
     */
    List<Problem> outcome() {
        boolean refused = problems.stream().anyMatch(problem -> problem.code() != Problem.Code.NOT_WRITABLE);
        if (!written && refused) {
            if (refusal instanceof ConnectorException.Forbidden) {
                throw refusal;
            }
            throw new ConnectorException.Rejected(problems);
        }
        return List.copyOf(problems);
    }
}
