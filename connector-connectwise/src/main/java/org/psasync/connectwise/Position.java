package org.psasync.connectwise;

import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.psasync.spi.RemoteCursor;

/**
 * Where the reading of a kind stands.
 *
 * <p>A text that is not understood is the start: reading repeats rather than misses (C4.1).
 *
 * @param from changes from this time on are read; null means all records
 * @param began when the pass that is under way began, by the server's clock; null before its first answer
 * @param after the id behind which it goes on
 * @param expected how many records the pass has; negative when it is not known
 */
record Position(@Nullable Instant from, @Nullable Instant began, long after, long expected) {
    private static final String PASS = "pass";
    private static final String NEXT = "next";
    private static final Position START = new Position(null, null, 0, -1);

    static Position of(RemoteCursor cursor) {
        String[] words = cursor.text().split(" ", -1);
        try {
            if (words.length == 5 && words[0].equals(PASS)) {
                return new Position(time(words[1]), time(words[2]), Long.parseLong(words[3]), Long.parseLong(words[4]));
            }
            if (words.length == 2 && words[0].equals(NEXT)) {
                return new Position(time(words[1]), null, 0, -1);
            }
        } catch (NumberFormatException | DateTimeException e) {
            return START;
        }
        return START;
    }

    /** Whether no page of the pass was read. */
    boolean isFirstPage() {
        return began == null;
    }

    /** Where the pass goes on. */
    RemoteCursor goingOn(Instant passBegan, long last, long count) {
        return new RemoteCursor(PASS + " " + (from == null ? "-" : from) + " " + passBegan + " " + last + " " + count);
    }

    /** Where the next pass begins. */
    static RemoteCursor next(Instant from) {
        return new RemoteCursor(NEXT + " " + from);
    }

    private static @Nullable Instant time(String word) {
        return word.equals("-") ? null : Instant.parse(word);
    }
}
