package org.psasync.pulseway;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.psasync.http.JsonValue;
import org.psasync.http.RestCall;
import org.psasync.model.Choice;
import org.psasync.model.RemoteId;
import org.psasync.model.TicketFields;
import org.psasync.pulseway.Pages.Listing;
import org.psasync.pulseway.Pages.Page;
import org.psasync.spi.ConnectorException;
import org.psasync.spi.ReadScope;
import org.psasync.spi.RemoteCursor;
import org.psasync.spi.RemotePage;
import org.psasync.spi.RemoteRead;
import org.psasync.spi.RemoteRecord;

/**
 * Reads tickets queue by queue, by their last activity. Where few changed, the feed of changed tickets shows which, also
 * those that changed without an activity; it belongs to another integration of the vendor's and may be switched off.
 *
 * <p>Queues are searched by their names, which is all that the search offers; what it returns is held against their ids.
 */
final class TicketReader {
    /** More changed tickets than this are searched for, since each from the feed costs a request. */
    private static final int MOST_FROM_FEED = 100;

    private final Api api;
    private final Pages pages;
    private final RecordKind kind;
    private final RecordReader records;
    private final InstantSource clock;
    private volatile boolean withoutFeed;

    TicketReader(Api api, Pages pages, RecordKind kind, RecordReader records, InstantSource clock) {
        this.api = api;
        this.pages = pages;
        this.kind = kind;
        this.records = records;
        this.clock = clock;
    }

    RemotePage read(ReadScope scope, RemoteCursor cursor, int limit) {
        List<String> queues = List.copyOf(new TreeSet<>(scope.boards()));
        if (queues.isEmpty()) {
            return RemotePage.of(List.of(), cursor, true);
        }
        Place place = Place.of(cursor);
        boolean begins = place.part() == 0 && place.page() == 1;
        if (begins && place.from() != null && !withoutFeed && limit >= MOST_FROM_FEED) {
            RemotePage fed = feed(scope, place);
            if (fed != null) {
                return fed;
            }
        }
        return search(scope, queues, place, limit);
    }

    private RemotePage search(ReadScope scope, List<String> queues, Place place, int limit) {
        if (place.part() >= queues.size()) {
            return RemotePage.of(List.of(), place.next(), true);
        }
        String queue = queues.get(place.part());
        String name = names().get(queue);
        Instant now = clock.instant();
        if (name == null) { // the queue is gone, and its tickets with it
            Place next = place.begun(now.minus(ChangeReader.OVERLAP)).nextPart();
            boolean last = next.part() >= queues.size();
            return RemotePage.of(List.of(), last ? next.next() : next.cursor(), last);
        }
        Instant from = later(scope.since(), place.from());
        Page page = pages.page((number, size) -> search(name, from, number, size), place, limit);
        ChangeReader.Collected collected = new ChangeReader.Collected();
        for (JsonValue row : page.rows()) {
            if (queue.equals(row.text("QueueId"))) {
                collected.take(row, kind::read);
            }
        }
        Instant began = Session.serverTime(page.answer(), now).minus(ChangeReader.OVERLAP);
        return collected.page(place.begun(began), page, queues.size(), true);
    }

    private RestCall search(String queue, @Nullable Instant from, int number, int size) {
        Map<String, Object> filter = new LinkedHashMap<>();
        filter.put("QueueNames", queue);
        filter.put("ExcludeCompleted", 0);
        if (from != null) {
            filter.put("LastActivityUpdateFrom", from.toString());
        }
        return RestCall.read(kind.call("page"), "v2/servicedesk/tickets/search")
                .method("POST")
                .json(JsonValue.of(Map.of("Filter", filter, "PageSize", size, "PageNumber", number)));
    }

    private Map<String, String> names() {
        Map<String, String> names = new LinkedHashMap<>();
        for (JsonValue row : api.list("queues.list", "v2/system/queues/lookup")) {
            names.put(String.valueOf(row.text("Id")), String.valueOf(row.text("Name")));
        }
        return names;
    }

    private static @Nullable Instant later(@Nullable Instant one, @Nullable Instant other) {
        return one == null || other != null && other.isAfter(one) ? other : one;
    }

    /** Returns null when the feed cannot be used. */
    private @Nullable RemotePage feed(ReadScope scope, Place place) {
        Listing list = Pages.list(
                "tickets.feed",
                "v2/integrations/itglue/servicedesk/ticketsync",
                "ModifiedOnFrom",
                String.valueOf(place.from()));
        Page page;
        boolean more;
        try {
            page = pages.page(list, place, MOST_FROM_FEED);
            more = page.next() != null
                    && !pages.page(list, page.next(), MOST_FROM_FEED).rows().isEmpty();
        } catch (ConnectorException.Forbidden | ConnectorException.Rejected | ConnectorException.Gone e) {
            withoutFeed = true;
            return null;
        }
        if (more) {
            return null;
        }
        Instant began = Session.serverTime(page.answer(), clock.instant()).minus(ChangeReader.OVERLAP);
        List<RemoteId> ids = new ArrayList<>();
        for (JsonValue row : page.rows()) {
            ids.add(Ids.of(RecordKind.number(row)));
        }
        List<RemoteRecord> found = new ArrayList<>();
        List<RemotePage.Unreadable> unreadable = new ArrayList<>();
        records.read(kind, ids).forEach((id, read) -> {
            if (read instanceof RemoteRead.Found ticket && isInScope(ticket.record(), scope)) {
                found.add(ticket.record());
            } else if (read instanceof RemoteRead.NotUnderstood text) {
                unreadable.add(new RemotePage.Unreadable(id, text.text()));
            }
        });
        return new RemotePage(found, unreadable, place.begun(began).next(), true, OptionalLong.empty());
    }

    private static boolean isInScope(RemoteRecord ticket, ReadScope scope) {
        Choice queue = ticket.values().get(TicketFields.BOARD);
        Instant updated = ticket.values().get(TicketFields.UPDATED);
        Instant since = scope.since();
        return queue != null
                && scope.boards().contains(queue.id())
                && (since == null || updated == null || !updated.isBefore(since));
    }
}
