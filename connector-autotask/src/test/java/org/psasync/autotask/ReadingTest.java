package org.psasync.autotask;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
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
import org.psasync.model.FieldType;
import org.psasync.model.FieldValues;
import org.psasync.model.LocationFields;
import org.psasync.model.OrganizationFields;
import org.psasync.model.RemoteId;
import org.psasync.model.RemoteRef;
import org.psasync.model.TicketFields;
import org.psasync.spi.ConnectorException;
import org.psasync.spi.IdPage;
import org.psasync.spi.MatchKey;
import org.psasync.spi.ReadScope;
import org.psasync.spi.RemoteCursor;
import org.psasync.spi.RemoteRead;
import org.psasync.spi.RemoteRecord;
import org.psasync.testkit.Reading;
import org.psasync.testkit.autotask.Fault;
import org.psasync.testkit.autotask.Records;
import org.psasync.testkit.autotask.Switch;

/** How records are read, listed and found. */
class ReadingTest {
    private static final String QUERY = "Companies/query";

    private final Bench bench =
            new Bench(psa -> psa.companies(12).contacts(14).configurations(40).tickets(9));

    @AfterEach
    void close() {
        bench.close();
    }

    private Records records(String path) {
        return bench.psa.records(path);
    }

    private RemoteRecord read(AssetKind kind, long id) {
        return bench.read(kind, id);
    }

    // What records hold ----------------------------------------------------------------------------------------------

    @Test
    @DisplayName("FIELD-4, FIELD-10: a company with type, status, parent, primary location, short name, classification")
    void readsCompanies() {
        long child = Samples.COMPANY + 5;
        RemoteRecord company = read(AssetKind.ORGANIZATION, child);

        assertThat(company.values().get(OrganizationFields.NAME)).isEqualTo("Foxglove Dental");
        assertThat(company.values().get(OrganizationFields.TYPES)).containsExactly(new Choice("1", "Customer"));
        assertThat(requireNonNull(company.values().get(OrganizationFields.TYPES))
                        .iterator()
                        .next()
                        .name())
                .isEqualTo("Customer");
        assertThat(company.values().get(OrganizationFields.STATUS)).isEqualTo(Forms.ACTIVE);
        assertThat(company.values().get(OrganizationFields.PARENT))
                .isEqualTo(Bench.ref(AssetKind.ORGANIZATION, child - 1));
        assertThat(company.values().get(OrganizationFields.SHORT_NAME)).isEqualTo("CO1005");
        assertThat(company.values().get(OrganizationFields.PRIMARY_LOCATION))
                .isEqualTo(Bench.ref(
                        AssetKind.LOCATION, records("CompanyLocations").idWhere("companyID", child)));
        assertThat(company.values().isBlank(OrganizationFields.CLASSIFICATION)).isTrue();
        assertThat(company.createdAt()).isNotNull();
        assertThat(company.version().changedAt()).isNotNull();
        assertThat(read(AssetKind.ORGANIZATION, Samples.COMPANY).values().get(OrganizationFields.CLASSIFICATION))
                .isEqualTo(new Choice("17", "Managed Client"));
        assertThat(read(AssetKind.ORGANIZATION, Samples.COMPANY + 8).values().get(OrganizationFields.STATUS))
                .isEqualTo(Forms.INACTIVE);
    }

    @Test
    @DisplayName("C4.2: company 0, the provider itself, is read and listed as all others")
    void readsCompanyZero() {
        assertThat(bench.readAll(AssetKind.ORGANIZATION).ids()).hasSize(13).contains("0");
        assertThat(read(AssetKind.ORGANIZATION, 0).values().get(OrganizationFields.NAME))
                .isEqualTo("Kingfisher IT");
        records("Companies").edit(Samples.COMPANY, "parentCompanyID", 0);
        assertThat(read(AssetKind.ORGANIZATION, Samples.COMPANY).values().get(OrganizationFields.PARENT))
                .isEqualTo(Bench.ref(AssetKind.ORGANIZATION, 0));
    }

    @Test
    @DisplayName("FIELD-4: a location with its country by code, region, phone and fax")
    void readsLocations() {
        RemoteRecord location = read(
                AssetKind.LOCATION, Long.parseLong(Samples.location(bench).id().value()));
        FieldValues values = location.values();
        assertThat(values.get(LocationFields.ORGANIZATION)).isEqualTo(Samples.company());
        assertThat(values.get(LocationFields.COUNTRY)).isEqualTo("US");
        assertThat(values.get(LocationFields.REGION)).isEqualTo("IL");
        assertThat(values.get(LocationFields.ACTIVE)).isTrue();
        assertThat(values.isBlank(LocationFields.FAX)).isTrue();
    }

    @Test
    @DisplayName("FIELD-4: the slots of a contact are one e-mail and up to four numbers, the first of which is primary")
    void readsContacts() {
        records("Contacts")
                .edit(Samples.CONTACT, Map.of("faxNumber", "(503) 555-0199", "extension", "104", "isActive", 0));
        FieldValues values = read(AssetKind.CONTACT, Samples.CONTACT).values();
        assertThat(values.get(ContactFields.FIRST_NAME)).isEqualTo("Mia");
        assertThat(values.get(ContactFields.ACTIVE)).isFalse();
        assertThat(values.get(ContactFields.EMAILS))
                .singleElement()
                .satisfies(email -> assertThat(email.itemId()).isEqualTo("emailAddress"));
        List<ContactPoint> phones = new ArrayList<>(requireNonNull(values.get(ContactFields.PHONES)));
        assertThat(phones).extracting(ContactPoint::itemId).containsExactly("phone", "mobilePhone", "faxNumber");
        assertThat(phones).extracting(ContactPoint::primary).containsExactly(true, false, false);
        assertThat(phones.get(0).extension()).isEqualTo("104");
    }

    @Test
    @DisplayName("FIELD table: an item goes by its title, else by its product, whose are manufacturer and model")
    void readsItems() {
        FieldValues titled = read(AssetKind.CONFIGURATION, Samples.ITEM).values();
        assertThat(titled.get(ConfigurationFields.NAME)).isEqualTo("SRV-100");
        assertThat(titled.get(ConfigurationFields.MANUFACTURER)).isEqualTo(Choice.named("Nordlane"));
        assertThat(titled.get(ConfigurationFields.MODEL)).isEqualTo(Choice.named("A-100"));
        assertThat(titled.get(ConfigurationFields.TYPE)).isEqualTo(new Choice("14", "Server"));
        assertThat(titled.get(ConfigurationFields.INSTALLED_ON)).isEqualTo(LocalDate.parse("2025-01-31"));
        assertThat(requireNonNull(titled.get(ConfigurationFields.INSTALLED_BY)).name())
                .isEqualTo("Dana Okafor");
        FieldValues untitled = read(AssetKind.CONFIGURATION, Samples.ITEM + 7).values();
        assertThat(untitled.get(ConfigurationFields.NAME)).isEqualTo("Okuma Data H-107");
    }

    @Test
    @DisplayName("GATE-4: an item without a type has none, and the descriptor names what stands for it")
    void readsUntypedItems() {
        FieldValues untyped = read(AssetKind.CONFIGURATION, Samples.ITEM + 14).values();
        assertThat(untyped.isBlank(ConfigurationFields.TYPE)).isTrue();
        assertThat(requireNonNull(bench.connector.descriptor().untyped()).name())
                .isEqualTo("Autotask Default");
    }

    @Test
    @DisplayName("Bad input: a product without manufacturer leaves manufacturer and model blank, and the item is read")
    void readsProductsWithoutManufacturer() {
        FieldValues values = read(AssetKind.CONFIGURATION, Samples.ITEM + 19).values();
        assertThat(values.isBlank(ConfigurationFields.MANUFACTURER)).isTrue();
        assertThat(values.isBlank(ConfigurationFields.MODEL)).isTrue();
    }

    @Test
    @DisplayName(
            "FIELD-3: a product that cannot be seen leaves manufacturer and model absent; the name may be missing with it")
    void missesProducts() {
        records("Products").delete(requireNonNull((Long)
                records("ConfigurationItems").get(Samples.ITEM).get("productID")));
        records("Products").delete(12_008);
        FieldValues values = read(AssetKind.CONFIGURATION, Samples.ITEM).values();
        assertThat(values.has(ConfigurationFields.MODEL)).isFalse();
        assertThat(values.get(ConfigurationFields.NAME)).isEqualTo("SRV-100");
        Reading all = bench.readAll(AssetKind.CONFIGURATION);
        assertThat(all.records()).hasSizeGreaterThan(35);
        assertThat(all.unreadable())
                .singleElement()
                .satisfies(unreadable -> assertThat(unreadable.text()).contains("no reference title"));
    }

    @Test
    @DisplayName("Bad input: times with and without zone are UTC, and dates stay their days")
    void readsTimes() {
        Instant with = read(AssetKind.CONFIGURATION, Samples.ITEM).createdAt();
        bench.psa.switches().on(Switch.TIMES_WITHOUT_ZONE);
        RemoteRecord without = read(AssetKind.CONFIGURATION, Samples.ITEM);
        assertThat(without.createdAt()).isEqualTo(with);
        assertThat(without.values().get(ConfigurationFields.EXPIRES_ON)).isEqualTo(LocalDate.parse("2028-01-31"));
    }

    @Test
    @DisplayName("PULL-7: tickets come from the chosen queues only, not older than set")
    void readsTickets() {
        ReadScope queues = new ReadScope(Set.of("8"), null, List.of());
        Reading reading = bench.readAll(AssetKind.TICKET, queues, RemoteCursor.start(), 100);
        assertThat(reading.records()).hasSize(3).allSatisfy(ticket -> {
            assertThat(ticket.values().get(TicketFields.BOARD)).isEqualTo(new Choice("8", "Monitoring Alert"));
            assertThat(ticket.values().get(TicketFields.NUMBER)).startsWith("T20261101.");
            assertThat(requireNonNull(ticket.values().get(TicketFields.STATUS)).name())
                    .isIn("New", "In Progress");
        });
        ReadScope recent = new ReadScope(Set.of("8"), bench.clock.instant(), List.of());
        assertThat(bench.readAll(AssetKind.TICKET, recent, RemoteCursor.start(), 100)
                        .records())
                .isEmpty();
        assertThat(bench.readAll(AssetKind.TICKET).records()).isEmpty();
    }

    @Test
    @DisplayName("FIELD-1: user-defined fields are read by their names; a hidden or a missing one is absent")
    void readsUserDefinedFields() {
        Field<String> crm = Field.custom(AssetKind.ORGANIZATION, "crm", FieldType.TEXT);
        Field<String> gone = Field.custom(AssetKind.ORGANIZATION, "gone", FieldType.TEXT);
        Field<String> note = Field.custom(AssetKind.CONFIGURATION, "note", FieldType.TEXT);
        Field<LocalDate> since = Field.custom(AssetKind.ORGANIZATION, "since", FieldType.DATE);
        records("Companies").editUdf(Samples.COMPANY, "CRM ID", "HLD-7");
        records("Companies").editUdf(Samples.COMPANY, "Client Since", "2020-05-01T00:00:00Z");
        records("ConfigurationItems").editUdf(Samples.ITEM, "Admin Note", "secret");
        bench.psa.switches().on(Switch.PROTECTED_DATA_HIDDEN);
        try (AutotaskConnector connector = bench.connectorWith(
                AutotaskUdf.named(crm, "CRM ID"),
                AutotaskUdf.named(gone, "No Such Field"),
                AutotaskUdf.named(since, "Client Since"),
                AutotaskUdf.named(note, "Admin Note"))) {
            RemoteRecord company = found(connector.read(AssetKind.ORGANIZATION, List.of(id(Samples.COMPANY))));
            assertThat(company.values().get(crm)).isEqualTo("HLD-7");
            assertThat(company.values().get(since)).isEqualTo(LocalDate.parse("2020-05-01"));
            assertThat(company.values().has(gone)).isFalse();
            assertThat(company.note()).contains("No Such Field");
            RemoteRecord item = found(connector.read(AssetKind.CONFIGURATION, List.of(id(Samples.ITEM))));
            assertThat(item.values().has(note)).isFalse();
            assertThat(item.note()).doesNotContain("secret").contains("hides");
        }
    }

    private static RemoteId id(long number) {
        return new RemoteId(Long.toString(number));
    }

    private static RemoteRecord found(Map<RemoteId, RemoteRead> reads) {
        return ((RemoteRead.Found) reads.values().iterator().next()).record();
    }

    // Pages and changes ----------------------------------------------------------------------------------------------

    @Test
    @DisplayName("C4.2: pages go on by POST with the same body at the address that the answer names")
    void followsPages() {
        Reading reading = bench.readAll(AssetKind.ORGANIZATION, ReadScope.ALL, RemoteCursor.start(), 5);
        assertThat(reading.pages()).isEqualTo(3);
        assertThat(reading.ids()).hasSize(13).doesNotHaveDuplicates();
        var first = bench.psa.requests().matching("POST", QUERY);
        var next = bench.psa.requests().matching("POST", QUERY + "/next");
        assertThat(next)
                .hasSize(2)
                .allSatisfy(request ->
                        assertThat(request.body()).isEqualTo(first.get(0).body()));
        assertThat(bench.psa.requests().count("POST", QUERY + "/count")).isEqualTo(1);
    }

    @Test
    @DisplayName("Bad input: an address of a next page at a foreign host is not called, and the reading says so")
    void refusesForeignHosts() {
        bench.psa.switches().nextPageHost("https://evil.example");
        assertThatThrownBy(() -> bench.readAll(AssetKind.ORGANIZATION, ReadScope.ALL, RemoteCursor.start(), 5))
                .isInstanceOf(ConnectorException.Unavailable.class)
                .hasMessageContaining("https://evil.example")
                .hasMessageContaining("nothing was sent there");
        assertThat(bench.readAll(AssetKind.CONTACT).records()).hasSize(14);
    }

    @Test
    @DisplayName("PULL-5: where the address of the next page is of no use any more, reading goes on behind the last id")
    void goesOnBehindTheLastId() {
        bench.psa.faults().next(1, "POST", QUERY + "/next", Fault.errors(500, "The paging token is not valid."));
        Reading reading = bench.readAll(AssetKind.ORGANIZATION, ReadScope.ALL, RemoteCursor.start(), 5);
        assertThat(reading.ids()).hasSize(13).doesNotHaveDuplicates();
    }

    @Test
    @DisplayName("C4.5: a page that comes again ends the reading with an error")
    void noticesRepeatedPages() {
        var page = bench.connector.changes(AssetKind.CONTACT, ReadScope.ALL, RemoteCursor.start(), 5);
        bench.psa
                .faults()
                .next(
                        9,
                        "POST",
                        "Contacts/query/next",
                        Fault.body("{\"items\":[{\"id\":30684200}],\"pageDetails\":{}}"));
        assertThatThrownBy(() -> bench.connector.changes(AssetKind.CONTACT, ReadScope.ALL, page.next(), 5))
                .isInstanceOf(ConnectorException.Unavailable.class)
                .hasMessageContaining("out of order");
    }

    @Test
    @DisplayName("C4.4: a record that cannot be understood is named, and the others are read")
    void setsAsideBadRecords() {
        bench.psa.faults().next(1, "POST", QUERY, Fault.replaced("\"Amberley Dental\"", "{}"));
        Reading reading = bench.readAll(AssetKind.ORGANIZATION);
        assertThat(reading.records()).hasSize(12);
        assertThat(reading.unreadable()).singleElement().satisfies(unreadable -> {
            assertThat(unreadable.id()).isEqualTo(id(Samples.COMPANY));
            assertThat(unreadable.text()).contains("companyName");
        });
    }

    @Test
    @DisplayName("C4.3, PULL-2: changed, new and merely active records come with the next reading, inactive ones too")
    void readsChanges() {
        for (AssetKind kind : List.of(AssetKind.ORGANIZATION, AssetKind.CONTACT, AssetKind.CONFIGURATION)) {
            RemoteCursor next = bench.readAll(kind).next();
            bench.clock.advance(Duration.ofHours(1));
            assertThat(bench.readAll(kind, ReadScope.ALL, next, 100).records())
                    .as(kind.toString())
                    .isEmpty();
        }
        RemoteCursor companies = bench.readAll(AssetKind.ORGANIZATION).next();
        RemoteCursor contacts = bench.readAll(AssetKind.CONTACT).next();
        RemoteCursor items = bench.readAll(AssetKind.CONFIGURATION).next();
        bench.clock.advance(Duration.ofHours(1));
        records("Companies").edit(Samples.COMPANY, "isActive", false);
        records("Companies").touch(Samples.COMPANY + 1);
        records("Contacts").edit(Samples.CONTACT, "isActive", 0);
        records("ConfigurationItems").edit(Samples.ITEM, "isActive", false);
        assertThat(bench.readAll(AssetKind.ORGANIZATION, ReadScope.ALL, companies, 100)
                        .ids())
                .containsExactly(Long.toString(Samples.COMPANY), Long.toString(Samples.COMPANY + 1));
        assertThat(bench.readAll(AssetKind.CONTACT, ReadScope.ALL, contacts, 100)
                        .ids())
                .containsExactly(Long.toString(Samples.CONTACT));
        assertThat(bench.readAll(AssetKind.CONFIGURATION, ReadScope.ALL, items, 100)
                        .ids())
                .containsExactly(Long.toString(Samples.ITEM));
    }

    @Test
    @DisplayName("C4.1, C4.3: a change in the second of the reading, and one by a clock that is off, is not missed")
    void overlapsReadings() {
        bench.psa.switches().clockSkew(Duration.ofHours(-7));
        RemoteCursor next = bench.readAll(AssetKind.CONTACT).next();
        records("Contacts").edit(Samples.CONTACT, "title", "Chief");
        assertThat(bench.readAll(AssetKind.CONTACT, ReadScope.ALL, next, 100).ids())
                .contains(Long.toString(Samples.CONTACT));
    }

    @Test
    @DisplayName("C4.3: a ticket whose tracked stamp stays behind is read by that of its activity")
    void readsTicketsByEitherStamp() {
        bench.psa.switches().on(Switch.TRACKED_STAMP_OF_TICKETS_STAYS);
        ReadScope queues = new ReadScope(Set.of("8", "29683354"), null, List.of());
        RemoteCursor next = bench.readAll(AssetKind.TICKET, queues, RemoteCursor.start(), 100)
                .next();
        bench.clock.advance(Duration.ofHours(1));
        records("Tickets").edit(31_801, "status", 5);
        assertThat(bench.readAll(AssetKind.TICKET, queues, next, 100).ids()).containsExactly("31801");
    }

    @Test
    @DisplayName("PULL-2: locations are read whole every time; look-ups are one a page")
    void countsRequests() {
        bench.readAll(AssetKind.LOCATION);
        bench.readAll(AssetKind.CONFIGURATION);
        bench.clock.advance(Duration.ofMinutes(1));
        bench.psa.requests().reset();
        assertThat(bench.readAll(AssetKind.LOCATION).records()).hasSize(24);
        assertThat(bench.psa.requests().all()).hasSize(1);
        bench.readAll(AssetKind.CONFIGURATION);
        assertThat(bench.psa.requests().all()).as("products are known").hasSize(2);
        bench.clock.advance(Duration.ofMinutes(6));
        bench.readAll(AssetKind.CONFIGURATION);
        assertThat(bench.psa.requests().count("POST", "Products/query")).isEqualTo(1);
        bench.readAll(AssetKind.ORGANIZATION);
        assertThat(bench.psa.requests().count("POST", "CompanyLocations/query")).isEqualTo(2);
    }

    // Ids, single records, searches ----------------------------------------------------------------------------------

    @Test
    @DisplayName("C5.1, C5.2: all ids are listed; a listing in which records are missing is not called complete")
    void listsIds() {
        IdPage page = bench.connector.ids(AssetKind.ORGANIZATION, ReadScope.ALL, RemoteCursor.start());
        assertThat(page.ids()).hasSize(13);
        assertThat(page.complete()).isTrue();
        bench.psa.faults().next(1, "POST", "Contacts/query", Fault.body("{\"items\":[],\"pageDetails\":{}}"));
        IdPage short0 = bench.connector.ids(AssetKind.CONTACT, ReadScope.ALL, RemoteCursor.start());
        assertThat(short0.last()).isTrue();
        assertThat(short0.complete()).isFalse();
        bench.psa.switches().largestPage(4);
        IdPage first = bench.connector.ids(AssetKind.CONTACT, ReadScope.ALL, RemoteCursor.start());
        assertThat(first.last()).isFalse();
        int seen = first.ids().size();
        while (!first.last()) {
            first = bench.connector.ids(
                    AssetKind.CONTACT,
                    ReadScope.ALL,
                    new RemoteCursor(first.next().text()));
            seen += first.ids().size();
        }
        assertThat(seen).isEqualTo(14);
        assertThat(first.complete()).isTrue();
    }

    @Test
    @DisplayName("C6.1, C6.2: each id has an answer; 500 alternatives at most go in one request")
    void readsByIds() {
        Set<RemoteId> ids = new LinkedHashSet<>();
        for (int i = 0; i < 700; i++) {
            ids.add(id(Samples.ITEM + i));
        }
        ids.add(new RemoteId("x7"));
        Map<RemoteId, RemoteRead> reads = bench.connector.read(AssetKind.CONFIGURATION, ids);
        assertThat(reads.keySet()).isEqualTo(ids);
        assertThat(reads.values().stream().filter(RemoteRead.Found.class::isInstance))
                .hasSize(40);
        assertThat(reads.get(id(Samples.ITEM + 600))).isInstanceOf(RemoteRead.NotFound.class);
        assertThat(reads.get(new RemoteId("x7"))).isInstanceOf(RemoteRead.NotUnderstood.class);
        assertThat(bench.psa.requests().count("POST", "ConfigurationItems/query"))
                .isEqualTo(2);
    }

    @Test
    @DisplayName("Bad input: whether a missing record is 404 or {\"item\":null} makes no difference")
    void missingRecordsEitherWay() {
        bench.psa.switches().on(Switch.MISSING_AS_NULL);
        Map<RemoteId, RemoteRead> reads = new HashMap<>(bench.connector.read(AssetKind.CONTACT, List.of(id(7))));
        assertThat(reads.get(id(7))).isInstanceOf(RemoteRead.NotFound.class);
    }

    @Test
    @DisplayName("C6.2: a failure or a web page says nothing about a record")
    void failuresProveNothing() {
        bench.psa.faults().next(9, "POST", "Contacts/query", Fault.htmlPage(404));
        assertThatThrownBy(() -> bench.connector.read(AssetKind.CONTACT, List.of(id(Samples.CONTACT))))
                .isInstanceOf(ConnectorException.Unavailable.class);
    }

    private List<String> find(FieldValues key) {
        return bench.connector.find(new MatchKey(key, false)).stream()
                .map(record -> record.id().value())
                .toList();
    }

    private static FieldValues key(AssetKind kind, @Nullable RemoteRef company, Map<Field<String>, String> texts) {
        FieldValues.Builder key = FieldValues.of(kind);
        texts.forEach(key::set);
        if (company != null) {
            key.set(
                    switch (kind) {
                        case LOCATION -> LocationFields.ORGANIZATION;
                        case CONTACT -> ContactFields.ORGANIZATION;
                        default -> ConfigurationFields.ORGANIZATION;
                    },
                    company);
        }
        return key.build();
    }

    @Test
    @DisplayName("C7.1, MATCH-2: records are found by their names, without regard to case and blanks around")
    void finds() {
        records("Companies").edit(Samples.COMPANY, "companyName", "  Amberley Dental ");
        assertThat(find(key(AssetKind.ORGANIZATION, null, Map.of(OrganizationFields.NAME, "AMBERLEY dental"))))
                .containsExactly(Long.toString(Samples.COMPANY));
        assertThat(find(key(
                        AssetKind.CONTACT,
                        Samples.company(),
                        Map.of(ContactFields.FIRST_NAME, "Mia", ContactFields.LAST_NAME, "Chen"))))
                .containsExactly(Long.toString(Samples.CONTACT));
        assertThat(find(key(AssetKind.LOCATION, Samples.company(), Map.of(LocationFields.NAME, "branch 1"))))
                .hasSize(1);
        assertThat(find(key(AssetKind.CONFIGURATION, Samples.company(), Map.of(ConfigurationFields.NAME, "srv-100"))))
                .containsExactly(Long.toString(Samples.ITEM));
        RemoteRef eighth = Bench.ref(AssetKind.ORGANIZATION, Samples.COMPANY + 7);
        assertThat(find(key(AssetKind.CONFIGURATION, eighth, Map.of(ConfigurationFields.NAME, "Okuma Data H-107"))))
                .containsExactly(Long.toString(Samples.ITEM + 7));
        assertThat(find(key(AssetKind.ORGANIZATION, null, Map.of(OrganizationFields.NAME, "Amberley"))))
                .isEmpty();
    }
}
