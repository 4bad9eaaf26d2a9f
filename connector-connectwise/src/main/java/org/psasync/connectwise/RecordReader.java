package org.psasync.connectwise;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.psasync.connectwise.PageReader.Listing;
import org.psasync.http.JsonMismatch;
import org.psasync.http.JsonValue;
import org.psasync.model.AssetKind;
import org.psasync.model.RemoteId;
import org.psasync.spi.ConnectorException;
import org.psasync.spi.RemoteRead;
import org.psasync.spi.RemoteRecord;

/**
 * Reads records by their ids: several at once by a condition, and each that the answer lacks by a request of its own,
 * since only that is a word of the PSA about that record (C6.2).
 */
final class RecordReader {
    /** Keeps addresses below 2,000 characters, with the members that are asked for. */
    private static final int LONGEST_ID_LIST = 900;

    private final Api api;
    private final PageReader pages;
    private final TicketConfigurations ticketConfigurations;

    RecordReader(Api api, PageReader pages) {
        this.api = api;
        this.pages = pages;
        this.ticketConfigurations = new TicketConfigurations(pages);
    }

    Map<RemoteId, RemoteRead> read(RecordKind kind, Collection<RemoteId> ids) {
        Map<RemoteId, RemoteRead> result = new LinkedHashMap<>();
        if (kind instanceof SiteKind sites) {
            readSites(sites, ids, result);
        } else {
            List<Long> numbers = new ArrayList<>();
            ids.forEach(id -> Ids.number(id).ifPresentOrElse(numbers::add, () -> result.put(id, foreign(id))));
            readBatch(kind, numbers, Ids::of, row -> row, result);
        }
        if (kind.kind() == AssetKind.TICKET && TicketConfigurations.areFew(ids.size())) {
            result.replaceAll((id, read) -> read instanceof RemoteRead.Found found
                    ? new RemoteRead.Found(ticketConfigurations.with(found.record()))
                    : read);
        }
        return result;
    }

    /** Reads one record. */
    RemoteRead read(RecordKind kind, RemoteId id) {
        return read(kind, List.of(id)).getOrDefault(id, new RemoteRead.NotFound());
    }

    private static RemoteRead foreign(RemoteId id) {
        return new RemoteRead.NotUnderstood("\"" + id + "\" is not an id of ConnectWise");
    }

    private void readSites(SiteKind kind, Collection<RemoteId> ids, Map<RemoteId, RemoteRead> result) {
        Map<Long, Set<Long>> byCompany = new TreeMap<>();
        for (RemoteId id : ids) {
            Ids.site(id)
                    .ifPresentOrElse(
                            site -> byCompany
                                    .computeIfAbsent(site.company(), any -> new LinkedHashSet<>())
                                    .add(site.site()),
                            () -> result.put(id, foreign(id)));
        }
        byCompany.forEach((company, sites) -> readBatch(
                kind,
                List.copyOf(sites),
                site -> new Ids.Site(company, site).remote(),
                row -> SiteKind.below(company, row),
                result,
                company));
    }

    private void readBatch(
            RecordKind kind,
            List<Long> numbers,
            Function<Long, RemoteId> idOf,
            Function<JsonValue, JsonValue> completed,
            Map<RemoteId, RemoteRead> result,
            Object... parents) {
        int from = 0;
        while (from < numbers.size()) {
            int to = from + 1;
            int length = numbers.get(from).toString().length();
            while (to < numbers.size()
                    && length + 3 + numbers.get(to).toString().length() <= LONGEST_ID_LIST) {
                length += 3 + numbers.get(to).toString().length();
                to++;
            }
            List<Long> batch = numbers.subList(from, to);
            if (batch.size() > 1) {
                list(kind, batch, idOf, completed, result, parents);
            }
            for (Long number : batch) {
                result.computeIfAbsent(idOf.apply(number), id -> one(kind, number, completed, parents));
            }
            from = to;
        }
    }

    private void list(
            RecordKind kind,
            List<Long> numbers,
            Function<Long, RemoteId> idOf,
            Function<JsonValue, JsonValue> completed,
            Map<RemoteId, RemoteRead> result,
            Object... parents) {
        Listing list = Listing.of(kind.call("read"), kind.path(), parents)
                .fields(kind.members())
                .where(Condition.in("id", numbers));
        List<JsonValue> rows;
        try {
            rows = pages.all(list);
        } catch (ConnectorException.Gone | ConnectorException.Rejected e) {
            return; // such as the company of these sites is gone; each site is asked for by itself
        } catch (ConnectorException.Unavailable e) {
            if (ServerFault.caused(e)) {
                return; // one of them may be at fault
            }
            throw e;
        }
        for (JsonValue row : rows) {
            Long number = Reads.id(row);
            if (number != null && numbers.contains(number)) {
                result.put(idOf.apply(number), understood(kind, completed.apply(row)));
            }
        }
    }

    private RemoteRead one(RecordKind kind, long number, Function<JsonValue, JsonValue> completed, Object... parents) {
        List<Object> segments = new ArrayList<>(List.of(parents));
        segments.add(number);
        try {
            JsonValue row = api.get(kind.call("read"), kind.onePath(), segments.toArray())
                    .json();
            Long answered = row.isObject() ? row.integer("id") : null;
            if (answered == null || answered != number) {
                return new RemoteRead.NotUnderstood("ConnectWise answered with another record than " + number);
            }
            return understood(kind, completed.apply(row));
        } catch (ConnectorException.Gone e) {
            return new RemoteRead.NotFound();
        } catch (JsonMismatch | ConnectorException.Rejected e) {
            return new RemoteRead.NotUnderstood(String.valueOf(e.getMessage()));
        } catch (ConnectorException.Forbidden | ConnectorException.Unavailable e) {
            boolean notThere = e.getCause() instanceof BareNotFound;
            boolean maybeThisOne = notThere || e instanceof ConnectorException.Forbidden || ServerFault.caused(e);
            if (!maybeThisOne || !canList(kind, parents)) {
                throw e;
            }
            return notThere ? new RemoteRead.NotFound() : new RemoteRead.NotUnderstood(String.valueOf(e.getMessage()));
        }
    }

    /** Whether other records of the kind can be read, so that a failure is about one record only (PULL-4). */
    private boolean canList(RecordKind kind, Object... parents) {
        try {
            pages.page(Listing.of(kind.call("read"), kind.path(), parents).fields("id"), 0, 1);
            return true;
        } catch (ConnectorException.Forbidden e) {
            return false;
        }
    }

    private static RemoteRead understood(RecordKind kind, JsonValue row) {
        try {
            return new RemoteRead.Found(kind.read(row));
        } catch (JsonMismatch e) {
            return new RemoteRead.NotUnderstood(String.valueOf(e.getMessage()));
        }
    }

    /** Reads one record that is known to exist. */
    Optional<RemoteRecord> found(RecordKind kind, RemoteId id) {
        return read(kind, id) instanceof RemoteRead.Found found ? Optional.of(found.record()) : Optional.empty();
    }
}
