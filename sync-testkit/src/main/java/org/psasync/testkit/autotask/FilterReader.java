package org.psasync.testkit.autotask;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Reads the filter of a query. Comparisons with nothing hold never, as in SQL; texts compare without regard to case and to
 * blanks at the end.
 *
 * <p>Not for use by several threads. Source: REST guide, Advanced query features, 2026-10.
 */
final class FilterReader {
    private static final int MOST_OR = 500;

    private final Entity entity;
    private final Tenant tenant;
    private int alternatives;
    private int udfs;

    FilterReader(Tenant tenant, Entity entity) {
        this.tenant = tenant;
        this.entity = entity;
    }

    /** @throws Refusal when it cannot be understood, or has too many alternatives */
    Filter read(JsonNode filter) {
        if (!filter.isArray() || filter.isEmpty()) {
            throw Refusal.invalid("Invalid query syntax. A filter is required.");
        }
        List<Filter> all = new ArrayList<>();
        filter.forEach(part -> all.add(part(part)));
        if (alternatives > MOST_OR) {
            throw Refusal.invalid("Invalid query syntax. Queries are limited to 500 or fewer 'OR' conditions.");
        }
        if (udfs > 1) {
            throw Refusal.invalid("Invalid query syntax. Only one user-defined field may be queried.");
        }
        return row -> all.stream().allMatch(part -> part.matches(row));
    }

    private Filter part(JsonNode part) {
        String op = Wire.member(part, "op").asText("");
        JsonNode items = Wire.member(part, "items");
        switch (op) {
            case "and", "or" -> {
                List<Filter> parts = new ArrayList<>();
                items.forEach(item -> parts.add(part(item)));
                if (op.equals("or")) {
                    alternatives += parts.size();
                    return row -> parts.stream().anyMatch(each -> each.matches(row));
                }
                return row -> parts.stream().allMatch(each -> each.matches(row));
            }
            default -> {
                String field = Wire.member(part, "field").asText("");
                JsonNode value = Wire.member(part, "value");
                return Wire.member(part, "udf").asBoolean(false)
                        ? udf(op, field, value)
                        : comparison(op, member(field), value);
            }
        }
    }

    private Member member(String field) {
        Member member = entity.find(field);
        if (member == null) {
            throw Refusal.invalid("Unable to find " + field + " in the " + entity.name() + " Entity.");
        }
        if (!member.queryable()) {
            throw Refusal.invalid(
                    "The field " + member.name() + " of the " + entity.name() + " Entity cannot be queried.");
        }
        return member;
    }

    private Filter udf(String op, String name, JsonNode value) {
        udfs++;
        if (tenant.udf(entity, name) == null) {
            throw Refusal.invalid("Unable to find the user-defined field " + name + ".");
        }
        Predicate<String> test = texts(op, value);
        if (op.equals("exist") || op.equals("notExist")) {
            return row -> row.udfs.containsKey(name) == op.equals("exist");
        }
        return row -> row.udfs.containsKey(name) && test.test(folded(row.udfs.get(name)));
    }

    private Filter comparison(String op, Member member, JsonNode value) {
        String name = member.name();
        if (op.equals("exist")) {
            return row -> row.values.has(name);
        }
        if (op.equals("notExist")) {
            return row -> !row.values.has(name);
        }
        if (member.type() == Member.Type.STRING) {
            Predicate<String> test = texts(op, value);
            return row -> row.values.has(name) && test.test(folded(row.text(name)));
        }
        if (member.type() == Member.Type.DATETIME) {
            Predicate<Integer> outcome = order(op);
            String wanted = Stamps.read(value.asText());
            return row -> row.values.has(name) && outcome.test(row.text(name).compareTo(wanted));
        }
        if (member.type() == Member.Type.DECIMAL) {
            Predicate<Integer> outcome = order(op);
            double wanted = Double.parseDouble(Long.toString(number(value)));
            return row -> row.values.has(name)
                    && outcome.test(Double.compare(row.get(name).asDouble(), wanted));
        }
        return numbers(op, member, value);
    }

    /** Numbers and flags. */
    private Filter numbers(String op, Member member, JsonNode value) {
        String name = member.name();
        boolean flag = member.type() == Member.Type.BOOLEAN;
        if (op.equals("in") || op.equals("notIn")) {
            Set<Long> wanted = new HashSet<>();
            value.forEach(each -> wanted.add(flag ? flag(each) : number(each)));
            alternatives += value.size();
            return row -> row.values.has(name) && wanted.contains(number(row, name)) == op.equals("in");
        }
        Predicate<Integer> outcome = order(op);
        long wanted = flag ? flag(value) : number(value);
        return row -> row.values.has(name) && outcome.test(Long.compare(number(row, name), wanted));
    }

    private static long number(Row row, String name) {
        JsonNode value = row.get(name);
        return value.isBoolean() ? (value.booleanValue() ? 1 : 0) : value.asLong();
    }

    /** A number may come as a text, and the activity of a contact, which is a number, as a flag. */
    private static long number(JsonNode value) {
        String text = value.asText("").strip();
        if (value.isBoolean() || text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
            return value.asBoolean() || text.equalsIgnoreCase("true") ? 1 : 0;
        }
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw Refusal.invalid(
                    "Conversion failed when converting the nvarchar value '" + text + "' to data type int.");
        }
    }

    private static long flag(JsonNode value) {
        String text = value.asText("").toLowerCase(Locale.ROOT);
        if (!text.equals("true") && !text.equals("false")) {
            throw Refusal.invalid("Conversion failed when converting the value '" + text + "' to data type bit.");
        }
        return text.equals("true") ? 1 : 0;
    }

    private static Predicate<Integer> order(String op) {
        return switch (op) {
            case "eq" -> order -> order == 0;
            case "noteq" -> order -> order != 0;
            case "gt" -> order -> order > 0;
            case "gte" -> order -> order >= 0;
            case "lt" -> order -> order < 0;
            case "lte" -> order -> order <= 0;
            default -> throw unknown(op);
        };
    }

    private Predicate<String> texts(String op, JsonNode value) {
        String wanted = folded(value.asText(""));
        return switch (op) {
            case "exist", "notExist" -> text -> true;
            case "beginsWith" -> text -> text.startsWith(wanted);
            case "endsWith" -> text -> text.endsWith(wanted);
            case "contains" -> text -> text.contains(wanted);
            case "in", "notIn" -> {
                Set<String> several = new HashSet<>();
                value.forEach(each -> several.add(folded(each.asText(""))));
                alternatives += value.size();
                yield text -> several.contains(text) == op.equals("in");
            }
            default -> {
                Predicate<Integer> outcome = order(op);
                yield text -> outcome.test(text.compareTo(wanted));
            }
        };
    }

    private static String folded(String text) {
        return text.stripTrailing().toLowerCase(Locale.ROOT);
    }

    private static Refusal unknown(String op) {
        return Refusal.invalid("Invalid query syntax. The operator " + op + " is not known.");
    }
}
