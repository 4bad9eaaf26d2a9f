package org.psasync.pulseway;

import java.util.List;
import org.psasync.http.JsonMismatch;
import org.psasync.http.JsonValue;
import org.psasync.http.RestAnswer;
import org.psasync.http.RestCall;
import org.psasync.model.Problem;
import org.psasync.spi.ConnectorConfig;
import org.psasync.spi.ConnectorException;

/**
 * Writes locations through API v1, since v2 cannot; off unless the connection asks for it. It has a log-in of its own, whose
 * rules are those of {@link Session}.
 *
 * <p>Safe for use by several threads. Source: public clients of API v1, 2026-10; the vendor publishes no description.
 */
final class LocationsV1 {
    static final String SWITCH = "locationsThroughV1";

    private static final String PATH = "api/crm/locations";

    private final Api api;

    LocationsV1(Api api) {
        this.api = api;
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

    /** A refused log-in is no matter of API v2, which may go on. */
    private RestAnswer call(RestCall call) {
        try {
            return api.call(call);
        } catch (ConnectorException.Unauthorized e) {
            throw refused("API v1 does not let this user in, so that no locations are written until the connection is"
                    + " made anew; open it to the user, or turn " + SWITCH + " off. " + e.getMessage());
        }
    }

    /** Lets a person try again. */
    void beginAnew() {
        api.session().beginAnew();
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
