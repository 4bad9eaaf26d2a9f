package org.psasync.connectwise;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.model.AssetKind;
import org.psasync.model.Choice;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.ContactFields;
import org.psasync.model.Field;
import org.psasync.model.FieldType;
import org.psasync.model.OrganizationFields;
import org.psasync.model.TicketFields;
import org.psasync.spi.ReadScope;
import org.psasync.spi.ReferenceData;
import org.psasync.spi.RemoteCursor;
import org.psasync.spi.RemoteRecord;
import org.psasync.testkit.connectwise.Fault;

/** The PSA's lists. */
class ReferenceTest {
    private final Bench bench =
            new Bench(psa -> psa.companies(24).contacts(20).configurations(60).tickets(10));

    @AfterEach
    void close() {
        bench.close();
    }

    private static List<String> names(ReferenceData data, Field<?> field) {
        return Objects.requireNonNull(data.choices().get(field)).stream()
                .map(entry -> entry.choice().name())
                .toList();
    }

    @Test
    @DisplayName("C3.1: every choice of a record is in the list of its field")
    void listsEveryChoice() {
        ReferenceData data = bench.connector.reference();
        ReadScope boards = new ReadScope(Set.of("1", "2"), null, List.of());
        for (AssetKind kind : AssetKind.values()) {
            ReadScope scope = kind == AssetKind.TICKET ? boards : ReadScope.ALL;
            for (RemoteRecord record :
                    bench.readAll(kind, scope, RemoteCursor.start(), 1000).records()) {
                for (Field<?> field : record.values().fields()) {
                    choices(record, field)
                            .filter(choice -> data.choices().containsKey(field))
                            .forEach(choice -> assertThat(data.entry(field, choice.id()))
                                    .as(field + " " + choice)
                                    .isPresent());
                }
            }
        }
        assertThat(data.choices())
                .containsKeys(
                        OrganizationFields.TYPES,
                        OrganizationFields.STATUS,
                        ContactFields.TYPES,
                        ConfigurationFields.TYPE,
                        ConfigurationFields.STATUS,
                        ConfigurationFields.MANUFACTURER,
                        ConfigurationFields.INSTALLED_BY,
                        TicketFields.BOARD,
                        TicketFields.PRIORITY);
    }

    private static java.util.stream.Stream<Choice> choices(RemoteRecord record, Field<?> field) {
        Object value = record.values().get(field);
        if (field.type().equals(FieldType.CHOICE) && value instanceof Choice choice) {
            return java.util.stream.Stream.of(choice);
        }
        return field.type().equals(FieldType.CHOICES) && value instanceof Set<?> set
                ? set.stream().map(Choice.class::cast)
                : java.util.stream.Stream.of();
    }

    @Test
    @DisplayName("SET-7: types and statuses in use come first, with the number of active records that use them")
    void countsUse() {
        int deleted = bench.psa.records("company/companies").idWhere("status/name", "Not Approved");
        bench.psa.records("company/companies").delete(deleted);

        ReferenceData data = bench.connector.reference();

        List<ReferenceData.Entry> types = Objects.requireNonNull(data.choices().get(OrganizationFields.TYPES));
        assertThat(types.get(0).choice()).isEqualTo(new Choice("1", "Customer"));
        assertThat(types.get(0).usedBy().orElse(0)).isPositive();
        assertThat(types).last().satisfies(entry -> assertThat(entry.usedBy()).hasValue(0));
        assertThat(data.entry(OrganizationFields.STATUS, "1").orElseThrow().usedBy())
                .hasValue(bench.readAll(AssetKind.ORGANIZATION).records().stream()
                        .filter(record -> !record.deleted())
                        .filter(record ->
                                new Choice("1", "").equals(record.values().get(OrganizationFields.STATUS)))
                        .count());
        assertThat(data.entry(ConfigurationFields.TYPE, "7").orElseThrow().active())
                .isFalse();
        assertThat(data.entry(ConfigurationFields.TYPE, "7").orElseThrow().usedBy())
                .hasValue(0);
    }

    @Test
    @DisplayName("PSA-ALL-2: the types of e-mails and phones are choices of the options")
    void listsCommunicationTypes() {
        Map<String, List<ReferenceData.Entry>> options =
                bench.connector.reference().optionChoices();

        assertThat(Objects.requireNonNull(options.get("contactEmailType")))
                .extracting(entry -> entry.choice().name())
                .containsExactly("Email", "Email - Personal");
        assertThat(Objects.requireNonNull(options.get("contactPhoneType")))
                .extracting(entry -> entry.choice().name())
                .containsExactly("Direct", "Cell");
        assertThat(bench.connector.descriptor().options())
                .extracting(option -> option.key())
                .containsExactly("contactEmailType", "contactPhoneType", "defaultSiteName");
    }

    @Test
    @DisplayName("PSA-ALL-1: active people with a full licence can be invited, API members and others not")
    void listsPeople() {
        assertThat(bench.connector.reference().users())
                .extracting(ReferenceData.PsaUser::name, ReferenceData.PsaUser::email)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("Zara Admin", "zAdmin@msp.example"),
                        org.assertj.core.groups.Tuple.tuple("Jan Kowalski", "jkowalski@msp.example"),
                        org.assertj.core.groups.Tuple.tuple("Maria Lopez", "mlopez@msp.example"));

        bench.psa.faults().always("GET", "system/members", Fault.forbidden());
        assertThat(bench.connector.reference().users()).hasSize(3);
    }

    @Test
    @DisplayName("PULL-2: lists of more than a thousand entries are read to their end")
    void readsLongLists() {
        for (int i = 0; i < 1100; i++) {
            bench.psa.records("procurement/manufacturers").add(Map.of("name", "Maker " + i));
        }
        assertThat(names(bench.connector.reference(), ConfigurationFields.MANUFACTURER))
                .hasSize(1104);
    }

    @Test
    @DisplayName("PSA-CW-4: a list that the member may not see is left out, the others come")
    void leavesOutHiddenLists() {
        bench.psa.faults().always("GET", "company/companies/types", Fault.forbidden());
        bench.psa.faults().always("GET", "company/communicationTypes", Fault.forbidden());
        bench.psa.faults().always("GET", "system/**", Fault.forbidden());
        bench.psa.faults().always("GET", "company/configurations", Fault.forbidden());

        ReferenceData data = bench.connector.reference();

        assertThat(data.choices())
                .doesNotContainKeys(OrganizationFields.TYPES, ConfigurationFields.INSTALLED_BY)
                .containsKey(OrganizationFields.STATUS);
        assertThat(data.optionChoices()).isEmpty();
        assertThat(data.users()).isEmpty();
        assertThat(data.entry(ConfigurationFields.TYPE, "1").orElseThrow().usedBy())
                .isEmpty();
    }

    @Test
    @DisplayName("SET-3: a renamed type keeps its id")
    void renames() {
        bench.psa.records("company/companies/types").edit(1, "name", "Client");
        assertThat(bench.connector
                        .reference()
                        .entry(OrganizationFields.TYPES, "1")
                        .orElseThrow()
                        .choice())
                .hasToString("Client");
    }
}
