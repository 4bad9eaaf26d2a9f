package org.psasync.testkit.pulseway;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** A request that is answered with an error. */
@SuppressWarnings("serial") // never serialized
final class Refusal extends RuntimeException {
    private final int status;
    private final int code;
    private final String text;
    private final List<String> subErrors;
    private final boolean bare;
    private Duration retryAfter = Duration.ZERO;

    private Refusal(int status, int code, String text, List<String> subErrors, boolean bare) {
        super(status + " " + text, null, false, false);
        this.status = status;
        this.code = code;
        this.text = text;
        this.subErrors = subErrors;
        this.bare = bare;
    }

    /** An envelope with an error. */
    static Refusal of(int status, int code, String text, String... subErrors) {
        return new Refusal(status, code, text, Arrays.asList(subErrors), false);
    }

    /** A status without a body. */
    static Refusal bare(int status) {
        return new Refusal(status, status, "", List.of(), true);
    }

    static Refusal tooMany(Duration retryAfter) {
        Refusal refusal = new Refusal(429, 429, "", List.of(), true);
        refusal.retryAfter = retryAfter;
        return refusal;
    }

    /** What is wrong with a body; the status depends on the switch. */
    static Refusal invalid(String... subErrors) {
        return of(0, 400, "Validation failed.", subErrors);
    }

    static Refusal missing(String what, int id) {
        return of(0, 404, what + " " + id + " was not found.");
    }

    int status() {
        return status;
    }

    int code() {
        return code;
    }

    Reply reply() {
        return reply(status, false);
    }

    Reply reply(int shownStatus, boolean pascal) {
        Reply reply = bare ? Reply.empty(shownStatus) : Reply.of(shownStatus, Wire.bytes(envelope(), pascal));
        return retryAfter.isZero() ? reply : reply.with("Retry-After", Long.toString(retryAfter.toSeconds()));
    }

    private ObjectNode envelope() {
        ObjectNode envelope = Wire.object().put("Success", false);
        ObjectNode error = envelope.putObject("Error").put("Code", code).put("Message", text);
        error.put("Details", subErrors.isEmpty() ? null : String.join(" ", subErrors));
        error.putNull("StackStrace");
        ArrayNode list = error.putArray("SubErrors");
        subErrors.forEach(list::add);
        return envelope.set("Result", Wire.nothing());
    }
}
