package org.psasync.autotask;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.psasync.autotask.QueryReader.At;
import org.psasync.autotask.QueryReader.Page;
import org.psasync.model.AssetKind;
import org.psasync.model.RemoteId;
import org.psasync.spi.ReadScope;
import org.psasync.spi.RemoteCursor;
import org.psasync.spi.RemotePage;

/**
 * Reads the changes of a kind; of locations, which have no stamp, all.
 *
 * <p>A pass walks in the order of ids. The next one asks for what was stamped since a little before the first answer of this
 * one, by the server's own clock; so what changes behind the walk, or whose stamp lands late, comes again. What is inactive is
 * asked for too, or its going would be unseen.
 */
final class ChangeReader {
    /** How far passes overlap: stamps land out of order, and the web server's clock is not the database's. */
    static final Duration OVERLAP = Duration.ofMinutes(5);

    /** How far they overlap when the server does not tell its time. */
    private static final Duration BLIND_OVERLAP = Duration.ofHours(2);

    private final QueryReader queries;
    private final Rows rows;
    private final InstantSource clock;

    ChangeReader(QueryReader queries, Rows rows, InstantSource clock) {
        this.queries = queries;
        this.rows = rows;
        this.clock = clock;
    }

    RemotePage read(RecordKind kind, ReadScope scope, RemoteCursor cursor, int limit) {
        boolean tickets = kind.kind() == AssetKind.TICKET;
        if (tickets && scope.boards().isEmpty()) {
            return RemotePage.of(List.of(), cursor, true);
        }
        Position position = Position.of(cursor);
        Query query = tickets ? inQueues(kind.query("page"), scope) : kind.query("page");
        Instant from = tickets ? later(scope.since(), position.from()) : position.from();
        if (from != null && !kind.deltas().isEmpty()) {
            query = kind.changedFrom(query, from);
        }
        At at = position.at();
        int size = at == null ? Math.min(limit, QueryReader.LARGEST_PAGE) : position.size();
        Page page = at == null ? queries.first(query, size) : queries.next(query, at, size);
        Instant began = position.began() == null ? began(page) : position.began();
        long expected = position.expected();
        if (at == null
                && position.from() == null
                && page.next() != null
                && !kind.deltas().isEmpty()) {
            expected = queries.count(query);
        }
        Position now = new Position(
                position.from(), began, size, position.seen() + page.rows().size(), expected, page.next());
        Rows.Understood understood = rows.read(kind, page.rows());
        return new RemotePage(
                understood.records(),
                understood.unreadable(),
                next(kind, now),
                page.next() == null,
                expected < 0 ? OptionalLong.empty() : OptionalLong.of(expected));
    }

    private static RemoteCursor next(RecordKind kind, Position now) {
        if (now.at() != null) {
            return Position.cursor(now, now.at());
        }
        return kind.deltas().isEmpty()
                ? RemoteCursor.start()
                : Position.next(Objects.requireNonNull(now.began()).minus(OVERLAP));
    }

    static Query inQueues(Query query, ReadScope scope) {
        TreeSet<Long> queues = new TreeSet<>();
        for (String board : scope.boards()) {
            Ids.number(new RemoteId(board)).ifPresent(queues::add);
        }
        return query.where(
                queues.isEmpty() ? Filter.above("queueID", Integer.MAX_VALUE) : Filter.in("queueID", queues));
    }

    private static @Nullable Instant later(@Nullable Instant one, @Nullable Instant other) {
        return one == null || other != null && other.isAfter(one) ? other : one;
    }

    private Instant began(Page page) {
        Instant serverTime = page.serverTime();
        return serverTime == null ? clock.instant().minus(BLIND_OVERLAP) : serverTime;
    }
}
