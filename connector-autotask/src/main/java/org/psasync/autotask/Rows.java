package org.psasync.autotask;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.psasync.autotask.Labels.ListName;
import org.psasync.http.JsonMismatch;
import org.psasync.http.JsonValue;
import org.psasync.model.AssetKind;
import org.psasync.model.RemoteId;
import org.psasync.spi.ConnectorException;
import org.psasync.spi.RemotePage;
import org.psasync.spi.RemoteRecord;

/**
 * Makes records of rows. What they refer to and cannot do without is looked up for all rows of a page at once: the primary
 * locations of companies, the products of configuration items, and names.
 */
final class Rows {
    private final QueryReader queries;
    private final Labels labels;
    private final Countries countries;
    private final Products products;

    Rows(QueryReader queries, Labels labels, Countries countries, Products products) {
        this.queries = queries;
        this.labels = labels;
        this.countries = countries;
        this.products = products;
    }

    /** What rows gave; one that cannot be understood does not hold up the others (C4.4). */
    record Understood(List<RemoteRecord> records, List<RemotePage.Unreadable> unreadable) {}

    Understood read(RecordKind kind, List<JsonValue> rows) {
        List<RemoteRecord> records = new ArrayList<>(rows.size());
        List<RemotePage.Unreadable> unreadable = new ArrayList<>();
        for (JsonValue row : joined(kind, rows)) {
            try {
                records.add(kind.read(row));
            } catch (JsonMismatch e) {
                Long id = Ids.ofRow(row);
                unreadable.add(new RemotePage.Unreadable(
                        id == null ? new RemoteId("without id") : Ids.of(id), String.valueOf(e.getMessage())));
            }
        }
        return new Understood(records, unreadable);
    }

    private List<JsonValue> joined(RecordKind kind, List<JsonValue> rows) {
        kind.lists().forEach((member, list) -> labels.ensure(list, texts(rows, member)));
        return switch (kind.kind()) {
            case ORGANIZATION -> withPrimaryLocations(rows);
            case LOCATION -> withCountries(rows);
            case CONFIGURATION -> withProducts(rows);
            case CONTACT, TICKET -> rows;
        };
    }

    private static Set<String> texts(List<JsonValue> rows, String member) {
        Set<String> texts = new LinkedHashSet<>();
        for (JsonValue row : rows) {
            Long number = number(row, member);
            if (number != null) {
                texts.add(Long.toString(number));
            }
        }
        return texts;
    }

    /** Null when there is none, or none that can be understood. */
    private static @Nullable Long number(JsonValue row, String member) {
        try {
            return row.isObject() ? row.integer(member) : null;
        } catch (JsonMismatch e) {
            return null;
        }
    }

    private List<JsonValue> withPrimaryLocations(List<JsonValue> rows) {
        Set<Long> companies = new HashSet<>();
        rows.forEach(row -> {
            Long id = Ids.ofRow(row);
            if (id != null) {
                companies.add(id);
            }
        });
        if (companies.isEmpty()) {
            return rows;
        }
        Map<Long, Long> primary = new HashMap<>();
        try {
            for (JsonValue location : queries.byNumbers(
                    companies,
                    part -> Query.of("companylocations.primary", "CompanyLocations")
                            .include("id", "companyID")
                            .where(Filter.in("companyID", part), Filter.equal("isPrimary", true)))) {
                Long company = number(location, "companyID");
                Long id = Ids.ofRow(location);
                if (company != null && id != null) {
                    primary.putIfAbsent(company, id);
                }
            }
        } catch (ConnectorException.Forbidden e) {
            return rows;
        }
        return rows.stream()
                .map(row -> row.isObject() ? row.with(Kinds.PRIMARY_LOCATION, primary.get(Ids.ofRow(row))) : row)
                .toList();
    }

    private List<JsonValue> withCountries(List<JsonValue> rows) {
        labels.ensure(ListName.COUNTRIES, texts(rows, "countryID"));
        return rows.stream()
                .map(row -> {
                    Long country = number(row, "countryID");
                    return country == null ? row : row.with(Kinds.COUNTRY, countries.code(country));
                })
                .toList();
    }

    private List<JsonValue> withProducts(List<JsonValue> rows) {
        Set<Long> numbers = new HashSet<>();
        rows.forEach(row -> {
            Long number = number(row, "productID");
            if (number != null) {
                numbers.add(number);
            }
        });
        Map<Long, JsonValue> found = products.of(numbers);
        return rows.stream()
                .map(row -> {
                    JsonValue product = found.get(number(row, "productID"));
                    return product == null ? row : row.with(Kinds.PRODUCT, product);
                })
                .toList();
    }

    /** What a user must see to read a kind: the names of items lie in their products. */
    static List<String> entitiesOf(AssetKind kind) {
        return switch (kind) {
            case ORGANIZATION -> List.of("Companies");
            case LOCATION -> List.of("CompanyLocations");
            case CONTACT -> List.of("Contacts");
            case CONFIGURATION -> List.of("ConfigurationItems", "Products");
            case TICKET -> List.of("Tickets");
        };
    }
}
