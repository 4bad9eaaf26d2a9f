package org.psasync.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.psasync.model.AssetKind;
import org.psasync.model.ContactFields;
import org.psasync.model.Field;
import org.psasync.model.FieldValues;
import org.psasync.model.Fields;
import org.psasync.model.RemoteId;
import org.psasync.model.RemoteRef;
import org.psasync.spi.ConnectorException;
import org.psasync.spi.IdPage;
import org.psasync.spi.KindDescriptor;
import org.psasync.spi.MatchKey;
import org.psasync.spi.ReadScope;
import org.psasync.spi.RemoteCursor;
import org.psasync.spi.RemoteRecord;
import org.psasync.testkit.scenario.Doing;
import org.psasync.testkit.scenario.PageTrouble;
import org.psasync.testkit.scenario.Trouble;

/** Listings of all ids, and searches. */
abstract class SearchingRules extends ConnectorRules {
    private List<AssetKind> listed = List.of();
    private List<AssetKind> searched = List.of();

    SearchingRules(PsaConnectorContract contract) {
        super(contract);
    }

    @BeforeEach
    void lookWhatIsOffered() {
        listed = kinds().stream().filter(kind -> descriptor(kind).listsIds()).toList();
        searched = kinds().stream().filter(kind -> descriptor(kind).find()).toList();
    }

    // Listings -------------------------------------------------------------------------------------------------------

    private void needsListings() {
        Assumptions.assumeFalse(listed.isEmpty(), "The descriptor offers no listing of ids");
    }

    /** A whole listing. */
    private record Listing(List<RemoteId> ids, List<RemoteId> deleted, boolean complete, int pages) {}

    private Listing list(AssetKind kind, RemoteCursor from, Runnable afterFirst) {
        ReadScope scope = samples.scope(kind);
        List<RemoteId> ids = new ArrayList<>();
        List<RemoteId> deleted = new ArrayList<>();
        RemoteCursor cursor = from;
        for (int pages = 1; pages < 2000; pages++) {
            IdPage page = connector.ids(kind, scope, new RemoteCursor(cursor.text()));
            ids.addAll(page.ids());
            deleted.addAll(page.deleted());
            if (page.last()) {
                return new Listing(ids, deleted, page.complete(), pages);
            }
            assertThat(page.complete())
                    .as("C5.1: only the last page of %s can say that the listing is complete", kind)
                    .isFalse();
            if (pages == 1) {
                afterFirst.run();
            }
            cursor = page.next();
        }
        throw new AssertionError("C5.2: the listing of " + kind + " does not end");
    }

    @Test
    @DisplayName("C5.2: a listing has every record, deleted ones apart, and says that it is complete")
    void listsEveryRecord() {
        needsListings();
        for (AssetKind kind : listed) {
            List<RemoteRef> refs = samples.put(kind, "Record", 5);
            RemoteRef gone = samples.put(kind, "Gone");
            bench.delete(gone);
            settle();
            Listing listing = list(kind, RemoteCursor.start(), () -> {});
            assertThat(listing.ids())
                    .as("C5.2: the ids of %s", kind)
                    .containsAll(refs.stream().map(RemoteRef::id).toList())
                    .doesNotContain(gone.id());
            assertThat(listing.deleted())
                    .as("C5.2: as deleted, a listing of %s names only what the PSA itself says is deleted", kind)
                    .allMatch(id -> id.equals(gone.id()) && descriptor(kind).keepsDeleted());
            assertThat(listing.complete())
                    .as(
                            "C5.1: nothing kept this listing of %s from being complete, and the full check needs one that is"
                                    + " (PULL-3)",
                            kind)
                    .isTrue();
        }
    }

    @Test
    @DisplayName("C5.1, C5.2: a listing under which records are deleted misses no other, or is not called complete")
    void deletesUnderAListingHideNothing() {
        needsListings();
        AssetKind kind = AssetKind.ORGANIZATION;
        List<RemoteRef> refs = samples.put(kind, "Record", manyRecords());
        settle();
        Listing listing = list(kind, RemoteCursor.start(), () -> {
            bench.delete(refs.get(0));
            bench.delete(refs.get(1));
        });
        Assumptions.assumeTrue(listing.pages() > 1, "The listing has one page; let manyRecords() say more");
        if (listing.complete()) {
            assertThat(listing.ids())
                    .as(
                            "C5.2: two records of the first page were deleted before the second; page by the last id, not by"
                                    + " offset, or do not call the listing complete")
                    .containsAll(refs.subList(2, refs.size()).stream()
                            .map(RemoteRef::id)
                            .toList());
        }
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(PageTrouble.class)
    @DisplayName(
            "C5.1: a listing with a page that comes short, twice or in another order misses none, or is not called complete")
    void troubledListingsAreNotComplete(PageTrouble trouble) {
        needsListings();
        AssetKind kind = AssetKind.ORGANIZATION;
        List<RemoteRef> refs = samples.put(kind, "Record", manyRecords());
        settle();
        play(() -> bench.disturb(trouble));
        Listing listing;
        try {
            listing = list(kind, RemoteCursor.start(), () -> {});
        } catch (ConnectorException.Unavailable stopped) {
            return;
        }
        if (listing.complete()) {
            assertThat(listing.ids())
                    .as("C5.1: %s: a listing that may have missed a record must not be called complete", trouble)
                    .containsAll(refs.stream().map(RemoteRef::id).toList());
        }
    }

    @Test
    @DisplayName("C5.1: a listing that the PSA does not answer fails")
    void unansweredListingsFail() {
        needsListings();
        samples.put(AssetKind.ORGANIZATION, "Acme");
        play(() -> bench.fail(Trouble.UNAVAILABLE, EnumSet.of(Doing.READING)));
        assertThatThrownBy(() -> connector.ids(AssetKind.ORGANIZATION, ReadScope.ALL, RemoteCursor.start()))
                .as("C5.1: the PSA did not answer; an empty listing would make all records look deleted")
                .isInstanceOf(ConnectorException.class);
    }

    // Searches -------------------------------------------------------------------------------------------------------

    private void needsSearches() {
        Assumptions.assumeFalse(searched.isEmpty(), "The descriptor offers no search");
    }

    /** The key fields of a record (MATCH-1). */
    private FieldValues key(AssetKind kind, FieldValues values) {
        Set<Field<?>> fields = new LinkedHashSet<>(descriptor(kind).moreKeys());
        fields.add(SampleRecords.name(kind));
        Field<?> organization = Fields.organization(kind);
        if (organization != null) {
            fields.add(organization);
        }
        if (kind == AssetKind.CONTACT) {
            fields.add(ContactFields.LAST_NAME);
        }
        KindDescriptor described = descriptor(kind);
        FieldValues.Builder key = FieldValues.of(kind);
        fields.stream().filter(described::maps).forEach(field -> {
            SampleRecords.set(key, field, null);
            if (values.has(field)) {
                key.copy(field, values);
            }
        });
        return key.build();
    }

    private List<RemoteId> find(MatchKey key) {
        return connector.find(key).stream().map(RemoteRecord::id).toList();
    }

    @Test
    @DisplayName("C7.1: every record that matches the key is found, twins among them")
    void findsTwins() {
        needsSearches();
        for (AssetKind kind : searched) {
            FieldValues values = samples.values(kind, "Harbor Dental");
            RemoteRef one = bench.put(values);
            RemoteRef twin = bench.put(values);
            settle();
            assertThat(find(new MatchKey(key(kind, values), false)))
                    .as("C7.1: both %s have the values of the key", kind)
                    .contains(one.id(), twin.id());
        }
    }

    @Test
    @DisplayName("C7.1: where case does not count, records that differ in case are found")
    void findsWithoutCase() {
        needsSearches();
        for (AssetKind kind : searched) {
            FieldValues values = samples.values(kind, "Harbor Dental");
            RemoteRef ref = bench.put(values);
            settle();
            FieldValues shouted = values.with(SampleRecords.name(kind), "Harbor Dental".toUpperCase(Locale.ROOT));
            assertThat(find(new MatchKey(key(kind, shouted), true)))
                    .as("C7.1: %s differs in case only", ref)
                    .contains(ref.id());
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "O'Brien & Sons",
                "The \"Quay\"",
                "100% _sure_",
                "back\\slash",
                "[in] (brackets)",
                "a*b? c#d",
                "x' or name like '%",
                "Zo\u00EB M\u00FCller \u6771\u4EAC",
                "comma, semicolon; plus+",
            })
    @DisplayName("C7.1: whatever stands in a name, the record is found, and the search is not broken by it")
    void findsAnyName(String name) {
        needsSearches();
        for (AssetKind kind : searched) {
            FieldValues values = samples.values(kind, name);
            RemoteRef ref = bench.put(values);
            settle();
            assertThat(find(new MatchKey(key(kind, values), true)))
                    .as("C7.1: %s is called <%s>; escape what means something in the PSA's conditions", ref, name)
                    .contains(ref.id());
        }
    }

    @Test
    @DisplayName("C7.1: a record with a blank key field is found by a key with that field blank")
    void findsBlankFields() {
        needsSearches();
        Assumptions.assumeTrue(
                searched.contains(AssetKind.CONTACT)
                        && descriptor(AssetKind.CONTACT).maps(ContactFields.LAST_NAME),
                "No contacts with last names can be searched");
        FieldValues unnamed = samples.values(AssetKind.CONTACT, "Madonna").without(ContactFields.LAST_NAME);
        RemoteRef single = bench.put(unnamed);
        settle();
        FieldValues values = bench.get(single).orElseThrow();
        assertThat(values.get(ContactFields.LAST_NAME))
                .as("the bench makes up no last name")
                .isNull();
        assertThat(find(new MatchKey(key(AssetKind.CONTACT, unnamed), true)))
                .as("C7.1: %s has no last name, as the key has", single)
                .contains(single.id());
    }

    @Test
    @DisplayName("C7.1: what is found is shown as it is now, with all its fields")
    void findsWholeRecords() {
        needsSearches();
        for (AssetKind kind : searched) {
            RemoteRef ref = samples.put(kind, "Whole");
            settle();
            FieldValues there = bench.get(ref).orElseThrow();
            RemoteRecord found = connector.find(new MatchKey(key(kind, there), true)).stream()
                    .filter(record -> record.id().equals(ref.id()))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("C7.1: " + ref + " was not found by its own key"));
            List<Field<?>> shown =
                    mapped(kind).stream().filter(found.values()::has).toList();
            assertThat(difference(shown, there, found.values()))
                    .as("C7.1: %s as it is, with no field blank that was not read", ref)
                    .isEmpty();
        }
    }

    @Test
    @DisplayName("C7.1: a search that the PSA does not answer fails")
    void unansweredSearchesFail() {
        needsSearches();
        AssetKind kind = searched.get(0);
        FieldValues values = samples.values(kind, "Harbor Dental");
        bench.put(values);
        play(() -> bench.fail(Trouble.UNAVAILABLE, EnumSet.of(Doing.READING)));
        assertThatThrownBy(() -> connector.find(new MatchKey(key(kind, values), true)))
                .as("C7.1: the PSA did not answer; to find nothing would make a second record")
                .isInstanceOf(ConnectorException.class);
    }
}
