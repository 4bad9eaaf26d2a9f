package org.psasync.examples.tidydesk;

import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.psasync.http.JsonMismatch;
import org.psasync.http.JsonValue;
import org.psasync.spi.RemoteCursor;

// guide: place
/**
 * Where a reading is: behind a record, in the order of change times and, where these tie, of ids.
 *
 * @param since the change time of the record; null before the first
 * @param after its id; 0 when records of that very time are still to come
 * @param began when the first page was asked for, by Tidydesk's clock; null before it
 */
record Place(@Nullable Instant since, long after, @Nullable Instant began) {
    private static final Place START = new Place(null, 0, null);

    /** A text that is not understood is the start: reading repeats rather than misses (C4.1). */
    static Place of(RemoteCursor cursor) {
        String[] words = cursor.text().split(" ", -1);
        try {
            return words.length == 3 ? new Place(time(words[0]), Long.parseLong(words[1]), time(words[2])) : START;
        } catch (DateTimeException | NumberFormatException e) {
            return START;
        }
    }

    private static @Nullable Instant time(String word) {
        return word.equals("-") ? null : Instant.parse(word);
    }

    Place begun(@Nullable Instant now) {
        return began == null ? new Place(since, after, now) : this;
    }

    /** The place behind a record, unless this one is further on: pages may come in any order. */
    Place behind(JsonValue record) {
        Instant changed = record.instant("changedAt");
        Long id = record.integer("id");
        if (changed == null || id == null) {
            throw new JsonMismatch("A record of a page has no changedAt or no id");
        }
        int order = since == null ? 1 : changed.compareTo(since);
        return order > 0 || order == 0 && id > after ? new Place(changed, id, began) : this;
    }

    RemoteCursor cursor() {
        return new RemoteCursor(word(since) + " " + after + " " + word(began));
    }

    /** The next reading begins where this one began, with the records of that very second (C4.3). */
    RemoteCursor next() {
        return new RemoteCursor(word(began) + " 0 -");
    }

    private static String word(@Nullable Instant time) {
        return time == null ? "-" : time.toString();
    }
}
// guide: end
