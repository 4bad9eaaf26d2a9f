package org.psasync.connectwise;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.psasync.http.JsonValue;
import org.psasync.http.RestAnswer;
import org.psasync.http.RestCall;
import org.psasync.spi.ConnectorException;

/**
 * Reads lists page by page in the order of ids, so that records that appear or vanish meanwhile move no other.
 *
 * <p>Lists are asked for forward-only pages, which begin behind an id. Where a server does not keep to that, the id goes
 * into the conditions and the order is asked for. The address of the next page in an answer is never followed: its being
 * there is all that counts. Safe for use by several threads. Source: ConnectWise developer guide, Pagination, 2026-10.
 */
final class PageReader {
    static final int LARGEST_PAGE = 1000;
    private static final int MOST_PAGES = 2000;
    private static final Pattern NEXT = Pattern.compile(";\\s*rel\\s*=\\s*\"?\\s*next\\b", Pattern.CASE_INSENSITIVE);

    private final Api api;
    private final Set<String> withoutForwardOnly = ConcurrentHashMap.newKeySet();

    PageReader(Api api) {
        this.api = api;
    }

    /**
     * A list to read.
     *
     * @param name of its calls
     * @param path below the interface, with a placeholder for each segment
     * @param fields the members to ask for; empty for all
     * @param condition null for all records
     */
    record Listing(
            String name,
            String path,
            List<Object> segments,
            String fields,
            @Nullable Condition condition) {
        static Listing of(String name, String path, Object... segments) {
            return new Listing(name, path, List.of(segments), "", null);
        }

        Listing fields(String wanted) {
            return new Listing(name, path, segments, wanted, condition);
        }

        Listing where(@Nullable Condition wanted) {
            return new Listing(name, path, segments, fields, wanted);
        }
    }

    /**
     * A page.
     *
     * @param rows in the order of their ids
     * @param last the highest id so far
     * @param more whether the server says that there is more
     * @param serverTime when the answer was made, by the server's clock; null when it does not tell
     */
    record Page(
            List<JsonValue> rows,
            long last,
            boolean more,
            @Nullable Instant serverTime) {}

    /** Reads the page behind an id. */
    Page page(Listing list, long after, int size) {
        if (!withoutForwardOnly.contains(list.path())) {
            Page page = read(list, after, size, true);
            if (page != null) {
                return page;
            }
            withoutForwardOnly.add(list.path());
        }
        Page page = read(list, after, size, false);
        if (page == null) {
            throw new ConnectorException.Unavailable(
                    list.name() + ": ConnectWise returned records again or out of order; the reading was stopped",
                    false,
                    null);
        }
        return page;
    }

    /** Reads all pages of a list that is known not to be long. */
    List<JsonValue> all(Listing list) {
        List<JsonValue> result = new ArrayList<>();
        each(list, MOST_PAGES, page -> result.addAll(page.rows()));
        return result;
    }

    /** Reads page after page; returns whether the end was reached. */
    boolean each(Listing list, int mostPages, Consumer<Page> consumer) {
        long after = 0;
        for (int i = 0; i < mostPages; i++) {
            Page page = page(list, after, LARGEST_PAGE);
            consumer.accept(page);
            if (!page.more()) {
                return true;
            }
            after = page.last();
        }
        return false;
    }

    /** Returns how many records the list has. */
    long count(Listing list) {
        RestAnswer answer = api.call(base -> {
            RestCall call = RestCall.read(
                    list.name(),
                    base.path(list.path() + "/count"),
                    list.segments().toArray());
            return list.condition() == null ? call : call.query("conditions", list.condition());
        });
        Long count = answer.json().integer("count");
        if (count == null) {
            throw answer.unavailable("did not answer with a count");
        }
        return count;
    }

    /** Returns null when the rows are not those behind the id in the order of ids. */
    private @Nullable Page read(Listing list, long after, int size, boolean forwardOnly) {
        RestAnswer answer = api.call(base -> call(list, base, after, size, forwardOnly));
        if (!answer.json().isArray()) {
            throw answer.unavailable("did not answer with a list");
        }
        List<JsonValue> rows = answer.json().elements();
        long last = after;
        for (JsonValue row : rows) {
            Long id = Reads.id(row);
            if (id != null) {
                if (id <= last) {
                    return null;
                }
                last = id;
            }
        }
        // the header is a part of forward-only paging: without it only an empty page is surely the last
        boolean more = !rows.isEmpty() && hasNext(answer, forwardOnly || rows.size() >= size);
        if (more && last == after) {
            throw answer.unavailable("answered with a page that does not move on");
        }
        return new Page(rows, last, more, serverTime(answer));
    }

    private static RestCall call(Listing list, CodeBase base, long after, int size, boolean forwardOnly) {
        RestCall call = RestCall.read(
                        list.name(), base.path(list.path()), list.segments().toArray())
                .query("pageSize", size);
        Condition condition = list.condition();
        if (forwardOnly) {
            call = call.header("pagination-type", "forward-only");
            call = after == 0 ? call : call.query("pageId", after);
        } else {
            Condition behind = Condition.above("id", after);
            condition = condition == null ? behind : condition.and(behind);
            call = call.query("orderBy", "id asc");
        }
        if (!list.fields().isEmpty()) {
            call = call.query("fields", list.fields());
        }
        return condition == null ? call : call.query("conditions", condition);
    }

    /** An empty header is the end; where there is none, what the page looks like has to tell. */
    private static boolean hasNext(RestAnswer answer, boolean seemsSo) {
        List<String> links = answer.headers("Link");
        return links.isEmpty()
                ? seemsSo
                : links.stream().anyMatch(link -> NEXT.matcher(link).find());
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
