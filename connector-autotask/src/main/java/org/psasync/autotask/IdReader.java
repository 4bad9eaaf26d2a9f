package org.psasync.autotask;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.psasync.autotask.QueryReader.At;
import org.psasync.autotask.QueryReader.Page;
import org.psasync.model.AssetKind;
import org.psasync.model.RemoteId;
import org.psasync.spi.IdPage;
import org.psasync.spi.ReadScope;
import org.psasync.spi.RemoteCursor;

/**
 * Lists all ids of a kind, 500 a request. The listing is complete when the walk was unbroken, and found at least as many
 * records as the PSA counted before and after it (C5.1).
 */
final class IdReader {
    private final QueryReader queries;

    IdReader(QueryReader queries) {
        this.queries = queries;
    }

    IdPage read(RecordKind kind, ReadScope scope, RemoteCursor cursor) {
        boolean tickets = kind.kind() == AssetKind.TICKET;
        if (tickets && scope.boards().isEmpty()) {
            return new IdPage(List.of(), List.of(), RemoteCursor.start(), true, true);
        }
        Query all = Query.of(kind.call("ids"), kind.entity()).include("id");
        Query query = tickets ? ChangeReader.inQueues(all, scope) : all;
        Position walk = Position.of(cursor);
        At at = walk.at();
        long counted = at == null ? queries.count(query) : walk.expected();
        Page page = at == null
                ? queries.first(query, QueryReader.LARGEST_PAGE)
                : queries.next(query, at, QueryReader.LARGEST_PAGE);
        List<RemoteId> ids = new ArrayList<>(page.rows().size());
        page.rows().forEach(row -> ids.add(Ids.of(Ids.required(row))));
        long seen = walk.seen() + ids.size();
        @Nullable At next = page.next();
        boolean complete = next == null && seen >= counted && seen >= queries.count(query);
        return new IdPage(
                ids,
                List.of(),
                next == null
                        ? RemoteCursor.start()
                        : Position.cursor(
                                new Position(null, null, QueryReader.LARGEST_PAGE, seen, counted, next), next),
                next == null,
                complete);
    }
}
