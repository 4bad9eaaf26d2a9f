package org.psasync.connectwise;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.psasync.connectwise.PageReader.Listing;
import org.psasync.connectwise.PageReader.Page;
import org.psasync.http.JsonValue;
import org.psasync.model.AssetKind;
import org.psasync.model.RemoteId;
import org.psasync.spi.IdPage;
import org.psasync.spi.ReadScope;
import org.psasync.spi.RemoteCursor;

/**
 * Lists all ids of a kind, a thousand a request.
 *
 * <p>The listing is complete when the walk through the ids was unbroken, and found at least as many records as the PSA
 * counted before and after it (C5.1).
 */
final class IdReader {
    private static final String WALK = "ids";

    private final PageReader pages;

    IdReader(PageReader pages) {
        this.pages = pages;
    }

    /** Where a listing stands. */
    private record Walk(long after, long seen, long counted) {
        static Walk of(RemoteCursor cursor) {
            String[] words = cursor.text().split(" ", -1);
            try {
                return words.length == 4 && words[0].equals(WALK)
                        ? new Walk(Long.parseLong(words[1]), Long.parseLong(words[2]), Long.parseLong(words[3]))
                        : new Walk(0, 0, -1);
            } catch (NumberFormatException e) {
                return new Walk(0, 0, -1);
            }
        }

        RemoteCursor cursor() {
            return new RemoteCursor(WALK + " " + after + " " + seen + " " + counted);
        }
    }

    IdPage read(RecordKind kind, ReadScope scope, RemoteCursor cursor) {
        boolean tickets = kind.kind() == AssetKind.TICKET;
        if (tickets && scope.boards().isEmpty()) {
            return new IdPage(List.of(), List.of(), RemoteCursor.start(), true, true);
        }
        boolean companies = kind.kind() == AssetKind.ORGANIZATION;
        Listing list = Listing.of(kind.call("ids"), kind.path())
                .fields(companies ? "id,deletedFlag" : "id")
                .where(tickets ? Condition.in("board/id", new TreeSet<>(Ids.numbers(scope.boards()))) : null);
        Walk walk = Walk.of(cursor);
        long counted = walk.counted() < 0 ? pages.count(list) : walk.counted();
        Page page = pages.page(list, walk.after(), PageReader.LARGEST_PAGE);
        List<RemoteId> living = new ArrayList<>(page.rows().size());
        List<RemoteId> deleted = new ArrayList<>();
        for (JsonValue row : page.rows()) {
            boolean gone = Boolean.TRUE.equals(row.flag("deletedFlag"));
            (gone ? deleted : living).add(kind.id(row));
        }
        long seen = walk.seen() + page.rows().size();
        boolean complete = !page.more() && seen >= counted && seen >= pages.count(list);
        RemoteCursor next = page.more() ? new Walk(page.last(), seen, counted).cursor() : RemoteCursor.start();
        return new IdPage(living, deleted, next, !page.more(), complete);
    }
}
