package org.psasync.connectwise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.model.AssetKind;
import org.psasync.model.Choice;
import org.psasync.model.Field;
import org.psasync.model.FieldType;
import org.psasync.model.FieldValues;
import org.psasync.model.OrganizationFields;
import org.psasync.spi.FieldRule;
import org.psasync.spi.RemoteRecord;
import org.psasync.spi.WriteResult;
import org.psasync.testkit.connectwise.Records;
import org.psasync.testkit.connectwise.Switch;

/** Custom fields of the PSA that the host maps. */
class CustomFieldsTest {
    private static final Field<Choice> TIER = Field.custom(AssetKind.ORGANIZATION, "tier", FieldType.CHOICE);
    private static final Field<LocalDate> RENEWAL = Field.custom(AssetKind.ORGANIZATION, "renewal", FieldType.DATE);
    private static final Field<String> MISSING = Field.custom(AssetKind.ORGANIZATION, "missing", FieldType.TEXT);
    private static final Field<BigDecimal> CRM = Field.custom(AssetKind.CONTACT, "crm", FieldType.NUMBER);

    private final Bench bench = new Bench(
            psa -> psa.companies(3).contacts(3).configurations(1).tickets(1),
            ConnectWiseCustomField.byCaption(TIER, "tier"),
            ConnectWiseCustomField.byId(RENEWAL, 2),
            ConnectWiseCustomField.byCaption(MISSING, "No such field"),
            ConnectWiseCustomField.byCaption(CRM, "crm_contact_id").pullOnly());
    private final Records companies = bench.psa.records("company/companies");

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    @DisplayName(
            "FIELD-1: mapped custom fields are read, blank where they have no value, absent where there is no such field")
    void reads() {
        companies.edit(
                101,
                "customFields",
                List.of(Map.of("id", 1, "value", "Gold"), Map.of("id", 2, "value", "2026-12-31T00:00:00Z")));

        for (boolean nulls : new boolean[] {false, true}) {
            if (nulls) {
                bench.psa.switches().on(Switch.CUSTOM_FIELD_NULLS);
            }
            FieldValues gold = bench.readAll(AssetKind.ORGANIZATION).get(101).values();
            assertThat(gold.get(TIER)).isEqualTo(Choice.named("Gold"));
            assertThat(gold.get(RENEWAL)).isEqualTo(LocalDate.of(2026, 12, 31));
            assertThat(gold.has(MISSING)).isFalse();
            FieldValues plain = bench.readAll(AssetKind.ORGANIZATION).get(102).values();
            assertThat(plain.isBlank(TIER)).isTrue();
            assertThat(plain.isBlank(RENEWAL)).isTrue();
        }
    }

    @Test
    @DisplayName("FIELD-1: the mapping is published, with its direction")
    void publishes() {
        assertThat(bench.connector
                        .descriptor()
                        .kind(AssetKind.ORGANIZATION)
                        .orElseThrow()
                        .rule(TIER)
                        .orElseThrow()
                        .writable())
                .isTrue();
        assertThat(bench.connector
                        .descriptor()
                        .kind(AssetKind.CONTACT)
                        .orElseThrow()
                        .rule(CRM))
                .map(FieldRule::writable)
                .contains(false);
    }

    @Test
    @DisplayName("PUSH-12: custom fields are written in one operation; others of the record stay")
    void updates() {
        companies.edit(101, "customFields", List.of(Map.of("id", 1, "value", "Gold")));
        RemoteRecord seen = bench.read(AssetKind.ORGANIZATION, 101);

        WriteResult result = bench.connector.update(Bench.update(
                seen,
                FieldValues.of(AssetKind.ORGANIZATION)
                        .set(OrganizationFields.NAME, "Renamed")
                        .set(RENEWAL, LocalDate.of(2027, 1, 31))
                        .build()));

        assertThat(result.failed()).isEmpty();
        FieldValues values = bench.read(AssetKind.ORGANIZATION, 101).values();
        assertThat(values.get(RENEWAL)).isEqualTo(LocalDate.of(2027, 1, 31));
        assertThat(values.get(TIER)).isEqualTo(Choice.named("Gold"));
        assertThat(bench.psa.requests().count("PATCH", "company/companies/101")).isEqualTo(1);

        bench.connector.update(Bench.update(
                bench.read(AssetKind.ORGANIZATION, 101),
                FieldValues.of(AssetKind.ORGANIZATION).set(TIER, null).build()));
        assertThat(bench.read(AssetKind.ORGANIZATION, 101).values().isBlank(TIER))
                .isTrue();
    }

    @Test
    @DisplayName("C10.3: a company is made with its custom fields; one that the PSA does not have is reported")
    void creates() {
        WriteResult result =
                bench.connector.create(bench.connector.prepare(Bench.draft(FieldValues.of(AssetKind.ORGANIZATION)
                        .set(OrganizationFields.NAME, "Harbor Dental")
                        .set(TIER, Choice.named("Silver"))
                        .set(MISSING, "lost?")
                        .build())));

        assertThat(result.failed()).singleElement().satisfies(problem -> {
            assertThat(problem.field()).isEqualTo(MISSING);
            assertThat(problem.text()).contains("No such field");
        });
        assertThat(bench.read(AssetKind.ORGANIZATION, result.id()).values().get(TIER))
                .isEqualTo(Choice.named("Silver"));
    }

    @Test
    @DisplayName("FIELD-1: a mapping that cannot work is refused when it is made")
    void refusesImpossibleMappings() {
        assertThatThrownBy(() -> ConnectWiseCustomField.byCaption(OrganizationFields.NAME, "Tier"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ConnectWiseCustomField.byCaption(
                        Field.custom(AssetKind.CONTACT, "points", FieldType.EMAILS), "Mails"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ConnectWiseCustomField.byCaption(TIER, " "))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ConnectWiseCustomField.byId(TIER, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ConnectWiseConnector.connect(
                        bench.config(Map.of()),
                        ConnectWiseCustomField.byId(TIER, 1),
                        ConnectWiseCustomField.byId(TIER, 2)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
