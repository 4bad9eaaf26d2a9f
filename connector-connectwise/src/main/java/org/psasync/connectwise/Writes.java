package org.psasync.connectwise;

import java.time.LocalDate;
import java.util.Map;
import org.psasync.connectwise.Mapped.Writer;
import org.psasync.model.AssetRef;
import org.psasync.model.Choice;
import org.psasync.model.Field;
import org.psasync.model.LocationFields;

/** The forms in which the PSA takes values; references go whole, by number. */
final class Writes {
    private Writes() {}

    static Writer<AssetRef> reference() {
        return (value, whole, lists) -> Map.of("id", Ids.number(value));
    }

    static Writer<Choice> choice(Field<?> field, ListName list) {
        return (value, whole, lists) ->
                Map.of("id", lists.entry(field, list, value).number());
    }

    static Writer<LocalDate> date() {
        return (value, whole, lists) -> instant(value);
    }

    /** A day as the PSA writes days: midnight, in UTC. */
    static String instant(LocalDate date) {
        return date + "T00:00:00Z";
    }

    static Writer<String> country() {
        return (value, whole, lists) -> Map.of("id", lists.country(value).number());
    }

    /** The same region may be in several countries; that of the record goes first. */
    static Writer<String> region() {
        return (value, whole, lists) -> Map.of(
                "id", lists.region(value, whole.get(LocationFields.COUNTRY)).number());
    }
}
