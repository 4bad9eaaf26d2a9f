package org.psasync.pulseway;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.psasync.http.JsonMismatch;
import org.psasync.http.JsonValue;
import org.psasync.http.RestAnswer;
import org.psasync.http.RestCall;
import org.psasync.spi.ConnectorException;
import org.psasync.spi.RemoteCursor;

/**
 * Reads lists by the numbers of their pages.
 *
 * <p>How many rows a page may have is not documented, and a larger one may be cut without a word; totals are not shown by
 * all lists and may lie. So the end is where a page is empty, or where it has fewer rows than the one before and no total
 * says that more are to come; that a total is reached proves nothing. Source: BMS API 2.0, Paging, 2026-10.
 */
final class Pages {
    /** Source: Kaseya help, Throttling policy: up to 100 objects a request. */
    static final int LARGEST = 100;

    private static final int MOST = 2000;

    private final Api api;

    Pages(Api api) {
        this.api = api;
    }

    /**
     * A page.
     *
     * @param next where the part goes on; null at its end
     * @param total how many rows the part has; negative when it does not say
     */
    record Page(
            RestAnswer answer,
            List<JsonValue> rows,
            @Nullable Place next,
            long total) {}

    /** A list, or a search by a body; asked for the page of that number and size. */
    interface Listing extends BiFunction<Integer, Integer, RestCall> {}

    static Listing list(String name, String path, String... filters) {
        return (number, size) -> {
            RestCall call = RestCall.read(name, path).query("PageSize", size).query("PageNumber", number);
            for (int i = 0; i < filters.length; i += 2) {
                call = call.query("Filter." + filters[i], filters[i + 1]);
            }
            return call;
        };
    }

    Page page(Listing list, Place place, int limit) {
        int size = size(place, limit);
        RestAnswer answer = api.call(list.apply(place.page(), size));
        List<JsonValue> rows = Api.rows(answer);
        Long firstId = rows.isEmpty() ? null : Kinds.idOf(rows.get(0));
        long first = firstId == null ? 0 : firstId;
        if (first != 0 && first == place.first()) {
            throw answer.unavailable("answered with a page again that was read before; the reading was stopped");
        }
        long seen = place.seen() + rows.size();
        long total = total(answer);
        int full = place.full() == 0 ? rows.size() : place.full();
        boolean last = rows.isEmpty() || rows.size() < full && seen >= total;
        Place next = last
                ? null
                : new Place(place.from(), place.began(), place.part(), place.page() + 1, size, full, seen, first, 0);
        return new Page(answer, rows, next, total);
    }

    /** How many rows are asked for, which is the same for all pages of a part. */
    static int size(Place place, int limit) {
        return place.asked() == 0 ? Math.min(limit, LARGEST) : place.asked();
    }

    private static long total(RestAnswer answer) {
        try {
            Long total = answer.json().isObject() ? answer.json().integer("TotalRecords") : null;
            return total == null ? -1 : total;
        } catch (JsonMismatch e) {
            return -1;
        }
    }

    /** Reads all of a list that is known not to be long. */
    List<JsonValue> all(Listing list) {
        return first(list, MOST);
    }

    /** Reads so many pages of a list, or all of it. */
    List<JsonValue> first(Listing list, int most) {
        List<JsonValue> rows = new ArrayList<>();
        Place place = Place.of(RemoteCursor.start());
        for (int i = 0; place != null && i < most; i++) {
            Page page = page(list, place, LARGEST);
            rows.addAll(page.rows());
            place = page.next();
        }
        if (place != null && most == MOST) {
            throw new ConnectorException.Unavailable("A list does not end after " + MOST + " pages", false, null);
        }
        return rows;
    }
}
