package org.psasync.connectwise;

import static java.util.Objects.requireNonNullElse;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.psasync.http.FailureReader;
import org.psasync.http.JsonMismatch;
import org.psasync.http.JsonValue;
import org.psasync.http.RestAnswer;
import org.psasync.model.Field;
import org.psasync.model.Problem;
import org.psasync.spi.ConnectorException;

/**
 * What ConnectWise means by an answer that is no success.
 *
 * <p>A 404 that does not speak of a record is left to {@link Api}: it can mean a code base that moved, and in the cloud
 * wrong keys. Source: ConnectWise developer guide, Status codes; recorded error bodies, 2026-10.
 */
final class Failures implements FailureReader {
    private static final Duration UNNAMED_PAUSE = Duration.ofSeconds(30);
    private static final Pattern SECONDS = Pattern.compile("in (\\d{1,4}) seconds");

    private final Kinds kinds;

    Failures(Kinds kinds) {
        this.kinds = kinds;
    }

    @Override
    public Optional<ConnectorException> failure(RestAnswer answer) {
        String code = said(answer, "code");
        String message = said(answer, "message");
        String told = answer.call().name() + ": ConnectWise answered with status " + answer.status()
                + (message.isEmpty() ? "" : ": " + answer.masked(message));
        if (lacksPrefix(answer)) {
            return Optional.of(withoutPrefix(told));
        }
        return switch (answer.status()) {
            case 400 -> Optional.of(new ConnectorException.Rejected(problems(answer, told)));
            case 401 ->
                Optional.of(new ConnectorException.Unauthorized(
                        told + ". The public key or the private key is wrong, or the API member is inactive", null));
            case 403 -> Optional.of(refused(answer, message, told));
            case 404 -> code.equals("NotFound") ? Optional.of(new ConnectorException.Gone(told)) : Optional.empty();
            case 429 -> Optional.of(new ConnectorException.Throttled(told, pause(answer, message)));
            case 500 -> Optional.of(broken(answer, message, told));
            default -> FailureReader.byStatus().failure(answer);
        };
    }

    /** Whether the cloud was called by a host name without {@code api-}; with which status it says so is not known. */
    static boolean lacksPrefix(RestAnswer answer) {
        return said(answer, "code").equals("Security")
                && said(answer, "message").toLowerCase(Locale.ROOT).contains("ssl");
    }

    static ConnectorException.Unauthorized withoutPrefix(String told) {
        return new ConnectorException.Unauthorized(
                told + ". Enter the site with the prefix api-, such as api-na.myconnectwise.net",
                ConnectWiseProvider.SITE);
    }

    private static ConnectorException refused(RestAnswer answer, String message, String told) {
        String words = message.toLowerCase(Locale.ROOT);
        if (words.contains("clientid") || words.contains("client id")) {
            return new ConnectorException.Unauthorized(
                    told + ". The client ID is wrong or missing", ConnectWiseProvider.CLIENT_ID);
        }
        String right = Rights.of(answer.call().name());
        return new ConnectorException.Forbidden(told + ". The API member lacks the right \"" + right + "\"", right);
    }

    /** A value of the wrong type fails every time; what timed out may work later; of the rest nobody knows. */
    private static ConnectorException broken(RestAnswer answer, String message, String told) {
        if (message.startsWith("Error converting value")) {
            return new ConnectorException.Rejected(List.of(Problem.ofRecord(Problem.Code.INVALID, told)));
        }
        boolean passing = message.isEmpty() || message.toLowerCase(Locale.ROOT).contains("timeout");
        return new ConnectorException.Unavailable(told, answer.call().isWrite(), passing ? null : new ServerFault());
    }

    private static Duration pause(RestAnswer answer, String message) {
        Matcher seconds = SECONDS.matcher(message);
        return answer.retryAfter()
                .orElseGet(() -> seconds.find() ? Duration.ofSeconds(Long.parseLong(seconds.group(1))) : UNNAMED_PAUSE);
    }

    private List<Problem> problems(RestAnswer answer, String told) {
        List<Problem> result = new ArrayList<>();
        for (JsonValue error : errors(answer)) {
            result.add(problem(answer, error));
        }
        return result.isEmpty() ? List.of(Problem.ofRecord(Problem.Code.REFUSED, told)) : result;
    }

    private Problem problem(RestAnswer answer, JsonValue error) {
        String member = said(error, "field");
        String words = answer.masked(said(error, "message"));
        Problem.Code code = switch (said(error, "code")) {
            case "MissingRequiredField" -> Problem.Code.REQUIRED;
            case "NotFound" -> Problem.Code.UNKNOWN_VALUE;
            case "ObjectExists" -> Problem.Code.DUPLICATE;
            default -> Problem.Code.INVALID;
        };
        List<Field<?>> fields = kinds.fieldsOf(answer.call().name(), member);
        return fields.size() == 1
                ? Problem.of(fields.get(0), code, "ConnectWise refuses the value: " + words)
                : Problem.ofRecord(
                        code,
                        "ConnectWise refuses the record"
                                + (member.isEmpty() ? ": " : " because of its field " + member + ": ") + words);
    }

    private static List<JsonValue> errors(RestAnswer answer) {
        try {
            return answer.json().elements("errors");
        } catch (JsonMismatch e) {
            return List.of();
        }
    }

    private static String said(RestAnswer answer, String member) {
        return said(answer.json(), member);
    }

    private static String said(JsonValue value, String member) {
        @Nullable JsonValue said = value.isObject() ? value.at(member) : null;
        return said != null && said.isText() ? requireNonNullElse(said.text(), "") : "";
    }
}
