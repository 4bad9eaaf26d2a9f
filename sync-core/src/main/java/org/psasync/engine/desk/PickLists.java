package org.psasync.engine.desk;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.psasync.model.Choice;
import org.psasync.model.Field;
import org.psasync.model.FieldValues;
import org.psasync.spi.AssetRepository;
import org.psasync.spi.PickValue;
import org.psasync.spi.ReferenceData;
import org.psasync.store.Event;

/**
 * Hands pick-list values to the host before the records that use them, and again when they are renamed (FIELD-9,
 * SET-3). Remembers what the host took while the engine lives; handing a value over twice is harmless. Safe for use by
 * several threads.
 */
public final class PickLists {
    private final Map<Field<?>, Map<String, String>> given = new HashMap<>();
    private final Set<Field<?>> listed = new HashSet<>();

    /** Makes a memory of nothing handed over. */
    public PickLists() {}

    /** Returns the values of the PSA's lists that have another name than before; none when there were no lists before. */
    public static List<PickValue> renamed(@Nullable ReferenceData before, ReferenceData now) {
        List<PickValue> renamed = new ArrayList<>();
        Map<Field<?>, List<ReferenceData.Entry>> old = before == null ? Map.of() : before.choices();
        now.choices().forEach((field, entries) -> {
            Map<String, String> names = new HashMap<>();
            old.getOrDefault(field, List.of())
                    .forEach(entry ->
                            names.put(entry.choice().id(), entry.choice().name()));
            for (ReferenceData.Entry entry : entries) {
                String name = names.get(entry.choice().id());
                if (name != null && !name.equals(entry.choice().name())) {
                    renamed.add(new PickValue(field, entry.choice()));
                }
            }
        });
        return renamed;
    }

    /** Returns what the event log says of a renamed value (SET-3). */
    public static Event event(PickValue value, Instant at, @Nullable String run, @Nullable String actor) {
        return new Event(
                0,
                at,
                run,
                actor,
                Event.Type.RENAMED,
                value.field().kind(),
                null,
                null,
                null,
                List.of(),
                value.field() + " " + value.choice().id() + " is called \""
                        + value.choice().name() + "\" now (SET-3)");
    }

    /** Hands the PSA's lists over, as far as they are new or renamed. */
    public synchronized void give(ReferenceData reference, AssetRepository assets) {
        listed.addAll(reference.choices().keySet());
        Map<PickKey, PickValue> values = new LinkedHashMap<>();
        reference
                .choices()
                .forEach((field, entries) -> entries.forEach(entry -> addIfNew(field, entry.choice(), values)));
        hand(values.values(), assets);
    }

    /** Hands over what these records use and the host was not given yet. */
    public synchronized void give(Collection<FieldValues> records, AssetRepository assets) {
        Map<PickKey, PickValue> values = new LinkedHashMap<>();
        records.forEach(record -> record.forEachChoice((field, choice) -> {
            if (!isGiven(field, choice) || !listed.contains(field)) {
                addIfNew(field, choice, values);
            }
        }));
        hand(values.values(), assets);
    }

    /**
     * Hands values over again that these records call otherwise. A record may still carry the old name of a renamed
     * value, so it renames only where the PSA publishes no list.
     */
    public synchronized void rename(Collection<FieldValues> records, AssetRepository assets) {
        Map<PickKey, PickValue> values = new LinkedHashMap<>();
        records.forEach(record -> record.forEachChoice((field, choice) -> {
            if (isGiven(field, choice) && !listed.contains(field)) {
                addIfNew(field, choice, values);
            }
        }));
        hand(values.values(), assets);
    }

    /** Which value of which list. */
    private record PickKey(Field<?> field, String id) {}

    private boolean isGiven(Field<?> field, Choice choice) {
        return given.getOrDefault(field, Map.of()).containsKey(choice.id());
    }

    private void addIfNew(Field<?> field, Choice choice, Map<PickKey, PickValue> values) {
        String before = given.getOrDefault(field, Map.of()).get(choice.id());
        if (!choice.name().equals(before)) {
            values.put(new PickKey(field, choice.id()), new PickValue(field, choice));
        }
    }

    /** What the host did not take is handed over again at the next occasion. */
    private void hand(Collection<PickValue> values, AssetRepository assets) {
        if (values.isEmpty()) {
            return;
        }
        assets.pickLists(List.copyOf(values));
        for (PickValue value : values) {
            given.computeIfAbsent(value.field(), key -> new HashMap<>())
                    .put(value.choice().id(), value.choice().name());
        }
    }
}
