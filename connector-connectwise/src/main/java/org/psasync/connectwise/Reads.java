package org.psasync.connectwise;

import java.time.LocalDate;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.psasync.http.JsonMismatch;
import org.psasync.http.JsonValue;
import org.psasync.model.AssetKind;
import org.psasync.model.AssetRef;
import org.psasync.model.Choice;
import org.psasync.model.Field;
import org.psasync.model.FieldValues;
import org.psasync.model.RemoteRef;

/**
 * Takes values out of the PSA's records.
 *
 * <p>An empty reference ({@code "site":{}}) is no reference, and a date of the year 1800 is no date. Source: recorded
 * bodies, 2026-10.
 */
final class Reads {
    private static final int UNSET_YEAR = 1800;

    private Reads() {}

    /** The number of a row; null when it shows none, or none that can be understood. */
    static @Nullable Long id(JsonValue row) {
        try {
            return row.isObject() ? row.integer("id") : null;
        } catch (JsonMismatch e) {
            return null;
        }
    }

    /** A reference to a record of a kind whose id is a number. */
    static @Nullable AssetRef reference(JsonValue row, String member, AssetKind kind) {
        Long id = number(row, member);
        return id == null ? null : new RemoteRef(kind, Ids.of(id));
    }

    /** The number of a reference; null when there is none. */
    static @Nullable Long number(JsonValue row, String member) {
        try {
            Long id = object(row, member).integer("id");
            return id == null || id == 0 ? null : id;
        } catch (JsonMismatch e) {
            throw within(member, e);
        }
    }

    /** A reference to a site of the company with that number; null when either is unknown. */
    static @Nullable AssetRef site(@Nullable Long company, @Nullable Long site) {
        return company == null || site == null
                ? null
                : new RemoteRef(AssetKind.LOCATION, new Ids.Site(company, site).remote());
    }

    static @Nullable Choice choice(JsonValue row, String member) {
        return choiceOf(object(row, member), member);
    }

    static Set<Choice> choices(JsonValue row, String member) {
        Set<Choice> result = new LinkedHashSet<>();
        for (JsonValue element : row.elements(member)) {
            Choice choice = choiceOf(checked(element, member), member);
            if (choice != null) {
                result.add(choice);
            }
        }
        return result;
    }

    private static @Nullable Choice choiceOf(JsonValue reference, String member) {
        try {
            Long id = reference.integer("id");
            if (id == null || id == 0) {
                return null;
            }
            String name = reference.text("name");
            String identifier = name == null ? reference.text("identifier") : name;
            String number = Long.toString(id);
            return new Choice(number, identifier == null ? number : identifier);
        } catch (JsonMismatch e) {
            throw within(member, e);
        }
    }

    private static JsonMismatch within(String member, JsonMismatch e) {
        return new JsonMismatch("In \"" + member + "\": " + e.getMessage());
    }

    /** A text of a reference; null when there is none. */
    static @Nullable String text(JsonValue row, String member, String part) {
        return object(row, member).text(part);
    }

    /** A site can be named only below its company; without one the field stays absent. */
    static @Nullable String siteWithoutCompany(JsonValue row, FieldValues.Builder values, Field<AssetRef> location) {
        if (number(row, "site") == null || number(row, "company") != null) {
            return null;
        }
        values.remove(location);
        return "It names a site but no company, so that the site was left out";
    }

    private static JsonValue object(JsonValue row, String member) {
        return checked(row.at(member), member);
    }

    private static JsonValue checked(JsonValue value, String member) {
        if (!value.isBlank() && !value.isObject()) {
            throw new JsonMismatch("The member \"" + member + "\" holds " + value + " where a reference was expected");
        }
        return value;
    }

    static @Nullable LocalDate date(JsonValue row, String member) {
        LocalDate date = row.date(member);
        return date == null || date.getYear() <= UNSET_YEAR ? null : date;
    }
}
