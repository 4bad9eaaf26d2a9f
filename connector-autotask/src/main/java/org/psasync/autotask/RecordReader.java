package org.psasync.autotask;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.psasync.model.RemoteId;
import org.psasync.spi.RemoteRead;

/**
 * Reads records by their ids, as many a request as a query may have alternatives. A query that names an id and does not find
 * it is the PSA's word that there is no such record: single reads answer that in more than one way.
 */
final class RecordReader {
    private final QueryReader queries;
    private final Rows rows;

    RecordReader(QueryReader queries, Rows rows) {
        this.queries = queries;
        this.rows = rows;
    }

    Map<RemoteId, RemoteRead> read(RecordKind kind, Collection<RemoteId> ids) {
        Map<RemoteId, RemoteRead> result = new LinkedHashMap<>();
        TreeSet<Long> numbers = new TreeSet<>();
        for (RemoteId id : ids) {
            result.put(
                    id,
                    Ids.number(id).isPresent()
                            ? new RemoteRead.NotFound()
                            : new RemoteRead.NotUnderstood("\"" + id.value() + "\" is no id of this PSA"));
            Ids.number(id).ifPresent(numbers::add);
        }
        if (!numbers.isEmpty()) {
            Rows.Understood found = rows.read(
                    kind, queries.byNumbers(numbers, part -> kind.query("read").where(Filter.in("id", part))));
            found.records().forEach(record -> result.replace(record.id(), new RemoteRead.Found(record)));
            found.unreadable()
                    .forEach(row ->
                            result.replace(row.id(), new RemoteRead.NotUnderstood(kind.kind() + ": " + row.text())));
        }
        return result;
    }

    RemoteRead read(RecordKind kind, RemoteId id) {
        return read(kind, List.of(id)).getOrDefault(id, new RemoteRead.NotFound());
    }
}
