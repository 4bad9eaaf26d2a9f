package org.psasync.engine;

/** What was shown is no longer what would happen; nothing was changed. Show a new preview. */
public final class StalePreviewException extends RuntimeException {
    private static final long serialVersionUID = 1;

    StalePreviewException(String why) {
        super(why + " Nothing was changed; show a new preview.");
    }
}
