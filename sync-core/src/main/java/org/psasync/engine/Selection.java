package org.psasync.engine;

import static java.util.stream.Collectors.joining;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.psasync.model.Choice;
import org.psasync.spi.ReferenceData;

/**
 * Which values of a list of the PSA are selected; tracked by id, so that a renamed one stays selected (SET-3).
 *
 * @param all whether every value is selected, those made later included
 * @param chosen the selected values when not all are; empty selects none
 */
public record Selection(boolean all, Set<Choice> chosen) {
    /** Every value. */
    public static final Selection ALL = new Selection(true, Set.of());
    /** No value. */
    public static final Selection NONE = new Selection(false, Set.of());

    public Selection {
        chosen = Collections.unmodifiableSet(new LinkedHashSet<>(chosen));
    }

    /** Returns a selection of these values. */
    public static Selection of(Set<Choice> chosen) {
        return new Selection(false, chosen);
    }

    /** Returns the same selection with the values called as they are in the PSA's list now; others keep their names. */
    Selection named(List<ReferenceData.Entry> entries) {
        if (chosen.isEmpty()) {
            return this;
        }
        Map<String, Choice> now = new HashMap<>();
        entries.forEach(entry -> now.put(entry.choice().id(), entry.choice()));
        boolean renamed = chosen.stream()
                .anyMatch(choice -> !choice.name()
                        .equals(now.getOrDefault(choice.id(), choice).name()));
        if (!renamed) {
            return this;
        }
        Set<Choice> called = new LinkedHashSet<>();
        chosen.forEach(choice -> called.add(now.getOrDefault(choice.id(), choice)));
        return new Selection(all, called);
    }

    /** Returns whether the value is selected. */
    public boolean contains(Choice choice) {
        return all || chosen.contains(choice);
    }

    /** Returns whether nothing can be selected. */
    public boolean isNone() {
        return !all && chosen.isEmpty();
    }

    /** Returns whether every value that {@code other} selects is selected here too. */
    public boolean covers(Selection other) {
        return all || !other.all && chosen.containsAll(other.chosen);
    }

    /** Returns the names, or {@code all} or {@code none}. */
    @Override
    public String toString() {
        return all
                ? "all"
                : chosen.isEmpty() ? "none" : chosen.stream().map(Choice::name).collect(joining(", "));
    }
}
