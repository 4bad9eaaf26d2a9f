package org.psasync.testkit.connectwise;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Answers lists: conditions, order, pages, and the bytes of the records. */
final class Listing {
    private static final int KEPT_RESULTS = 8;

    /** What makes two lists the same; the parents are ids by the members that hold them. */
    private record Key(
            String table,
            Map<Field, Integer> parents,
            String conditions,
            String children,
            String custom,
            String order) {}

    /** The rows of a list, as long as nothing was written. */
    private record Result(long writes, List<Row> rows) {}

    private final Tenant tenant;
    private final Renderer renderer;
    private final Map<Key, Result> results = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Result> eldest) {
            return size() > KEPT_RESULTS;
        }
    };

    Listing(Tenant tenant, Renderer renderer) {
        this.tenant = tenant;
        this.renderer = renderer;
    }

    /** The rows below the parents that meet the conditions, in order. */
    List<Row> rows(Table table, Map<Field, Integer> parents, Call call) {
        boolean forward = Page.isForwardOnly(call);
        return rows(
                table,
                parents,
                call.parameter("conditions", ""),
                call.parameter("childConditions", ""),
                call.parameter("customFieldConditions", ""),
                forward ? "" : call.parameter("orderBy", ""));
    }

    List<Row> rows(
            Table table, Map<Field, Integer> parents, String conditions, String children, String custom, String order) {
        if (parents.isEmpty() && conditions.isBlank() && children.isBlank() && custom.isBlank() && order.isBlank()) {
            return table.rows();
        }
        Key key = new Key(table.name(), parents, conditions, children, custom, order);
        Result kept = results.get(key);
        if (kept != null && kept.writes() == tenant.writes()) {
            return kept.rows();
        }
        List<Row> rows = find(table, parents, conditions, children, custom);
        if (!order.isBlank()) {
            rows.sort(order(table, order));
        }
        results.put(key, new Result(tenant.writes(), rows));
        return rows;
    }

    private List<Row> find(
            Table table, Map<Field, Integer> parents, String conditions, String children, String custom) {
        Condition<Row> condition = ConditionParser.parse(conditions, new RowNames(tenant, table), tenant.switches);
        Predicate<Row> test = condition.test();
        for (Map.Entry<Field, Integer> parent : parents.entrySet()) {
            test = test.and(row -> row.pointer(parent.getKey()) == parent.getValue());
        }
        PartConditions parts = new PartConditions(renderer, table, tenant.switches);
        if (!children.isBlank()) {
            test = test.and(parts.inChildren(children));
        }
        if (!custom.isBlank()) {
            test = test.and(parts.inCustomFields(custom));
        }
        List<Row> found = new ArrayList<>();
        for (Row row : candidates(table, parents, condition.above())) {
            if (test.test(row)) {
                found.add(row);
            }
        }
        return found;
    }

    private static List<Row> candidates(Table table, Map<Field, Integer> parents, int above) {
        List<Field> named = table.shape.parents();
        Integer parent = named.isEmpty() ? null : parents.get(named.get(named.size() - 1));
        if (parent != null) {
            return table.below(parent);
        }
        return table.rows().subList(table.firstAfter(above), table.rows().size());
    }

    private Comparator<Row> order(Table table, String order) {
        Comparator<Row> comparator = null;
        for (String term : order.split(",", -1)) {
            String[] words = term.strip().split("\\s+", -1);
            Function<Row, @Nullable Object> read =
                    new RowNames(tenant, table).find(words[0]).read();
            Comparator<Row> next = (a, b) -> compare(read.apply(a), read.apply(b));
            if (words.length > 1 && words[1].equalsIgnoreCase("desc")) {
                next = next.reversed();
            }
            comparator = comparator == null ? next : comparator.thenComparing(next);
        }
        Comparator<Row> byId = Comparator.comparingInt(row -> row.id);
        return comparator == null ? byId : comparator.thenComparing(byId);
    }

    private static int compare(@Nullable Object a, @Nullable Object b) {
        if (a == null || b == null) {
            return a == b ? 0 : a == null ? -1 : 1;
        }
        return Literal.order(a, b);
    }

    /** The page that the call asks for, with its {@code Link}. */
    Reply reply(Table table, List<Row> rows, Call call) {
        Projection projection = Projection.of(call.parameter("fields"));
        return reply(rows, call, row -> renderer.bytes(table, row, projection));
    }

    Reply reply(List<Row> rows, Call call, Function<Row, byte[]> bytes) {
        Page page = Page.of(call, rows, tenant.switches);
        ByteArrayOutputStream out = new ByteArrayOutputStream(page.rows().size() * 2000 + 2);
        out.write('[');
        boolean first = true;
        for (Row row : page.rows()) {
            if (!first) {
                out.write(',');
            }
            first = false;
            out.writeBytes(Objects.requireNonNull(bytes.apply(row)));
        }
        out.write(']');
        Reply reply = Reply.of(200, out.toByteArray());
        return page.link() == null ? reply : reply.with("Link", page.link());
    }
}
