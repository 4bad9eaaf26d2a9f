package org.psasync.connectwise;

import org.psasync.model.Field;
import org.psasync.model.Problem;

/** A value that cannot be sent; caught where the problems of a record are gathered. */
final class NotWritable extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final transient Problem problem;

    NotWritable(Problem problem) {
        super(problem.text(), null, false, false);
        this.problem = problem;
    }

    static NotWritable unknown(Field<?> field, String text) {
        return new NotWritable(Problem.of(field, Problem.Code.UNKNOWN_VALUE, text));
    }

    Problem problem() {
        return problem;
    }
}
