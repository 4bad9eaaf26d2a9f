package org.psasync.testkit;

import org.psasync.spi.RemoteCursor;

/**
 * Where a reading of a fake PSA stands; the meaning of a cursor's text.
 *
 * @param mark what to remember from the first page of the reading to its last
 * @param major the outer part of the place: a change time or a parent; may be empty
 * @param minor the id of the record after which to go on; empty before the first
 * @param turn tells the cursors of a repeated page apart
 */
record PagePlace(String mark, String major, String minor, int turn) {
    private static final String SEPARATOR = "|";

    static PagePlace of(RemoteCursor cursor) {
        String[] parts = cursor.text().split("\\|", -1);
        if (parts.length != 4) {
            throw new IllegalArgumentException("\"" + cursor.text() + "\" is not a cursor of this connector");
        }
        return new PagePlace(parts[0], parts[1], parts[2], Integer.parseInt(parts[3]));
    }

    PagePlace at(String newMajor, String newMinor) {
        return new PagePlace(mark, newMajor, newMinor, 0);
    }

    PagePlace marked(String newMark) {
        return new PagePlace(newMark, major, minor, turn);
    }

    PagePlace again() {
        return new PagePlace(mark, major, minor, turn + 1);
    }

    RemoteCursor cursor() {
        return new RemoteCursor(String.join(SEPARATOR, mark, major, minor, Integer.toString(turn)));
    }
}
