package org.psasync.engine;

import java.util.ArrayList;
import java.util.List;
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
    private ChoiceStates() {}

    static List<ChoiceState> of(Field<?> field, SyncSettings settings, ReferenceData reference) {
        Selection selection = selection(field, settings);
        List<ChoiceState> result = new ArrayList<>();
        List<ReferenceData.Entry> entries = reference.choices().getOrDefault(field, List.of());
        for (ReferenceData.Entry entry : entries) {
            Choice choice = entry.choice();
            result.add(new ChoiceState(choice, selection.contains(choice) ? State.ENABLED : State.DISABLED));
        }
        Set<Choice> known = entries.stream().map(ReferenceData.Entry::choice).collect(Collectors.toSet());
        selection.chosen().stream()
                .filter(choice -> !known.contains(choice))
                .forEach(choice -> result.add(new ChoiceState(choice, State.NOT_CONNECTED)));
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
