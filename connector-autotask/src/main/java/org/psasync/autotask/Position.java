package org.psasync.autotask;

import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.psasync.autotask.QueryReader.At;
import org.psasync.spi.RemoteCursor;

/**
 * Where the reading of a kind stands. A text that is not understood is the start: reading repeats rather than misses (C4.1).
 *
 * @param from changes from this time on are read; null for all records
 * @param began when the pass that is under way began, by the server's clock; null before its first answer
 * @param size of its pages
 * @param seen how many records of the pass were read
 * @param expected how many it has; negative when that is not known
 * @param at where the query goes on; null before its first page
 */
record Position(
        @Nullable Instant from,
        @Nullable Instant began,
        int size,
        long seen,
        long expected,
        @Nullable At at) {
    private static final Position START = new Position(null, null, 0, 0, -1, null);

    static Position of(RemoteCursor cursor) {
        String[] words = cursor.text().split(" ", -1);
        try {
            if (words.length == 9 && words[0].equals("pass")) {
                return new Position(
                        time(words[1]),
                        time(words[2]),
                        Integer.parseInt(words[3]),
                        Long.parseLong(words[4]),
                        Long.parseLong(words[5]),
                        new At(Long.parseLong(words[6]), Long.parseLong(words[7]), words[8]));
            }
            if (words.length == 2 && words[0].equals("next")) {
                return new Position(time(words[1]), null, 0, 0, -1, null);
            }
        } catch (NumberFormatException | DateTimeException e) {
            return START;
        }
        return START;
    }

    private static @Nullable Instant time(String word) {
        return word.equals("-") ? null : Instant.parse(word);
    }

    private static String word(@Nullable Instant time) {
        return time == null ? "-" : time.toString();
    }

    /** Where the pass goes on. */
    static RemoteCursor cursor(Position position, At at) {
        return new RemoteCursor("pass " + word(position.from()) + " " + word(position.began()) + " " + position.size()
                + " " + position.seen() + " " + position.expected() + " " + at.begun() + " " + at.last() + " "
                + at.link());
    }

    /** Where the next pass begins. */
    static RemoteCursor next(Instant from) {
        return new RemoteCursor("next " + from);
    }
}
