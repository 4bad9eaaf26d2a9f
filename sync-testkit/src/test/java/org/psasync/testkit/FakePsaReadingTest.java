package org.psasync.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.psasync.model.AssetKind.CONFIGURATION;
import static org.psasync.model.AssetKind.ORGANIZATION;
import static org.psasync.model.AssetKind.TICKET;
import static org.psasync.testkit.Samples.changed;
import static org.psasync.testkit.Samples.configuration;
import static org.psasync.testkit.Samples.end;
import static org.psasync.testkit.Samples.listing;
import static org.psasync.testkit.Samples.organization;
import static org.psasync.testkit.Samples.pages;
import static org.psasync.testkit.Samples.readOne;
import static org.psasync.testkit.Samples.records;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.model.Choice;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.FieldValues;
import org.psasync.model.Fields;
import org.psasync.model.OrganizationFields;
import org.psasync.model.RemoteId;
import org.psasync.model.RemoteRef;
import org.psasync.model.TicketFields;
import org.psasync.spi.IdPage;
import org.psasync.spi.KindDescriptor.Reading;
import org.psasync.spi.MatchKey;
import org.psasync.spi.ReadScope;
import org.psasync.spi.ReferenceData;
import org.psasync.spi.RemoteCursor;
import org.psasync.spi.RemoteRead;
import org.psasync.spi.RemoteRecord;
import org.psasync.spi.RemoteVersion;

class FakePsaReadingTest {
    private final TestClock clock = TestClock.at("2026-03-01T12:00:00Z");
    private final FakePsa psa = FakePsa.builder(clock).build();

    @Test
    @DisplayName("C0.4: a whole record shows every mapped field, blank where the PSA holds nothing")
    void showsEveryMappedField() {
        RemoteRecord acme = readOne(psa, psa.put(organization("Acme")));
        assertThat(acme.values().fields()).containsExactlyElementsOf(Fields.of(ORGANIZATION));
        assertThat(acme.values().isBlank(OrganizationFields.SHORT_NAME)).isTrue();
        assertThat(acme.values().get(OrganizationFields.ACTIVE)).isTrue();
    }

    @Test
    @DisplayName("C0.4: a field that is not mapped is absent, though the PSA holds it")
    void hidesWhatIsNotMapped() {
        FakePsa narrow = FakePsa.builder(clock)
                .kind(ORGANIZATION, kind -> kind.unmapped(OrganizationFields.SHORT_NAME))
                .build();
        RemoteRef acme = narrow.put(organization("Acme").with(OrganizationFields.SHORT_NAME, "ACM"));
        assertThat(readOne(narrow, acme).values().has(OrganizationFields.SHORT_NAME))
                .isFalse();
        assertThat(narrow.get(acme).orElseThrow().values().get(OrganizationFields.SHORT_NAME))
                .isEqualTo("ACM");
    }

    @Test
    @DisplayName("FIELD-7: a list of several MAC addresses is left out, with a note")
    void leavesSeveralMacAddressesOut() {
        RemoteRef server = server("SRV-01");
        psa.edit(server, mac("00:1A:2B:3C:4D:5E"));
        assertThat(readOne(psa, server).note()).isNull();
        psa.edit(server, mac("00:1A:2B:3C:4D:5E, 00:1A:2B:3C:4D:5F"));
        RemoteRecord read = readOne(psa, server);
        assertThat(read.values().has(ConfigurationFields.MAC_ADDRESS)).isFalse();
        assertThat(read.note()).contains("4D:5F");
    }

    @Test
    @DisplayName("C3.1: every choice that records hold is in the list of its field, new and renamed ones too")
    void listsHoldWhatRecordsHold() {
        Choice partner = new Choice("77", "Partner");
        RemoteRef acme = psa.put(organization("Acme").with(OrganizationFields.TYPES, Set.of(partner)));
        assertThat(psa.reference().entry(OrganizationFields.TYPES, "77")).isPresent();
        psa.rename(OrganizationFields.TYPES, partner, "Ally");
        psa.retire(OrganizationFields.TYPES, partner);
        ReferenceData.Entry entry =
                psa.reference().entry(OrganizationFields.TYPES, "77").orElseThrow();
        assertThat(entry.choice().name()).isEqualTo("Ally");
        assertThat(entry.active()).isFalse();
        assertThat(entry.usedBy()).hasValue(1);
        assertThat(readOne(psa, acme).values().get(OrganizationFields.TYPES))
                .extracting(Choice::name)
                .containsExactly("Ally");
    }

    @Test
    @DisplayName("SET-3: a rename of a choice is no change of its records")
    void aRenameMovesNoChangeTime() {
        Choice server = psa.choice(ConfigurationFields.TYPE, "Server");
        RemoteRef record = server("SRV-01");
        RemoteVersion before = readOne(psa, record).version();
        clock.advance(Duration.ofMinutes(1));
        psa.rename(ConfigurationFields.TYPE, server, "Host");
        assertThat(readOne(psa, record).version()).isEqualTo(before);
    }

    @Test
    @DisplayName("C4.1: reading again from a cursor repeats the page")
    void aCursorCanBeReadAgain() {
        organizations(5);
        RemoteCursor second = psa.changes(ORGANIZATION, ReadScope.ALL, RemoteCursor.start(), 2)
                .next();
        assertThat(psa.changes(ORGANIZATION, ReadScope.ALL, second, 2))
                .isEqualTo(psa.changes(ORGANIZATION, ReadScope.ALL, second, 2));
    }

    @Test
    @DisplayName("C4.2: from the start to the last page every record is returned, kept deleted ones with their flag")
    void readsEverythingFromTheStart() {
        List<RemoteRef> all = organizations(7);
        psa.delete(all.get(3));
        List<RemoteRecord> read = records(pages(psa, ORGANIZATION, ReadScope.ALL, RemoteCursor.start(), 3));
        assertThat(read).hasSize(7);
        assertThat(read)
                .filteredOn(RemoteRecord::deleted)
                .extracting(RemoteRecord::ref)
                .containsExactly(all.get(3));
    }

    @Test
    @DisplayName("C4.2: records that vanish when deleted are returned no more")
    void vanishedRecordsAreNotReturned() {
        RemoteRef server = server("SRV-01");
        psa.delete(server);
        assertThat(changed(psa, CONFIGURATION, ReadScope.ALL, RemoteCursor.start()))
                .isEmpty();
        assertThat(psa.get(server)).isEmpty();
    }

    @Test
    @DisplayName("C4.3: a change within the second of the last page is returned from its cursor")
    void tiesAtTheBoundaryAreNotLost() {
        RemoteRef acme = psa.put(organization("Acme"));
        RemoteCursor cursor = end(psa, ORGANIZATION);
        clock.advance(Duration.ofMillis(300));
        psa.edit(acme, organization("Acme Ltd"));
        assertThat(changed(psa, ORGANIZATION, ReadScope.ALL, cursor)).containsExactly(acme.id());
    }

    @Test
    @DisplayName("C4.3: what did not change since is not read again by delta")
    void aDeltaLeavesOldRecordsOut() {
        organizations(5);
        clock.advance(Duration.ofSeconds(1));
        assertThat(changed(psa, ORGANIZATION, ReadScope.ALL, end(psa, ORGANIZATION)))
                .isEmpty();
    }

    @Test
    @DisplayName("C4.3: a record that lists miss at first is returned later")
    void delayedRecordsAreReturnedLater() {
        FakePsa slow = FakePsa.builder(clock)
                .everyKind(kind -> kind.visibilityDelay(Duration.ofMinutes(2)))
                .build();
        RemoteRef acme = slow.put(organization("Acme"));
        clock.advance(Duration.ofMinutes(1));
        RemoteCursor cursor = end(slow, ORGANIZATION);
        assertThat(changed(slow, ORGANIZATION, ReadScope.ALL, RemoteCursor.start()))
                .isEmpty();
        assertThat(slow.find(new MatchKey(organization("Acme"), false))).isEmpty();
        assertThat(readOne(slow, acme).id()).isEqualTo(acme.id());
        clock.advance(Duration.ofMinutes(1));
        assertThat(changed(slow, ORGANIZATION, ReadScope.ALL, cursor)).containsExactly(acme.id());
        assertThat(slow.find(new MatchKey(organization("Acme"), false))).hasSize(1);
    }

    @Test
    @DisplayName("C4.3: an edit without change time is missed by the delta, which must be declared")
    void anUnstampedEditIsMissed() {
        FakePsa lossy = FakePsa.builder(clock)
                .kind(ORGANIZATION, FakeKind::incompleteDelta)
                .build();
        RemoteRef acme = lossy.put(organization("Acme"));
        clock.advance(Duration.ofMinutes(1));
        RemoteCursor cursor = end(lossy, ORGANIZATION);
        lossy.editUnstamped(acme, organization("Acme Ltd"));
        assertThat(changed(lossy, ORGANIZATION, ReadScope.ALL, cursor)).isEmpty();
        assertThat(readOne(lossy, acme).values().get(OrganizationFields.NAME)).isEqualTo("Acme Ltd");
        RemoteRef bolt = psa.put(organization("Bolt"));
        assertThatThrownBy(() -> psa.editUnstamped(bolt, organization("Bolt Ltd")))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    @DisplayName("C4.4: a record that is not understood is named, the others are returned")
    void namesUnreadableRecords() {
        List<RemoteRef> all = organizations(3);
        psa.faults().garble(all.get(1));
        var page = psa.changes(ORGANIZATION, ReadScope.ALL, RemoteCursor.start(), 10);
        assertThat(page.records()).extracting(RemoteRecord::ref).containsExactly(all.get(0), all.get(2));
        assertThat(page.unreadable())
                .extracting(each -> each.id())
                .containsExactly(all.get(1).id());
        assertThat(psa.read(ORGANIZATION, List.of(all.get(1).id()))
                        .get(all.get(1).id()))
                .isInstanceOf(RemoteRead.NotUnderstood.class);
    }

    @Test
    @DisplayName("C4.5: a full list ends, and its last cursor reads everything again")
    void aFullListBeginsAgain() {
        FakePsa full = FakePsa.builder(clock)
                .kind(ORGANIZATION, kind -> kind.reading(Reading.FULL_LIST))
                .build();
        RemoteRef acme = full.put(organization("Acme"));
        clock.advance(Duration.ofMinutes(1));
        RemoteCursor cursor = end(full, ORGANIZATION);
        assertThat(cursor.isStart()).isFalse();
        assertThat(changed(full, ORGANIZATION, ReadScope.ALL, cursor)).containsExactly(acme.id());
    }

    @Test
    @DisplayName("PULL-2: a list per parent shows what is below the parents asked for, in their order")
    void listsPerParent() {
        FakePsa perParent = FakePsa.builder(clock)
                .kind(CONFIGURATION, kind -> kind.reading(Reading.LIST_PER_PARENT))
                .build();
        List<RemoteRef> parents = IntStream.range(0, 3)
                .mapToObj(i -> perParent.put(organization("Org " + i)))
                .toList();
        for (int i = 0; i < 12; i++) {
            perParent.put(configuration(perParent, parents.get(i % 3), "SRV-" + i));
        }
        ReadScope twoOfThem =
                ReadScope.below(List.of(parents.get(2).id(), parents.get(0).id()));
        for (int limit = 1; limit <= 9; limit++) {
            assertThat(records(pages(perParent, CONFIGURATION, twoOfThem, RemoteCursor.start(), limit)))
                    .as("page size " + limit)
                    .extracting(record -> record.values().get(ConfigurationFields.NAME))
                    .containsExactly("SRV-2", "SRV-5", "SRV-8", "SRV-11", "SRV-0", "SRV-3", "SRV-6", "SRV-9");
        }
    }

    @Test
    @DisplayName("PSA-PW-4: a list row has the fields of the row only, and its mark moves when one of them changes")
    void listsRows() {
        FakePsa rows = FakePsa.builder(clock)
                .kind(CONFIGURATION, kind -> kind.rowsAndDetails(ConfigurationFields.STATUS))
                .build();
        RemoteRef server = rows.put(configuration(rows, rows.put(organization("Acme")), "SRV-01")
                .with(ConfigurationFields.NOTES, "rack 4"));
        RemoteRecord row = records(pages(rows, CONFIGURATION, ReadScope.ALL, RemoteCursor.start(), 10))
                .get(0);
        assertThat(row.values().fields())
                .containsExactly(
                        ConfigurationFields.ORGANIZATION,
                        ConfigurationFields.NAME,
                        ConfigurationFields.TYPE,
                        ConfigurationFields.STATUS);
        assertThat(readOne(rows, server).values().get(ConfigurationFields.NOTES))
                .isEqualTo("rack 4");
        rows.edit(server, FieldValues.empty(CONFIGURATION).with(ConfigurationFields.NOTES, "rack 5"));
        assertThat(readOne(rows, server).version()).isEqualTo(row.version());
        rows.edit(server, FieldValues.empty(CONFIGURATION).with(ConfigurationFields.NAME, "SRV-02"));
        assertThat(readOne(rows, server).version()).isNotEqualTo(row.version());
    }

    @Test
    @DisplayName("PULL-7: tickets come from the boards asked for, and not older than asked")
    void readsTicketsOfBoards() {
        RemoteRef old = ticket("Support");
        clock.advance(Duration.ofDays(1));
        RemoteRef fresh = ticket("Support");
        ticket("Projects");
        Set<String> support = Set.of(psa.choice(TicketFields.BOARD, "Support").id());
        assertThat(changed(psa, TICKET, ReadScope.ALL, RemoteCursor.start())).isEmpty();
        assertThat(changed(psa, TICKET, new ReadScope(support, null, List.of()), RemoteCursor.start()))
                .containsExactly(old.id(), fresh.id());
        assertThat(changed(psa, TICKET, new ReadScope(support, clock.instant(), List.of()), RemoteCursor.start()))
                .containsExactly(fresh.id());
    }

    @Test
    @DisplayName("C5.2: the listing holds every record, living and deleted apart, over all its pages")
    void listsIds() {
        FakePsa small = FakePsa.builder(clock).idsPerPage(2).build();
        List<RemoteRef> all = IntStream.range(0, 5)
                .mapToObj(i -> small.put(organization("Org " + i)))
                .toList();
        small.delete(all.get(4));
        List<IdPage> pages = listing(small, ORGANIZATION);
        assertThat(pages).hasSize(3);
        assertThat(pages.stream().flatMap(page -> page.ids().stream()))
                .containsExactlyElementsOf(
                        all.subList(0, 4).stream().map(RemoteRef::id).toList());
        assertThat(pages.get(2).deleted()).containsExactly(all.get(4).id());
        assertThat(pages).extracting(IdPage::complete).containsExactly(false, false, true);
    }

    @Test
    @DisplayName("C5.1: a listing that may miss a new record is not called complete")
    void aListingWithDelayedRecordsIsNotComplete() {
        FakePsa slow = FakePsa.builder(clock)
                .everyKind(kind -> kind.visibilityDelay(Duration.ofMinutes(2)))
                .build();
        slow.put(organization("Acme"));
        assertThat(listing(slow, ORGANIZATION).get(0).complete()).isFalse();
        clock.advance(Duration.ofMinutes(2));
        assertThat(listing(slow, ORGANIZATION).get(0).complete()).isTrue();
    }

    @Test
    @DisplayName("C6.1: a read answers every id; C6.2: only what is not there is not found")
    void readsByIds() {
        RemoteRef kept = psa.put(organization("Kept"));
        psa.delete(kept);
        RemoteRef server = server("SRV-01");
        RemoteId unknown = new RemoteId("9999");
        assertThat(readOne(psa, kept).deleted()).isTrue();
        assertThat(psa.read(CONFIGURATION, List.of(server.id(), unknown)))
                .hasSize(2)
                .containsEntry(unknown, new RemoteRead.NotFound());
        psa.delete(server);
        assertThat(psa.read(CONFIGURATION, List.of(server.id()))).containsValue(new RemoteRead.NotFound());
    }

    @Test
    @DisplayName("C7.1: a search returns every record of that name, whatever its case and organization")
    void findsTooMuch() {
        RemoteRef first = server("SRV-01");
        RemoteRef second = server("srv-01");
        server("SRV-02");
        MatchKey key = new MatchKey(readOne(psa, first).values(), false);
        assertThat(psa.find(key)).extracting(RemoteRecord::ref).containsExactly(first, second);
    }

    @Test
    @DisplayName("STATE-8: a merge moves the children and deletes the source without moving its change time")
    void mergesOrganizations() {
        RemoteRef from = psa.put(organization("From"));
        RemoteRef into = psa.put(organization("Into"));
        RemoteRef child = psa.put(configuration(psa, from, "SRV-01"));
        RemoteRef subsidiary = psa.put(organization("Sub").with(OrganizationFields.PARENT, from));
        clock.advance(Duration.ofMinutes(1));
        RemoteCursor cursor = end(psa, ORGANIZATION);
        psa.merge(from, into);
        assertThat(readOne(psa, child).values().get(ConfigurationFields.ORGANIZATION))
                .isEqualTo(into);
        assertThat(changed(psa, ORGANIZATION, ReadScope.ALL, cursor)).containsExactly(subsidiary.id());
        assertThat(readOne(psa, from).deleted()).isTrue();
    }

    @Test
    @DisplayName("C2.1, C2.2: the check names the tenant always, and reports a missing right instead of throwing it")
    void checks() {
        var before = psa.check();
        psa.faults().withdraw(CONFIGURATION);
        var after = psa.check();
        assertThat(after.tenant()).isEqualTo(before.tenant());
        assertThat(before.canRead(CONFIGURATION)).isTrue();
        assertThat(after.canRead(CONFIGURATION)).isFalse();
        assertThat(after.rights()).isNotEqualTo(before.rights());
    }

    @Test
    @DisplayName("C0.3: what the descriptor does not offer is refused and does nothing")
    void refusesWhatIsNotOffered() {
        FakePsa poor = FakePsa.builder(clock)
                .everyKind(kind -> kind.withoutIds().withoutFind().readOnly())
                .without(TICKET)
                .build();
        assertThat(poor.descriptor().canWrite()).isFalse();
        assertThatThrownBy(() -> poor.ids(ORGANIZATION, ReadScope.ALL, RemoteCursor.start()))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> poor.find(new MatchKey(organization("Acme"), false)))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> poor.create(Samples.draft(organization("Acme"))))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> poor.read(TICKET, List.of())).isInstanceOf(UnsupportedOperationException.class);
        assertThat(poor.journal().calls()).isEmpty();
        assertThat(poor.requests()).isZero();
    }

    @Test
    @DisplayName("C13.1: closing twice is harmless, calls after it fail, and the PSA goes on")
    void closes() {
        psa.close();
        psa.close();
        assertThatThrownBy(psa::check).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> psa.prepare(Samples.draft(organization("Acme"))))
                .isInstanceOf(IllegalStateException.class);
        RemoteRef acme = psa.put(organization("Acme"));
        assertThat(readOne(psa.reopen(), acme).id()).isEqualTo(acme.id());
    }

    private List<RemoteRef> organizations(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> psa.put(organization("Org " + i)))
                .toList();
    }

    private RemoteRef server(String name) {
        return psa.put(configuration(psa, psa.put(organization("Owner of " + name)), name));
    }

    private RemoteRef ticket(String board) {
        return psa.put(FieldValues.empty(TICKET).with(TicketFields.BOARD, psa.choice(TicketFields.BOARD, board)));
    }

    private static FieldValues mac(String text) {
        return FieldValues.empty(CONFIGURATION).with(ConfigurationFields.MAC_ADDRESS, text);
    }
}
