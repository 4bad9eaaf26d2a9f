package org.psasync.engine;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.psasync.model.AssetKind;
import org.psasync.model.Choice;
import org.psasync.model.Field;
import org.psasync.spi.ConnectorDescriptor;
import org.psasync.spi.ConnectorOption;
import org.psasync.spi.ReferenceData;

/** Finds what a person means by a name of the PSA, or says what is nearest to it. */
record PsaNames(String psa, ReferenceData reference) {

    /** Returns what people call a kind, in the singular. */
    static String word(AssetKind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    /** Returns the value of the field's list with that name or id; adds a fault when there is none. */
    Optional<Choice> choice(Field<?> field, String wanted, List<String> faults) {
        String list = word(field.kind()) + " " + (field.name().equals("types") ? "type" : field.name());
        return entry(reference.choices().getOrDefault(field, List.of()), list, wanted, faults);
    }

    /**
     * Returns a selection of the values with those names or ids; adds a fault for each that there is not. What is selected
     * already may stay so, though the PSA does not know it any more (SET-3).
     */
    Selection select(Field<?> field, Selection before, List<String> wanted, List<String> faults) {
        Set<Choice> chosen = new LinkedHashSet<>();
        for (String name : wanted) {
            Optional<Choice> known = named(choices(field), name);
            if (known.isEmpty()) {
                known = named(before.chosen(), name);
            }
            known.or(() -> choice(field, name, faults)).ifPresent(chosen::add);
        }
        return Selection.of(chosen);
    }

    private List<Choice> choices(Field<?> field) {
        return reference.choices().getOrDefault(field, List.of()).stream()
                .map(ReferenceData.Entry::choice)
                .toList();
    }

    private static Optional<Choice> named(Collection<Choice> choices, String wanted) {
        return choices.stream()
                .filter(choice -> choice.id().equals(wanted) || choice.name().equalsIgnoreCase(wanted.strip()))
                .findFirst();
    }

    /** Returns the stored form of an option's value; adds a fault when it is none. */
    Optional<String> option(ConnectorDescriptor connector, String key, String value, List<String> faults) {
        Optional<ConnectorOption> option = connector.options().stream()
                .filter(each -> each.key().equals(key))
                .findFirst();
        if (option.isEmpty()) {
            faults.add(psa + " has no setting \"" + key + "\"; there are "
                    + connector.options().stream().map(ConnectorOption::key).toList());
            return Optional.empty();
        }
        return switch (option.get().form()) {
            case TEXT -> Optional.of(value);
            case FLAG -> flag(key, value, faults);
            case CHOICE ->
                entry(
                                reference.optionChoices().getOrDefault(key, List.of()),
                                option.get().label(),
                                value,
                                faults)
                        .map(Choice::id);
        };
    }

    private static Optional<String> flag(String key, String value, List<String> faults) {
        if (value.equals("true") || value.equals("false")) {
            return Optional.of(value);
        }
        faults.add("The setting \"" + key + "\" is true or false, not \"" + value + "\"");
        return Optional.empty();
    }

    private Optional<Choice> entry(List<ReferenceData.Entry> entries, String list, String wanted, List<String> faults) {
        Optional<Choice> found =
                named(entries.stream().map(ReferenceData.Entry::choice).toList(), wanted);
        if (found.isEmpty()) {
            String hint = entries.stream()
                    .map(entry -> entry.choice().name())
                    .min(Comparator.comparingInt(name -> distance(name, wanted)))
                    .map(name -> "; did you mean \"" + name + "\"?")
                    .orElse("; its list is empty");
            faults.add(psa + " has no " + list + " \"" + wanted + "\"" + hint);
        }
        return found;
    }

    /** Returns how many letters must be added, removed or replaced to make one text of the other, whatever their case. */
    static int distance(String first, String second) {
        String a = first.toLowerCase(Locale.ROOT);
        String b = second.toLowerCase(Locale.ROOT);
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
