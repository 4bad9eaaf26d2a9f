package org.psasync.autotask;

import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.psasync.http.JsonValue;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.ContactFields;
import org.psasync.model.Field;
import org.psasync.model.FieldValues;
import org.psasync.model.Fields;
import org.psasync.model.LocationFields;
import org.psasync.model.OrganizationFields;
import org.psasync.spi.Draft;
import org.psasync.spi.MatchKey;
import org.psasync.spi.RemoteRecord;

/**
 * Looks for records by what they are called. The PSA is asked for names that contain the one looked for, without regard to
 * case, since blanks may stand around it; what it answers is narrowed down by canonical names. Addresses, serial numbers and
 * the like are left to the engine (MATCH-2).
 */
final class Finder {
    /** So many products may be named in a query beside its other alternatives. */
    private static final int MOST_PRODUCTS = 400;

    private final QueryReader queries;
    private final Kinds kinds;
    private final Rows rows;

    Finder(QueryReader queries, Kinds kinds, Rows rows) {
        this.queries = queries;
        this.kinds = kinds;
        this.rows = rows;
    }

    List<RemoteRecord> find(MatchKey key) {
        return find(key.values());
    }

    /** Of items with the same name, those with another serial number are not the one. */
    List<RemoteRecord> findCreated(Draft draft) {
        FieldValues values = draft.values();
        return find(values).stream()
                .filter(record -> maybeSame(record.values(), values, ConfigurationFields.SERIAL_NUMBER))
                .toList();
    }

    private List<RemoteRecord> find(FieldValues key) {
        return switch (key.kind()) {
            case ORGANIZATION -> named(key, OrganizationFields.NAME, "companyName");
            case LOCATION -> named(key, LocationFields.NAME, "name");
            case CONTACT -> contacts(key);
            case CONFIGURATION -> items(key);
            case TICKET -> throw new UnsupportedOperationException("This connector cannot search " + key.kind());
        };
    }

    private List<RemoteRecord> named(FieldValues key, Field<String> field, String member) {
        String name = key.get(field);
        RecordKind kind = kinds.of(key.kind());
        if (name == null) {
            return List.of();
        }
        Query query = within(kind, key).where(Filter.contains(member, name));
        return records(kind, query, record -> same(record.values(), field, name));
    }

    private List<RemoteRecord> contacts(FieldValues key) {
        String first = key.get(ContactFields.FIRST_NAME);
        String last = key.get(ContactFields.LAST_NAME);
        RecordKind kind = kinds.of(key.kind());
        if (first == null) {
            return List.of(); // no contact is without one
        }
        Query query = within(kind, key).where(Filter.contains("firstName", first));
        query = last == null ? query : query.where(Filter.contains("lastName", last));
        return records(
                kind,
                query,
                record -> same(record.values(), ContactFields.FIRST_NAME, first)
                        && (!key.has(ContactFields.LAST_NAME) || same(record.values(), ContactFields.LAST_NAME, last)));
    }

    /** An item goes by its title, or without one by the name of its product. */
    private List<RemoteRecord> items(FieldValues key) {
        String name = key.get(ConfigurationFields.NAME);
        RecordKind kind = kinds.of(key.kind());
        if (name == null) {
            return List.of();
        }
        List<Long> products =
                queries
                        .all(Query.of("products.find", "Products").include("id").where(Filter.contains("name", name)))
                        .stream()
                        .map(Ids::required)
                        .toList();
        JsonValue untitled = Filter.blank("referenceTitle");
        JsonValue named = Filter.contains("referenceTitle", name);
        if (products.size() > MOST_PRODUCTS) {
            named = Filter.or(named, untitled);
        } else if (!products.isEmpty()) {
            named = Filter.or(named, Filter.and(untitled, Filter.in("productID", products)));
        }
        Query query = within(kind, key).where(named);
        return records(kind, query, record -> same(record.values(), ConfigurationFields.NAME, name));
    }

    /** Below the organization of the key, if it names one. */
    private static Query within(RecordKind kind, FieldValues key) {
        Field<?> organization = Fields.organization(key.kind());
        Long company = organization == null ? null : RecordKind.company(key.get(organization));
        Query query = kind.query("find");
        return company == null ? query : query.where(Filter.equal("companyID", company));
    }

    private List<RemoteRecord> records(RecordKind kind, Query query, Predicate<RemoteRecord> wanted) {
        return rows.read(kind, queries.all(query)).records().stream()
                .filter(wanted)
                .toList();
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
