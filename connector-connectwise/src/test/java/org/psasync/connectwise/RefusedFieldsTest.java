package org.psasync.connectwise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.model.AssetKind;
import org.psasync.model.Choice;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.ContactFields;
import org.psasync.model.ContactPoint;
import org.psasync.model.Field;
import org.psasync.model.FieldType;
import org.psasync.model.FieldValues;
import org.psasync.model.OrganizationFields;
import org.psasync.model.Problem;
import org.psasync.spi.ConnectorException;
import org.psasync.spi.RemoteRecord;
import org.psasync.spi.RemoteUpdate;
import org.psasync.spi.WriteResult;
import org.psasync.testkit.connectwise.Records;
import org.psasync.testkit.connectwise.Switch;

/** Fields that the PSA refuses: each is named, and the others are written. */
class RefusedFieldsTest {
    private static final Field<LocalDate> RENEWAL = Field.custom(AssetKind.ORGANIZATION, "renewal", FieldType.DATE);
    private static final Field<String> NOWHERE = Field.custom(AssetKind.ORGANIZATION, "nowhere", FieldType.TEXT);
    private static final Field<BigDecimal> TIER = Field.custom(AssetKind.ORGANIZATION, "tier", FieldType.NUMBER);

    private final Bench bench = new Bench(
            psa -> psa.companies(3)
                    .sitesPerCompany(2)
                    .contacts(3)
                    .configurations(2)
                    .tickets(1),
            ConnectWiseCustomField.byCaption(TIER, "Tier"),
            ConnectWiseCustomField.byId(RENEWAL, 2),
            ConnectWiseCustomField.byId(NOWHERE, 999));
    private final Records companies = bench.psa.records("company/companies");

    @AfterEach
    void close() {
        bench.close();
    }

    private WriteResult update(Object id, FieldValues changes) {
        return bench.connector.update(Bench.update(bench.read(changes.kind(), id), changes));
    }

    private static FieldValues.Builder company() {
        return FieldValues.of(AssetKind.ORGANIZATION);
    }

    @Test
    @DisplayName("C11.2: a custom field that is refused is reported; members and other custom fields are written")
    void oneOfSeveralCustomFields() {
        WriteResult result = update(
                101,
                company()
                        .set(OrganizationFields.NAME, "Renamed")
                        .set(RENEWAL, LocalDate.of(2027, 1, 31))
                        .set(NOWHERE, "lost?")
                        .build());

        assertThat(result.failed()).singleElement().satisfies(problem -> {
            assertThat(problem.field()).isEqualTo(NOWHERE);
            assertThat(problem.text()).contains("999");
        });
        FieldValues values = bench.read(AssetKind.ORGANIZATION, 101).values();
        assertThat(values.get(OrganizationFields.NAME)).isEqualTo("Renamed");
        assertThat(values.get(RENEWAL)).isEqualTo(LocalDate.of(2027, 1, 31));
    }

    @Test
    @DisplayName("C11.2: when every field is refused nothing counts as written, also where an empty list is sent along")
    void nothingLeft() {
        bench.psa.switches().on(Switch.PATCH_NEEDS_CUSTOM_FIELDS);
        String taken = String.valueOf(companies.get(102).get("identifier"));

        assertThatThrownBy(() -> update(
                        101, company().set(OrganizationFields.SHORT_NAME, taken).build()))
                .isInstanceOfSatisfying(
                        ConnectorException.Rejected.class,
                        e -> assertThat(e.problems())
                                .extracting(Problem::field)
                                .containsExactly(OrganizationFields.SHORT_NAME));
        assertThatThrownBy(() -> update(101, company().set(NOWHERE, "x").build()))
                .isInstanceOf(ConnectorException.Rejected.class);
    }

    @Test
    @DisplayName("PUSH-12: where a PATCH needs custom fields, those of types and primary sites have them too")
    void everyPatchNamesCustomFields() {
        bench.psa.switches().on(Switch.PATCH_NEEDS_CUSTOM_FIELDS);
        int configuration = bench.psa.records("company/configurations").ids().get(0);
        int second = bench.psa.records("company/companies/102/sites").ids().get(1);

        assertThat(update(
                                configuration,
                                FieldValues.of(AssetKind.CONFIGURATION)
                                        .set(ConfigurationFields.TYPE, new Choice("2", "Workstation"))
                                        .build())
                        .failed())
                .isEmpty();
        assertThat(update(
                                102,
                                company()
                                        .set(
                                                OrganizationFields.PRIMARY_LOCATION,
                                                Bench.ref(AssetKind.LOCATION, "102/" + second))
                                        .build())
                        .failed())
                .isEmpty();
        assertThat(bench.referred("company/companies", 102, "site")).isEqualTo(second);

        long before = bench.psa.requests().count("PATCH", "company/configurations/*");
        update(
                configuration,
                FieldValues.of(AssetKind.CONFIGURATION)
                        .set(ConfigurationFields.NAME, "NB-1")
                        .build());
        assertThat(bench.psa.requests().count("PATCH", "company/configurations/*") - before)
                .isEqualTo(1);
    }

    @Test
    @DisplayName("FIELD-3: a custom field that cannot be understood is left out and named; the rest is read")
    void oddCustomField() {
        companies.edit(101, "customFields", List.of(Map.of("id", 1, "value", "Gold")));

        RemoteRecord read = bench.readAll(AssetKind.ORGANIZATION).get(101);

        assertThat(read.values().has(TIER)).isFalse();
        assertThat(read.values().has(RENEWAL)).isTrue();
        assertThat(read.values().has(OrganizationFields.NAME)).isTrue();
        assertThat(read.note()).contains("Tier");
    }

    @Test
    @DisplayName("PSA-ALL-2: a chosen type that the PSA has no longer leaves the item out, naming the setting")
    void vanishedCommunicationType() {
        FieldValues contact = FieldValues.of(AssetKind.CONTACT)
                .set(ContactFields.ORGANIZATION, Bench.ref(AssetKind.ORGANIZATION, 101))
                .set(ContactFields.FIRST_NAME, "Ada")
                .set(ContactFields.PHONES, Set.of(ContactPoint.primary("555 0101")))
                .build();
        int phone = bench.psa.records("company/communicationTypes").idWhere("phoneFlag", true);
        int email = bench.psa.records("company/communicationTypes").idWhere("emailFlag", true);
        for (String chosen : List.of("98765", "" + email)) {
            var options = Bench.options(Options.PHONE_TYPE, chosen);
            WriteResult made = bench.connector.create(bench.connector.prepare(Bench.draft(contact, options)));
            assertThat(made.failed()).singleElement().satisfies(problem -> {
                assertThat(problem.field()).isEqualTo(ContactFields.PHONES);
                assertThat(problem.text()).contains("phone numbers in the settings");
            });
            RemoteRecord record = bench.read(AssetKind.CONTACT, made.id());
            WriteResult updated = bench.connector.update(new RemoteUpdate(
                    record,
                    FieldValues.of(AssetKind.CONTACT)
                            .set(ContactFields.FIRST_NAME, "Ada" + chosen)
                            .set(ContactFields.PHONES, Set.of(ContactPoint.primary("555 0102")))
                            .build(),
                    options));
            assertThat(updated.failed())
                    .singleElement()
                    .satisfies(problem -> assertThat(problem.field()).isEqualTo(ContactFields.PHONES));
            assertThat(bench.read(AssetKind.CONTACT, made.id()).values().get(ContactFields.FIRST_NAME))
                    .isEqualTo("Ada" + chosen);
        }
        assertThat(bench.connector
                        .create(bench.connector.prepare(
                                Bench.draft(contact, Bench.options(Options.PHONE_TYPE, "" + phone))))
                        .failed())
                .isEmpty();
    }
}
