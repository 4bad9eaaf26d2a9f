package org.psasync.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.psasync.engine.ChoiceState.State;
import org.psasync.model.Choice;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.Field;
import org.psasync.model.OrganizationFields;
import org.psasync.model.TicketFields;
import org.psasync.spi.ReferenceData;

/** Tells of each type and status whether it is selected (SET-4). */
final class ChoiceStates {
    /** The fields whose values are selected. */
    static final List<Field<?>> FIELDS = List.of(
            OrganizationFields.TYPES,
            OrganizationFields.STATUS,
            OrganizationFields.CLASSIFICATION,
            ConfigurationFields.TYPE,
            ConfigurationFields.STATUS,
            TicketFields.BOARD);

    private ChoiceStates() {}

    /** Returns the recommended ones first, the most used of them first, then the others in their order (SET-7). */
    static List<ChoiceState> recommendedFirst(Field<?> field, SyncSettings settings, ReferenceData reference) {
        return of(field, settings, reference).stream()
                .sorted(Comparator.comparingLong(
                        each -> each.recommended() ? -each.usedBy().orElse(0) : 0))
                .toList();
    }

    /** Returns them in the order of the PSA's list, then what it does not know. */
    static List<ChoiceState> of(Field<?> field, SyncSettings settings, ReferenceData reference) {
        Selection selection = selection(field, settings);
        List<ChoiceState> result = new ArrayList<>();
        List<ReferenceData.Entry> entries = reference.choices().getOrDefault(field, List.of());
        for (ReferenceData.Entry entry : entries) {
            Choice choice = entry.choice();
            State state = selection.contains(choice) ? State.ENABLED : State.DISABLED;
            result.add(new ChoiceState(choice, state, entry.active(), entry.usedBy()));
        }
        Set<Choice> known = entries.stream().map(ReferenceData.Entry::choice).collect(Collectors.toSet());
        selection.chosen().stream()
                .filter(choice -> !known.contains(choice))
                .forEach(choice ->
                        result.add(new ChoiceState(choice, State.NOT_CONNECTED, false, OptionalLong.empty())));
        return result;
    }

    private static Selection selection(Field<?> field, SyncSettings settings) {
        if (field.equals(OrganizationFields.TYPES)) {
            return settings.organizations().types();
        }
        if (field.equals(OrganizationFields.STATUS)) {
            return settings.organizations().statuses();
        }
        if (field.equals(OrganizationFields.CLASSIFICATION)) {
            return settings.organizations().classifications();
        }
        if (field.equals(ConfigurationFields.TYPE)) {
            return settings.configurations().types();
        }
        if (field.equals(ConfigurationFields.STATUS)) {
            return settings.configurations().statuses();
        }
        if (field.equals(TicketFields.BOARD)) {
            return settings.tickets().boards();
        }
        throw new IllegalArgumentException("\"" + field + "\" is not a field whose values are selected");
    }
}
