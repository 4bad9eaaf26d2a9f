package org.psasync.testkit;

import java.util.ArrayList;
import java.util.List;
import org.psasync.model.AssetKind;
import org.psasync.spi.PsaConnector;
import org.psasync.spi.ReadScope;
import org.psasync.spi.RemoteCursor;
import org.psasync.spi.RemotePage;
import org.psasync.spi.RemoteRecord;

/**
 * A whole reading of a kind by a connector, for tests of one.
 *
 * @param records in the order in which they came; one that came twice is there twice
 * @param unreadable what the connector could not understand
 * @param pages how many there were
 * @param next where the next reading begins
 */
public record Reading(
        List<RemoteRecord> records, List<RemotePage.Unreadable> unreadable, int pages, RemoteCursor next) {
    private static final int MOST_PAGES = 1000;

    /** Makes a copy of what it is given. */
    public Reading {
        records = List.copyOf(records);
        unreadable = List.copyOf(unreadable);
    }

    /**
     * Reads to the last page; each cursor goes through its text, as it does when it is stored.
     *
     * @param limit the most records of a page
     * @throws AssertionError when there is no last page among the first thousand
     */
    public static Reading of(PsaConnector connector, AssetKind kind, ReadScope scope, RemoteCursor from, int limit) {
        List<RemoteRecord> records = new ArrayList<>();
        List<RemotePage.Unreadable> unreadable = new ArrayList<>();
        RemoteCursor cursor = from;
        for (int pages = 1; pages <= MOST_PAGES; pages++) {
            RemotePage page = connector.changes(kind, scope, new RemoteCursor(cursor.text()), limit);
            records.addAll(page.records());
            unreadable.addAll(page.unreadable());
            cursor = page.next();
            if (page.last()) {
                return new Reading(records, unreadable, pages, cursor);
            }
        }
        throw new AssertionError("The reading of " + kind + " does not end");
    }

    /**
     * Returns a record as it came last.
     *
     * @param id as text, whatever it is
     * @throws AssertionError when it did not come
     */
    public RemoteRecord get(Object id) {
        return records.stream()
                .filter(record -> record.id().value().equals(id.toString()))
                .reduce((first, later) -> later)
                .orElseThrow(() -> new AssertionError("No record " + id + " among " + records.size()));
    }

    /** Returns the ids of the records, in their order. */
    public List<String> ids() {
        return records.stream().map(record -> record.id().value()).toList();
    }
}
