package org.psasync.engine.decide;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.Selection;
import org.psasync.engine.SyncSettings;
import org.psasync.model.Choice;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.Field;
import org.psasync.model.OrganizationFields;
import org.psasync.spi.ReferenceData;
import org.psasync.store.Place;

/**
 * Says whether a type or status is selected, and takes it out of the selection (SET-2). Pure.
 *
 * @param settings the settings
 * @param reference the PSA's lists
 * @param untyped the type that stands for none, where the PSA has one (GATE-4); null where it has not
 */
public record RowSelection(
        SyncSettings settings,
        ReferenceData reference,
        @Nullable Choice untyped) {

    /** Returns whether records in the place may sync, as far as the place is concerned. */
    public boolean selects(Place place) {
        Choice choice = place.choice();
        if (isUntyped(place)) {
            return settings.configurations().untyped();
        }
        Selection selection = selection(place.field());
        boolean typeOfOrganization = place.field().equals(OrganizationFields.TYPES);
        return choice == null ? selection.all() && !typeOfOrganization : selection.contains(choice);
    }

    private boolean isUntyped(Place place) {
        Choice choice = place.choice();
        return place.field().equals(ConfigurationFields.TYPE) && (choice == null || choice.equals(untyped));
    }

    private Selection selection(Field<?> field) {
        if (field.equals(OrganizationFields.TYPES)) {
            return settings.organizations().types();
        }
        if (field.equals(OrganizationFields.STATUS)) {
            return settings.organizations().statuses();
        }
        if (field.equals(ConfigurationFields.TYPE)) {
            return settings.configurations().types();
        }
        if (field.equals(ConfigurationFields.STATUS)) {
            return settings.configurations().statuses();
        }
        throw new IllegalArgumentException("There are no rows by \"" + field + "\"");
    }

    /**
     * Returns the settings without the place. Where all values were selected, all others that are known now are; records
     * without a value are only in <i>all</i>, and leave with it.
     *
     * @param inUse the places that links are in, which the PSA's lists may lack
     */
    public SyncSettings without(Place place, Collection<Place> inUse) {
        if (!selects(place)) {
            return settings;
        }
        SyncSettings.Organizations o = settings.organizations();
        SyncSettings.Configurations c = settings.configurations();
        if (isUntyped(place)) {
            return settings.with(o, new SyncSettings.Configurations(c.types(), c.statuses(), false, c.inactive()));
        }
        Selection left = left(place, inUse);
        if (place.field().equals(OrganizationFields.TYPES)) {
            return settings.with(
                    new SyncSettings.Organizations(left, o.statuses(), o.typeMode(), o.classifications()), c);
        }
        if (place.field().equals(OrganizationFields.STATUS)) {
            return settings.with(new SyncSettings.Organizations(o.types(), left, o.typeMode(), o.classifications()), c);
        }
        return place.field().equals(ConfigurationFields.TYPE)
                ? settings.with(o, new SyncSettings.Configurations(left, c.statuses(), c.untyped(), c.inactive()))
                : settings.with(o, new SyncSettings.Configurations(c.types(), left, c.untyped(), c.inactive()));
    }

    private Selection left(Place place, Collection<Place> inUse) {
        Selection selection = selection(place.field());
        Set<Choice> chosen = new LinkedHashSet<>(selection.chosen());
        if (selection.all()) {
            reference.choices().getOrDefault(place.field(), List.of()).forEach(entry -> chosen.add(entry.choice()));
            for (Place used : inUse) {
                if (used.field().equals(place.field()) && used.choice() != null && !isUntyped(used)) {
                    chosen.add(used.choice());
                }
            }
        }
        if (place.choice() != null) {
            chosen.remove(place.choice());
        }
        return Selection.of(chosen);
    }
}
