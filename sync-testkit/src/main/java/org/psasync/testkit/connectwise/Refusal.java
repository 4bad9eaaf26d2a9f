package org.psasync.testkit.connectwise;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** A request that is answered with an error, and the body of that answer. */
@SuppressWarnings("serial") // never serialized
final class Refusal extends RuntimeException {
    /** One entry of {@code errors}. */
    record Problem(String code, String message, String field) {}

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final int status;
    private final JsonNode body;
    private String retryAfter = "";

    private Refusal(int status, ObjectNode body) {
        super(status + " " + body, null, false, false);
        this.status = status;
        this.body = body;
    }

    int status() {
        return status;
    }

    JsonNode body() {
        return body;
    }

    /** An error with a code and a message only. */
    static Refusal of(int status, String code, String message) {
        return new Refusal(status, JSON.objectNode().put("code", code).put("message", message));
    }

    /** The one body whose first key is {@code error}. */
    static Refusal tooMany(int seconds) {
        Refusal refusal = new Refusal(
                429,
                JSON.objectNode()
                        .put("error", "ConnectWiseAPI")
                        .put("message", "Too many requests. Please try again in " + seconds + " seconds."));
        refusal.retryAfter = Integer.toString(seconds);
        return refusal;
    }

    /** The reply with this error. */
    Reply reply() {
        Reply reply = Reply.of(status, body);
        return retryAfter.isEmpty() ? reply : reply.with("Retry-After", retryAfter);
    }

    static Refusal noSuchEndpoint() {
        return of(404, "ConnectWiseApi", "The endpoint does not exist.");
    }

    static Refusal notFound(Shape shape, Object id) {
        return of(404, "NotFound", shape.label() + " " + id + " not found");
    }

    static Refusal notAllowed(String method) {
        return of(405, "ConnectWiseApi", "The requested resource does not support http method '" + method + "'.");
    }

    static Refusal badCondition(String message) {
        return of(400, "ApiFindCondition", message);
    }

    static Refusal badPatch(String message) {
        return of(400, "InvalidPatch", message);
    }

    static Refusal invalid(Shape shape, List<Problem> problems) {
        return invalid(shape.resource(), problems);
    }

    static Refusal invalid(String resource, List<Problem> problems) {
        ObjectNode body =
                JSON.objectNode().put("code", "InvalidObject").put("message", resource + " object is invalid");
        ArrayNode errors = body.putArray("errors");
        for (Problem problem : problems) {
            errors.addObject()
                    .put("code", problem.code())
                    .put("message", problem.message())
                    .put("resource", resource)
                    .put("field", problem.field());
        }
        return new Refusal(400, body);
    }

    static Refusal unknownMember(String member, Shape shape, String path, int line, int column) {
        String type = shape.resource();
        ObjectNode body = JSON.objectNode()
                .put("code", "ConnectWiseApi")
                .put(
                        "message",
                        "Could not find member '" + member + "' on object of type '"
                                + Character.toUpperCase(type.charAt(0)) + type.substring(1) + "'. Path '" + path
                                + "', line " + line + ", position " + column
                                + ".Check your accept header to make sure you are using the correct version.");
        body.putNull("errors");
        return new Refusal(400, body);
    }

    /** A value of the wrong type in a body: the server fails at it, every time. */
    static Refusal wrongType(JsonNode value, String type, String path) {
        return of(
                500,
                "ConnectWiseApi",
                "Error converting value " + (value.isTextual() ? "\"" + value.asText() + "\"" : value) + " to type '"
                        + type + "'. Path '" + path + "', line 1, position 1.");
    }
}
