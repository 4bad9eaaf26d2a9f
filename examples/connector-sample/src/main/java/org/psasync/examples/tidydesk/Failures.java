package org.psasync.examples.tidydesk;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.psasync.http.FailureReader;
import org.psasync.http.JsonValue;
import org.psasync.http.RestAnswer;
import org.psasync.model.Problem;
import org.psasync.spi.ConnectorException;

// guide: failures
/** What Tidydesk means by an answer, where the status alone does not tell. */
final class Failures {
    private Failures() {}

    static Optional<ConnectorException> read(RestAnswer answer) {
        String call = answer.call().name();
        return switch (answer.status()) {
            case 403 ->
                Optional.of(new ConnectorException.Forbidden(
                        call + " is not allowed; give the token the right",
                        Objects.requireNonNullElse(answer.json().text("right"), call)));
            case 422 -> Optional.of(new ConnectorException.Rejected(problems(answer)));
            default -> FailureReader.byStatus().failure(answer);
        };
    }

    private static List<Problem> problems(RestAnswer answer) {
        List<Problem> problems = new ArrayList<>();
        for (JsonValue problem : answer.json().elements("problems")) {
            String text = answer.masked(Objects.toString(problem.text("text")));
            problems.add(Problem.ofRecord(Problem.Code.REFUSED, "Tidydesk refuses the record: " + text));
        }
        return problems.isEmpty()
                ? List.of(Problem.ofRecord(Problem.Code.REFUSED, "Tidydesk refuses the record"))
                : problems;
    }
}
// guide: end
