package org.psasync.pulseway;

import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.psasync.spi.RemoteCursor;

/**
 * Where a reading stands: which part of a list, and which page of it. A text that is not understood is the start: reading
 * repeats rather than misses (C4.1).
 *
 * @param from changes from this time on are read; null for all
 * @param began when the pass began, by the server's clock, less the overlap; null before its first answer
 * @param part which of several lists is read, from 0
 * @param page the number of the next page, from 1
 * @param asked how many rows are asked for; 0 before the first page
 * @param full how many rows a page has that is not the last; 0 while not known
 * @param seen how many rows of the part were seen
 * @param first the id of the first row of the page before; 0 for none
 * @param after what of the page was returned already: the number of the last location; 0 for nothing
 */
record Place(
        @Nullable Instant from,
        @Nullable Instant began,
        int part,
        int page,
        int asked,
        int full,
        long seen,
        long first,
        long after) {
    private static final Place START = new Place(null, null, 0, 1, 0, 0, 0, 0, 0);

    static Place of(RemoteCursor cursor) {
        String[] words = cursor.text().split(" ", -1);
        try {
            if (words.length == 10 && words[0].equals("at")) {
                return new Place(
                        time(words[1]),
                        time(words[2]),
                        Integer.parseInt(words[3]),
                        Integer.parseInt(words[4]),
                        Integer.parseInt(words[5]),
                        Integer.parseInt(words[6]),
                        Long.parseLong(words[7]),
                        Long.parseLong(words[8]),
                        Long.parseLong(words[9]));
            }
            if (words.length == 2 && words[0].equals("next")) {
                return new Place(time(words[1]), null, 0, 1, 0, 0, 0, 0, 0);
            }
        } catch (NumberFormatException | DateTimeException e) {
            return START;
        }
        return START;
    }

    private static @Nullable Instant time(String word) {
        return word.equals("-") ? null : Instant.parse(word);
    }

    RemoteCursor cursor() {
        return new RemoteCursor("at " + (from == null ? "-" : from) + " " + (began == null ? "-" : began) + " " + part
                + " " + page + " " + asked + " " + full + " " + seen + " " + first + " " + after);
    }

    /** Where the next pass begins, which reads what changed since this one began. */
    RemoteCursor next() {
        return began == null ? RemoteCursor.start() : new RemoteCursor("next " + began);
    }

    Place begun(Instant time) {
        return began == null ? new Place(from, time, part, page, asked, full, seen, first, after) : this;
    }

    /** The parts are of one list, whose pages are of one size. */
    Place nextPart() {
        return new Place(from, began, part + 1, 1, asked, full, 0, 0, 0);
    }

    Place inPart(int other) {
        return new Place(from, began, other, 1, 0, 0, 0, 0, 0);
    }

    /** Where the same page is read again, as large, behind a location that it holds. */
    Place behind(int size, long location) {
        return new Place(from, began, part, page, size, full, seen, first, location);
    }
}
