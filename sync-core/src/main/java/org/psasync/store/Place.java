package org.psasync.store;

import static java.util.Objects.requireNonNull;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.psasync.model.AssetKind;
import org.psasync.model.Choice;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.Field;
import org.psasync.model.FieldValues;
import org.psasync.model.OrganizationFields;

/**
 * A value of a list of the PSA under which links are counted and listed, such as a type (DATA-1). A record with several
 * types is in several places. Immutable.
 *
 * @param field the field that holds the value
 * @param choice the value, equal by its id; null for records of which the PSA shows the field as blank
 */
public record Place(Field<?> field, @Nullable Choice choice) {
    private static final List<Field<?>> OF_ORGANIZATIONS = List.of(OrganizationFields.TYPES, OrganizationFields.STATUS);
    private static final List<Field<?>> OF_CONFIGURATIONS =
            List.of(ConfigurationFields.TYPE, ConfigurationFields.STATUS);

    private static final Object NOT_READ = new Object();

    public Place {
        requireNonNull(field, "field");
    }

    /** Returns the fields by which records of a kind are placed, types first; empty for kinds with one list only. */
    public static List<Field<?>> fields(AssetKind kind) {
        return switch (kind) {
            case ORGANIZATION -> OF_ORGANIZATIONS;
            case CONFIGURATION -> OF_CONFIGURATIONS;
            case LOCATION, CONTACT, TICKET -> List.of();
        };
    }

    /** Returns every place of a record with these values; none for a field that was not read. */
    public static Set<Place> of(FieldValues values) {
        Set<Place> places = new HashSet<>();
        for (Field<?> field : fields(values.kind())) {
            Object value = values.has(field) ? values.get(field) : NOT_READ;
            if (value instanceof Set<?> several) {
                several.forEach(each -> places.add(new Place(field, (Choice) each)));
            } else if (value != NOT_READ) {
                places.add(new Place(field, (Choice) value));
            }
        }
        return Set.copyOf(places);
    }
}
