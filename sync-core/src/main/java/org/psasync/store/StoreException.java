package org.psasync.store;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * What the engine remembers cannot be read or written now. Whatever was to be stored is stored whole or not at all.
 *
 * <p>A run ends with a report of it, and the next one goes on where it stopped. Everything else that was called throws it,
 * and can be called again.
 */
public class StoreException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /**
     * Makes an exception.
     *
     * @param message what failed, and the way out; its first line is shown to people, so it must hold no secret
     * @param cause what the store was told; null when there is nothing more to tell
     */
    public StoreException(String message, @Nullable Throwable cause) {
        super(requireNonNull(message, "message"), cause);
    }
}
