package org.psasync.pulseway;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.psasync.http.JsonMismatch;
import org.psasync.model.Field;
import org.psasync.model.Problem;
import org.psasync.spi.ConnectorException;

/** The steps of one update, of which some may fail while the others are done (PUSH-12). Not for several threads. */
final class UpdateSteps {
    private final Product product;
    private final List<Problem> problems = new ArrayList<>();
    private final Set<Field<?>> failed = new HashSet<>();
    private boolean written;
    private @Nullable ConnectorException refusal;

    UpdateSteps(Product product) {
        this.product = product;
    }

    /**
     * Does a step. A refusal is noted with its fields; what ends everything, such as a lost answer, is thrown, and leaves the
     * outcome unknown once something was written.
     */
    void run(Set<Field<?>> fields, Runnable step) {
        try {
            step.run();
        } catch (ConnectorException.Rejected e) {
            refusal = e;
            for (Problem problem : e.problems()) {
                fields.stream()
                        .filter(field -> !failed(field))
                        .forEach(field -> problems.add(Problem.of(field, problem.code(), problem.text())));
            }
            failed.addAll(fields);
        } catch (ConnectorException.Forbidden e) {
            refusal = e;
            fields.forEach(field -> refuse(Problem.of(field, Problem.Code.REFUSED, String.valueOf(e.getMessage()))));
        } catch (ConnectorException e) {
            if (!written) {
                throw e;
            }
            fields.forEach(field -> refuse(Problem.of(field, Problem.Code.REFUSED, String.valueOf(e.getMessage()))));
            if (e instanceof ConnectorException.Unavailable lost && lost.outcomeUnknown()) {
                throw e;
            }
        }
    }

    ConnectorException notUnderstood(JsonMismatch e) {
        return new ConnectorException.Unavailable(
                product.displayName() + " gave an answer that cannot be understood: " + e.getMessage(), written, e);
    }

    void wrote() {
        written = true;
    }

    boolean hasWritten() {
        return written;
    }

    void refuse(Problem problem) {
        problems.add(problem);
        if (problem.field() != null) {
            failed.add(problem.field());
        }
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
