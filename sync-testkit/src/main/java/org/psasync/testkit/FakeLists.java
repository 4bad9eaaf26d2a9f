package org.psasync.testkit;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.psasync.model.Choice;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.ContactFields;
import org.psasync.model.Field;
import org.psasync.model.FieldType;
import org.psasync.model.FieldValues;
import org.psasync.model.OrganizationFields;
import org.psasync.model.TicketFields;
import org.psasync.spi.ReferenceData.Entry;

/** The pick lists of a fake PSA. A field without list is free text. */
final class FakeLists {
    private final Map<Field<?>, Map<String, Entry>> lists = new LinkedHashMap<>();

    FakeLists() {
        start(OrganizationFields.TYPES, "Customer", "Prospect", "Vendor");
        start(OrganizationFields.STATUS, "Active", "Inactive");
        start(OrganizationFields.CLASSIFICATION, "Gold", "Silver");
        start(ContactFields.TYPES, "Decision Maker", "End User");
        start(ConfigurationFields.TYPE, "Workstation", "Server", "Printer");
        start(ConfigurationFields.STATUS, "Active", "Inactive");
        start(ConfigurationFields.MANUFACTURER, "Contoso", "Fabrikam");
        start(TicketFields.BOARD, "Support", "Projects");
        start(TicketFields.STATUS, "New", "Closed");
        start(TicketFields.PRIORITY, "Low", "High");
    }

    private void start(Field<?> field, String... names) {
        for (String name : names) {
            choice(field, name);
        }
    }

    /** Returns the value of that name, made if there is none. */
    Choice choice(Field<?> field, String name) {
        Map<String, Entry> list = lists.computeIfAbsent(field, each -> new LinkedHashMap<>());
        for (Entry entry : list.values()) {
            if (entry.choice().name().equals(name)) {
                return entry.choice();
            }
        }
        Entry made = Entry.of(freeId(list), name);
        list.put(made.choice().id(), made);
        return made.choice();
    }

    private static String freeId(Map<String, Entry> list) {
        int number = list.size() + 1;
        while (list.containsKey(Integer.toString(number))) {
            number++;
        }
        return Integer.toString(number);
    }

    Entry entry(Field<?> field, Choice choice) {
        Entry entry = lists.getOrDefault(field, Map.of()).get(choice.id());
        if (entry == null) {
            throw new IllegalArgumentException("The list of \"" + field + "\" has no value with the id " + choice.id());
        }
        return entry;
    }

    void replace(Field<?> field, Entry entry) {
        String id = entry(field, entry.choice()).choice().id();
        requireNonNull(lists.get(field)).put(id, entry);
    }

    boolean knows(Field<?> field, Choice choice) {
        Map<String, Entry> list = lists.get(field);
        return list == null || list.containsKey(choice.id());
    }

    /** Returns the values with choices named as the lists name them; what a list lacks is added to it. */
    FieldValues learn(FieldValues values) {
        return mapChoices(values, (field, choice) -> {
            Map<String, Entry> list = lists.get(field);
            if (list == null) {
                return choice;
            }
            Entry entry = list.computeIfAbsent(choice.id(), id -> Entry.of(id, choice.name()));
            return entry.choice();
        });
    }

    Map<Field<?>, List<Entry>> entries(Map<Field<?>, Map<String, Long>> uses) {
        Map<Field<?>, List<Entry>> result = new HashMap<>();
        lists.forEach((field, list) -> {
            Map<String, Long> counts = uses.getOrDefault(field, Map.of());
            List<Entry> entries = new ArrayList<>();
            for (Entry entry : list.values()) {
                long count = counts.getOrDefault(entry.choice().id(), 0L);
                entries.add(new Entry(entry.choice(), entry.active(), OptionalLong.of(count)));
            }
            result.put(field, entries);
        });
        return result;
    }

    /** Gives one choice of one field another form. */
    interface ChoiceMap {
        Choice map(Field<?> field, Choice choice);
    }

    static FieldValues mapChoices(FieldValues values, ChoiceMap map) {
        FieldValues.Builder result = null;
        for (Field<?> field : values.fields()) {
            if (!choices(values, field).isEmpty()) {
                result = result == null ? values.toBuilder() : result;
                set(result, values, field, choice -> map.map(field, choice));
            }
        }
        return result == null ? values : result.build();
    }

    /** Returns the choices in a field of either sort; empty when it holds none. */
    static Set<Choice> choices(FieldValues values, Field<?> field) {
        Object value = values.get(field);
        if (value instanceof Choice choice) {
            return Set.of(choice);
        }
        return value != null && field.type() == FieldType.CHOICES ? several(value) : Set.of();
    }

    @SuppressWarnings("unchecked") // the type of the field says so
    private static Set<Choice> several(Object value) {
        return (Set<Choice>) value;
    }

    @SuppressWarnings("unchecked") // the type of the field says so
    private static void set(FieldValues.Builder result, FieldValues values, Field<?> field, UnaryOperator<Choice> map) {
        if (field.type() == FieldType.CHOICE) {
            @Nullable Choice one = (Choice) values.get(field);
            result.set((Field<Choice>) field, map.apply(requireNonNull(one)));
        } else {
            Set<Choice> mapped = new LinkedHashSet<>();
            choices(values, field).forEach(choice -> mapped.add(map.apply(choice)));
            result.set((Field<Set<Choice>>) field, mapped);
        }
    }
}
