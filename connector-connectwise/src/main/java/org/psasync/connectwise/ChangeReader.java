package org.psasync.connectwise;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.psasync.connectwise.PageReader.Listing;
import org.psasync.connectwise.PageReader.Page;
import org.psasync.http.JsonMismatch;
import org.psasync.http.JsonValue;
import org.psasync.model.AssetKind;
import org.psasync.model.RemoteId;
import org.psasync.spi.ConnectorException;
import org.psasync.spi.ReadScope;
import org.psasync.spi.RemoteCursor;
import org.psasync.spi.RemotePage;
import org.psasync.spi.RemoteRecord;

/**
 * Reads the changes of a kind that has one list for all companies.
 *
 * <p>A pass walks the list in the order of ids. The next one asks for what changed since a little before the first answer
 * of this one, by the server's own clock; so what changes behind the walk, or in the same second, comes again. Deleted
 * companies are not filtered out, or their deletion would go unseen.
 */
final class ChangeReader {
    /** How far passes overlap: the web server's clock and the database's need not agree to the second. */
    static final Duration OVERLAP = Duration.ofMinutes(5);

    /** How far they overlap when the server does not tell its time. */
    private static final Duration BLIND_OVERLAP = Duration.ofHours(2);

    private final PageReader pages;
    private final InstantSource clock;
    private final TicketConfigurations ticketConfigurations;
    private volatile boolean datesWithoutZone;

    ChangeReader(PageReader pages, InstantSource clock) {
        this.pages = pages;
        this.ticketConfigurations = new TicketConfigurations(pages);
        this.clock = clock;
    }

    RemotePage read(RecordKind kind, ReadScope scope, RemoteCursor cursor, int limit) {
        boolean tickets = kind.kind() == AssetKind.TICKET;
        if (tickets && scope.boards().isEmpty()) {
            return RemotePage.of(List.of(), cursor, true);
        }
        Position position = Position.of(cursor);
        Condition boards = tickets ? Condition.in("board/id", new TreeSet<>(Ids.numbers(scope.boards()))) : null;
        Instant from = tickets ? later(scope.since(), position.from()) : position.from();
        Listing list = Listing.of(kind.call("page"), kind.path()).fields(kind.members());
        Page page = page(list, boards, from, position.after(), limit);
        Instant began = position.began() == null ? began(page) : position.began();
        long expected = position.expected();
        if (position.isFirstPage() && position.from() == null && page.more()) {
            expected = pages.count(list.where(condition(boards, from)));
        }
        RemoteCursor next =
                page.more() ? position.goingOn(began, page.last(), expected) : Position.next(began.minus(OVERLAP));
        return page(kind, page.rows(), next, !page.more(), expected);
    }

    /** Some servers take dates without a zone only; which, shows at the first date that one refuses. */
    private Page page(Listing list, @Nullable Condition boards, @Nullable Instant from, long after, int limit) {
        try {
            return pages.page(list.where(condition(boards, from)), after, limit);
        } catch (ConnectorException.Rejected e) {
            if (from == null || datesWithoutZone) {
                throw e;
            }
            Page page = pages.page(list.where(Condition.both(boards, Condition.changedFromLocal(from))), after, limit);
            datesWithoutZone = true;
            return page;
        }
    }

    private @Nullable Condition condition(@Nullable Condition boards, @Nullable Instant from) {
        if (from == null) {
            return boards;
        }
        return Condition.both(
                boards, datesWithoutZone ? Condition.changedFromLocal(from) : Condition.changedFrom(from));
    }

    private static @Nullable Instant later(@Nullable Instant one, @Nullable Instant other) {
        return one == null || other != null && other.isAfter(one) ? other : one;
    }

    private Instant began(Page page) {
        Instant serverTime = page.serverTime();
        return serverTime == null ? clock.instant().minus(BLIND_OVERLAP) : serverTime;
    }

    private RemotePage page(RecordKind kind, List<JsonValue> rows, RemoteCursor next, boolean last, long expected) {
        List<RemoteRecord> records = new ArrayList<>(rows.size());
        List<RemotePage.Unreadable> unreadable = new ArrayList<>();
        for (JsonValue row : rows) {
            read(kind, row, records, unreadable);
        }
        return new RemotePage(
                kind.kind() == AssetKind.TICKET ? ticketConfigurations.with(records) : records,
                unreadable,
                next,
                last,
                expected < 0 ? OptionalLong.empty() : OptionalLong.of(expected));
    }

    /** C4.4: one record that cannot be understood does not hold up the others. */
    static void read(
            RecordKind kind, JsonValue row, List<RemoteRecord> records, List<RemotePage.Unreadable> unreadable) {
        try {
            records.add(kind.read(row));
        } catch (JsonMismatch e) {
            unreadable.add(new RemotePage.Unreadable(idOf(kind, row), String.valueOf(e.getMessage())));
        }
    }

    private static RemoteId idOf(RecordKind kind, JsonValue row) {
        try {
            return kind.id(row);
        } catch (JsonMismatch e) {
            return new RemoteId("without id");
        }
    }
}
