package org.psasync.connectwise;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.model.AssetKind;
import org.psasync.model.Choice;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.ContactFields;
import org.psasync.model.Field;
import org.psasync.model.FieldValues;
import org.psasync.model.LocationFields;
import org.psasync.model.OrganizationFields;
import org.psasync.model.RemoteId;
import org.psasync.spi.MatchKey;
import org.psasync.spi.RemoteRecord;
import org.psasync.testkit.connectwise.Records;

/** Looking for records by their match keys. */
class FindingTest {
    private final Bench bench =
            new Bench(psa -> psa.companies(6).contacts(30).configurations(60).tickets(1));

    @AfterEach
    void close() {
        bench.close();
    }

    private List<RemoteId> find(FieldValues key) {
        return bench.connector.find(new MatchKey(key, true)).stream()
                .map(RemoteRecord::id)
                .toList();
    }

    private void findsEveryRecord(List<RemoteRecord> records, Field<?>... keys) {
        assertThat(records)
                .isNotEmpty()
                .allSatisfy(record -> assertThat(find(record.values().only(List.of(keys)::contains)))
                        .contains(record.id()));
    }

    @Test
    @DisplayName("C7.1: every record is found by its match key")
    void findsByKeys() {
        findsEveryRecord(bench.readAll(AssetKind.ORGANIZATION).records(), OrganizationFields.NAME);
        findsEveryRecord(
                bench.readAll(AssetKind.CONTACT).records(),
                ContactFields.ORGANIZATION,
                ContactFields.FIRST_NAME,
                ContactFields.LAST_NAME);
        findsEveryRecord(
                bench.readAll(AssetKind.CONFIGURATION).records(),
                ConfigurationFields.ORGANIZATION,
                ConfigurationFields.TYPE,
                ConfigurationFields.NAME,
                ConfigurationFields.SERIAL_NUMBER,
                ConfigurationFields.MAC_ADDRESS);
        findsEveryRecord(
                bench.readAll(AssetKind.LOCATION, bench.allCompanies(), org.psasync.spi.RemoteCursor.start(), 1000)
                        .records(),
                LocationFields.ORGANIZATION,
                LocationFields.NAME,
                LocationFields.ADDRESS_1,
                LocationFields.CITY);
    }

    @Test
    @DisplayName("C7.1: names with quotes, brackets, wildcards, other cases and invisible ends are found")
    void findsOddNames() {
        Records companies = bench.psa.records("company/companies");
        for (String name : List.of(
                "O'Neill \"Best\" [East] 100% *",
                "a\\b", "\u200E Zoë & Söhne \u200E", "Quay/Street (1) = x", "<b>Bold</b>; drop", "[x]")) {
            int id = companies.add(Map.of("identifier", "I" + name.hashCode(), "name", name));
            FieldValues key = FieldValues.of(AssetKind.ORGANIZATION)
                    .set(OrganizationFields.NAME, name.toUpperCase(java.util.Locale.ROOT))
                    .build();
            assertThat(find(key)).as(name).contains(new RemoteId("" + id));
        }
    }

    @Test
    @DisplayName("MATCH-2: what is found has the name looked for, below the organization looked for")
    void narrowsDown() {
        Records companies = bench.psa.records("company/companies");
        companies.add(Map.of("identifier", "HD", "name", "Harbor Dental"));
        companies.add(Map.of("identifier", "HDG", "name", "Harbor Dental Group"));
        FieldValues key = FieldValues.of(AssetKind.ORGANIZATION)
                .set(OrganizationFields.NAME, "Harbor Dental")
                .build();
        assertThat(find(key)).hasSize(1);

        int other = companies.ids().get(1);
        RemoteRecord configuration =
                bench.readAll(AssetKind.CONFIGURATION).records().get(0);
        FieldValues elsewhere = FieldValues.of(AssetKind.CONFIGURATION)
                .set(ConfigurationFields.ORGANIZATION, Bench.ref(AssetKind.ORGANIZATION, other))
                .set(ConfigurationFields.NAME, configuration.values().get(ConfigurationFields.NAME))
                .set(ConfigurationFields.TYPE, new Choice("1", "Server"))
                .build();
        assertThat(find(elsewhere)).isEmpty();
    }

    @Test
    @DisplayName("MATCH-2: a blank last name matches blank ones only; a key without a name matches nothing")
    void blankKeys() {
        int id =
                bench.psa.records("company/contacts").add(Map.of("firstName", "Madonna", "company", Map.of("id", 101)));
        bench.psa
                .records("company/contacts")
                .add(Map.of("firstName", "Madonna", "lastName", "Ciccone", "company", Map.of("id", 101)));
        FieldValues key = FieldValues.of(AssetKind.CONTACT)
                .set(ContactFields.ORGANIZATION, Bench.ref(AssetKind.ORGANIZATION, 101))
                .set(ContactFields.FIRST_NAME, "madonna")
                .set(ContactFields.LAST_NAME, null)
                .build();
        assertThat(find(key)).containsExactly(new RemoteId("" + id));
        assertThat(find(key.with(ContactFields.FIRST_NAME, null))).isEmpty();
        assertThat(find(FieldValues.of(AssetKind.LOCATION)
                        .set(LocationFields.ORGANIZATION, Bench.ref(AssetKind.ORGANIZATION, 999_999))
                        .set(LocationFields.NAME, "Main")
                        .build()))
                .isEmpty();
        assertThat(find(FieldValues.of(AssetKind.ORGANIZATION)
                        .set(OrganizationFields.NAME, "")
                        .build()))
                .isEmpty();
    }
}
