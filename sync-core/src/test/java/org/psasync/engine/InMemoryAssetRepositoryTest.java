package org.psasync.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.psasync.model.AssetKind.CONFIGURATION;
import static org.psasync.model.AssetKind.CONTACT;
import static org.psasync.model.AssetKind.ORGANIZATION;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.model.Asset;
import org.psasync.model.AssetKind;
import org.psasync.model.Choice;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.ContactFields;
import org.psasync.model.Edit;
import org.psasync.model.FieldValues;
import org.psasync.model.LocalId;
import org.psasync.model.LocalRef;
import org.psasync.model.OrganizationFields;
import org.psasync.model.Origin;
import org.psasync.model.PairId;
import org.psasync.model.Problem;
import org.psasync.model.Revision;
import org.psasync.model.SyncMark;
import org.psasync.spi.DeleteResult;
import org.psasync.spi.LocalChange;
import org.psasync.spi.LocalChanges;
import org.psasync.spi.LocalDelete;
import org.psasync.spi.LocalResult;
import org.psasync.spi.MarkedAsset;
import org.psasync.spi.MatchKey;
import org.psasync.spi.PickValue;

class InMemoryAssetRepositoryTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Edit BY_ANNA = new Edit(Origin.USER, "anna", NOW);

    private final InMemoryAssetRepository host =
            InMemoryAssetRepository.builder(() -> NOW).build();

    @Test
    void madeRecordsGetIdsThatCountUp() {
        assertThat(save("Acme").id()).isEqualTo(new LocalId("organization-1"));
        assertThat(save("Bolt").id()).isEqualTo(new LocalId("organization-2"));
    }

    @Test
    void aSaveUnderAnUnknownIdMakesTheRecordWithIt() {
        LocalRef own = LocalRef.of(ORGANIZATION, "organization-1");
        assertThat(host.save(own, named("Acme"), BY_ANNA).ref()).isEqualTo(own);
        assertThat(save("Bolt").ref()).as("the next made id").isEqualTo(LocalRef.of(ORGANIZATION, "organization-2"));
    }

    @Test
    void aSaveReplacesOnlyItsFieldsAndCountsTheRevisionUp() {
        Asset first = host.save(null, named("Acme").with(OrganizationFields.SHORT_NAME, "ACM"), BY_ANNA);
        Asset second = host.save(first.ref(), named("Acme Ltd"), BY_ANNA);
        assertThat(filled(second.values())).isEqualTo(named("Acme Ltd").with(OrganizationFields.SHORT_NAME, "ACM"));
        assertThat(second.revision()).isNotEqualTo(first.revision());
        assertThat(second.lastEdit()).isEqualTo(BY_ANNA);
        assertThat(host.get(first.ref())).contains(second);
    }

    @Test
    void valuesOfAnotherKindAreRefused() {
        LocalRef contact = LocalRef.of(CONTACT, "contact-1");
        assertThatThrownBy(() -> host.save(contact, named("Acme"), BY_ANNA))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("contact-1");
    }

    @Test
    @DisplayName("R0.3: a field without a place is absent, whoever writes it")
    void aFieldWithoutPlaceIsIgnored() {
        InMemoryAssetRepository narrow = InMemoryAssetRepository.builder(() -> NOW)
                .withoutFields(OrganizationFields.SHORT_NAME)
                .build();
        FieldValues values = named("Acme").with(OrganizationFields.SHORT_NAME, "ACM");
        FieldValues saved = narrow.save(null, values, BY_ANNA).values();
        FieldValues made =
                written(narrow.write(List.of(create(pair(1), values))).get(0)).values();
        assertThat(filled(saved)).isEqualTo(named("Acme"));
        assertThat(saved.has(OrganizationFields.SHORT_NAME)).isFalse();
        assertThat(saved.isBlank(OrganizationFields.STATUS))
                .as("a field with a place is blank, not absent")
                .isTrue();
        assertThat(made).isEqualTo(saved);
    }

    @Test
    @DisplayName("R1.1: a deleted or unknown record is missing from the answer")
    void findsWhatIsThere() {
        Asset acme = save("Acme");
        Asset bolt = save("Bolt");
        assertThat(host.delete(bolt.ref())).isTrue();
        assertThat(host.delete(bolt.ref())).isFalse();
        assertThat(host.find(ORGANIZATION, List.of(acme.id(), bolt.id(), new LocalId("nowhere"))))
                .containsExactly(acme);
    }

    @Test
    @DisplayName("R1.2: what was written is seen by a later call")
    void writesAreSeen() {
        Asset made = written(write(create(pair(1), named("Acme"))));
        assertThat(host.find(ORGANIZATION, List.of(made.id()))).containsExactly(made);
        assertThat(host.knows(made.ref())).isTrue();
    }

    @Test
    @DisplayName("R2.1: a record is found by its name in any case, within its organization")
    void matchesByNameAndOrganization() {
        LocalRef acme = save("Acme").ref();
        LocalRef bolt = save("Bolt").ref();
        Asset wanted = host.save(null, configuration(acme, "SRV-01"), BY_ANNA);
        host.save(null, configuration(acme, "SRV-02"), BY_ANNA);
        host.save(null, configuration(bolt, "SRV-01"), BY_ANNA);
        assertThat(host.match(CONFIGURATION, List.of(new MatchKey(configuration(acme, "srv-01"), true))))
                .containsExactly(wanted);
    }

    @Test
    @DisplayName("R2.1: a renamed record is found by its new name only, a deleted one not at all")
    void theIndexFollowsEdits() {
        Asset acme = save("Acme");
        host.save(acme.ref(), named("Bolt"), BY_ANNA);
        assertThat(host.match(ORGANIZATION, List.of(key("Acme")))).isEmpty();
        assertThat(host.match(ORGANIZATION, List.of(key("Bolt"), key("Bolt")))).hasSize(1);
        host.delete(acme.ref());
        assertThat(host.match(ORGANIZATION, List.of(key("Bolt")))).isEmpty();
    }

    @Test
    @DisplayName("R2.1: a key without the name, and a host without a place for it, leave nothing out")
    void absentKeyFieldsAreNotCompared() {
        InMemoryAssetRepository narrow = InMemoryAssetRepository.builder(() -> NOW)
                .withoutFields(ContactFields.FIRST_NAME)
                .build();
        FieldValues lastNameOnly = FieldValues.of(CONTACT)
                .set(ContactFields.ORGANIZATION, LocalRef.of(ORGANIZATION, "organization-1"))
                .set(ContactFields.LAST_NAME, "Doe")
                .build();
        FieldValues whole = lastNameOnly.with(ContactFields.FIRST_NAME, "Jo");
        Asset incomplete = narrow.save(null, lastNameOnly, BY_ANNA);
        assertThat(narrow.match(CONTACT, List.of(new MatchKey(whole, false)))).containsExactly(incomplete);
        Asset complete = host.save(null, whole, BY_ANNA);
        assertThat(host.match(CONTACT, List.of(new MatchKey(lastNameOnly, false))))
                .containsExactly(complete);
    }

    @Test
    @DisplayName("R2.1: a blank key field finds the records in which it is blank")
    void aBlankKeyFieldFindsBlankOnes() {
        FieldValues noFirstName = FieldValues.of(CONTACT)
                .set(ContactFields.ORGANIZATION, LocalRef.of(ORGANIZATION, "organization-1"))
                .set(ContactFields.FIRST_NAME, null)
                .set(ContactFields.LAST_NAME, "Doe")
                .build();
        Asset blank = host.save(null, noFirstName, BY_ANNA);
        host.save(null, noFirstName.with(ContactFields.FIRST_NAME, "Jo"), BY_ANNA);
        assertThat(host.match(CONTACT, List.of(new MatchKey(noFirstName, false))))
                .containsExactly(blank);
    }

    @Test
    @DisplayName("R3.1: a listing shows what stays exactly once, whatever comes and goes between its pages")
    void listsEachRecordOnce() {
        List<Asset> staying =
                IntStream.range(0, 25).mapToObj(i -> save("Org " + i)).toList();
        Asset leaving = save("Leaving");
        List<LocalId> seen = new ArrayList<>();
        LocalId after = null;
        List<Asset> page;
        do {
            page = host.list(ORGANIZATION, after, 10);
            page.forEach(asset -> seen.add(asset.id()));
            after = page.get(page.size() - 1).id();
            save("Late " + seen.size());
            host.delete(leaving.ref());
        } while (page.size() == 10);
        assertThat(seen)
                .doesNotHaveDuplicates()
                .containsAll(staying.stream().map(Asset::id).toList());
    }

    @Test
    @DisplayName("R3.2: a page shorter than the limit is the last, and goes on after a record deleted meanwhile")
    void listingGoesOnAfterADeletedRecord() {
        Asset acme = save("Acme");
        Asset bolt = save("Bolt");
        host.delete(acme.ref());
        assertThat(host.list(ORGANIZATION, acme.id(), 10)).containsExactly(bolt);
        assertThat(host.list(ORGANIZATION, bolt.id(), 10)).isEmpty();
    }

    @Test
    @DisplayName("R4.1: what was written or deleted after a mark is in the changes, once")
    void theFeedTellsChanges() {
        Asset old = save("Old");
        String mark = host.changes(null, 10).mark();
        Asset acme = save("Acme");
        host.save(acme.ref(), named("Acme Ltd"), BY_ANNA);
        host.delete(old.ref());
        assertThat(host.changes(mark, 10).records()).containsExactly(acme.ref(), old.ref());
    }

    @Test
    @DisplayName("R4.1: changes come in pages, and an edit between them is not lost")
    void theFeedHasPages() {
        String mark = host.changes(null, 10).mark();
        List<Asset> made = List.of(save("A"), save("B"), save("C"));
        LocalChanges first = host.changes(mark, 2);
        assertThat(first.last()).isFalse();
        host.save(made.get(0).ref(), named("A2"), BY_ANNA);
        LocalChanges second = host.changes(first.mark(), 2);
        assertThat(second.records())
                .containsExactly(made.get(2).ref(), made.get(0).ref());
        assertThat(second.last()).isTrue();
        assertThat(host.changes(second.mark(), 2).records()).isEmpty();
    }

    @Test
    @DisplayName("R4.2: without a mark nothing is returned but the mark of now")
    void theFeedBeginsNow() {
        save("Acme");
        LocalChanges start = host.changes(null, 10);
        assertThat(start.records()).isEmpty();
        assertThat(start.last()).isTrue();
        assertThat(host.changes(start.mark(), 10).records()).isEmpty();
    }

    @Test
    @DisplayName("R4.1: a mark of an earlier life of the program returns everything")
    void aMarkOfAnEarlierLifeReturnsEverything() {
        Asset acme = save("Acme");
        assertThat(host.changes("4711", 10).records()).containsExactly(acme.ref());
        assertThatThrownBy(() -> host.changes("yesterday", 10)).hasMessageContaining("yesterday");
    }

    @Test
    void aHostWithoutFeedSaysSo() {
        InMemoryAssetRepository mute =
                InMemoryAssetRepository.builder(() -> NOW).withoutChangeFeed().build();
        assertThat(mute.hasChangeFeed()).isFalse();
        assertThatThrownBy(() -> mute.changes(null, 10)).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    @DisplayName("R5.1: a write with another revision changes nothing and is answered with the record")
    void aWriteOfAnotherRevisionIsNotCarriedOut() {
        Asset seen = save("Acme");
        Asset now = host.save(seen.ref(), named("Acme Ltd"), BY_ANNA);
        assertThat(write(update(seen, named("Acme GmbH")))).isEqualTo(new LocalResult.Moved(now));
        assertThat(host.get(seen.ref())).contains(now);
    }

    @Test
    @DisplayName("R5.2: only the fields of the change are written, a blank one is cleared")
    void writesOnlyTheFieldsOfTheChange() {
        Asset seen = host.save(null, named("Acme").with(OrganizationFields.SHORT_NAME, "ACM"), BY_ANNA);
        FieldValues blankShortName = FieldValues.empty(ORGANIZATION).with(OrganizationFields.SHORT_NAME, null);
        FieldValues stored = written(write(update(seen, blankShortName))).values();
        assertThat(filled(stored)).isEqualTo(named("Acme"));
        assertThat(stored.isBlank(OrganizationFields.SHORT_NAME)).isTrue();
    }

    @Test
    @DisplayName("R5.3: the answer holds the record as stored, with a new revision and SYNC as origin")
    void answersWithTheRecordAsStored() {
        Asset seen = save("Acme");
        Asset written = written(write(update(seen, named("Acme Ltd"))));
        assertThat(written.lastEdit()).isEqualTo(new Edit(Origin.SYNC, InMemoryAssetRepository.SYNC_ACTOR, NOW));
        assertThat(written.revision()).isNotEqualTo(seen.revision());
        assertThat(host.get(seen.ref())).contains(written);
    }

    @Test
    @DisplayName("R5.4: one refused change does not keep the others from being written")
    void aRefusalConcernsOneChange() {
        List<Problem> tooLong =
                List.of(Problem.of(OrganizationFields.NAME, Problem.Code.TOO_LONG, "\"Bolt\" is too long"));
        InMemoryAssetRepository strict = InMemoryAssetRepository.builder(() -> NOW)
                .refusing(change -> change.values().equals(named("Bolt")) ? tooLong : List.of())
                .build();
        Asset gone = strict.save(null, named("Gone"), BY_ANNA);
        strict.delete(gone.ref());
        List<LocalResult> results = strict.write(
                List.of(create(pair(1), named("Bolt")), update(gone, named("Back")), create(pair(2), named("Acme"))));
        assertThat(results.get(0)).isEqualTo(new LocalResult.Refused(tooLong));
        assertThat(results.get(1)).isEqualTo(new LocalResult.Missing());
        assertThat(filled(written(results.get(2)).values())).isEqualTo(named("Acme"));
        assertThat(strict.all(ORGANIZATION)).hasSize(1);
    }

    @Test
    @DisplayName("R5.5: a repeated create is answered with the record that exists")
    void aRepeatedCreateMakesNothing() {
        Asset made = written(write(create(pair(1), named("Acme"))));
        Asset edited = host.save(made.ref(), named("Acme Ltd"), BY_ANNA);
        assertThat(written(write(create(pair(1), named("Acme"))))).isEqualTo(edited);
        assertThat(host.all(ORGANIZATION)).containsExactly(edited);
        assertThat(edited.pair()).isEqualTo(pair(1));
    }

    @Test
    @DisplayName("R5.5: a create for the pair of a deleted record makes a new one")
    void aDeletedRecordIsMadeAnew() {
        Asset first = written(write(create(pair(1), named("Acme"))));
        host.delete(first.ref());
        assertThat(written(write(create(pair(1), named("Acme")))).id()).isNotEqualTo(first.id());
    }

    @Test
    @DisplayName("SAFE-7: a host that keeps no pair ids makes a second record")
    void aHostWithoutPairIdsMakesASecondRecord() {
        InMemoryAssetRepository forgetful =
                InMemoryAssetRepository.builder(() -> NOW).withoutPairIds().build();
        LocalChange create = create(pair(1), named("Acme"));
        assertThat(forgetful.keepsPairIds()).isFalse();
        assertThat(written(forgetful.write(List.of(create)).get(0)).pair()).isNull();
        forgetful.write(List.of(create));
        assertThat(forgetful.all(ORGANIZATION)).hasSize(2);
    }

    @Test
    @DisplayName("R7.6: a record of another revision, or that was not expected to be there, stays")
    void keepsWhatChanged() {
        Asset acme = host.save(null, named("Acme"), BY_ANNA);
        host.save(acme.ref(), named("Acme Ltd"), BY_ANNA);

        assertThat(host.delete(ORGANIZATION, List.of(new LocalDelete(acme.id(), acme.revision()))))
                .containsExactly(new DeleteResult.Changed());
        assertThat(host.delete(ORGANIZATION, List.of(new LocalDelete(acme.id(), null))))
                .containsExactly(new DeleteResult.Changed());

        assertThat(host.get(acme.ref())).isPresent();
    }

    @Test
    @DisplayName("R7.1, R7.2, R7.5: deleted records are gone, one that was not there too, and nothing else")
    void deletesRecords() {
        LocalRef acme = host.save(null, named("Acme"), BY_ANNA).ref();
        LocalRef other = host.save(null, named("Other"), BY_ANNA).ref();
        LocalRef server = host.save(null, configuration(acme, "SRV-1"), BY_ANNA).ref();
        String mark = host.changes(null, 10).mark();

        Revision revision = host.get(acme).orElseThrow().revision();
        List<DeleteResult> results = host.delete(
                ORGANIZATION,
                List.of(new LocalDelete(acme.id(), revision), new LocalDelete(new LocalId("nobody"), null)));

        assertThat(host.deletes()).isTrue();
        assertThat(results).containsExactly(new DeleteResult.Deleted(), new DeleteResult.Deleted());
        assertThat(host.find(ORGANIZATION, List.of(acme.id(), other.id())))
                .extracting(Asset::ref)
                .containsExactly(other);
        assertThat(host.get(server)).isPresent();
        assertThat(host.changes(mark, 10).records()).containsExactly(acme);
    }

    @Test
    @DisplayName("R6.1: a pick value is recognised by its id; a later name replaces the earlier")
    void keepsPickLists() {
        host.pickLists(List.of(type("1", "Customer"), type("2", "Vendor")));
        host.pickLists(List.of(type("1", "Client"), type("1", "Client")));
        assertThat(host.pickList(OrganizationFields.TYPES))
                .extracting(Choice::name)
                .containsExactly("Client", "Vendor");
        assertThat(host.pickList(OrganizationFields.STATUS)).isEmpty();
    }

    @Test
    void keepsTheLastMarkOfARecordUntilItIsDeleted() {
        Asset acme = save("Acme");
        assertThat(host.mark(acme.ref())).isEmpty();
        host.mark(List.of(new MarkedAsset(acme.ref(), SyncMark.SYNCING)));
        assertThat(host.mark(acme.ref())).contains(SyncMark.SYNCING);
        host.delete(acme.ref());
        assertThat(host.mark(acme.ref())).isEmpty();
    }

    @Test
    void sharesTheValuesItWasGiven() {
        FieldValues values = named("Acme");
        Asset made = written(write(create(pair(1), values)));
        assertThat(made.values().get(OrganizationFields.NAME)).isSameAs(values.get(OrganizationFields.NAME));
    }

    @Test
    void refusesMoreThanTheContractAllows() {
        List<LocalId> ids = IntStream.rangeClosed(0, 1000)
                .mapToObj(i -> new LocalId("x" + i))
                .toList();
        assertThatThrownBy(() -> host.find(ORGANIZATION, ids)).hasMessageContaining("1001");
        assertThatThrownBy(() -> host.list(ORGANIZATION, null, 0)).hasMessageContaining("0");
        assertThatThrownBy(() -> host.match(CONFIGURATION, List.of(key("Acme"))))
                .hasMessageContaining("ORGANIZATION");
    }

    private Asset save(String name) {
        return host.save(null, named(name), BY_ANNA);
    }

    private LocalResult write(LocalChange change) {
        return host.write(List.of(change)).get(0);
    }

    private static LocalChange create(PairId pair, FieldValues values) {
        return new LocalChange(pair, null, null, values);
    }

    private static LocalChange update(Asset seen, FieldValues values) {
        return new LocalChange(pair(99), seen.id(), seen.revision(), values);
    }

    private static Asset written(LocalResult result) {
        assertThat(result).isInstanceOf(LocalResult.Written.class);
        return ((LocalResult.Written) result).asset();
    }

    private static PairId pair(long number) {
        return new PairId(0, number);
    }

    private static FieldValues named(@Nullable String name) {
        return FieldValues.empty(ORGANIZATION).with(OrganizationFields.NAME, name);
    }

    private static FieldValues configuration(LocalRef organization, String name) {
        return FieldValues.of(AssetKind.CONFIGURATION)
                .set(ConfigurationFields.ORGANIZATION, organization)
                .set(ConfigurationFields.NAME, name)
                .build();
    }

    private static MatchKey key(String name) {
        return new MatchKey(named(name), false);
    }

    private static PickValue type(String id, String name) {
        return new PickValue(OrganizationFields.TYPES, new Choice(id, name));
    }

    /** The fields that are not blank. */
    private static FieldValues filled(FieldValues values) {
        return values.only(field -> !values.isBlank(field));
    }
}
