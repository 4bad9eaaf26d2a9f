package org.psasync.autotask;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.psasync.autotask.Metadata.Pick;
import org.psasync.http.JsonValue;
import org.psasync.spi.ConnectorException;

/**
 * The names of what records show as numbers only. Each list is read when a record first needs it, and again when it is old or
 * a record names something that is not in it. Safe for use by several threads.
 */
final class Labels {
    private static final Duration KEPT = Duration.ofHours(1);
    private static final Duration KEPT_LONG = Duration.ofDays(1);
    private static final Duration BETWEEN = Duration.ofMinutes(1);

    private final Metadata metadata;
    private final QueryReader queries;
    private final InstantSource clock;
    private final Map<ListName, Loaded> lists = new EnumMap<>(ListName.class);

    Labels(Metadata metadata, QueryReader queries, InstantSource clock) {
        this.metadata = metadata;
        this.queries = queries;
        this.clock = clock;
    }

    /** A list of names: the pick list of a member, or records of their own. */
    enum ListName {
        COMPANY_TYPES("Companies", "companyType", KEPT),
        CLASSIFICATIONS("ClassificationIcons", "", KEPT),
        ITEM_TYPES("ConfigurationItemTypes", "", KEPT),
        QUEUES("Tickets", "queueID", KEPT),
        STATUSES("Tickets", "status", KEPT),
        PRIORITIES("Tickets", "priority", KEPT),
        RESOURCES("Resources", "", KEPT),
        COUNTRIES("Countries", "", KEPT_LONG);

        private final String entity;
        private final String member;
        private final Duration kept;

        ListName(String entity, String member, Duration kept) {
            this.entity = entity;
            this.member = member;
            this.kept = kept;
        }

        String entity() {
            return entity;
        }
    }

    /**
     * An entry of a list.
     *
     * @param row the record that it is; null for that of a pick list
     */
    record Entry(
            String id,
            String name,
            boolean active,
            @Nullable JsonValue row) {}

    private record Loaded(Map<String, Entry> entries, Instant at) {}

    /** Returns the name of a number as far as known; the number itself when it is not. */
    synchronized String name(ListName list, String id) {
        Entry entry = known(list, id);
        return entry == null ? id : entry.name();
    }

    /** Sees to it that the names of these numbers are known, if there are any. */
    synchronized void ensure(ListName list, Iterable<String> ids) {
        Loaded loaded = lists.get(list);
        Instant now = clock.instant();
        for (String id : ids) {
            boolean old = loaded == null || !now.isBefore(loaded.at().plus(list.kept));
            boolean unknown = loaded != null
                    && !loaded.entries().containsKey(id)
                    && !now.isBefore(loaded.at().plus(BETWEEN));
            if (old || unknown) {
                entriesNow(list);
                return;
            }
        }
    }

    /** Returns a list as known, or as it is now. */
    synchronized List<Entry> entries(ListName list) {
        Loaded loaded = lists.get(list);
        return loaded == null || !clock.instant().isBefore(loaded.at().plus(list.kept))
                ? entriesNow(list)
                : List.copyOf(loaded.entries().values());
    }

    /** Returns an entry as far as known; null when it is not. */
    synchronized @Nullable Entry known(ListName list, String id) {
        Loaded loaded = lists.get(list);
        return loaded == null ? null : loaded.entries().get(id);
    }

    /** Returns a list as it is now; an empty one when the user may not see it. */
    synchronized List<Entry> entriesNow(ListName list) {
        Map<String, Entry> entries = new LinkedHashMap<>();
        try {
            for (Entry entry : list.member.isEmpty() ? records(list) : picks(list)) {
                entries.put(entry.id(), entry);
            }
        } catch (ConnectorException.Forbidden e) {
            entries.clear();
        }
        lists.put(list, new Loaded(entries, clock.instant()));
        return List.copyOf(entries.values());
    }

    private List<Entry> picks(ListName list) {
        List<Entry> entries = new ArrayList<>();
        for (Pick pick : metadata.readNow(list.entity).picks(list.member)) {
            entries.add(new Entry(pick.value(), pick.label(), pick.active(), null));
        }
        return entries;
    }

    private List<Entry> records(ListName list) {
        List<Entry> entries = new ArrayList<>();
        for (JsonValue row : queries.all(Query.of(Kinds.callOf(list.entity) + ".list", list.entity))) {
            Long id = Ids.ofRow(row);
            if (id != null) {
                entries.add(new Entry(
                        Long.toString(id), name(list, row, id), !Boolean.FALSE.equals(row.flag("isActive")), row));
            }
        }
        return entries;
    }

    private static String name(ListName list, JsonValue row, long id) {
        String name = list == ListName.RESOURCES
                ? Objects.toString(row.text("firstName"), "") + " " + Objects.toString(row.text("lastName"), "")
                : row.text("name");
        return name == null || name.isBlank() ? Long.toString(id) : name.strip();
    }
}
