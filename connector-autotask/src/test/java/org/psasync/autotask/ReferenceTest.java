package org.psasync.autotask;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.model.AssetKind;
import org.psasync.model.Choice;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.Field;
import org.psasync.model.FieldType;
import org.psasync.model.OrganizationFields;
import org.psasync.model.TicketFields;
import org.psasync.spi.ReadScope;
import org.psasync.spi.ReferenceData;
import org.psasync.spi.ReferenceData.Entry;
import org.psasync.spi.RemoteCursor;
import org.psasync.spi.RemoteRecord;

/** The PSA's lists, from the tenant's own metadata. */
class ReferenceTest {
    private final Bench bench =
            new Bench(psa -> psa.companies(12).contacts(3).configurations(30).tickets(9));

    @AfterEach
    void close() {
        bench.close();
    }

    private static List<Entry> list(ReferenceData data, Field<?> field) {
        return requireNonNull(data.choices().get(field));
    }

    private static List<String> names(List<Entry> entries) {
        return entries.stream().map(entry -> entry.choice().name()).toList();
    }

    @Test
    @DisplayName("CONN-1, SET-7: types, classifications, queues and statuses with their uses, inactive ones marked")
    void readsLists() {
        ReferenceData data = bench.connector.reference();
        assertThat(names(list(data, OrganizationFields.TYPES)))
                .as("those in use come first")
                .containsExactly("Customer", "Prospect", "Vendor", "Lead", "Dead", "Cancelation", "Partner");
        assertThat(data.entry(OrganizationFields.TYPES, "1").orElseThrow().usedBy())
                .isEqualTo(OptionalLong.of(10));
        assertThat(names(list(data, OrganizationFields.CLASSIFICATION)))
                .containsExactly("Managed Client", "Pay As You Go");
        assertThat(data.entry(ConfigurationFields.TYPE, "19").orElseThrow().active())
                .isFalse();
        assertThat(data.entry(ConfigurationFields.TYPE, "14")
                        .orElseThrow()
                        .usedBy()
                        .orElse(0))
                .isPositive();
        assertThat(names(list(data, TicketFields.BOARD))).contains("Level I Support", "Old Queue");
        assertThat(names(list(data, ConfigurationFields.STATUS))).containsExactly("Active", "Inactive");
    }

    @Test
    @DisplayName("PSA-ALL-1: people to invite are active and no API users")
    void offersPeople() {
        ReferenceData data = bench.connector.reference();
        assertThat(data.users())
                .extracting(ReferenceData.PsaUser::name)
                .containsExactly("Autotask Administrator", "Dana Okafor", "Tomas Fischer");
        assertThat(data.users()).extracting(ReferenceData.PsaUser::email).contains("dana.okafor@msp.example");
        assertThat(names(requireNonNull(data.optionChoices().get("accountManager"))))
                .contains("Dana Okafor")
                .doesNotContain("Docs Sync", "Paula Left");
    }

    @Test
    @DisplayName("SET table: what new companies, products, e-mails and phones need can be chosen")
    void offersOptions() {
        Map<String, List<Entry>> options = bench.connector.reference().optionChoices();
        bench.connector
                .descriptor()
                .options()
                .forEach(option ->
                        assertThat(options.get(option.key())).as(option.key()).isNotEmpty());
        assertThat(names(requireNonNull(options.get("productBillingCode")))).containsExactly("Hardware", "Consulting");
        assertThat(names(requireNonNull(options.get("contactPhoneType"))))
                .containsExactly("Phone", "Mobile", "Alternate", "Fax");
    }

    @Test
    @DisplayName("C3.1: every choice of a record that was read is in the list of its field")
    void listsWhatRecordsUse() {
        ReferenceData data = bench.connector.reference();
        ReadScope scope = new ReadScope(Set.of("8", "29683354"), null, List.of());
        for (AssetKind kind : AssetKind.values()) {
            for (RemoteRecord record :
                    bench.readAll(kind, scope, RemoteCursor.start(), 100).records()) {
                for (Field<?> field : record.values().fields()) {
                    if (field.type() == FieldType.CHOICE && data.choices().containsKey(field)) {
                        Choice choice = (Choice) record.values().get(field);
                        assertThat(choice == null
                                        || data.entry(field, choice.id()).isPresent())
                                .as(field + " " + choice)
                                .isTrue();
                    }
                }
            }
        }
    }

    @Test
    @DisplayName("SET-3, FIELD-9: a renamed or new type is told under its new name, and records show it")
    void followsRenames() {
        bench.connector.reference();
        bench.psa.pick("companyType", 1, "Client");
        bench.psa.records("ConfigurationItemTypes").edit(14, "name", "Rack Server");
        assertThat(bench.connector
                        .reference()
                        .entry(OrganizationFields.TYPES, "1")
                        .orElseThrow()
                        .choice()
                        .name())
                .isEqualTo("Client");
        long added = bench.psa.records("ConfigurationItemTypes").add(Map.of("name", "Camera", "isActive", true));
        bench.psa.records("ConfigurationItems").edit(Samples.ITEM, "configurationItemType", added);
        bench.clock.advance(Duration.ofMinutes(2));
        assertThat(requireNonNull(bench.read(AssetKind.CONFIGURATION, Samples.ITEM)
                                .values()
                                .get(ConfigurationFields.TYPE))
                        .name())
                .isEqualTo("Camera");
    }

    @Test
    @DisplayName("SET-7: uses are counted once a day")
    void countsOnceADay() {
        bench.connector.reference();
        bench.psa.requests().reset();
        bench.connector.reference();
        int counts = bench.psa.requests().count("POST", "*/query/count");
        assertThat(counts).isEqualTo(2);
        assertThat(bench.psa.requests().all().size()).isLessThanOrEqualTo(13);
    }

    @Test
    @DisplayName("C2.2: lists that the user may not see are empty, and the others are read")
    void missesHiddenLists() {
        bench.psa.rights().deny("Resources", "query").deny("Products", "query");
        ReferenceData data = bench.connector.reference();
        assertThat(data.users()).isEmpty();
        assertThat(list(data, OrganizationFields.TYPES)).isNotEmpty();
    }
}
