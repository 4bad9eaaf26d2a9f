package org.psasync.engine.run;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.psasync.model.Choice;
import org.psasync.model.Field;
import org.psasync.model.FieldValues;
import org.psasync.spi.AssetRepository;
import org.psasync.spi.PickValue;
import org.psasync.spi.ReferenceData;

/**
 * Hands pick-list values to the host before the records that use them, and again when they are renamed (FIELD-9,
 * SET-3). Remembers what was handed over while the engine lives; handing a value over twice is harmless.
 */
public final class PickLists {
    private final Map<Field<?>, Map<String, String>> given = new HashMap<>();

    /** Makes a memory of nothing handed over. */
    public PickLists() {}

    /** Hands the PSA's lists over, as far as they are new or renamed; returns what was renamed. */
    public synchronized List<PickValue> give(ReferenceData reference, AssetRepository assets) {
        List<PickValue> values = new ArrayList<>();
        List<PickValue> renamed = new ArrayList<>();
        reference
                .choices()
                .forEach((field, entries) -> entries.forEach(entry -> {
                    String before = note(field, entry.choice(), values);
                    if (before != null) {
                        renamed.add(new PickValue(field, entry.choice()));
                    }
                }));
        if (!values.isEmpty()) {
            assets.pickLists(values);
        }
        return renamed;
    }

    /** Hands over what these records use and the host was not given yet. */
    synchronized void give(Collection<FieldValues> records, AssetRepository assets) {
        List<PickValue> values = new ArrayList<>();
        for (FieldValues record : records) {
            for (Field<?> field : record.fields()) {
                Object value = record.get(field);
                if (value instanceof Choice choice) {
                    noteUnlessKnown(field, choice, values);
                } else if (value instanceof Set<?> set) {
                    for (Object item : set) {
                        if (item instanceof Choice choice) {
                            noteUnlessKnown(field, choice, values);
                        }
                    }
                }
            }
        }
        if (!values.isEmpty()) {
            assets.pickLists(values);
        }
    }

    /** A record may still carry the old name of a renamed value, so only the PSA's lists rename. */
    private void noteUnlessKnown(Field<?> field, Choice choice, List<PickValue> values) {
        if (!given.getOrDefault(field, Map.of()).containsKey(choice.id())) {
            note(field, choice, values);
        }
    }

    /** Returns the name that was handed over before, if it was another one. */
    private @org.jspecify.annotations.Nullable String note(Field<?> field, Choice choice, List<PickValue> values) {
        String before = given.computeIfAbsent(field, key -> new HashMap<>()).put(choice.id(), choice.name());
        if (choice.name().equals(before)) {
            return null;
        }
        values.add(new PickValue(field, choice));
        return before;
    }
}
