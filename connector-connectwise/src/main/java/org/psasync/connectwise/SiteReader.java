package org.psasync.connectwise;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
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

    private final PageReader pages;
    private final SiteKind kind;

    SiteReader(PageReader pages, SiteKind kind) {
        this.pages = pages;
        this.kind = kind;
    }

    /** What one call of the reading gave. */
    private interface Sink {
        void take(long company, long after, Page page);
    }

    /**
     * Where a reading goes on.
     *
     * @param company 0 at the start
     * @param site behind which it goes on
     * @param complete whether nothing was missed so far
     */
    private record Place(long company, long site, boolean complete) {
        private static final String FIRST_WORD = "sites";
        static final Place START = new Place(0, 0, true);

        static Place of(RemoteCursor cursor) {
            String[] words = cursor.text().split(" ", -1);
            try {
                return words.length == 4 && words[0].equals(FIRST_WORD)
                        ? new Place(Long.parseLong(words[1]), Long.parseLong(words[2]), Boolean.parseBoolean(words[3]))
                        : START;
            } catch (NumberFormatException e) {
                return START;
            }
        }

        RemoteCursor cursor() {
            return company == 0
                    ? RemoteCursor.start()
                    : new RemoteCursor(String.join(
                            " ", FIRST_WORD, Long.toString(company), Long.toString(site), Boolean.toString(complete)));
        }
    }

    RemotePage changes(Collection<RemoteId> parents, RemoteCursor cursor, int limit) {
        List<RemoteRecord> records = new ArrayList<>();
        List<RemotePage.Unreadable> unreadable = new ArrayList<>();
        Place next = walk(parents, cursor, limit, kind.members(), (company, after, page) -> {
            for (JsonValue row : page.rows()) {
                ChangeReader.read(kind, SiteKind.below(company, row), records, unreadable);
            }
        });
        return new RemotePage(records, unreadable, next.cursor(), next.company() == 0, OptionalLong.empty());
    }

    /** The listing is complete when each company's list ended, and was as long as the PSA counted (C5.1). */
    IdPage ids(Collection<RemoteId> parents, RemoteCursor cursor) {
        List<RemoteId> ids = new ArrayList<>();
        AtomicBoolean complete = new AtomicBoolean(Place.of(cursor).complete());
        Place next = walk(parents, cursor, PageReader.LARGEST_PAGE, "id", (company, after, page) -> {
            for (JsonValue row : page.rows()) {
                ids.add(new Ids.Site(company, kind.number(row)).remote());
            }
            if (!page.more() && page.rows().size() < count(company, after)) {
                complete.set(false);
            }
        });
        boolean last = next.company() == 0;
        return new IdPage(
                ids,
                List.of(),
                new Place(next.company(), next.site(), complete.get()).cursor(),
                last,
                last && complete.get());
    }

    /** Returns where to go on; no company when all were read. */
    private Place walk(Collection<RemoteId> parents, RemoteCursor cursor, int limit, String fields, Sink sink) {
        TreeSet<Long> companies = new TreeSet<>();
        parents.forEach(parent -> Ids.number(parent).ifPresent(companies::add));
        Place place = Place.of(cursor);
        Long company = companies.ceiling(place.company());
        long after = company != null && company == place.company() ? place.site() : 0;
        int left = limit;
        for (int i = 0; company != null && left > 0 && i < MOST_REQUESTS; i++) {
            Page page = page(company, fields, after, left);
            sink.take(company, after, page);
            left -= page.rows().size();
            after = page.more() ? page.last() : 0;
            company = page.more() ? company : companies.higher(company);
        }
        return company == null ? Place.START : new Place(company, after, place.complete());
    }

    private long count(long company, long after) {
        try {
            return pages.count(listing(company, "id").where(Condition.above("id", after)));
        } catch (ConnectorException.Gone e) {
            return 0;
        }
    }

    private Listing listing(long company, String fields) {
        return Listing.of(kind.call("page"), kind.path(), company).fields(fields);
    }

    /** A company that is gone has no sites. */
    private Page page(long company, String fields, long after, int size) {
        try {
            return pages.page(listing(company, fields), after, size);
        } catch (ConnectorException.Gone e) {
            return new Page(List.of(), after, false, null);
        }
    }
}
