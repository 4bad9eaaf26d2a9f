package org.psasync.pulseway;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.psasync.http.JsonMismatch;
import org.psasync.http.JsonValue;
import org.psasync.http.RestAnswer;
import org.psasync.http.RestCall;
import org.psasync.http.RestClient;
import org.psasync.model.Problem;
import org.psasync.spi.ConnectorConfig;
import org.psasync.spi.ConnectorException;

/**
 * Writes locations through API v1, since v2 cannot; off unless the connection asks for it. It has a log-in of its own.
 *
 * <p>Safe for use by several threads. Source: public clients of API v1, 2026-10; the vendor publishes no description.
 */
final class LocationsV1 {
    static final String SWITCH = "locationsThroughV1";

    private static final String PATH = "api/crm/locations";
    private static final Duration MARGIN = Duration.ofMinutes(2);

    private final RestClient rest;
    private final ConnectorConfig config;
    private final InstantSource clock;
    private @Nullable String token;
    private Instant renewAt = Instant.MIN;

    LocationsV1(RestClient rest, ConnectorConfig config) {
        this.rest = rest;
        this.config = config;
        this.clock = config.clock();
    }

    static boolean isWanted(ConnectorConfig config) {
        String wanted = config.optional(SWITCH);
        if (wanted != null && !wanted.equalsIgnoreCase("true") && !wanted.equalsIgnoreCase("false")) {
            throw new IllegalArgumentException("The credential \"" + SWITCH + "\" must be true or false");
        }
        return Boolean.parseBoolean(wanted);
    }

    /** Makes a location and returns its number. */
    long create(long account, JsonValue body) {
        RestAnswer answer = call(RestCall.write("locations.create", "POST", PATH)
                .json(body.with("IsMain", false).with("AccountId", account)));
        Long id = result(answer).integer("Id");
        if (id == null) {
            throw answer.unavailable("was answered without the location that was made");
        }
        return id;
    }

    /** Replaces a location; what is to stay is in the body too. */
    void update(long account, long location, JsonValue body) {
        result(call(RestCall.write("locations.update", "PUT", PATH + "/{}", location)
                .json(body.with("AccountId", account))));
    }

    private RestAnswer call(RestCall call) {
        return rest.call(call.header("Authorization", "Bearer " + token()).withoutCredentials());
    }

    private synchronized String token() {
        String known = token;
        if (known == null || !clock.instant().isBefore(renewAt)) {
            known = logIn();
            token = known;
        }
        return known;
    }

    private String logIn() {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "password");
        form.put("username", config.required(Session.USER));
        form.put("password", config.required(Session.PASSWORD));
        form.put("tenant", config.required(Session.TENANT));
        JsonValue answer;
        try {
            answer = rest.call(RestCall.write("security.token", "POST", "api/token")
                            .form(form)
                            .withoutCredentials())
                    .json();
        } catch (ConnectorException.Unavailable e) {
            throw new ConnectorException.Unavailable(String.valueOf(e.getMessage()), false, e);
        }
        String made = answer.isObject() ? answer.text("access_token") : null;
        if (made == null) {
            throw refused("API v1 refused the log-in; it may not be open to this user");
        }
        Long seconds = answer.integer("expires_in");
        renewAt = clock.instant().plusSeconds(seconds == null ? 600 : seconds).minus(MARGIN);
        return made;
    }

    /** The text {@code None} stands for no error. */
    private static JsonValue result(RestAnswer answer) {
        try {
            String error = answer.json().isObject() ? answer.json().text("Error") : "no answer";
            JsonValue result = answer.json().isObject() ? answer.json().at("Result") : JsonValue.missing();
            if (error != null && !error.equalsIgnoreCase("None")) {
                throw refused("API v1 refuses the location: " + answer.masked(error));
            }
            return result;
        } catch (JsonMismatch e) {
            throw answer.unavailable("got an answer that cannot be understood");
        }
    }

    private static ConnectorException refused(String words) {
        return new ConnectorException.Rejected(List.of(Problem.ofRecord(Problem.Code.REFUSED, words)));
    }
}
