package org.psasync.pulseway;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.psasync.http.RestAnswer;
import org.psasync.spi.ConnectorException;

/**
 * Being logged in to a tenant: one token for all threads, renewed before it expires (PSA-PW-1).
 *
 * <p>A token that the PSA refuses is followed by one new log-in. A log-in that was refused, or that did not help, is not
 * tried again, because accounts get locked (SAFE-3); only a check of the connection begins anew. Safe for use by several
 * threads.
 */
final class Session {
    static final String TENANT = "tenant";
    static final String USER = "user";
    static final String PASSWORD = "password";

    private final LogIn logIn;
    private final InstantSource clock;
    private LogIn.@Nullable Token token;
    private long generation;
    private @Nullable ConnectorException refused;

    Session(LogIn logIn, InstantSource clock) {
        this.logIn = logIn;
        this.clock = clock;
    }

    /** Returns the header that carries the token; logs in, or renews the token, where it is time for it. */
    synchronized Map<String, String> headers() {
        if (refused != null) {
            throw again(refused);
        }
        LogIn.Token known = token;
        if (known == null || known.renewal() == null && isTime(known)) {
            known = logIn();
        } else if (isTime(known)) {
            known = renewed(known);
        }
        token = known;
        return Map.of("Authorization", "Bearer " + known.access());
    }

    private boolean isTime(LogIn.Token known) {
        return !clock.instant().isBefore(known.renewAt());
    }

    /** Counts the log-ins, so that one refusal of a token is followed by one only. */
    synchronized long generation() {
        return generation;
    }

    /**
     * Logs in anew after a token was refused.
     *
     * @param used the count of log-ins when the call began
     */
    synchronized void renewAfterRefusal(long used) {
        if (refused != null) {
            throw again(refused);
        }
        if (generation == used) {
            token = null;
            token = logIn();
        }
    }

    /** A token that is just new is refused too: nothing else is tried with these credentials. */
    synchronized void stop(ConnectorException.Unauthorized failure) {
        refused = failure;
    }

    /** Lets a person try again. */
    synchronized void beginAnew() {
        refused = null;
        token = null;
    }

    private static ConnectorException again(ConnectorException failure) {
        String message = String.valueOf(failure.getMessage());
        return failure instanceof ConnectorException.Unauthorized known
                ? new ConnectorException.Unauthorized(message, known.credential())
                : failure;
    }

    private LogIn.Token logIn() {
        try {
            LogIn.Token made = logIn.first();
            generation++;
            return made;
        } catch (ConnectorException.Unauthorized e) {
            refused = e;
            throw e;
        }
    }

    /** A token that cannot be renewed any more is followed by a log-in. */
    private LogIn.Token renewed(LogIn.Token known) {
        try {
            return logIn.renewed(known);
        } catch (ConnectorException.Unauthorized e) {
            token = null;
            return logIn();
        }
    }

    /** Returns the time of an answer by the server's clock, else the other time. */
    static Instant serverTime(RestAnswer answer, Instant otherwise) {
        try {
            return answer.header("Date")
                    .map(date -> ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant())
                    .orElse(otherwise);
        } catch (DateTimeException e) {
            return otherwise;
        }
    }
}
