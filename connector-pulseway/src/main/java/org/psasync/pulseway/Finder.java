package org.psasync.pulseway;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.psasync.http.JsonMismatch;
import org.psasync.http.JsonValue;
import org.psasync.model.AssetKind;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.Fields;
import org.psasync.model.OrganizationFields;
import org.psasync.model.RemoteRef;
import org.psasync.spi.ConnectorException;
import org.psasync.spi.MatchKey;
import org.psasync.spi.RemoteRead;
import org.psasync.spi.RemoteRecord;

/**
 * Looks for records that may be the one described. How filters compare texts is not documented, so below an account all
 * records are looked through; only accounts themselves are searched by their name.
 */
final class Finder {
    private final Api api;
    private final Pages pages;
    private final Kinds kinds;
    private final RecordReader reader;

    Finder(Api api, Pages pages, Kinds kinds, RecordReader reader) {
        this.api = api;
        this.pages = pages;
        this.kinds = kinds;
        this.reader = reader;
    }

    List<RemoteRecord> find(MatchKey key) {
        return switch (key.kind()) {
            case ORGANIZATION -> accounts(key.values().get(OrganizationFields.NAME));
            case LOCATION -> locations(account(key));
            case CONTACT ->
                rows("contacts.find", "v2/crm/contacts/summary", "AccountId", account(key)).stream()
                        .flatMap(row ->
                                understood(() -> kinds.of(AssetKind.CONTACT).read(row)).stream())
                        .toList();
            case CONFIGURATION -> assets(key.values().get(ConfigurationFields.NAME), account(key));
            case TICKET -> throw new UnsupportedOperationException("This connector cannot search " + key.kind());
        };
    }

    private static @Nullable String account(MatchKey key) {
        return key.values().get(Objects.requireNonNull(Fields.organization(key.kind()))) instanceof RemoteRef account
                ? account.id().value()
                : null;
    }

    private List<RemoteRecord> accounts(@Nullable String name) {
        return rows("accounts.find", "v2/crm/accounts/summary", "AccountName", name).stream()
                .flatMap(
                        row -> understood(() -> kinds.of(AssetKind.ORGANIZATION).read(row)).stream())
                .toList();
    }

    private List<JsonValue> rows(String name, String path, String filter, @Nullable String value) {
        List<JsonValue> rows = new ArrayList<>();
        for (String active : List.of("true", "false")) {
            if (value != null) {
                rows.addAll(pages.all(Pages.list(name, path, "IsActive", active, filter, value)));
            }
        }
        return rows;
    }

    private List<RemoteRecord> locations(@Nullable String account) {
        if (account == null) {
            return List.of();
        }
        long number = Long.parseLong(account);
        try {
            return api.get("locations.of", "v2/crm/accounts/summary/{}", number).elements("Locations").stream()
                    .flatMap(location ->
                            understood(() -> FlatLocation.read(kinds.of(AssetKind.LOCATION), number, location))
                                    .stream())
                    .toList();
        } catch (ConnectorException.Gone e) {
            return List.of();
        }
    }

    /** Details are read only of rows that have the name. */
    private List<RemoteRecord> assets(@Nullable String name, @Nullable String account) {
        List<RemoteRecord> found = new ArrayList<>();
        for (JsonValue row : rows("assets.find", "v2/servicedesk/hardwareasset/searchselect", "AccountId", account)) {
            for (RemoteRecord known : understood(() -> AssetRows.read(row))) {
                if (sameName(known.values().get(ConfigurationFields.NAME), name)
                        && reader.read(kinds.of(AssetKind.CONFIGURATION), known.id())
                                instanceof RemoteRead.Found details) {
                    found.add(details.record());
                }
            }
        }
        return found;
    }

    private static boolean sameName(@Nullable String one, @Nullable String other) {
        return one == null || other == null
                ? one == null && other == null
                : one.toLowerCase(Locale.ROOT).equals(other.toLowerCase(Locale.ROOT));
    }

    private interface Reading {
        RemoteRecord read();
    }

    /** What cannot be understood cannot be recognised either. */
    private static List<RemoteRecord> understood(Reading reading) {
        try {
            return List.of(reading.read());
        } catch (JsonMismatch e) {
            return List.of();
        }
    }
}
