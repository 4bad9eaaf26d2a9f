package org.psasync.spi;

import static java.util.Objects.requireNonNull;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.psasync.model.Choice;
import org.psasync.model.Field;

/**
 * The PSA's own lists: types, statuses, boards, manufacturers, communication types, users.
 *
 * @param choices the values of each field that has a list, those that active records use first and the most used of them
 *     at the head, the others as they were given (SET-7); a field without entry is free text
 * @param optionChoices the values of each {@link ConnectorOption} of the form {@code CHOICE}, by its key
 * @param users people of the PSA who can be invited to the host (PSA-ALL-1)
 */
public record ReferenceData(
        Map<Field<?>, List<Entry>> choices, Map<String, List<Entry>> optionChoices, List<PsaUser> users) {

    /**
     * One value of a list.
     *
     * @param choice its id and name
     * @param active whether the PSA still offers it
     * @param usedBy how many active records use it, where the PSA tells (SET-7)
     */
    public record Entry(Choice choice, boolean active, OptionalLong usedBy) {
        public Entry {
            requireNonNull(choice, "choice");
            requireNonNull(usedBy, "usedBy");
        }

        /** Returns whether active records use the value and the PSA still offers it. */
        public boolean recommended() {
            return activeUses() > 0;
        }

        private long activeUses() {
            return active ? usedBy.orElse(0) : 0;
        }

        /** Returns an active value of unknown use. */
        public static Entry of(String id, String name) {
            return new Entry(new Choice(id, name), true, OptionalLong.empty());
        }
    }

    /**
     * A person with a licence of the PSA.
     *
     * @param id the PSA's identifier
     * @param name the full name
     * @param email empty when the PSA shows none
     */
    public record PsaUser(String id, String name, String email) {
        public PsaUser {
            requireNonNull(id, "id");
            requireNonNull(name, "name");
            requireNonNull(email, "email");
        }
    }

    public ReferenceData {
        Map<Field<?>, List<Entry>> sorted = new HashMap<>();
        choices.forEach((field, entries) -> sorted.put(field, usedFirst(entries)));
        choices = Map.copyOf(sorted);
        optionChoices = Map.copyOf(optionChoices);
        users = List.copyOf(users);
    }

    private static List<Entry> usedFirst(List<Entry> entries) {
        return entries.stream()
                .sorted(Comparator.comparingLong(Entry::activeUses).reversed())
                .toList();
    }

    /** Returns the entry of a field's list with that id, if there is one. */
    public Optional<Entry> entry(Field<?> field, String id) {
        return choices.getOrDefault(field, List.of()).stream()
                .filter(entry -> entry.choice().id().equals(id))
                .findFirst();
    }
}
