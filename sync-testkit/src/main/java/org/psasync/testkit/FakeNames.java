package org.psasync.testkit;

import java.util.List;
import org.psasync.model.AssetKind;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.ContactFields;
import org.psasync.model.Field;
import org.psasync.model.FieldValues;
import org.psasync.model.LocationFields;
import org.psasync.model.OrganizationFields;
import org.psasync.model.TicketFields;

/** By which names a fake PSA searches; the case of letters does not count. */
final class FakeNames {
    private FakeNames() {}

    private static List<Field<String>> fields(AssetKind kind) {
        return switch (kind) {
            case ORGANIZATION -> List.of(OrganizationFields.NAME);
            case LOCATION -> List.of(LocationFields.NAME);
            case CONTACT -> List.of(ContactFields.FIRST_NAME, ContactFields.LAST_NAME);
            case CONFIGURATION -> List.of(ConfigurationFields.NAME);
            case TICKET -> List.of(TicketFields.TITLE);
        };
    }

    /** Returns whether values that are searched for have every name; else nothing can be looked up by them. */
    static boolean areIn(FieldValues key) {
        return fields(key.kind()).stream().allMatch(key::has);
    }

    /** Returns a text that is equal for equal names. */
    static String key(FieldValues values) {
        StringBuilder key = new StringBuilder();
        for (Field<String> field : fields(values.kind())) {
            String name = values.get(field);
            for (int i = 0; name != null && i < name.length(); i++) {
                // as String.equalsIgnoreCase compares
                key.append(Character.toLowerCase(Character.toUpperCase(name.charAt(i))));
            }
            key.append('\0');
        }
        return key.toString();
    }
}
