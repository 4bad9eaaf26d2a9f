package org.psasync.autotask;

import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.psasync.http.JsonValue;
import org.psasync.http.RestAnswer;
import org.psasync.http.RestCall;
import org.psasync.http.TrustedHosts;
import org.psasync.spi.ConnectorException;

/**
 * Reads queries page by page, in the order of ids.
 *
 * <p>A query goes by POST, and its next page too, with the same body to the address that the answer names, which must be on
 * the server of the zone. Where that address is of no use any more, the reading goes on behind the last id. Safe for use by
 * several threads. Source: REST guide, Basic query calls, and recorded answers, 2026-10.
 */
final class QueryReader {
    static final int LARGEST_PAGE = 500;

    private static final int MOST_PAGES = 4000;

    private final Api api;

    QueryReader(Api api) {
        this.api = api;
    }

    /**
     * How far a query was read.
     *
     * @param begun the id behind which the chain of pages began; negative for the beginning
     * @param last the highest id so far
     * @param link the address of the next page
     */
    record At(long begun, long last, String link) {}

    /**
     * A page.
     *
     * @param next where it goes on; null at the end
     * @param serverTime when the answer was made, by the server's clock; null when it does not tell
     */
    record Page(
            List<JsonValue> rows,
            @Nullable At next,
            @Nullable Instant serverTime) {}

    Page first(Query query, int size) {
        return from(query, -1, size);
    }

    private Page from(Query query, long after, int size) {
        RestCall call = RestCall.read(query.name(), query.entity() + "/query");
        return page(send(query, call, query.body(after, size)), after, after);
    }

    Page next(Query query, At at, int size) {
        if (!isInZone(at)) {
            return from(query, at.last(), size);
        }
        RestAnswer answer;
        try {
            RestCall call = RestCall.readLink(query.name(), URI.create(at.link()));
            answer = send(query, call, query.body(at.begun(), size));
        } catch (ConnectorException.Rejected | ConnectorException.Gone e) {
            return from(query, at.last(), size);
        } catch (ConnectorException.Unavailable e) {
            if (isInZone(at)) {
                throw e;
            }
            return from(query, at.last(), size);
        }
        return page(answer, at.begun(), at.last());
    }

    /** Whether the address of the next page is still the tenant's, which may have been moved. */
    private boolean isInZone(At at) {
        return api.zones().current().trusts(at.link());
    }

    private RestAnswer send(Query query, RestCall call, JsonValue body) {
        return api.call(call.method("POST").json(body).scope(query.entity()));
    }

    private Page page(RestAnswer answer, long begun, long lastBefore) {
        JsonValue json = answer.json();
        if (!json.isObject() || !json.at("items").isArray()) {
            throw answer.unavailable("did not answer with a page");
        }
        List<JsonValue> rows = json.elements("items");
        long last = lastBefore;
        for (JsonValue row : rows) {
            Long id = Ids.ofRow(row);
            if (id != null && id <= last) {
                throw answer.unavailable("returned records again or out of order; the reading was stopped");
            }
            last = id == null ? last : id;
        }
        String link = json.text("pageDetails/nextPageUrl");
        if (link == null) {
            return new Page(rows, null, serverTime(answer));
        }
        if (last == lastBefore) {
            throw answer.unavailable("answered with a page that does not move on");
        }
        TrustedHosts.only(api.zones().current().address()).check(link);
        return new Page(rows, new At(begun, last, link), serverTime(answer));
    }

    /** Reads all of a query that is known not to be long. */
    List<JsonValue> all(Query query) {
        List<JsonValue> rows = new ArrayList<>();
        each(query, page -> rows.addAll(page.rows()));
        return rows;
    }

    private void each(Query query, Consumer<Page> consumer) {
        Page page = first(query, LARGEST_PAGE);
        consumer.accept(page);
        for (int i = 1; page.next() != null; i++) {
            if (i > MOST_PAGES) {
                throw new ConnectorException.Unavailable(query.name() + " does not end", false, null);
            }
            page = next(query, page.next(), LARGEST_PAGE);
            consumer.accept(page);
        }
    }

    /** Reads records by their numbers, as many a request as a query may have alternatives. */
    List<JsonValue> byNumbers(Collection<Long> numbers, Function<List<Long>, Query> query) {
        List<Long> all = List.copyOf(numbers);
        List<JsonValue> rows = new ArrayList<>();
        for (int i = 0; i < all.size(); i += Filter.MOST_OR) {
            rows.addAll(all(query.apply(all.subList(i, Math.min(all.size(), i + Filter.MOST_OR)))));
        }
        return rows;
    }

    /** Returns how many records a query finds. */
    long count(Query query) {
        RestAnswer answer =
                send(query, RestCall.read(query.name(), query.entity() + "/query/count"), query.body(-1, 0));
        Long count = answer.json().isObject() ? answer.json().integer("queryCount") : null;
        if (count == null) {
            throw answer.unavailable("did not answer with a count");
        }
        return count;
    }

    private static @Nullable Instant serverTime(RestAnswer answer) {
        try {
            return answer.header("Date")
                    .map(date -> ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant())
                    .orElse(null);
        } catch (DateTimeException e) {
            return null;
        }
    }
}
