package org.psasync.http;

/** A member of a JSON value does not hold what was asked for. The message names the member, never its value (SAFE-5). */
public final class JsonMismatch extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Says what is wrong in one sentence without the value. */
    public JsonMismatch(String message) {
        super(message);
    }
}
