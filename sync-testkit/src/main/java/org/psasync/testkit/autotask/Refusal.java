package org.psasync.testkit.autotask;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * A request that is answered with an error: mostly 500 and a list of sentences. The wording is that of reports by public
 * clients, 2026-10.
 */
@SuppressWarnings("serial") // never serialized
final class Refusal extends RuntimeException {
    private static final String PAGE =
            "<!DOCTYPE html><html><head><title>404 - File or directory not found.</title></head>"
                    + "<body><h2>404 - File or directory not found.</h2></body></html>";

    /** What the body is made of. */
    private enum Body {
        ERRORS,
        MESSAGE,
        PAGE,
        NOTHING
    }

    private final int status;
    private final List<String> texts;
    private final Body body;

    private Refusal(int status, List<String> texts, Body body) {
        super(status + " " + texts, null, false, false);
        this.status = status;
        this.texts = texts;
        this.body = body;
    }

    static Refusal of(int status, String... errors) {
        return new Refusal(status, Arrays.asList(errors), Body.ERRORS);
    }

    /** What is wrong with a record or a query. */
    static Refusal invalid(String... errors) {
        return of(500, errors);
    }

    static Refusal record(String error) {
        return of(500, error + " ; on record number [1].");
    }

    static Refusal reference(String member, String type) {
        return of(
                500,
                "Reference value on field: " + member + " of type: " + type + " does not exist or is invalid.",
                "Error updating entity for record number [1].");
    }

    static Refusal permission(String verb) {
        return of(
                500, "The logged in Resource does not have the adequate permissions to " + verb + " this entity type.");
    }

    static Refusal method(String method) {
        return new Refusal(
                405, List.of("The requested resource does not support http method '" + method + "'."), Body.MESSAGE);
    }

    static Refusal noRoute() {
        return new Refusal(404, List.of(), Body.PAGE);
    }

    /** A status without a body. */
    static Refusal bare(int status) {
        return new Refusal(status, List.of(), Body.NOTHING);
    }

    Reply reply() {
        return switch (body) {
            case NOTHING -> Reply.empty(status);
            case PAGE -> Reply.of(status, PAGE.getBytes(StandardCharsets.UTF_8)).with("Content-Type", "text/html");
            case MESSAGE -> Reply.of(status, Wire.bytes(Wire.object().put("Message", texts.get(0))));
            case ERRORS -> Reply.of(status, Wire.bytes(errors(texts)));
        };
    }

    static ObjectNode errors(List<String> texts) {
        ObjectNode errors = Wire.object();
        texts.forEach(errors.putArray("errors")::add);
        return errors;
    }
}
