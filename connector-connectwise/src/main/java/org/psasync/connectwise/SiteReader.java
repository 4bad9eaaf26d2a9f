package org.psasync.connectwise;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeSet;
import org.psasync.connectwise.PageReader.Listing;
import org.psasync.connectwise.PageReader.Page;
import org.psasync.http.JsonValue;
import org.psasync.model.RemoteId;
import org.psasync.spi.ConnectorException;
import org.psasync.spi.IdPage;
import org.psasync.spi.RemoteCursor;
import org.psasync.spi.RemotePage;
import org.psasync.spi.RemoteRecord;

/**
 * Reads sites below one company after the other, in the order of the companies' ids.
 *
 * <p>The PSA has no list of all sites. A cursor names the company and the site behind which it goes on; a page takes in
 * as many companies as fit into it and into a bounded number of requests.
 */
final class SiteReader {
    private static final int MOST_REQUESTS = 20;
    private static final String PLACE = "sites";

    private final PageReader pages;
    private final SiteKind kind;

    SiteReader(PageReader pages, SiteKind kind) {
        this.pages = pages;
        this.kind = kind;
    }

    /** What one call of the reading gave. */
    private interface Sink {
        void take(long company, Page page);
    }

    RemotePage changes(Collection<RemoteId> parents, RemoteCursor cursor, int limit) {
        List<RemoteRecord> records = new ArrayList<>();
        List<RemotePage.Unreadable> unreadable = new ArrayList<>();
        RemoteCursor next = walk(parents, cursor, limit, kind.members(), (company, page) -> {
            for (JsonValue row : page.rows()) {
                ChangeReader.read(kind, SiteKind.below(company, row), records, unreadable);
            }
        });
        return new RemotePage(records, unreadable, next, next.isStart(), OptionalLong.empty());
    }

    /** The listing is complete when the server said of each company's list that it ends. */
    IdPage ids(Collection<RemoteId> parents, RemoteCursor cursor) {
        List<RemoteId> ids = new ArrayList<>();
        RemoteCursor next = walk(parents, cursor, PageReader.LARGEST_PAGE, "id", (company, page) -> {
            for (JsonValue row : page.rows()) {
                ids.add(new Ids.Site(company, kind.number(row)).remote());
            }
        });
        return new IdPage(ids, List.of(), next, next.isStart(), next.isStart());
    }

    /** Returns where to go on; the start when all companies were read. */
    private RemoteCursor walk(Collection<RemoteId> parents, RemoteCursor cursor, int limit, String fields, Sink sink) {
        TreeSet<Long> companies = new TreeSet<>();
        parents.forEach(parent -> Ids.number(parent).ifPresent(companies::add));
        Ids.Site place = place(cursor);
        Long company = companies.ceiling(place.company());
        long after = company != null && company == place.company() ? place.site() : 0;
        int left = limit;
        for (int i = 0; company != null && left > 0 && i < MOST_REQUESTS; i++) {
            Page page = page(company, fields, after, left);
            sink.take(company, page);
            left -= page.rows().size();
            after = page.more() ? page.last() : 0;
            company = page.more() ? company : companies.higher(company);
        }
        return company == null ? RemoteCursor.start() : new RemoteCursor(PLACE + " " + company + " " + after);
    }

    /** A company that is gone has no sites. */
    private Page page(long company, String fields, long after, int size) {
        Listing list = Listing.of(kind.call("page"), kind.path(), company).fields(fields);
        try {
            return pages.page(list, after, size);
        } catch (ConnectorException.Gone e) {
            return new Page(List.of(), after, false, null);
        }
    }

    private static Ids.Site place(RemoteCursor cursor) {
        String[] words = cursor.text().split(" ", -1);
        try {
            if (words.length == 3 && words[0].equals(PLACE)) {
                return new Ids.Site(Long.parseLong(words[1]), Long.parseLong(words[2]));
            }
        } catch (NumberFormatException e) {
            return new Ids.Site(0, 0);
        }
        return new Ids.Site(0, 0);
    }
}
