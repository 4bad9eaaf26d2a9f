package org.psasync.spi;

import static java.util.Objects.requireNonNull;

/**
 * Where to go on reading; its text is the connector's affair, and can be stored.
 *
 * @param text empty at the start
 */
public record RemoteCursor(String text) {
    private static final RemoteCursor START = new RemoteCursor("");

    public RemoteCursor {
        requireNonNull(text, "text");
    }

    /** Returns the cursor from which everything is read. */
    public static RemoteCursor start() {
        return START;
    }

    /** Returns whether nothing was read yet. */
    public boolean isStart() {
        return text.isEmpty();
    }
}
