package org.psasync.connectwise;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.LinkedHashSet;
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
import org.psasync.model.Field;
import org.psasync.model.FieldValues;
import org.psasync.model.LocationFields;
import org.psasync.model.OrganizationFields;
import org.psasync.model.Problem;
import org.psasync.spi.ConnectorException;
import org.psasync.spi.RemoteRecord;
import org.psasync.spi.WriteResult;
import org.psasync.testkit.connectwise.Fault;
import org.psasync.testkit.connectwise.Records;
import org.psasync.testkit.connectwise.Switch;
import org.psasync.testkit.http.Requests;

/** Changing companies, sites and configurations. */
class UpdatingTest {
    private static final String COMPANIES = "company/companies";
    private static final String CONFIGURATIONS = "company/configurations";

    private final Bench bench =
            new Bench(psa -> psa.companies(4).contacts(4).configurations(4).tickets(1));
    private final Records companies = bench.psa.records(COMPANIES);

    @AfterEach
    void close() {
        bench.close();
    }

    private static FieldValues.Builder of(AssetKind kind) {
        return FieldValues.of(kind);
    }

    private WriteResult update(AssetKind kind, Object id, FieldValues changes) {
        return bench.connector.update(Bench.update(bench.read(kind, id), changes));
    }

    private static List<Field<?>> failed(WriteResult result) {
        return result.failed().stream().<Field<?>>map(Problem::field).toList();
    }

    private List<Requests.Seen> writes() {
        return bench.psa.requests().all().stream()
                .filter(request -> !request.method().equals("GET"))
                .toList();
    }

    @Test
    @DisplayName("FIELD-5: only what changed is written, in one request, and the full record comes back")
    void patchesChangedFields() {
        Map<String, Object> before = companies.get(102);

        WriteResult result = update(
                AssetKind.ORGANIZATION,
                102,
                of(AssetKind.ORGANIZATION)
                        .set(OrganizationFields.NAME, "Renamed AG")
                        .set(OrganizationFields.STATUS, new Choice("3", "Not Approved"))
                        .set(OrganizationFields.PARENT, Bench.ref(AssetKind.ORGANIZATION, 101))
                        .build());

        assertThat(result.failed()).isEmpty();
        RemoteRecord record = requireNonNull(result.record());
        assertThat(record).isEqualTo(bench.read(AssetKind.ORGANIZATION, 102));
        assertThat(record.values().get(OrganizationFields.NAME)).isEqualTo("Renamed AG");
        assertThat(record.values().get(OrganizationFields.STATUS)).isEqualTo(new Choice("3", "x"));
        assertThat(writes()).hasSize(1);
        Map<String, Object> after = companies.get(102);
        for (String member : before.keySet()) {
            if (!Set.of("name", "status", "parentCompany", "_info").contains(member)) {
                assertThat(after.get(member)).as(member).isEqualTo(before.get(member));
            }
        }
    }

    @Test
    @DisplayName("FIELD-5: a blank value clears its member; a name or an identifier is not cleared")
    void clearsMembers() {
        companies.edit(102, "parentCompany", Map.of("id", 101));

        WriteResult result = update(
                AssetKind.ORGANIZATION,
                102,
                of(AssetKind.ORGANIZATION)
                        .set(OrganizationFields.PARENT, null)
                        .set(OrganizationFields.NAME, null)
                        .set(OrganizationFields.SHORT_NAME, null)
                        .build());

        assertThat(failed(result)).containsExactlyInAnyOrder(OrganizationFields.NAME, OrganizationFields.SHORT_NAME);
        assertThat(bench.read(AssetKind.ORGANIZATION, 102).values().isBlank(OrganizationFields.PARENT))
                .isTrue();

        int configuration = bench.psa.records(CONFIGURATIONS).ids().get(0);
        assertThat(update(
                                AssetKind.CONFIGURATION,
                                configuration,
                                of(AssetKind.CONFIGURATION)
                                        .set(ConfigurationFields.PURCHASED_ON, null)
                                        .set(ConfigurationFields.SERIAL_NUMBER, null)
                                        .set(ConfigurationFields.MANUFACTURER, null)
                                        .build())
                        .failed())
                .isEmpty();
        FieldValues values = bench.read(AssetKind.CONFIGURATION, configuration).values();
        assertThat(values.isBlank(ConfigurationFields.PURCHASED_ON)).isTrue();
        assertThat(values.isBlank(ConfigurationFields.SERIAL_NUMBER)).isTrue();
        assertThat(values.isBlank(ConfigurationFields.MANUFACTURER)).isTrue();
    }

    @Test
    @DisplayName("PUSH-10: of the types of a company only those that changed are added and removed")
    void changesTypes() {
        RemoteRecord seen = bench.read(AssetKind.ORGANIZATION, 102);
        assertThat(seen.values().get(OrganizationFields.TYPES))
                .extracting(Choice::id)
                .containsExactly("1", "6");
        // somebody else gives a type meanwhile
        bench.psa.records("company/companies/102/typeAssociations").add(Map.of("type", Map.of("id", 5)));

        WriteResult result = bench.connector.update(Bench.update(
                seen,
                of(AssetKind.ORGANIZATION)
                        .set(OrganizationFields.TYPES, Set.of(new Choice("1", "Customer"), new Choice("2", "Prospect")))
                        .build()));

        assertThat(result.failed()).isEmpty();
        assertThat(bench.read(AssetKind.ORGANIZATION, 102).values().get(OrganizationFields.TYPES))
                .extracting(Choice::id)
                .containsExactlyInAnyOrder("1", "2", "5");
        assertThat(writes()).extracting(Requests.Seen::method).containsExactly("POST", "DELETE");
    }

    @Test
    @DisplayName(
            "PUSH-10: where the rights forbid to remove a type, the field is refused with the reason; the rest is written")
    void refusesToRemoveTypesWithoutRight() {
        bench.psa.faults().always("DELETE", "company/companies/*/typeAssociations/*", Fault.forbidden());

        WriteResult result = update(
                AssetKind.ORGANIZATION,
                102,
                of(AssetKind.ORGANIZATION)
                        .set(OrganizationFields.NAME, "Renamed AG")
                        .set(OrganizationFields.TYPES, Set.of(new Choice("2", "Prospect")))
                        .build());

        assertThat(result.failed()).isNotEmpty().allSatisfy(problem -> {
            assertThat(problem.field()).isEqualTo(OrganizationFields.TYPES);
            assertThat(problem.text()).contains("Company Maintenance (Delete)");
        });
        FieldValues values = bench.read(AssetKind.ORGANIZATION, 102).values();
        assertThat(values.get(OrganizationFields.NAME)).isEqualTo("Renamed AG");
        assertThat(values.get(OrganizationFields.TYPES))
                .extracting(Choice::id)
                .containsExactlyInAnyOrder("1", "2", "6");
    }

    @Test
    @DisplayName("PUSH-12: another site becomes the primary one by its own flag; none at all is refused")
    void changesThePrimarySite() {
        int second = bench.psa.records(COMPANIES + "/102/sites").ids().get(1);

        assertThat(update(
                                AssetKind.ORGANIZATION,
                                102,
                                of(AssetKind.ORGANIZATION)
                                        .set(
                                                OrganizationFields.PRIMARY_LOCATION,
                                                Bench.ref(AssetKind.LOCATION, "102/" + second))
                                        .build())
                        .failed())
                .isEmpty();
        assertThat(bench.read(AssetKind.ORGANIZATION, 102).values().get(OrganizationFields.PRIMARY_LOCATION))
                .isEqualTo(Bench.ref(AssetKind.LOCATION, "102/" + second));

        WriteResult none = update(
                AssetKind.ORGANIZATION,
                102,
                of(AssetKind.ORGANIZATION)
                        .set(OrganizationFields.PRIMARY_LOCATION, null)
                        .build());
        assertThat(none.failed())
                .singleElement()
                .satisfies(problem -> assertThat(problem.text()).contains("primary site"));
        int foreign = bench.referred(COMPANIES, 103, "site");
        assertThatThrownBy(() -> update(
                        AssetKind.ORGANIZATION,
                        102,
                        of(AssetKind.ORGANIZATION)
                                .set(
                                        OrganizationFields.PRIMARY_LOCATION,
                                        Bench.ref(AssetKind.LOCATION, "103/" + foreign))
                                .build()))
                .isInstanceOf(ConnectorException.Rejected.class)
                .hasMessageContaining("no such site");
    }

    @Test
    @DisplayName("FIELD-4: a site is written below its company, region and country by their look-up; it cannot move")
    void changesASite() {
        String id = "102/" + bench.psa.records(COMPANIES + "/102/sites").ids().get(1);

        WriteResult result = update(
                AssetKind.LOCATION,
                id,
                of(AssetKind.LOCATION)
                        .set(LocationFields.NAME, "Depot")
                        .set(LocationFields.ADDRESS_2, "Building C")
                        .set(LocationFields.REGION, "OR")
                        .set(LocationFields.ORGANIZATION, Bench.ref(AssetKind.ORGANIZATION, 103))
                        .set(LocationFields.PHONE, "5550000")
                        .build());

        assertThat(failed(result)).containsExactlyInAnyOrder(LocationFields.ORGANIZATION, LocationFields.PHONE);
        FieldValues values = bench.read(AssetKind.LOCATION, id).values();
        assertThat(values.get(LocationFields.NAME)).isEqualTo("Depot");
        assertThat(values.get(LocationFields.REGION)).isEqualTo("OR");

        assertThat(update(
                                AssetKind.LOCATION,
                                id,
                                of(AssetKind.LOCATION)
                                        .set(LocationFields.COUNTRY, "DE")
                                        .set(LocationFields.REGION, null)
                                        .build())
                        .failed())
                .isEmpty();
        values = bench.read(AssetKind.LOCATION, id).values();
        assertThat(values.get(LocationFields.COUNTRY)).isEqualTo("DE");
        assertThat(values.isBlank(LocationFields.REGION)).isTrue();
    }

    @Test
    @DisplayName("PUSH-12: the type of a configuration is changed by its own call, the rest by another")
    void changesAConfiguration() {
        int id = bench.psa.records(CONFIGURATIONS).ids().get(0);
        int site = bench.psa.records(COMPANIES + "/101/sites").ids().get(1);
        FieldValues changes = of(AssetKind.CONFIGURATION)
                .set(ConfigurationFields.TYPE, new Choice("2", "Workstation"))
                .set(ConfigurationFields.NAME, "WS-0042")
                .set(ConfigurationFields.MAC_ADDRESS, "00-1B-44-11-3A-B7")
                .set(ConfigurationFields.EXPIRES_ON, LocalDate.of(2030, 1, 31))
                .set(ConfigurationFields.MODEL, Choice.named("OptiBook"))
                .set(ConfigurationFields.LOCATION, Bench.ref(AssetKind.LOCATION, "101/" + site))
                .build();

        WriteResult result = update(AssetKind.CONFIGURATION, id, changes);

        assertThat(result.failed()).isEmpty();
        assertThat(requireNonNull(result.record()).values().only(changes::has)).isEqualTo(changes);
        assertThat(bench.psa.requests().count("PATCH", CONFIGURATIONS + "/*/changeType"))
                .isEqualTo(1);
        assertThat(writes()).hasSize(2);
    }

    @Test
    @DisplayName("FIELD-10: a configuration moves to another company")
    void movesAConfiguration() {
        int id = bench.psa.records(CONFIGURATIONS).ids().get(0);

        WriteResult result = update(
                AssetKind.CONFIGURATION,
                id,
                of(AssetKind.CONFIGURATION)
                        .set(ConfigurationFields.ORGANIZATION, Bench.ref(AssetKind.ORGANIZATION, 103))
                        .build());

        assertThat(requireNonNull(result.record()).values().get(ConfigurationFields.ORGANIZATION))
                .isEqualTo(Bench.ref(AssetKind.ORGANIZATION, 103));
    }

    @Test
    @DisplayName("C11.2: a field that the PSA refuses is reported, and the others are written")
    void writesTheRest() {
        Object taken = companies.get(101).get("identifier");

        WriteResult result = update(
                AssetKind.ORGANIZATION,
                102,
                of(AssetKind.ORGANIZATION)
                        .set(OrganizationFields.NAME, "Renamed AG")
                        .set(OrganizationFields.SHORT_NAME, String.valueOf(taken))
                        .build());

        assertThat(result.failed()).singleElement().satisfies(problem -> {
            assertThat(problem.field()).isEqualTo(OrganizationFields.SHORT_NAME);
            assertThat(problem.code()).isEqualTo(Problem.Code.DUPLICATE);
        });
        assertThat(companies.get(102)).containsEntry("name", "Renamed AG");
    }

    @Test
    @DisplayName("PUSH-13: when nothing could be written the whole update is refused, naming every reason")
    void refusesWhole() {
        assertThatThrownBy(() -> update(
                        AssetKind.ORGANIZATION,
                        102,
                        of(AssetKind.ORGANIZATION)
                                .set(OrganizationFields.NAME, "n".repeat(51))
                                .set(OrganizationFields.STATUS, new Choice("77", "Gone"))
                                .build()))
                .isInstanceOfSatisfying(
                        ConnectorException.Rejected.class,
                        e -> assertThat(e.problems())
                                .extracting(Problem::code)
                                .containsExactlyInAnyOrder(Problem.Code.TOO_LONG, Problem.Code.UNKNOWN_VALUE));
        assertThat(writes()).isEmpty();

        bench.psa.faults().always("PATCH", COMPANIES + "/*", Fault.forbidden());
        assertThatThrownBy(() -> update(
                        AssetKind.ORGANIZATION,
                        102,
                        of(AssetKind.ORGANIZATION)
                                .set(OrganizationFields.NAME, "New")
                                .build()))
                .isInstanceOfSatisfying(
                        ConnectorException.Forbidden.class,
                        e -> assertThat(e.right()).isEqualTo("Companies > Company Maintenance (Edit)"));
    }

    @Test
    @DisplayName("PUSH-13: a bad value in a field that was not sent refuses the write and is named")
    void namesForeignFields() {
        bench.psa.switches().on(Switch.WHOLE_RECORD_VALIDATION);
        companies.edit(102, "yearEstablished", 12);

        assertThatThrownBy(() -> update(
                        AssetKind.ORGANIZATION,
                        102,
                        of(AssetKind.ORGANIZATION)
                                .set(OrganizationFields.NAME, "New")
                                .build()))
                .isInstanceOf(ConnectorException.Rejected.class)
                .hasMessageContaining("yearEstablished");
    }

    @Test
    @DisplayName("PUSH-12: a system that takes no PATCH without custom fields gets an empty list of them")
    void sendsCustomFieldsWhereNeeded() {
        bench.psa.switches().on(Switch.PATCH_NEEDS_CUSTOM_FIELDS);
        int tier = bench.psa.records("system/userDefinedFields").idWhere("caption", "Tier");
        companies.edit(102, "customFields", List.of(Map.of("id", tier, "value", "Gold")));
        Object before = companies.get(102).get("customFields");

        WriteResult result = update(
                AssetKind.ORGANIZATION,
                102,
                of(AssetKind.ORGANIZATION).set(OrganizationFields.NAME, "New").build());

        assertThat(result.failed()).isEmpty();
        assertThat(companies.get(102)).containsEntry("name", "New").containsEntry("customFields", before);
    }

    @Test
    @DisplayName("C11.2: a write that the PSA passed over in silence is reported as not written")
    void detectsSilence() {
        bench.psa.faults().next(1, "PATCH", COMPANIES + "/*", Fault.body(companies.json(102)));

        WriteResult result = update(
                AssetKind.ORGANIZATION,
                102,
                of(AssetKind.ORGANIZATION)
                        .set(OrganizationFields.PARENT, Bench.ref(AssetKind.ORGANIZATION, 101))
                        .build());

        assertThat(failed(result)).containsExactly(OrganizationFields.PARENT);
    }

    @Test
    @DisplayName("PUSH-12: a failure for the moment after a part was written leaves the whole update open")
    void leavesOpenAfterAPart() {
        bench.psa.faults().always("POST", "company/companies/*/typeAssociations", Fault.proxyError(503));

        assertThatThrownBy(() -> update(
                        AssetKind.ORGANIZATION,
                        102,
                        of(AssetKind.ORGANIZATION)
                                .set(OrganizationFields.NAME, "Renamed AG")
                                .set(OrganizationFields.TYPES, Set.of(new Choice("2", "Prospect")))
                                .build()))
                .isInstanceOfSatisfying(
                        ConnectorException.Unavailable.class,
                        e -> assertThat(e.outcomeUnknown()).isTrue());
        assertThat(companies.get(102)).containsEntry("name", "Renamed AG");
    }

    @Test
    @DisplayName("MERGE-9: an update whose answer is lost is not repeated, and says that its outcome is open")
    void lostAnswer() {
        bench.psa.faults().next(1, "PATCH", COMPANIES + "/*", Fault.cutAfterEffect());

        assertThatThrownBy(() -> update(
                        AssetKind.ORGANIZATION,
                        102,
                        of(AssetKind.ORGANIZATION)
                                .set(OrganizationFields.NAME, "New")
                                .build()))
                .isInstanceOfSatisfying(
                        ConnectorException.Unavailable.class,
                        e -> assertThat(e.outcomeUnknown()).isTrue());
        assertThat(bench.psa.requests().count("PATCH", COMPANIES + "/*")).isEqualTo(1);
    }

    @Test
    @DisplayName("C11: an update of a record that is not there is Gone")
    void goneRecords() {
        int id = bench.psa.records(CONFIGURATIONS).ids().get(0);
        RemoteRecord seen = bench.read(AssetKind.CONFIGURATION, id);
        bench.psa.records(CONFIGURATIONS).delete(id);
        for (FieldValues changes : List.of(
                of(AssetKind.CONFIGURATION).set(ConfigurationFields.NAME, "x").build(),
                of(AssetKind.CONFIGURATION)
                        .set(ConfigurationFields.TYPE, new Choice("2", "Workstation"))
                        .build())) {
            assertThatThrownBy(() -> bench.connector.update(Bench.update(seen, changes)))
                    .isInstanceOf(ConnectorException.Gone.class);
        }
    }

    @Test
    @DisplayName("C11.1: an update without changes sends nothing")
    void nothingToWrite() {
        WriteResult result = update(AssetKind.ORGANIZATION, 102, FieldValues.empty(AssetKind.ORGANIZATION));
        assertThat(result.failed()).isEmpty();
        assertThat(writes()).isEmpty();
        Set<Choice> same = new LinkedHashSet<>(
                requireNonNull(bench.read(AssetKind.ORGANIZATION, 102).values().get(OrganizationFields.TYPES)));
        update(
                AssetKind.ORGANIZATION,
                102,
                of(AssetKind.ORGANIZATION).set(OrganizationFields.TYPES, same).build());
        assertThat(writes()).isEmpty();
    }

    @Test
    @DisplayName("C0.3: tickets and pull-only fields are never written")
    void pullOnly() {
        int ticket = bench.psa.records("service/tickets").ids().get(0);
        assertThatThrownBy(() -> update(AssetKind.TICKET, ticket, FieldValues.empty(AssetKind.TICKET)))
                .isInstanceOf(UnsupportedOperationException.class);
        int contact = bench.psa.records("company/contacts").ids().get(0);
        assertThat(failed(update(
                        AssetKind.CONTACT,
                        contact,
                        of(AssetKind.CONTACT).set(ContactFields.ACTIVE, false).build())))
                .containsExactly(ContactFields.ACTIVE);
        assertThat(writes()).isEmpty();
    }
}
