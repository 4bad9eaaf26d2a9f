package org.psasync.pulseway;

import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.psasync.http.JsonMismatch;
import org.psasync.http.JsonValue;
import org.psasync.http.RestAnswer;
import org.psasync.http.RestCall;
import org.psasync.http.RestClient;
import org.psasync.spi.ConnectorConfig;
import org.psasync.spi.ConnectorException;

/**
 * The log-in of a tenant: one token for all threads, renewed before it expires (PSA-PW-1).
 *
 * <p>A token that the PSA refuses is followed by one new log-in. A log-in that was refused, or that did not help, is not
 * tried again, because accounts get locked (SAFE-3); only a check of the connection begins anew. Safe for use by several
 * threads. Source: BMS API 2.0, Security, 2026-10.
 */
final class Session {
    static final String TENANT = "tenant";
    static final String USER = "user";
    static final String PASSWORD = "password";

    private static final Duration USUAL_LIFETIME = Duration.ofMinutes(10);
    private static final Duration MARGIN = Duration.ofMinutes(2);

    private final RestClient rest;
    private final ConnectorConfig config;
    private final InstantSource clock;
    private final String host;
    private @Nullable Token token;
    private long generation;
    private @Nullable ConnectorException refused;

    /** @param rest sends no credentials of its own */
    Session(RestClient rest, ConnectorConfig config, String host) {
        this.rest = rest;
        this.config = config;
        this.clock = config.clock();
        this.host = host;
    }

    /** @param renewAt when it is to be renewed, by our clock */
    private record Token(String access, String refresh, Instant renewAt) {}

    /** Returns the header that carries the token; logs in, or renews the token, where it is time for it. */
    synchronized Map<String, String> headers() {
        if (refused != null) {
            throw again(refused);
        }
        Token known = token;
        if (known == null) {
            known = logIn();
        } else if (!clock.instant().isBefore(known.renewAt())) {
            known = renewed(known);
        }
        token = known;
        return Map.of("Authorization", "Bearer " + known.access());
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

    private Token logIn() {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("GrantType", "password");
        form.put("UserName", config.required(USER));
        form.put("Password", config.required(PASSWORD));
        form.put("Tenant", config.required(TENANT));
        try {
            Token made = send("security.authenticate", "v2/security/authenticate", form);
            generation++;
            return made;
        } catch (ConnectorException.Unauthorized e) {
            refused = e;
            throw e;
        }
    }

    /** A token that cannot be renewed any more is followed by a log-in. */
    private Token renewed(Token known) {
        try {
            return send(
                    "security.refresh",
                    "v2/security/refreshtoken",
                    Map.of("AccessToken", known.access(), "RefreshToken", known.refresh()));
        } catch (ConnectorException.Unauthorized e) {
            token = null;
            return logIn();
        }
    }

    /** Sent as a write, which is never repeated by itself; that it may have taken effect does not matter. */
    private Token send(String name, String path, Map<String, String> form) {
        RestAnswer answer;
        try {
            answer = rest.call(RestCall.write(name, "POST", path).form(form).withoutCredentials());
        } catch (ConnectorException.Unavailable e) {
            throw atFirstContact(e);
        }
        try {
            JsonValue result = Api.result(answer.json());
            String access = result.text("AccessToken");
            if (access == null) {
                throw new JsonMismatch("it holds no token");
            }
            String refresh = result.text("RefreshToken");
            return new Token(access, refresh == null ? "" : refresh, renewAt(answer, result));
        } catch (JsonMismatch e) {
            throw new ConnectorException.Unavailable(
                    name + " got an answer that cannot be understood: " + e.getMessage(), false, e);
        }
    }

    /** The time of expiry is the server's; what counts is how long that is from the server's own time. */
    private Instant renewAt(RestAnswer answer, JsonValue result) {
        Instant now = clock.instant();
        Instant expires = result.instant("AccessTokenExpireOn");
        Duration lifetime = expires == null ? USUAL_LIFETIME : Duration.between(serverTime(answer, now), expires);
        Duration margin = lifetime.dividedBy(4).compareTo(MARGIN) < 0 ? lifetime.dividedBy(4) : MARGIN;
        return now.plus(lifetime.minus(margin));
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

    /** At a log-in a wrong name is likelier than a passing failure. */
    private ConnectorException atFirstContact(ConnectorException.Unavailable failure) {
        if (has(failure, UnresolvedAddressException.class) || has(failure, UnknownHostException.class)) {
            return new ConnectorException.Unauthorized(
                    "There is no host " + host + "; check the server", Server.SERVER);
        }
        if (has(failure, SSLException.class)) {
            return new ConnectorException.Unauthorized(
                    "The certificate of " + host + " is not trusted; nothing was sent. Check the server",
                    Server.SERVER);
        }
        return new ConnectorException.Unavailable(String.valueOf(failure.getMessage()), false, failure);
    }

    private static boolean has(Throwable failure, Class<? extends Throwable> type) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (type.isInstance(at)) {
                return true;
            }
        }
        return false;
    }
}
