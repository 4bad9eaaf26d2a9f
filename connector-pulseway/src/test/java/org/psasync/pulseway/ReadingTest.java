package org.psasync.pulseway;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.psasync.model.AssetKind;
import org.psasync.model.Choice;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.ContactFields;
import org.psasync.model.FieldValues;
import org.psasync.model.LocationFields;
import org.psasync.model.OrganizationFields;
import org.psasync.model.RemoteId;
import org.psasync.model.TicketFields;
import org.psasync.spi.ConnectorException;
import org.psasync.spi.ReadScope;
import org.psasync.spi.ReferenceData;
import org.psasync.spi.RemoteCursor;
import org.psasync.spi.RemoteRead;
import org.psasync.spi.RemoteRecord;
import org.psasync.testkit.Reading;
import org.psasync.testkit.pulseway.Fault;
import org.psasync.testkit.pulseway.Switch;

/** What is read, in either spelling, and what becomes of bad answers. */
class ReadingTest {
    private static final ReadScope QUEUES = new ReadScope(Set.of("401", "403"), null, List.of());

    private final Bench bench =
            new Bench(psa -> psa.accounts(10).contacts(23).assets(31).tickets(12));

    @AfterEach
    void close() {
        bench.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = Switch.class,
            names = {"PASCAL_CASE", "WRAPPED_SINGLES", "INACTIVE_HIDDEN", "EXCLUSIVE_BOUNDS", "LOCATIONS_NOT_IN_LISTS"})
    @DisplayName("C0.4, C4.2: every record is read alike, whatever is not known of the wire")
    void readsAllAlike(Switch difference) {
        Map<AssetKind, List<RemoteRecord>> usual = new HashMap<>();
        for (AssetKind kind : AssetKind.values()) {
            usual.put(kind, bench.readAll(kind, QUEUES, RemoteCursor.start(), 7).records());
        }
        assertThat(usual.get(AssetKind.ORGANIZATION)).hasSize(10);
        assertThat(usual.get(AssetKind.LOCATION)).hasSize(20);
        assertThat(usual.get(AssetKind.CONTACT)).hasSize(23);
        assertThat(usual.get(AssetKind.CONFIGURATION)).hasSize(31);
        assertThat(usual.get(AssetKind.TICKET)).hasSize(8);

        bench.psa.switches().on(difference);

        for (AssetKind kind : AssetKind.values()) {
            Reading now = bench.readAll(kind, QUEUES, RemoteCursor.start(), 100);
            assertThat(now.records()).as("%s with %s", kind, difference).hasSameSizeAs(usual.get(kind));
            for (RemoteRecord record : requireNonNull(usual.get(kind))) {
                FieldValues values = now.get(record.id()).values();
                boolean lacks = kind == AssetKind.ORGANIZATION && difference == Switch.LOCATIONS_NOT_IN_LISTS;
                assertThat(values.has(OrganizationFields.PRIMARY_LOCATION))
                        .isEqualTo(kind == AssetKind.ORGANIZATION && !lacks);
                assertThat(values)
                        .isEqualTo(
                                lacks ? record.values().without(OrganizationFields.PRIMARY_LOCATION) : record.values());
            }
        }
        assertThat(bench.read(AssetKind.ORGANIZATION, 1101))
                .isEqualTo(requireNonNull(usual.get(AssetKind.ORGANIZATION)).get(0));
    }

    @Test
    @DisplayName("FIELD-4, PSA-PW-4: list rows hold some fields, the details all; both bear the same mark of change")
    void readsAssets() {
        int id = bench.psa.records("assets").ids().get(0);

        RemoteRecord row = bench.readAll(AssetKind.CONFIGURATION).get(id);
        RemoteRecord details = bench.read(AssetKind.CONFIGURATION, id);

        assertThat(row.values().get(ConfigurationFields.TYPE)).isEqualTo(new Choice("61", "Server"));
        assertThat(row.values().get(ConfigurationFields.STATUS)).isEqualTo(Forms.ACTIVE);
        assertThat(row.values().has(ConfigurationFields.ASSET_TAG)).isFalse();
        assertThat(row.values().has(ConfigurationFields.LOCATION)).isFalse();
        assertThat(row.values().isBlank(ConfigurationFields.CONTACT)).isTrue();
        assertThat(details.values().only(row.values()::has)).isEqualTo(row.values());
        assertThat(details.values().get(ConfigurationFields.PURCHASED_ON)).isEqualTo(LocalDate.parse("2025-01-31"));
        assertThat(requireNonNull(details.values().get(ConfigurationFields.MANUFACTURER))
                        .name())
                .isEqualTo("Example Hardware");
        assertThat(details.values().get(ConfigurationFields.MAC_ADDRESS)).isEqualTo("00:00:5E:00:00:00");
        assertThat(details.version().token()).isEqualTo(row.version().token());
        int here = (Integer) requireNonNull(bench.psa.records("assets").get(id).get("AccountLocationId"));
        int there = bench.psa.locations(1101).stream()
                .filter(each -> each != here)
                .findFirst()
                .orElseThrow();
        bench.psa.records("assets").edit(id, "AccountLocationId", there);
        RemoteRecord moved = bench.readAll(AssetKind.CONFIGURATION).get(id);
        RemoteRecord movedDetails = bench.read(AssetKind.CONFIGURATION, id);
        assertThat(moved.version().token())
                .isEqualTo(movedDetails.version().token())
                .isNotEqualTo(row.version().token());
    }

    @Test
    @DisplayName("FIELD-7: a text that is not one MAC address is left out with a note, and the rest is read")
    void leavesOutSeveralMacAddresses() {
        int id = bench.psa.records("assets").ids().get(0);
        bench.psa.records("assets").edit(id, "MacAddress", "00:00:5E:00:53:01, 00:00:5E:00:53:02");

        RemoteRecord record = bench.read(AssetKind.CONFIGURATION, id);

        assertThat(record.values().has(ConfigurationFields.MAC_ADDRESS)).isFalse();
        assertThat(record.note()).contains("MAC");
        assertThat(record.values().has(ConfigurationFields.NAME)).isTrue();
    }

    @Test
    @DisplayName("FIELD-10: accounts, locations, contacts and tickets name what they belong to")
    void readsReferences() {
        FieldValues account = bench.read(AssetKind.ORGANIZATION, 1106).values();
        assertThat(account.get(OrganizationFields.PARENT)).isEqualTo(Bench.ref(AssetKind.ORGANIZATION, 1105));
        int main = bench.psa.locations(1106).get(0);
        assertThat(account.get(OrganizationFields.PRIMARY_LOCATION))
                .isEqualTo(Bench.ref(AssetKind.LOCATION, "1106/" + main));
        FieldValues location = bench.read(AssetKind.LOCATION, "1106/" + main).values();
        assertThat(location.get(LocationFields.ORGANIZATION)).isEqualTo(Bench.ref(AssetKind.ORGANIZATION, 1106));
        assertThat(location.get(LocationFields.COUNTRY)).isEqualTo("US");
        assertThat(location.get(LocationFields.PHONE)).startsWith("+1 555");
        RemoteRecord contact = bench.read(
                AssetKind.CONTACT, bench.psa.records("contacts").ids().get(0));
        assertThat(String.valueOf(contact.values().get(ContactFields.LOCATION))).contains("1101/");
        assertThat(contact.values().get(ContactFields.EMAILS)).hasSize(1);
        RemoteRecord ticket = bench.readAll(AssetKind.TICKET, QUEUES, RemoteCursor.start(), 100)
                .records()
                .get(0);
        assertThat(ticket.values().get(TicketFields.CONFIGURATIONS)).hasSize(1);
        assertThat(ticket.values().get(TicketFields.BOARD)).isEqualTo(new Choice("401", "Service Desk"));
    }

    @ParameterizedTest
    @EnumSource(
            value = Switch.class,
            names = {"PASCAL_CASE", "EXCLUSIVE_BOUNDS", "DATES_OF_ANOTHER_ZONE"})
    @DisplayName("C4.3, PULL-2: the next reading brings what changed since, ties included, at one request a list")
    void readsChanges(Switch difference) {
        bench.psa.switches().on(difference);
        RemoteCursor next = bench.readAll(AssetKind.CONTACT).next();
        bench.clock.advance(Duration.ofHours(1));
        bench.psa.requests().reset();
        assertThat(bench.readAll(AssetKind.CONTACT, ReadScope.ALL, next, 100).records())
                .isEmpty();
        assertThat(bench.psa.requests().all())
                .filteredOn(request -> request.method().equals("GET"))
                .hasSize(2);

        int id = bench.psa.records("contacts").ids().get(3);
        bench.psa.records("contacts").edit(id, "JobTitle", "Captain");
        bench.psa.records("contacts").edit(id + 1, "IsActive", false);
        Reading reading = bench.readAll(AssetKind.CONTACT, ReadScope.ALL, next, 100);
        assertThat(reading.ids()).containsExactlyInAnyOrder(Integer.toString(id), Integer.toString(id + 1));
        assertThat(bench.readAll(AssetKind.CONTACT, ReadScope.ALL, reading.next(), 100)
                        .ids())
                .contains(Integer.toString(id));
    }

    @Test
    @DisplayName("PULL-2: an e-mail's or phone's own stamp counts as a change time of its contact")
    void comparesStampsOfItems() {
        int id = bench.psa.records("contacts").ids().get(0);
        RemoteRecord before = bench.read(AssetKind.CONTACT, id);
        bench.psa
                .records("contacts")
                .editUnnoticed(
                        id,
                        Map.of(
                                "Emails",
                                List.of(Map.of(
                                        "Id",
                                        7,
                                        "EmailAddress",
                                        "new@client.example",
                                        "EmailTypeId",
                                        1,
                                        "IsDefault",
                                        true,
                                        "ModifiedOn",
                                        "2026-11-02T08:59:00Z"))));

        RemoteRecord after = bench.read(AssetKind.CONTACT, id);

        assertThat(after.version().changedAt()).isAfter(before.version().changedAt());
    }

    @Test
    @DisplayName("C4.2: stamps without an offset and with fractions are UTC")
    void readsStampsWithoutOffset() {
        bench.psa.switches().on(Switch.STAMPS_WITHOUT_OFFSET);
        int id = bench.psa.records("accounts").ids().get(0);
        bench.psa.records("accounts").edit(id, "Website", "https://example.com");

        assertThat(bench.read(AssetKind.ORGANIZATION, id).version().changedAt())
                .isBetween(bench.clock.instant(), bench.clock.instant().plusSeconds(1));
    }

    @Test
    @DisplayName("C4.2, C4.5: totals that lie, and pages cut without a word, lose no record and end")
    void survivesLies() {
        for (int lie : new int[] {-20, 25, 0}) {
            for (int largest : new int[] {100, 4}) {
                bench.psa.switches().totalsOffBy(lie).largestPage(largest);
                for (AssetKind kind : AssetKind.values()) {
                    Reading reading = bench.readAll(kind, QUEUES, RemoteCursor.start(), 10);
                    Integer expected = Map.of(
                                    AssetKind.ORGANIZATION, 10,
                                    AssetKind.LOCATION, 20,
                                    AssetKind.CONTACT, 23,
                                    AssetKind.CONFIGURATION, 31,
                                    AssetKind.TICKET, 8)
                            .get(kind);
                    assertThat(new HashSet<>(reading.ids()))
                            .as("%s %d %d", kind, lie, largest)
                            .hasSize(requireNonNull(expected));
                }
            }
        }
    }

    @Test
    @DisplayName("C4.5: a server that repeats a page for ever is not read for ever")
    void stopsAtRepeatedPages() {
        String page = bench.psa.records("accounts").ids().stream()
                .map(id -> "{\"id\":" + id + ",\"accountName\":\"A\"}")
                .toList()
                .toString();
        bench.psa
                .faults()
                .always("GET", "v2/crm/accounts/summary", Fault.body("{\"success\":true,\"result\":" + page + "}"));

        assertThatThrownBy(() -> bench.readAll(AssetKind.ORGANIZATION, ReadScope.ALL, RemoteCursor.start(), 10))
                .isInstanceOf(ConnectorException.Unavailable.class)
                .hasMessageContaining("again");
    }

    @Test
    @DisplayName("C4.4, PULL-4: a record that cannot be understood is set aside with its id, the others are read")
    void setsBadRecordsAside() {
        int id = bench.psa.records("contacts").ids().get(2);
        bench.psa.records("contacts").editUnnoticed(id, Map.of("FirstName", List.of("x")));

        Reading reading = bench.readAll(AssetKind.CONTACT);

        assertThat(reading.records()).hasSize(22);
        assertThat(reading.unreadable()).singleElement().satisfies(each -> {
            assertThat(each.id().value()).isEqualTo(Integer.toString(id));
            assertThat(each.text()).contains("FirstName");
        });
    }

    @Test
    @DisplayName("C0.2: an HTML page is a clear failure that may pass, and Success=false one whatever the status")
    void tellsBadAnswers() {
        bench.psa.faults().next(9, "GET", "v2/crm/accounts/summary", Fault.htmlPage(200));
        assertThatThrownBy(() -> bench.readAll(AssetKind.ORGANIZATION))
                .isInstanceOf(ConnectorException.Unavailable.class)
                .hasMessageContaining("web page");
        bench.psa.faults().clear();
        bench.psa.faults().always("GET", "v2/crm/accounts/summary", Fault.failure(200, 500, "Something broke."));
        assertThatThrownBy(() -> bench.readAll(AssetKind.ORGANIZATION))
                .isInstanceOf(ConnectorException.Unavailable.class)
                .hasMessageContaining("Something broke");
    }

    @ParameterizedTest
    @EnumSource(
            value = Switch.class,
            names = {"MISSING_AS_200", "MISSING_AS_BARE_404", "PASCAL_CASE"})
    @DisplayName("C6.2: a record that is not there is not found, however the PSA says so; a web page says nothing")
    void tellsMissingRecords(Switch way) {
        bench.psa.switches().on(way);
        for (AssetKind kind : AssetKind.values()) {
            RemoteId id = new RemoteId(kind == AssetKind.LOCATION ? "1101/999999" : "999999");
            assertThat(bench.connector.read(kind, List.of(id)).get(id)).isInstanceOf(RemoteRead.NotFound.class);
        }
        RemoteId foreign = new RemoteId("abc");
        assertThat(bench.connector.read(AssetKind.CONTACT, List.of(foreign)).get(foreign))
                .isInstanceOf(RemoteRead.NotUnderstood.class);
        bench.psa.faults().always("GET", "v2/crm/contacts/summary/*", Fault.htmlPage(404));
        assertThatThrownBy(() -> bench.connector.read(AssetKind.CONTACT, List.of(new RemoteId("6601"))))
                .isInstanceOf(ConnectorException.Unavailable.class);
    }

    @Test
    @DisplayName("PULL-7: tickets come from chosen queues, by the feed where it works, by search otherwise")
    void readsTickets() {
        assertThat(bench.readAll(AssetKind.TICKET).records()).isEmpty();
        Reading reading = bench.readAll(AssetKind.TICKET, QUEUES, RemoteCursor.start(), 100);
        bench.clock.advance(Duration.ofHours(20));
        int id = bench.psa.records("tickets").ids().get(0);
        int foreign = bench.psa.records("tickets").ids().get(1);
        bench.psa.records("tickets").edit(id, "Title", "Printer on fire");
        bench.psa.records("tickets").edit(foreign, "Title", "Not ours");
        for (boolean feed : new boolean[] {true, false}) {
            if (!feed) {
                bench.psa.switches().on(Switch.NO_TICKET_FEED);
            }
            bench.psa.requests().reset();
            Reading changed = bench.readAll(AssetKind.TICKET, QUEUES, reading.next(), 100);
            assertThat(changed.ids()).containsExactly(Integer.toString(id));
            assertThat(changed.get(id).values().get(TicketFields.TITLE)).isEqualTo("Printer on fire");
            assertThat(bench.psa.requests().count("POST", "v2/servicedesk/tickets/search"))
                    .isEqualTo(feed ? 0 : 3);
        }
    }

    @Test
    @DisplayName("C3.1, SET-7, PSA-ALL-1: lists hold all values that records have, with their use; people to invite")
    void readsReferenceData() {
        ReferenceData reference = bench.connector.reference();

        for (AssetKind kind : AssetKind.values()) {
            bench.readAll(kind, QUEUES, RemoteCursor.start(), 100)
                    .records()
                    .forEach(record -> record.values()
                            .forEachChoice((field, choice) -> assertThat(reference.entry(field, choice.id()))
                                    .as("%s %s", field, choice)
                                    .isPresent()));
        }
        assertThat(reference.entry(ConfigurationFields.TYPE, "61").orElseThrow().usedBy())
                .isPresent();
        assertThat(reference.optionChoices().keySet())
                .containsExactlyInAnyOrder("contactEmailType", "contactPhoneType", "accountManager", "businessType");
        assertThat(reference.users())
                .extracting(ReferenceData.PsaUser::name)
                .containsExactly("Dana Okafor", "Tomas Fischer");
    }
}
