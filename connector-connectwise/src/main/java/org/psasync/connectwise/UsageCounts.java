package org.psasync.connectwise;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.psasync.connectwise.PageReader.Listing;
import org.psasync.http.JsonMismatch;
import org.psasync.http.JsonValue;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.Field;
import org.psasync.model.OrganizationFields;
import org.psasync.spi.ConnectorException;

/**
 * How many active records use each type and status, counted by a walk through the records and kept for a day.
 *
 * <p>A tenant with more records than a bounded number of requests shows is not counted: the counts are a help to choose,
 * not worth more. Safe for use by several threads.
 */
final class UsageCounts {
    private static final Duration KEPT = Duration.ofDays(1);
    private static final Duration KEPT_IF_INCOMPLETE = Duration.ofHours(1);
    private static final int MOST_PAGES = 60;
    private static final Set<Field<?>> COUNTED = Set.of(
            OrganizationFields.TYPES, OrganizationFields.STATUS, ConfigurationFields.TYPE, ConfigurationFields.STATUS);

    private final PageReader pages;
    private final InstantSource clock;
    private @Nullable Counts counts;

    UsageCounts(PageReader pages, InstantSource clock) {
        this.pages = pages;
        this.clock = clock;
    }

    /** @param byField a field that could not be counted has no entry */
    private record Counts(Map<Field<?>, Map<Long, Long>> byField, Instant countedAt) {}

    boolean knows(Field<?> field) {
        return COUNTED.contains(field) && current().byField().containsKey(field);
    }

    /** The number of uses by the number of the entry; empty when they were not counted. */
    Map<Long, Long> of(Field<?> field) {
        return COUNTED.contains(field) ? current().byField().getOrDefault(field, Map.of()) : Map.of();
    }

    private synchronized Counts current() {
        Counts current = counts;
        if (current == null || isOld(current)) {
            Map<Field<?>, Map<Long, Long>> byField = new HashMap<>();
            byField.putAll(count(
                    Listing.of("companies.usage", "company/companies")
                            .fields("id,types,status")
                            .where(Condition.flag("deletedFlag", false)),
                    Map.of(OrganizationFields.TYPES, "types", OrganizationFields.STATUS, "status")));
            byField.putAll(count(
                    Listing.of("configurations.usage", "company/configurations")
                            .fields("id,type/id,status/id")
                            .where(Condition.flag("activeFlag", true)),
                    Map.of(ConfigurationFields.TYPE, "type", ConfigurationFields.STATUS, "status")));
            current = new Counts(byField, clock.instant());
            counts = current;
        }
        return current;
    }

    private boolean isOld(Counts current) {
        Duration kept = current.byField().keySet().containsAll(COUNTED) ? KEPT : KEPT_IF_INCOMPLETE;
        return Duration.between(current.countedAt(), clock.instant()).compareTo(kept) > 0;
    }

    /** Returns nothing when it cannot be counted now: the lists are worth more without counts than not at all. */
    private Map<Field<?>, Map<Long, Long>> count(Listing list, Map<Field<?>, String> members) {
        Map<Field<?>, Map<Long, Long>> result = new HashMap<>();
        members.keySet().forEach(field -> result.put(field, new HashMap<>()));
        try {
            boolean ended =
                    pages.each(list, MOST_PAGES, page -> page.rows().forEach(row -> count(row, members, result)));
            return ended ? result : Map.of();
        } catch (ConnectorException.Unauthorized e) {
            throw e;
        } catch (ConnectorException | JsonMismatch e) {
            return Map.of();
        }
    }

    private static void count(JsonValue row, Map<Field<?>, String> members, Map<Field<?>, Map<Long, Long>> result) {
        members.forEach((field, member) -> {
            JsonValue value = row.at(member);
            List<JsonValue> references = value.isArray() ? value.elements() : List.of(value);
            for (JsonValue reference : references) {
                Long id = reference.isObject() ? reference.integer("id") : null;
                if (id != null) {
                    result.getOrDefault(field, new HashMap<>()).merge(id, 1L, Long::sum);
                }
            }
        });
    }
}
