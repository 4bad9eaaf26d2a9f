package org.psasync.spi;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.OptionalLong;
import org.psasync.model.RemoteId;

/**
 * A page of records.
 *
 * @param records in the order read; may be empty
 * @param unreadable records of the page that could not be understood (PULL-4)
 * @param next where to go on, now or in the next run
 * @param last whether nothing is left for now
 * @param expected how many records the whole reading has, where the PSA tells
 */
public record RemotePage(
        List<RemoteRecord> records,
        List<Unreadable> unreadable,
        RemoteCursor next,
        boolean last,
        OptionalLong expected) {

    /**
     * A record that could not be understood.
     *
     * @param id its identifier
     * @param text what is wrong with it, naming the member
     */
    public record Unreadable(RemoteId id, String text) {
        public Unreadable {
            requireNonNull(id, "id");
            requireNonNull(text, "text");
        }
    }

    public RemotePage {
        records = List.copyOf(records);
        unreadable = List.copyOf(unreadable);
        requireNonNull(next, "next");
        requireNonNull(expected, "expected");
    }

    /** Returns a page of understood records. */
    public static RemotePage of(List<RemoteRecord> records, RemoteCursor next, boolean last) {
        return new RemotePage(records, List.of(), next, last, OptionalLong.empty());
    }
}
