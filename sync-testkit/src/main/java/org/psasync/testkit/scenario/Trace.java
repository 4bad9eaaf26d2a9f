package org.psasync.testkit.scenario;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.psasync.model.AssetKind;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.ContactFields;
import org.psasync.model.Field;
import org.psasync.model.LocalRef;
import org.psasync.model.LocationFields;
import org.psasync.model.OrganizationFields;
import org.psasync.model.RemoteRef;
import org.psasync.store.Event;

/** Events in the order in which they happened, taken together by what caused them: a run or a save. */
final class Trace {
    private static final Set<Field<?>> TITLES = Set.of(
            OrganizationFields.NAME,
            LocationFields.NAME,
            ContactFields.FIRST_NAME,
            ContactFields.LAST_NAME,
            ConfigurationFields.NAME);

    private Trace() {}

    /**
     * What one run or one save did.
     *
     * @param isRun whether it was a run
     * @param at when it began
     * @param records the events of each record
     */
    record Group(boolean isRun, Instant at, Map<Object, List<Event>> records) {}

    static List<Group> groups(List<Event> events) {
        List<Group> groups = new ArrayList<>();
        Object open = null;
        for (Event event : events) {
            if (event.kind() != null) {
                Object cause = event.run() == null ? List.of(record(event), event.at()) : event.run();
                if (!cause.equals(open)) {
                    groups.add(new Group(event.run() != null, event.at(), new LinkedHashMap<>()));
                    open = cause;
                }
                groups.get(groups.size() - 1)
                        .records()
                        .computeIfAbsent(record(event), record -> new ArrayList<>())
                        .add(event);
            }
        }
        return groups;
    }

    /** What tells the record of an event from others. */
    static Object record(Event event) {
        AssetKind kind = event.kind();
        if (event.pair() != null) {
            return event.pair();
        } else if (kind != null && event.local() != null) {
            return new LocalRef(kind, event.local());
        }
        return kind != null && event.remote() != null ? new RemoteRef(kind, event.remote()) : "none";
    }

    static boolean isTitle(Field<?> field) {
        return TITLES.contains(field);
    }

    static boolean isCreation(Event event) {
        return event.type() == Event.Type.CREATED_LOCALLY || event.type() == Event.Type.CREATED_IN_PSA;
    }

    /** The event by which the record was made, if these tell it. */
    static @Nullable Event creation(List<Event> own) {
        return own.stream().filter(Trace::isCreation).findFirst().orElse(null);
    }

    /** What the fields of a record held before the first change that is known; a field that both sides changed is left out. */
    static List<Event.Change> valuesBefore(List<Event> events, Object record) {
        Map<Field<?>, Event.Change> first = new LinkedHashMap<>();
        for (Event event : events) {
            if (event.kind() != null && record(event).equals(record)) {
                boolean update =
                        event.type() == Event.Type.UPDATED_LOCALLY || event.type() == Event.Type.UPDATED_IN_PSA;
                boolean loss = event.type() == Event.Type.OVERWRITTEN;
                for (Event.Change change : update || loss ? event.changes() : List.<Event.Change>of()) {
                    Object before = loss || isLost(events, event, change) ? null : change.before();
                    first.putIfAbsent(change.field(), new Event.Change(change.field(), null, before));
                }
            }
        }
        return List.copyOf(first.values());
    }

    private static boolean isLost(List<Event> events, Event update, Event.Change change) {
        return events.stream()
                .filter(event -> event.type() == Event.Type.OVERWRITTEN
                        && record(event).equals(record(update))
                        && event.at().equals(update.at()))
                .anyMatch(event ->
                        event.changes().stream().anyMatch(lost -> lost.field().equals(change.field())));
    }
}
