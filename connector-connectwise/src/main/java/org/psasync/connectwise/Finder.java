package org.psasync.connectwise;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.psasync.connectwise.PageReader.Listing;
import org.psasync.http.JsonMismatch;
import org.psasync.http.JsonValue;
import org.psasync.model.AssetRef;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.ContactFields;
import org.psasync.model.Field;
import org.psasync.model.FieldValues;
import org.psasync.model.Fields;
import org.psasync.model.LocationFields;
import org.psasync.model.OrganizationFields;
import org.psasync.spi.ConnectorException;
import org.psasync.spi.Draft;
import org.psasync.spi.MatchKey;
import org.psasync.spi.RemoteRecord;

/**
 * Looks for records by what they are called.
 *
 * <p>The PSA is asked for names that contain the one looked for, or a part of it: it compares without regard to case, but
 * lets invisible characters stand at their ends. What it answers is narrowed down by canonical names; addresses, serial numbers and the
 * like are left to the engine (MATCH-2).
 */
final class Finder {
    private final PageReader pages;
    private final Kinds kinds;

    Finder(PageReader pages, Kinds kinds) {
        this.pages = pages;
        this.kinds = kinds;
    }

    List<RemoteRecord> find(MatchKey key) {
        return find(key.values());
    }

    /** A company goes by its fixed identifier, which is its own; the others by their names below their company. */
    List<RemoteRecord> findCreated(Draft draft) {
        String identifier = draft.fixed().get(Identifier.KEY);
        if (identifier != null) {
            return list(
                    listing(kinds.of(draft.kind())).where(Condition.text("identifier", identifier)),
                    kinds.of(draft.kind()),
                    record -> same(record.values(), OrganizationFields.SHORT_NAME, identifier));
        }
        FieldValues values = draft.values();
        return find(values).stream()
                .filter(record -> maybeSame(record.values(), values, ConfigurationFields.SERIAL_NUMBER))
                .toList();
    }

    private List<RemoteRecord> find(FieldValues key) {
        return switch (key.kind()) {
            case ORGANIZATION -> named(key, OrganizationFields.NAME, "name", null);
            case LOCATION -> sites(key);
            case CONTACT -> contacts(key);
            case CONFIGURATION -> named(key, ConfigurationFields.NAME, "name", company(key));
            case TICKET -> throw new UnsupportedOperationException("This connector cannot search " + key.kind());
        };
    }

    private List<RemoteRecord> contacts(FieldValues key) {
        String last = key.get(ContactFields.LAST_NAME);
        Condition company = company(key);
        if (key.get(ContactFields.FIRST_NAME) == null) {
            return List.of(); // no contact is without one
        }
        Condition extra = last == null ? company : Condition.both(company, Condition.contains("lastName", last));
        return named(key, ContactFields.FIRST_NAME, "firstName", extra).stream()
                .filter(record ->
                        !key.has(ContactFields.LAST_NAME) || same(record.values(), ContactFields.LAST_NAME, last))
                .toList();
    }

    private List<RemoteRecord> sites(FieldValues key) {
        AssetRef organization = key.get(LocationFields.ORGANIZATION);
        String name = key.get(LocationFields.NAME);
        if (organization == null || name == null) {
            return List.of();
        }
        long company = Ids.number(organization);
        SiteKind kind = kinds.sites();
        List<RemoteRecord> result = new ArrayList<>();
        Listing list = Listing.of(kind.call("find"), kind.path(), company).fields(kind.members());
        try {
            for (JsonValue row : pages.all(list)) {
                add(kind, SiteKind.below(company, row), result);
            }
        } catch (ConnectorException.Gone e) {
            return List.of(); // no company, no sites
        }
        result.removeIf(record -> !same(record.values(), LocationFields.NAME, name));
        return result;
    }

    private List<RemoteRecord> named(FieldValues key, Field<String> field, String member, @Nullable Condition other) {
        String name = key.get(field);
        if (name == null) {
            return List.of();
        }
        RecordKind kind = kinds.of(key.kind());
        if (kind.isTooLong(field, name)) {
            return List.of(); // no record holds it
        }
        Condition condition = Condition.both(other, Condition.contains(member, name));
        return list(listing(kind).where(condition), kind, record -> same(record.values(), field, name));
    }

    private static Listing listing(RecordKind kind) {
        return Listing.of(kind.call("find"), kind.path()).fields(kind.members());
    }

    private List<RemoteRecord> list(Listing list, RecordKind kind, Predicate<RemoteRecord> wanted) {
        List<RemoteRecord> result = new ArrayList<>();
        for (JsonValue row : pages.all(list)) {
            add(kind, row, result);
        }
        result.removeIf(wanted.negate());
        return result;
    }

    /** A record that cannot be understood cannot be matched; it is listed as such when changes are read. */
    private static void add(RecordKind kind, JsonValue row, List<RemoteRecord> result) {
        try {
            result.add(kind.read(row));
        } catch (JsonMismatch e) {
            return;
        }
    }

    private static @Nullable Condition company(FieldValues key) {
        Field<AssetRef> field = Fields.organization(key.kind());
        AssetRef organization = field == null ? null : key.get(field);
        return organization == null ? null : Condition.equal("company/id", Ids.number(organization));
    }

    private static boolean same(FieldValues record, Field<String> field, @Nullable String wanted) {
        String value = record.get(field);
        return wanted == null ? value == null : wanted.equalsIgnoreCase(value);
    }

    /** Whether two values can belong to one record: one of them is not known, or they are equal. */
    private static boolean maybeSame(FieldValues record, FieldValues draft, Field<String> field) {
        String one = record.get(field);
        String other = draft.get(field);
        return one == null || other == null || Objects.equals(one, other);
    }
}
