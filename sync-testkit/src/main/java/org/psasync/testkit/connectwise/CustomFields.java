package org.psasync.testkit.connectwise;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Which custom fields each kind of record has: a definition names the screen it is shown on. */
final class CustomFields {
    static final Map<String, String> SCREENS = Map.of(
            "company", "co300", "site", "si300", "contact", "ct300", "configuration", "cf300", "ticket", "sr300");

    private CustomFields() {}

    /** The definitions for a kind of record, by id. */
    static List<Row> definitions(Tenant tenant, String table) {
        Table definitions = tenant.table("userDefinedField");
        Field screen = definitions.field("screenId");
        String wanted = SCREENS.getOrDefault(table, "");
        List<Row> found = new ArrayList<>();
        for (Row row : definitions.rows()) {
            if (row.text(screen).equals(wanted)) {
                found.add(row);
            }
        }
        return found;
    }
}
