package org.psasync.testkit.connectwise;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list: by number, or forward-only by the last id seen.
 *
 * <p>Source: ConnectWise developer guide, Pagination, 2026-10.
 *
 * @param link the {@code Link} header; null for none
 */
record Page(List<Row> rows, @Nullable String link) {
    private static final int DEFAULT_SIZE = 25;
    private static final int LARGEST = 1000;

    static boolean isForwardOnly(Call call) {
        return "forward-only".equalsIgnoreCase(call.headers().get("pagination-type"));
    }

    static Page of(Call call, List<Row> rows, Switches switches) {
        int size = size(call, switches);
        return isForwardOnly(call) ? forwardOnly(call, rows, size, switches) : numbered(call, rows, size, switches);
    }

    private static int size(Call call, Switches switches) {
        int size = number(call, "pageSize", DEFAULT_SIZE);
        if (size > LARGEST && switches.isOn(Switch.REFUSE_LARGE_PAGES)) {
            throw Refusal.invalid(
                    "page",
                    List.of(new Refusal.Problem(
                            "OutOfRange", "The field pageSize must be between 1 and 1000.", "pageSize")));
        }
        return Math.min(size, LARGEST);
    }

    private static int number(Call call, String parameter, int otherwise) {
        String text = call.parameter(parameter);
        if (text == null || text.isBlank()) {
            return otherwise;
        }
        if (!text.matches("\\d{1,9}") || Integer.parseInt(text) < (parameter.equals("pageId") ? 0 : 1)) {
            throw Refusal.of(400, "ConnectWiseApi", "The parameter " + parameter + " must be a positive number.");
        }
        return Integer.parseInt(text);
    }

    private static Page forwardOnly(Call call, List<Row> rows, int size, Switches switches) {
        int pageId = number(call, "pageId", 0);
        int from = firstAfter(rows, pageId);
        int to = Math.min(rows.size(), from + Math.max(1, size - switches.pagesShorterBy()));
        List<Row> page = rows.subList(from, to);
        boolean next = to < rows.size() || (!page.isEmpty() && switches.isOn(Switch.EMPTY_LAST_PAGE));
        if (!next) {
            return new Page(page, "");
        }
        String last = Integer.toString(page.get(page.size() - 1).id);
        return new Page(page, link(call, "pageId", last, "next"));
    }

    private static int firstAfter(List<Row> rows, int id) {
        int low = 0;
        int high = rows.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (rows.get(middle).id <= id) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static Page numbered(Call call, List<Row> rows, int size, Switches switches) {
        int number = number(call, "page", 1);
        int step = Math.max(1, size - switches.pagesShorterBy());
        long from = Math.min(rows.size(), (number - 1L) * step);
        int to = (int) Math.min(rows.size(), from + step);
        int last = Math.max(1, (rows.size() + step - 1) / step);
        List<String> links = new ArrayList<>();
        if (number > 1 && number <= last) {
            links.add(link(call, "page", "1", "first"));
            links.add(link(call, "page", Integer.toString(number - 1), "prev"));
        }
        if (number < last) {
            links.add(link(call, "page", Integer.toString(number + 1), "next"));
            links.add(link(call, "page", Integer.toString(last), "last"));
        }
        return new Page(rows.subList((int) from, to), links.isEmpty() ? null : String.join(", ", links));
    }

    /** An address with the query as it was, and the page behind it. */
    private static String link(Call call, String parameter, String value, String relation) {
        StringBuilder address = new StringBuilder(call.address()).append('?');
        for (Map.Entry<String, String> other : call.query().entrySet()) {
            if (!other.getKey().equalsIgnoreCase(parameter)) {
                address.append(other.getKey())
                        .append('=')
                        .append(URLEncoder.encode(other.getValue(), StandardCharsets.UTF_8))
                        .append('&');
            }
        }
        return "<" + address.append(parameter).append('=').append(value) + ">; rel=\"" + relation + "\"";
    }
}
