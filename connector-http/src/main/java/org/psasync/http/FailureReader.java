package org.psasync.http;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.psasync.model.Problem;
import org.psasync.spi.ConnectorException;

/**
 * Tells whether an answer is a failure, and which; handed in by the connector, since PSAs disagree on what a status means.
 *
 * <p>It sees every answer, those of status 200 too. What it does not recognise it leaves to {@link #byStatus()}.
 */
@FunctionalInterface
public interface FailureReader {
    /** Returns the failure that the answer is; empty when it is a good one. */
    Optional<ConnectorException> failure(RestAnswer answer);

    /**
     * Returns the reading by status alone: 401 {@code Unauthorized}, 403 {@code Forbidden}, 404 and 410 {@code Gone}, 412
     * {@code Stale}, 429 {@code Throttled}, 408, 3xx and 5xx {@code Unavailable}, other 4xx {@code Rejected}; a 503 with
     * {@code Retry-After} is {@code Throttled} for a read.
     *
     * <p>A write answered by 5xx may have taken effect: its outcome is unknown.
     */
    static FailureReader byStatus() {
        return FailureReader::readStatus;
    }

    private static Optional<ConnectorException> readStatus(RestAnswer answer) {
        int status = answer.status();
        if (answer.isSuccess()) {
            return Optional.empty();
        }
        String said = answer.call().name() + " was answered with status " + status + said(answer);
        return Optional.of(
                switch (status) {
                    case 401 -> new ConnectorException.Unauthorized(said, null);
                    case 403 ->
                        new ConnectorException.Forbidden(said, answer.call().name());
                    case 404, 410 -> new ConnectorException.Gone(said);
                    case 412 -> new ConnectorException.Stale(said);
                    case 429 ->
                        new ConnectorException.Throttled(
                                said, answer.retryAfter().orElse(Duration.ZERO));
                    default -> other(answer, said);
                });
    }

    private static ConnectorException other(RestAnswer answer, String said) {
        int status = answer.status();
        if (status >= 400 && status < 500 && status != 408) {
            return new ConnectorException.Rejected(List.of(Problem.ofRecord(Problem.Code.REFUSED, said)));
        }
        Optional<Duration> pause = answer.retryAfter();
        if (status == 503 && !answer.call().isWrite() && pause.isPresent()) {
            return new ConnectorException.Throttled(said, pause.get());
        }
        boolean surelyNotDone = status == 307 || status == 308;
        return new ConnectorException.Unavailable(
                said + (status >= 300 && status < 400 ? "; redirects are not followed, check the address" : ""),
                answer.call().isWrite() && !surelyNotDone,
                null);
    }

    private static String said(RestAnswer answer) {
        for (String member : List.of("message", "Message", "error/message", "errors/0", "errors/0/message", "error")) {
            JsonValue text = answer.json().at(member);
            if (text.isText() && !text.isBlank()) {
                return ": " + answer.masked(String.valueOf(text.text()));
            }
        }
        return "";
    }
}
