package org.psasync.autotask;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.psasync.http.FailureReader;
import org.psasync.http.JsonMismatch;
import org.psasync.http.JsonValue;
import org.psasync.http.RestAnswer;
import org.psasync.model.Problem;
import org.psasync.spi.ConnectorException;

/**
 * What the PSA means by an answer. Refusals come as 500 with sentences, so that the words decide and not the status. Source:
 * the wording that public clients report, 2026-10.
 */
final class Failures implements FailureReader {
    static final Duration PAUSE_OF_THREADS = Duration.ofSeconds(1);
    static final Duration PAUSE_OF_THE_HOUR = Duration.ofMinutes(5);

    private static final Pattern THREADS =
            words("thread threshold|threads? (?:has|have) been exceeded|too many threads");
    private static final Pattern THRESHOLD = words("request threshold|threshold.{0,60}exceeded|too many requests");
    private static final Pattern PERMISSION = words("adequate permissions|required permissions|not have permission");
    private static final Pattern CODE = words("integration ?code");
    private static final Pattern ZONE = words("zone information could not be determined");
    private static final Pattern LOCKED = words("(?:account|user|resource).{0,40}locked|locked out");
    private static final Pattern ABSENT = words("no matching records? found");
    private static final Pattern PASSING =
            words("an unexpected error has occurred|deadlock|time-?out|timed out|try again|temporarily");
    private static final Pattern REQUIRED = words("missing required field");
    private static final Pattern UNKNOWN =
            words("picklist value|does not reference an existing|does not exist or is invalid");
    private static final Pattern DUPLICATE = words("already exists|duplicate");

    private static Pattern words(String alternatives) {
        return Pattern.compile(alternatives, Pattern.CASE_INSENSITIVE);
    }

    @Override
    public Optional<ConnectorException> failure(RestAnswer answer) {
        if (answer.isSuccess()) {
            return Optional.empty();
        }
        List<String> errors = errors(answer.json());
        String all = String.join(" ", errors);
        String told = answer.call().name() + ": Autotask answered with status " + answer.status()
                + (all.isBlank() ? "" : ": " + answer.masked(all));
        if (answer.status() == 401 || has(CODE, all) || has(ZONE, all) || has(LOCKED, all)) {
            return Optional.of(unauthorized(all, told));
        }
        if (answer.status() == 429 || has(THREADS, all) || has(THRESHOLD, all)) {
            boolean ofTheHour = !has(THREADS, all) && has(THRESHOLD, all);
            return Optional.of(new ConnectorException.Throttled(
                    told, answer.retryAfter().orElse(ofTheHour ? PAUSE_OF_THE_HOUR : PAUSE_OF_THREADS)));
        }
        if (answer.status() == 403 || has(PERMISSION, all) && !has(ABSENT, all)) {
            return Optional.of(new ConnectorException.Forbidden(
                    told, Rights.of(answer.call().name(), all)));
        }
        if (answer.status() == 404 || has(ABSENT, all)) {
            return Optional.of(absent(answer, told));
        }
        if (errors.isEmpty()) {
            return FailureReader.byStatus().failure(answer);
        }
        return Optional.of(
                has(PASSING, all)
                        ? new ConnectorException.Unavailable(told, answer.call().isWrite(), null)
                        : new ConnectorException.Rejected(problems(answer, errors)));
    }

    private static boolean has(Pattern pattern, String words) {
        return pattern.matcher(words).find();
    }

    private static ConnectorException unauthorized(String words, String told) {
        String credential =
                has(CODE, words) ? AutotaskProvider.INTEGRATION_CODE : has(ZONE, words) ? AutotaskProvider.USER : null;
        String out = has(ZONE, words)
                ? ". Autotask knows no such user; check the user name"
                : has(LOCKED, words)
                        ? ". The user is locked; an administrator of Autotask can unlock it"
                        : ". User, secret or integration code are wrong, or the user is locked; nothing more is tried with"
                                + " them, because Autotask locks users";
        return new ConnectorException.Unauthorized(told + out, credential);
    }

    /** A web page is not a word about a record. */
    private static ConnectorException absent(RestAnswer answer, String told) {
        boolean page = answer.size() > 0 && answer.json().isMissing();
        return page
                ? answer.unavailable("was answered with status " + answer.status()
                        + " and something that is not JSON; check the server")
                : new ConnectorException.Gone(told);
    }

    static List<String> errors(JsonValue json) {
        List<String> result = new ArrayList<>();
        try {
            for (JsonValue error : json.isObject() ? json.elements("errors") : List.<JsonValue>of()) {
                String text = error.isText() ? error.text() : null;
                if (text != null && !text.isBlank()) {
                    result.add(text.strip());
                }
            }
            String message = json.isObject() ? json.text("Message") : null;
            if (message != null) {
                result.add(message);
            }
        } catch (JsonMismatch e) {
            return result;
        }
        return result;
    }

    /** Sentences that only say where the others belong are no problems of their own. */
    private static List<Problem> problems(RestAnswer answer, List<String> errors) {
        List<Problem> problems = new ArrayList<>();
        for (String error : errors) {
            boolean place = error.toLowerCase(Locale.ROOT).startsWith("error updating entity");
            if (!place || errors.size() == 1) {
                String shown = answer.masked(error.replaceAll("\\s*;?\\s*on record number \\[1\\]\\.?\\s*$", ""));
                problems.add(Problem.ofRecord(code(error), "Autotask refuses it: " + shown));
            }
        }
        return problems;
    }

    private static Problem.Code code(String error) {
        return has(REQUIRED, error)
                ? Problem.Code.REQUIRED
                : has(UNKNOWN, error)
                        ? Problem.Code.UNKNOWN_VALUE
                        : has(DUPLICATE, error) ? Problem.Code.DUPLICATE : Problem.Code.REFUSED;
    }
}
