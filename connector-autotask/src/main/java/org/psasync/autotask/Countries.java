package org.psasync.autotask;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.psasync.autotask.Labels.Entry;
import org.psasync.autotask.Labels.ListName;
import org.psasync.http.JsonValue;
import org.psasync.model.FieldType;

/** Countries, which records name by numbers and the model by their codes. */
final class Countries {
    private final Labels labels;

    Countries(Labels labels) {
        this.labels = labels;
    }

    /** Returns the code of a country as far as known, else its name, else the number itself. */
    String code(long number) {
        Entry entry = labels.known(ListName.COUNTRIES, Long.toString(number));
        JsonValue row = entry == null ? null : entry.row();
        String code = row == null ? null : row.text("countryCode");
        return code != null ? code : entry == null ? Long.toString(number) : entry.name();
    }

    /** Returns the number of a country; empty when the tenant has none of that code or name. */
    Optional<Long> number(String country) {
        List<Entry> all = labels.entries(ListName.COUNTRIES);
        return all.stream()
                .filter(entry -> isNamed(entry, country))
                .map(entry -> Long.parseLong(entry.id()))
                .findFirst();
    }

    private static boolean isNamed(Entry entry, String country) {
        JsonValue row = entry.row();
        return row != null
                && (country.equals(canonical(row.text("countryCode")))
                        || country.equals(canonical(row.text("name")))
                        || country.equals(canonical(row.text("displayName"))));
    }

    private static @Nullable String canonical(@Nullable String text) {
        return FieldType.COUNTRY.canonical(text);
    }
}
