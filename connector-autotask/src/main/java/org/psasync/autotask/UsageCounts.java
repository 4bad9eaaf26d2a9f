package org.psasync.autotask;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.psasync.autotask.Labels.Entry;
import org.psasync.autotask.Labels.ListName;
import org.psasync.spi.ConnectorException;

/**
 * How many active records use each value of a list (SET-7): a count each, kept for a day. A list with very many values is not
 * counted: the counts are a help to choose, not worth more. Safe for use by several threads.
 */
final class UsageCounts {
    private static final Duration KEPT = Duration.ofDays(1);
    private static final int MOST_VALUES = 60;

    private final QueryReader queries;
    private final InstantSource clock;
    private final Map<ListName, Counted> counted = new HashMap<>();

    UsageCounts(QueryReader queries, InstantSource clock) {
        this.queries = queries;
        this.clock = clock;
    }

    private record Counted(Map<String, Long> counts, Instant at) {}

    /** Returns how many active records of an entity have the value in that member. */
    synchronized OptionalLong of(ListName list, List<Entry> entries, String entity, String member, Entry entry) {
        Counted known = counted.get(list);
        if (known == null || !clock.instant().isBefore(known.at().plus(KEPT))) {
            known = new Counted(count(entries, entity, member), clock.instant());
            counted.put(list, known);
        }
        Long count = known.counts().get(entry.id());
        return count == null ? OptionalLong.empty() : OptionalLong.of(count);
    }

    /** Counts the active records of an entity; empty when they may not be seen. */
    OptionalLong active(String entity) {
        Long count = count(Query.of(Kinds.callOf(entity) + ".usage", entity).where(Filter.equal("isActive", true)));
        return count == null ? OptionalLong.empty() : OptionalLong.of(count);
    }

    private Map<String, Long> count(List<Entry> entries, String entity, String member) {
        Map<String, Long> counts = new HashMap<>();
        for (Entry entry : entries.size() > MOST_VALUES ? List.<Entry>of() : entries) {
            Long count = count(Query.of(Kinds.callOf(entity) + ".usage", entity)
                    .where(Filter.equal("isActive", true), Filter.equal(member, Long.parseLong(entry.id()))));
            if (count != null) {
                counts.put(entry.id(), count);
            }
        }
        return counts;
    }

    private @Nullable Long count(Query query) {
        try {
            return queries.count(query);
        } catch (ConnectorException.Unauthorized e) {
            throw e;
        } catch (ConnectorException e) {
            return null;
        }
    }
}
