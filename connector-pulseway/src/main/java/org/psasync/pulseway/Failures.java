package org.psasync.pulseway;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.psasync.http.FailureReader;
import org.psasync.http.JsonMismatch;
import org.psasync.http.JsonValue;
import org.psasync.http.RestAnswer;
import org.psasync.model.Problem;
import org.psasync.spi.ConnectorException;

/**
 * What the PSA means by an answer. {@code Success} false is a failure whatever the status; its code, else the status, says
 * which. Source: BMS API 2.0, ErrorInfo, 2026-10; which codes and words are used is not documented.
 */
final class Failures implements FailureReader {
    static final Duration UNNAMED_PAUSE = Duration.ofMinutes(1);

    private final Product product;

    Failures(Product product) {
        this.product = product;
    }

    @Override
    public Optional<ConnectorException> failure(RestAnswer answer) {
        if (answer.isSuccess() && !isFailure(answer)) {
            return Optional.empty();
        }
        String words = words(answer);
        String told = answer.call().name() + ": " + product.displayName() + " answered with status " + answer.status()
                + (words.isEmpty() ? "" : ": " + words);
        int code = code(answer);
        if (code == 404 || code == 410 || isFailure(answer) && speaksOfAbsence(words)) {
            return Optional.of(gone(answer, told));
        }
        return switch (code) {
            case 401 ->
                Optional.of(new ConnectorException.Unauthorized(
                        told + ". The token was refused; check that the user's security role has API access", null));
            case 403 ->
                Optional.of(new ConnectorException.Forbidden(
                        told + ". The user may not do this",
                        Rights.of(answer.call().name())));
            case 429 ->
                Optional.of(new ConnectorException.Throttled(
                        told, answer.retryAfter().orElse(UNNAMED_PAUSE)));
            default ->
                isFailure(answer) || code == 400 || code == 409 || code == 422
                        ? Optional.of(
                                code >= 500
                                        ? new ConnectorException.Unavailable(
                                                told, answer.call().isWrite(), null)
                                        : new ConnectorException.Rejected(problems(answer, code, told)))
                        : FailureReader.byStatus().failure(answer);
        };
    }

    /** Whether the answer is an envelope that says so. */
    static boolean isFailure(RestAnswer answer) {
        return isFalse(answer.json());
    }

    private static boolean isFalse(JsonValue json) {
        try {
            return json.isObject() && Boolean.FALSE.equals(json.flag("Success"));
        } catch (JsonMismatch e) {
            return false;
        }
    }

    /** The code of the envelope where it is one that a status could be, else the status. */
    static int code(RestAnswer answer) {
        try {
            Long code = answer.json().isObject() ? answer.json().integer("Error/Code") : null;
            return code != null && code >= 400 && code < 600 ? code.intValue() : answer.status();
        } catch (JsonMismatch e) {
            return answer.status();
        }
    }

    /** What the envelope says, masked; empty when nothing. */
    static String words(RestAnswer answer) {
        List<String> words = new ArrayList<>();
        for (String member : List.of("Error/Message", "Error/Details")) {
            String text = text(answer.json(), member);
            if (!text.isEmpty() && !words.contains(text)) {
                words.add(text);
            }
        }
        return answer.masked(String.join(" ", words));
    }

    private static String text(JsonValue json, String member) {
        JsonValue said = json.isObject() ? json.at(member) : JsonValue.missing();
        String text = said.isText() ? said.text() : null;
        return text == null ? "" : text;
    }

    /** Only an answer of the PSA itself, or an empty one, is a word about a record (C6.2). */
    private static ConnectorException gone(RestAnswer answer, String told) {
        boolean page = answer.size() > 0 && answer.json().isMissing();
        return page
                ? answer.unavailable("was answered with status " + answer.status()
                        + " and something that is not JSON; check the server")
                : new ConnectorException.Gone(told);
    }

    private static boolean speaksOfAbsence(String words) {
        return words.toLowerCase(Locale.ROOT)
                .matches(".*\\b(not found|does not exist|doesn't exist|no longer exists)\\b.*");
    }

    private List<Problem> problems(RestAnswer answer, int code, String told) {
        List<Problem> problems = new ArrayList<>();
        for (String error : subErrors(answer)) {
            String words = answer.masked(error);
            String text = product.displayName() + " refuses the record: " + words;
            problems.add(Problem.ofRecord(problemCode(code, error), text));
        }
        return problems.isEmpty() ? List.of(Problem.ofRecord(problemCode(code, told), told)) : problems;
    }

    private static Problem.Code problemCode(int code, String words) {
        String lower = words.toLowerCase(Locale.ROOT);
        if (code == 409 || lower.contains("already exists") || lower.contains("duplicate")) {
            return Problem.Code.DUPLICATE;
        }
        return lower.contains("required") ? Problem.Code.REQUIRED : Problem.Code.REFUSED;
    }

    private static List<String> subErrors(RestAnswer answer) {
        List<String> result = new ArrayList<>();
        try {
            for (JsonValue error : answer.json().elements("Error/SubErrors")) {
                String text = error.isText() ? error.text() : null;
                if (text != null) {
                    result.add(text);
                }
            }
        } catch (JsonMismatch e) {
            result.clear();
        }
        return result;
    }
}
