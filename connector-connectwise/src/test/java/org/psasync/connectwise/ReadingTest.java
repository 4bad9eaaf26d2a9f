package org.psasync.connectwise;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.model.AssetKind;
import org.psasync.model.Choice;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.ContactFields;
import org.psasync.model.ContactPoint;
import org.psasync.model.Field;
import org.psasync.model.LocationFields;
import org.psasync.model.OrganizationFields;
import org.psasync.model.RemoteRef;
import org.psasync.model.TicketFields;
import org.psasync.spi.ReadScope;
import org.psasync.spi.RemoteCursor;
import org.psasync.spi.RemoteRecord;
import org.psasync.testkit.Reading;
import org.psasync.testkit.connectwise.Fault;

/** What the connector makes of the PSA's records. */
class ReadingTest {
    private final Bench bench =
            new Bench(psa -> psa.companies(4).contacts(8).configurations(12).tickets(6));

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    @DisplayName("FIELD-4: a company becomes an organization with all its types, its default site and its identifier")
    void readsCompanies() {
        int id = bench.psa.records("company/companies").ids().get(1);
        int parent = bench.psa.records("company/companies").ids().get(0);
        bench.psa.records("company/companies").edit(id, "parentCompany", Map.of("id", parent));
        Map<String, Object> raw = bench.psa.records("company/companies").get(id);

        RemoteRecord record = bench.readAll(AssetKind.ORGANIZATION).get(id);

        assertThat(record.values().get(OrganizationFields.NAME)).isEqualTo(raw.get("name"));
        assertThat(record.values().get(OrganizationFields.SHORT_NAME)).isEqualTo(raw.get("identifier"));
        assertThat(record.values().get(OrganizationFields.TYPES))
                .containsExactlyInAnyOrder(new Choice("1", "Customer"), new Choice("6", "Managed Services"));
        assertThat(record.values().get(OrganizationFields.STATUS)).isEqualTo(new Choice("1", "Active"));
        assertThat(record.values().get(OrganizationFields.PARENT)).isEqualTo(Bench.ref(AssetKind.ORGANIZATION, parent));
        int site = bench.referred("company/companies", id, "site");
        assertThat(record.values().get(OrganizationFields.PRIMARY_LOCATION))
                .isEqualTo(Bench.ref(AssetKind.LOCATION, id + "/" + site));
        assertThat(record.deleted()).isFalse();
        assertThat(record.version().changedAt()).isNotNull();
        assertThat(record.createdAt()).isNotNull();
    }

    @Test
    @DisplayName("FIELD-6: a site has the same id whether it is listed or referred to")
    void sitesHaveOneId() {
        Set<RemoteRef> listed = new java.util.HashSet<>();
        bench.readAll(AssetKind.LOCATION, bench.allCompanies(), RemoteCursor.start(), 1000)
                .records()
                .forEach(site -> listed.add(site.ref()));

        assertThat(listed).hasSize(8);
        for (RemoteRecord contact : bench.readAll(AssetKind.CONTACT).records()) {
            assertThat(listed).contains((RemoteRef) contact.values().get(ContactFields.LOCATION));
        }
        for (RemoteRecord configuration : bench.readAll(AssetKind.CONFIGURATION).records()) {
            assertThat(listed).contains((RemoteRef) configuration.values().get(ConfigurationFields.LOCATION));
        }
        for (RemoteRecord company : bench.readAll(AssetKind.ORGANIZATION).records()) {
            assertThat(listed).contains((RemoteRef) company.values().get(OrganizationFields.PRIMARY_LOCATION));
        }
    }

    @Test
    @DisplayName("FIELD-4: a site becomes a location with the codes of its region and country")
    void readsSites() {
        int company = bench.psa.records("company/companies").ids().get(0);
        String path = "company/companies/" + company + "/sites";
        int site = bench.psa
                .records(path)
                .add(Map.of(
                        "name", "Depot",
                        "addressLine1", "77 Dock Road",
                        "city", "Springfield",
                        "stateReference", Map.of("id", 1),
                        "zip", "62703",
                        "country", Map.of("id", 1),
                        "phoneNumber", "2175550300",
                        "phoneNumberExt", "12",
                        "inactiveFlag", true));

        RemoteRecord record = bench.readAll(AssetKind.LOCATION, bench.allCompanies(), RemoteCursor.start(), 1000)
                .get(company + "/" + site);

        assertThat(record.values().get(LocationFields.ORGANIZATION))
                .isEqualTo(Bench.ref(AssetKind.ORGANIZATION, company));
        assertThat(record.values().get(LocationFields.REGION)).isEqualTo("IL");
        assertThat(record.values().get(LocationFields.COUNTRY)).isEqualTo("US");
        assertThat(record.values().get(LocationFields.PHONE)).isEqualTo("2175550300 x12");
        assertThat(record.values().isBlank(LocationFields.ADDRESS_2)).isTrue();
        assertThat(record.values().get(LocationFields.ACTIVE)).isFalse();
    }

    @Test
    @DisplayName(
            "FIELD-4: the communication items of a contact become its e-mail addresses and phones; fax is left alone")
    void readsContacts() {
        int id = bench.psa.records("company/contacts").ids().get(0);
        bench.psa
                .records("company/contacts/" + id + "/communications")
                .add(Map.of("type", Map.of("id", 3), "value", "2175550999", "defaultFlag", true));

        RemoteRecord record = bench.readAll(AssetKind.CONTACT).get(id);

        Set<ContactPoint> phones = record.values().get(ContactFields.PHONES);
        assertThat(phones).extracting(ContactPoint::label).containsExactlyInAnyOrder("Direct", "Cell");
        assertThat(phones).filteredOn(ContactPoint::primary).hasSize(1);
        assertThat(record.values().get(ContactFields.EMAILS))
                .singleElement()
                .satisfies(point -> assertThat(point.primary()).isTrue())
                .satisfies(point -> assertThat(point.itemId()).isNotBlank());
        assertThat(record.values().get(ContactFields.TYPES)).containsExactly(new Choice("1", "Decision Maker"));
        assertThat(record.values().get(ContactFields.ACTIVE)).isTrue();
    }

    @Test
    @DisplayName("FIELD-3: a contact without communication items has blank lists, not absent ones")
    void missingItemsAreBlank() {
        int id = bench.psa.records("company/contacts").add(Map.of("firstName", "Ada"));

        RemoteRecord record = bench.readAll(AssetKind.CONTACT).get(id);

        assertThat(record.values().isBlank(ContactFields.EMAILS)).isTrue();
        assertThat(record.values().isBlank(ContactFields.PHONES)).isTrue();
        assertThat(record.values().isBlank(ContactFields.LAST_NAME)).isTrue();
    }

    @Test
    @DisplayName("FIELD-4: a configuration has every field of the table")
    void readsConfigurations() {
        int id = bench.psa.records("company/configurations").ids().get(0);
        Map<String, Object> members = new HashMap<>();
        members.put("installationDate", "2024-02-14T00:00:00Z");
        members.put("installedBy", Map.of("id", 2));
        members.put("purchaseDate", "1800-01-01T08:00:00Z");
        members.put("notes", "Rack 2, U14");
        members.put(
                "contact",
                Map.of("id", bench.psa.records("company/contacts").ids().get(0)));
        bench.psa.records("company/configurations").edit(id, members);

        RemoteRecord record = bench.readAll(AssetKind.CONFIGURATION).get(id);

        assertThat(record.values().fields())
                .containsExactlyElementsOf(
                        bench.connector.descriptor().kind(AssetKind.CONFIGURATION).orElseThrow().fields().stream()
                                .<org.psasync.model.Field<?>>map(rule -> rule.field())
                                .toList());
        assertThat(record.values().get(ConfigurationFields.TYPE)).isEqualTo(new Choice("1", "Server"));
        assertThat(record.values().get(ConfigurationFields.INSTALLED_ON)).isEqualTo(LocalDate.of(2024, 2, 14));
        assertThat(record.values().get(ConfigurationFields.INSTALLED_BY)).hasToString("Jan Kowalski");
        assertThat(record.values().isBlank(ConfigurationFields.PURCHASED_ON)).isTrue();
        assertThat(record.values().get(ConfigurationFields.MAC_ADDRESS)).isEqualTo("02:00:5E:00:00:00");
        assertThat(record.values().get(ConfigurationFields.ACTIVE)).isTrue();
        assertThat(record.values().get(ConfigurationFields.MODEL)).isNotNull();
        assertThat(record.values().get(ConfigurationFields.CONTACT)).isNotNull();
    }

    @Test
    @DisplayName("FIELD-7: a list of MAC addresses is left out, with a note; the rest of the record is read")
    void leavesOutSeveralMacAddresses() {
        int id = bench.psa.records("company/configurations").ids().get(0);
        bench.psa.records("company/configurations").edit(id, "macAddress", "001B44113AB7, 001B44113AB8");

        RemoteRecord record = bench.readAll(AssetKind.CONFIGURATION).get(id);

        assertThat(record.values().has(ConfigurationFields.MAC_ADDRESS)).isFalse();
        assertThat(record.note()).contains("MAC address").doesNotContain("001B44113AB7");
        assertThat(record.values().get(ConfigurationFields.NAME)).isNotNull();
    }

    @Test
    @DisplayName("PULL-7: tickets come from the chosen boards only, not older than asked, and never from none")
    void readsTicketsOfBoards() {
        ReadScope none = new ReadScope(Set.of(), null, List.of());
        long before = bench.connector.requests();
        assertThat(bench.readAll(AssetKind.TICKET, none, RemoteCursor.start(), 100)
                        .records())
                .isEmpty();
        assertThat(bench.connector.requests()).isEqualTo(before);

        ReadScope helpDesk = new ReadScope(Set.of("1"), null, List.of());
        Reading all = bench.readAll(AssetKind.TICKET, helpDesk, RemoteCursor.start(), 100);
        assertThat(all.records()).hasSize(3);
        assertThat(all.records())
                .allSatisfy(ticket ->
                        assertThat(ticket.values().get(TicketFields.BOARD)).isEqualTo(new Choice("1", "Help Desk")));
        RemoteRecord ticket = all.records().get(0);
        assertThat(ticket.values().get(TicketFields.NUMBER))
                .isEqualTo(ticket.id().value());
        assertThat(ticket.values().get(TicketFields.CREATED)).isEqualTo(ticket.createdAt());
        assertThat(ticket.values().get(TicketFields.UPDATED))
                .isEqualTo(ticket.version().changedAt());

        Instant since = bench.clock.instant().minus(Duration.ofMinutes(10));
        bench.psa.records("service/tickets").touch(Integer.parseInt(ticket.id().value()));
        ReadScope recent = new ReadScope(Set.of("1", "2"), since, List.of());
        assertThat(bench.readAll(AssetKind.TICKET, recent, RemoteCursor.start(), 100)
                        .ids())
                .containsExactly(ticket.id().value());
    }

    @Test
    @DisplayName(
            "PULL-2: tickets of a short page come with their configurations; those of a long one cost nothing more")
    void readsConfigurationsOfFewTickets() {
        ReadScope boards = new ReadScope(Set.of("1", "2"), null, List.of());
        Reading few = bench.readAll(AssetKind.TICKET, boards, RemoteCursor.start(), 1000);
        assertThat(few.records())
                .isNotEmpty()
                .allSatisfy(ticket -> assertThat(ticket.values().has(TicketFields.CONFIGURATIONS))
                        .isTrue());

        for (int i = 0; i < 50; i++) {
            bench.psa
                    .records("service/tickets")
                    .add(Map.of("summary", "No " + i, "company", Map.of("id", 101), "board", Map.of("id", 1)));
        }
        long before = bench.connector.requests();
        Reading many = bench.readAll(AssetKind.TICKET, boards, RemoteCursor.start(), 1000);
        assertThat(many.records())
                .hasSizeGreaterThan(50)
                .allSatisfy(ticket -> assertThat(ticket.values().has(TicketFields.CONFIGURATIONS))
                        .isFalse());
        assertThat(bench.connector.requests() - before).isEqualTo(1);
    }

    @Test
    @DisplayName("FIELD-6: a record with several MAC addresses whose site has no company says both")
    void namesAllThatIsLeftOut() {
        int id = bench.psa.records("company/configurations").ids().get(0);
        bench.psa.records("company/configurations").edit(id, "macAddress", "001B44113AB7, 001B44113AB8");
        bench.psa.faults().always("GET", "company/configurations", Fault.members(nullCompany()));

        RemoteRecord record = bench.readAll(AssetKind.CONFIGURATION).get(id);

        assertThat(record.values().has(ConfigurationFields.MAC_ADDRESS)).isFalse();
        assertThat(record.values().has(ConfigurationFields.LOCATION)).isFalse();
        assertThat(record.note()).contains("MAC address").contains("site");
    }

    private static Map<String, @Nullable Object> nullCompany() {
        Map<String, @Nullable Object> values = new HashMap<>();
        values.put("company", null);
        values.put("site", Map.of("id", 5, "name", "Main"));
        return values;
    }

    @Test
    @DisplayName("C0.2: what cannot be understood within a reference is named with the member that holds it")
    void namesTheOuterMember() {
        int id = bench.psa.records("company/configurations").ids().get(0);
        bench.psa
                .faults()
                .always("GET", "company/configurations", Fault.members(Map.of("status", Map.of("id", List.of(1)))));

        assertThat(bench.readAll(AssetKind.CONFIGURATION).unreadable())
                .filteredOn(each -> each.id().value().equals("" + id))
                .singleElement()
                .satisfies(each -> assertThat(each.text()).contains("status").contains("id"));
    }

    @Test
    @DisplayName("RUN-7: what many records have in common is one object")
    void sharesRepeatedValues() {
        List<RemoteRecord> records = bench.readAll(AssetKind.CONFIGURATION).records();
        for (Field<?> field : List.of(
                ConfigurationFields.TYPE,
                ConfigurationFields.STATUS,
                ConfigurationFields.ORGANIZATION,
                ConfigurationFields.LOCATION)) {
            Set<Object> objects = Collections.newSetFromMap(new IdentityHashMap<>());
            Set<Object> values = new HashSet<>();
            for (RemoteRecord record : records) {
                Object value = record.values().get(field);
                if (value != null) {
                    objects.add(value);
                    values.add(value);
                }
            }
            assertThat(objects).as(field.name()).hasSameSizeAs(values);
        }
    }

    @Test
    @DisplayName("C6.3: the configurations of a ticket are read with it when few tickets are read by their ids")
    void readsConfigurationsOfTickets() {
        int id = bench.psa.records("service/tickets").ids().get(0);

        RemoteRecord ticket = bench.read(AssetKind.TICKET, id);

        assertThat(ticket.values().get(TicketFields.CONFIGURATIONS))
                .isNotEmpty()
                .allSatisfy(ref -> assertThat(ref.kind()).isEqualTo(AssetKind.CONFIGURATION));
    }
}
