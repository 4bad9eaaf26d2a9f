package org.psasync.testkit.http;

import java.time.Duration;
import java.util.Map;

/**
 * An answer of a fake, and how it comes.
 *
 * @param delay how late it begins; zero for at once
 * @param drip how long it takes from its beginning to its end; zero for all at once
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Outgoing(
        int status, Map<String, String> headers, byte[] body, Duration delay, Duration drip, Ending ending) {
    /** How an answer ends. */
    public enum Ending {
        /** As it should. */
        WHOLE,
        /** The connection is closed instead. */
        CLOSED,
        /** The connection is reset instead. */
        RESET,
        /** What comes is no HTTP. */
        GARBAGE
    }
}
