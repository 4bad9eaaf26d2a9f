package org.psasync.testkit.pulseway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The filters that a list has, each with what of a row it looks at. A filter that the list does not have is refused, and so
 * is a value that does not fit: a filter that is passed over in silence shows a client more than it asked for.
 *
 * <p>How texts are compared is not documented: here a part of them is enough, in any case.
 */
final class Filters {
    /** What of a row a filter looks at; several where any will do. */
    interface Part extends Function<ObjectNode, List<String>> {}

    private interface Kind {
        /** Returns which rows a value lets through. */
        Predicate<ObjectNode> of(Query query, String name, String value);
    }

    private final Map<String, Kind> kinds = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private boolean byActivity;

    /** A member of the row itself. */
    static Part member(String member) {
        return row -> text(row.path(member));
    }

    /** A member of the row as a list shows it. */
    static Part shown(Function<ObjectNode, ObjectNode> shape, String member) {
        return row -> text(shape.apply(row).path(member));
    }

    /** A member of each item of a list in the row. */
    static Part each(String list, String member) {
        return row -> {
            List<String> texts = new ArrayList<>();
            row.path(list).forEach(item -> texts.addAll(text(item.path(member))));
            return texts;
        };
    }

    private static List<String> text(JsonNode value) {
        return value.isMissingNode() || value.isNull() ? List.of() : List.of(value.asText());
    }

    /** Texts that hold the value. */
    Filters text(String name, Part part) {
        return with(name, (query, any, value) -> {
            String wanted = value.toLowerCase(Locale.ROOT);
            return row -> part.apply(row).stream()
                    .anyMatch(text -> text.toLowerCase(Locale.ROOT).contains(wanted));
        });
    }

    /** A text member of that name. */
    Filters text(String name) {
        return text(name, member(name));
    }

    /** The number itself. */
    Filters number(String name, Part part) {
        return with(name, (query, any, value) -> {
            String wanted = number(name, value);
            return row -> part.apply(row).contains(wanted);
        });
    }

    Filters number(String name) {
        return number(name, member(name));
    }

    /** One of several numbers, between commas. */
    Filters numbers(String name, Part part) {
        return with(name, (query, any, value) -> {
            List<String> wanted = numbers(name, value);
            return row -> part.apply(row).stream().anyMatch(wanted::contains);
        });
    }

    /** None of several numbers, between commas. */
    Filters exceptNumbers(String name, Part part) {
        return with(name, (query, any, value) -> {
            List<String> unwanted = numbers(name, value);
            return row -> part.apply(row).stream().noneMatch(unwanted::contains);
        });
    }

    /** One of several names, between commas. */
    Filters names(String name, Part part) {
        return with(name, (query, any, value) -> {
            List<String> wanted = words(value.toLowerCase(Locale.ROOT));
            return row -> part.apply(row).stream()
                    .anyMatch(text -> wanted.contains(text.strip().toLowerCase(Locale.ROOT)));
        });
    }

    /** Rows of which this is as the value says. */
    Filters flag(String name, Predicate<ObjectNode> part) {
        return with(name, (query, any, value) -> {
            boolean wanted = flag(name, value);
            return row -> part.test(row) == wanted;
        });
    }

    /** When the value is true, or a number other than 0, only these rows; else all. */
    Filters only(String name, Predicate<ObjectNode> part) {
        return with(name, (query, any, value) -> {
            boolean asked = value.matches("[+-]?\\d{1,9}") ? !value.matches("[+-]?0+") : flag(name, value);
            return row -> !asked || part.test(row);
        });
    }

    /** A stamp between two dates, each by a filter of its own. */
    Filters dates(String member) {
        for (String end : List.of("From", "To")) {
            with(member + end, (query, any, value) -> query.bound(member, value, end.equals("From")));
        }
        return this;
    }

    /** Whether records are active; without the filter it depends on a switch what is shown. */
    Filters activity() {
        byActivity = true;
        return flag("IsActive", row -> row.path("IsActive").asBoolean());
    }

    private Filters with(String name, Kind kind) {
        kinds.put(name, kind);
        return this;
    }

    boolean has(String name) {
        return kinds.containsKey(name);
    }

    /**
     * Returns the rows that all filters let through.
     *
     * @throws Refusal for a filter that the list does not have
     */
    List<ObjectNode> of(Query query, Collection<ObjectNode> rows) {
        Predicate<ObjectNode> all = row -> true;
        for (Map.Entry<String, String> filter : query.filters().entrySet()) {
            Kind kind = kinds.get(filter.getKey());
            if (kind == null) {
                throw Refusal.of(400, 400, "This list cannot be filtered by " + filter.getKey() + ".");
            }
            all = all.and(kind.of(query, filter.getKey(), filter.getValue().strip()));
        }
        if (byActivity && query.filter("IsActive") == null && query.hidesInactive()) {
            all = all.and(row -> row.path("IsActive").asBoolean());
        }
        return rows.stream().filter(all).toList();
    }

    private static List<String> words(String value) {
        return List.of(value.split(" *, *", -1));
    }

    private static List<String> numbers(String name, String value) {
        return words(value).stream().map(word -> number(name, word)).toList();
    }

    private static String number(String name, String value) {
        if (!value.matches("\\d{1,9}")) {
            throw invalid(name, value);
        }
        return Integer.toString(Integer.parseInt(value));
    }

    private static boolean flag(String name, String value) {
        if (!value.equalsIgnoreCase("true") && !value.equalsIgnoreCase("false")) {
            throw invalid(name, value);
        }
        return Boolean.parseBoolean(value);
    }

    static Refusal invalid(String name, String value) {
        return Refusal.of(400, 400, "The value '" + value + "' is not valid for " + name + ".");
    }
}
