package org.psasync.engine.manage;

/** A preview does not show any more what is there, so it cannot be confirmed; nothing happened. Make a new one. */
public final class PreviewExpiredException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Makes the exception; the message says why. */
    public PreviewExpiredException(String message) {
        super(message + " Nothing was done; make a new preview.");
    }
}
