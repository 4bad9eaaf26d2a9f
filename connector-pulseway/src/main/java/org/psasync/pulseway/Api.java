package org.psasync.pulseway;

import java.util.List;
import org.psasync.http.JsonMismatch;
import org.psasync.http.JsonValue;
import org.psasync.http.RestAnswer;
import org.psasync.http.RestCall;
import org.psasync.http.RestClient;
import org.psasync.spi.ConnectorException;

/**
 * Calls API v2, with one new log-in when a token is refused. A call that was refused for its token was not carried out, so
 * a write may be sent again after it.
 */
final class Api {
    private final RestClient rest;
    private final Session session;

    Api(RestClient rest, Session session) {
        this.rest = rest;
        this.session = session;
    }

    RestAnswer call(RestCall call) {
        long used = session.generation();
        try {
            return rest.call(call);
        } catch (ConnectorException.Unauthorized e) {
            if (used == 0 && session.generation() == 0) {
                throw e; // it was the log-in
            }
            session.renewAfterRefusal(Math.max(1, used));
        }
        try {
            return rest.call(call);
        } catch (ConnectorException.Unauthorized e) {
            session.stop(e);
            throw e;
        }
    }

    /** Reads one record, wrapped or bare. */
    JsonValue get(String name, String path, Object... segments) {
        RestAnswer answer = call(RestCall.read(name, path, segments));
        JsonValue result = result(answer.json());
        if (result.isBlank()) {
            throw new ConnectorException.Gone(name + " was answered with no record");
        }
        if (!result.isObject()) {
            throw answer.unavailable("did not answer with a record");
        }
        return result;
    }

    /** Sends a write and returns what it answers with, wrapped or bare. */
    RestAnswer write(String name, String method, JsonValue body, String path, Object... segments) {
        RestCall call = RestCall.write(name, method, path, segments);
        return call(method.equals("PATCH") ? call.body("application/json-patch+json", body.toJson()) : call.json(body));
    }

    /** Reads a short list. */
    List<JsonValue> list(String name, String path, Object... segments) {
        RestAnswer answer = call(RestCall.read(name, path, segments));
        return rows(answer);
    }

    static List<JsonValue> rows(RestAnswer answer) {
        JsonValue result = result(answer.json());
        if (!result.isArray() && !result.isBlank()) {
            throw answer.unavailable("did not answer with a list");
        }
        return result.elements();
    }

    RestClient rest() {
        return rest;
    }

    Session session() {
        return session;
    }

    /** Takes an answer out of its envelope, if it is in one. */
    static JsonValue result(JsonValue json) {
        if (!json.isObject()) {
            return json;
        }
        JsonValue result = json.at("Result");
        boolean envelope = !result.isMissing() || !json.at("Success").isMissing();
        return envelope ? result : json;
    }

    static JsonMismatch without(String what) {
        return new JsonMismatch("A record of " + what + " has no id");
    }
}
