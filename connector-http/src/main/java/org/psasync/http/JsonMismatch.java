package org.psasync.http;

/** A member of a JSON value does not hold what was asked for. The message names the member, never its value (SAFE-5). */
public final class JsonMismatch extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final boolean note;

    /** Says what is wrong in one sentence without the value. */
    public JsonMismatch(String message) {
        this(message, false);
    }

    private JsonMismatch(String message, boolean note) {
        super(message);
        this.note = note;
    }

    /** Returns a mismatch that leaves out the field only: the rest of the record stands (FIELD-7). */
    public static JsonMismatch leavingOut(String message) {
        return new JsonMismatch(message, true);
    }

    /** Returns whether only the field is left out. */
    public boolean isNote() {
        return note;
    }
}
