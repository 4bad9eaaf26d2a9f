package org.psasync.testkit.connectwise;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds what a path below {@code apis/3.0/} means. */
final class Router {
    /** What a path names. */
    enum Goal {
        LIST,
        COUNT,
        RECORD,
        ACTION
    }

    /**
     * A path understood.
     *
     * @param parents ids from the path, by the members that hold them
     * @param id the record, or 0
     * @param action the word behind the record, or empty
     * @param view the shorter form of the records, or null
     */
    record Route(
            Goal goal, Table table, Map<Field, Integer> parents, int id, String action, Schema.@Nullable View view) {}

    private final Tenant tenant;

    Router(Tenant tenant) {
        this.tenant = tenant;
    }

    /**
     * Finds what a path means.
     *
     * @throws Refusal when no record has such a path
     */
    Route find(List<String> path) {
        for (boolean actions : List.of(false, true)) {
            for (Table table : tenant.tables().values()) {
                for (String template : table.shape.paths()) {
                    Route route = match(table, List.of(template.split("/", -1)), path, actions, null);
                    if (route != null) {
                        return route;
                    }
                }
            }
            for (Schema.View view : tenant.schema.views()) {
                Table table = tenant.table(view.table());
                Route route = match(table, List.of(view.path().split("/", -1)), path, actions, view);
                if (route != null) {
                    return route;
                }
            }
        }
        throw Refusal.noSuchEndpoint();
    }

    private static @Nullable Route match(
            Table table, List<String> template, List<String> path, boolean actions, Schema.@Nullable View view) {
        int beyond = path.size() - template.size();
        if (beyond < 0 || beyond > 2 || actions != (beyond == 2)) {
            return null;
        }
        Map<Field, Integer> parents = new LinkedHashMap<>();
        for (int i = 0; i < template.size(); i++) {
            String step = template.get(i);
            if (!step.startsWith("{")) {
                if (!step.equals(path.get(i))) {
                    return null;
                }
            } else if (isId(path.get(i))) {
                parents.put(table.field(step.substring(1, step.length() - 1)), Integer.valueOf(path.get(i)));
            } else {
                return null;
            }
        }
        if (beyond == 0) {
            return new Route(Goal.LIST, table, parents, 0, "", view);
        }
        String next = path.get(template.size());
        if (next.equals("count") && beyond == 1) {
            return new Route(Goal.COUNT, table, parents, 0, "", view);
        }
        if (!isId(next)) {
            return null;
        }
        int id = Integer.parseInt(next);
        return beyond == 1
                ? new Route(Goal.RECORD, table, parents, id, "", view)
                : new Route(Goal.ACTION, table, parents, id, path.get(path.size() - 1), view);
    }

    private static boolean isId(String step) {
        return step.matches("\\d{1,9}");
    }

    /**
     * The record of a route.
     *
     * @throws Refusal when it, or one of its parents, is not there
     */
    Row record(Route route) {
        checkParents(route);
        Row row = route.table().find(route.id());
        if (row == null) {
            throw Refusal.notFound(route.table().shape, route.id());
        }
        route.parents().forEach((field, parent) -> {
            if (row.pointer(field) != parent) {
                throw Refusal.notFound(route.table().shape, route.id());
            }
        });
        return row;
    }

    /**
     * Looks for the parents that the path names.
     *
     * @throws Refusal when one is not there
     */
    void checkParents(Route route) {
        route.parents().forEach((field, parent) -> {
            if (tenant.find(field.target(), parent) == null) {
                throw Refusal.notFound(tenant.table(field.target()).shape, parent);
            }
        });
    }
}
