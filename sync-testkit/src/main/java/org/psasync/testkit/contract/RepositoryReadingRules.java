package org.psasync.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.psasync.model.Asset;
import org.psasync.model.AssetKind;
import org.psasync.model.FieldValues;
import org.psasync.model.Fields;
import org.psasync.model.LocalId;
import org.psasync.model.LocalRef;
import org.psasync.model.OrganizationFields;
import org.psasync.spi.LocalChanges;
import org.psasync.spi.MatchKey;

/** Finding, matching, listing, and what changed. */
abstract class RepositoryReadingRules extends RepositoryRules {
    private static final AssetKind KIND = AssetKind.ORGANIZATION;

    RepositoryReadingRules(AssetRepositoryContract contract) {
        super(contract);
    }

    @Test
    @DisplayName("R0.1: several threads read and write at once, and each gets what is there")
    void threadsMayShareIt() throws Exception {
        List<Asset> assets = save("Record", 20);
        List<Callable<List<LocalId>>> calls = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            int number = i;
            calls.add(() -> {
                host.write(List.of(create(named("Made " + number))));
                return ids(host.find(KIND, ids(assets)));
            });
        }
        for (List<LocalId> found : atOnce(calls)) {
            assertThat(found)
                    .as("R0.1: records that are there must be found, whoever writes meanwhile")
                    .containsExactlyInAnyOrderElementsOf(ids(assets));
        }
        assertThat(listAll(7))
                .as("R0.1: each of 16 creates of several threads makes its record")
                .hasSize(36);
    }

    @Test
    @DisplayName("R0.2: a failure of the repository itself is an exception")
    void failuresAreThrown() {
        Asset acme = save(named("Acme"));
        play(contract::lose);
        for (ThrowingCallable call : List.<ThrowingCallable>of(
                () -> host.find(KIND, List.of(acme.id())),
                () -> host.list(KIND, null, 10),
                () -> host.match(KIND, List.of(new MatchKey(named("Acme"), true))),
                () -> host.write(List.of(change(acme, named("Other")))))) {
            assertThatThrownBy(call)
                    .as("R0.2: no answer would be taken for: nothing is there; throw, so that the run stops (PULL-4)")
                    .isInstanceOf(RuntimeException.class);
        }
    }

    @Test
    @DisplayName("R1.1: what is there is found, what is gone has no answer")
    void findsWhatIsThere() {
        List<Asset> assets = save("Record", 3);
        contract.delete(assets.get(1).ref());
        List<LocalId> asked = new ArrayList<>(ids(assets));
        asked.add(new LocalId("no-such-record"));
        assertThat(ids(host.find(KIND, asked)))
                .as("R1.1: the two records that are there, and nothing for the others")
                .containsExactlyInAnyOrder(assets.get(0).id(), assets.get(2).id());
        assertThat(find(assets.get(0).ref())).as("R1.1: as it was stored").contains(assets.get(0));
        assertThat(host.find(KIND, List.of())).as("R1.1: nothing was asked for").isEmpty();
        assertThat(host.find(AssetKind.CONTACT, List.of(assets.get(0).id())))
                .as("R1.1: an id counts within its kind")
                .isEmpty();
        assertThat(host.knows(assets.get(0).ref()))
                .as("R1.1: knows() tells the same")
                .isTrue();
        assertThat(host.knows(assets.get(1).ref()))
                .as("R1.1: knows() tells the same")
                .isFalse();
    }

    @Test
    @DisplayName("R1.2: what write stored is seen by a later call")
    void seesWhatItWrote() {
        Asset acme = save(named("Acme"));
        find(acme.ref());
        Asset stored =
                written(host.write(List.of(change(acme, named("Acme Ltd")))).get(0));
        assertThat(find(acme.ref()))
                .as("R1.2: find must not answer from before the write")
                .contains(stored);
    }

    @Test
    @DisplayName("R2.1: every record that matches one of the keys is returned")
    void matchesKeys() {
        Asset acme = save(named("Acme"));
        Asset twin = save(named("Acme"));
        Asset bolt = save(named("Bolt"));
        save(named("Other"));
        assertThat(ids(host.match(
                        KIND, List.of(new MatchKey(named("Acme"), false), new MatchKey(named("Bolt"), false)))))
                .as("R2.1: both records called Acme, and Bolt")
                .contains(acme.id(), twin.id(), bolt.id());
        assertThat(host.match(KIND, List.of()))
                .as("R2.1: no key matches nothing")
                .isEmpty();
    }

    @Test
    @DisplayName("R2.1: where case does not count, records that differ in case are returned")
    void matchesWithoutCase() {
        Asset acme = save(named("Acme Dental"));
        assertThat(ids(host.match(KIND, List.of(new MatchKey(named("ACME DENTAL".toUpperCase(Locale.ROOT)), true)))))
                .as("R2.1: %s differs in case only", acme.ref())
                .contains(acme.id());
    }

    @Test
    @DisplayName("R2.1: a blank key field matches records in which it is blank")
    void matchesBlankFields() {
        LocalRef acme = save(named("Acme")).ref();
        Asset single = save(contact(acme, "Madonna", null));
        assertThat(ids(host.match(AssetKind.CONTACT, List.of(new MatchKey(contact(acme, "Madonna", null), true)))))
                .as("R2.1: %s has no last name, as the key has", single.ref())
                .contains(single.id());
    }

    private List<LocalId> listAll(int limit) {
        List<LocalId> ids = new ArrayList<>();
        LocalId after = null;
        for (int pages = 0; pages < 1000; pages++) {
            List<Asset> page = host.list(KIND, after, limit);
            assertThat(page.size())
                    .as("R3.2: a page has at most as many records as were asked for")
                    .isLessThanOrEqualTo(limit);
            ids.addAll(ids(page));
            if (page.size() < limit) {
                return ids;
            }
            after = page.get(page.size() - 1).id();
        }
        throw new AssertionError("R3.2: the listing does not end; a page shorter than the limit is the last");
    }

    @ParameterizedTest(name = "{0} at a time")
    @ValueSource(ints = {1, 2, 5, 1000})
    @DisplayName("R3.1, R3.2: every record is listed exactly once, and a shorter page is the last")
    void listsEachOnce(int limit) {
        List<Asset> assets = save("Record", 12);
        assertThat(listAll(limit))
                .as("R3.1: all records, each once, in pages of %s", limit)
                .containsExactlyInAnyOrderElementsOf(ids(assets));
    }

    @Test
    @DisplayName("R3.1: records that are made and deleted while pages are read hide no other")
    void listsUnderChanges() {
        List<Asset> assets = save("Record", 9);
        List<LocalId> order = listAll(1000);
        List<LocalId> ids = new ArrayList<>(ids(host.list(KIND, null, 3)));
        contract.delete(new LocalRef(KIND, order.get(0)));
        contract.delete(new LocalRef(KIND, order.get(2)));
        save("New", 2);
        LocalId after = ids.get(2);
        for (List<Asset> page = host.list(KIND, after, 3); !page.isEmpty(); page = host.list(KIND, after, 3)) {
            ids.addAll(ids(page));
            after = ids.get(ids.size() - 1);
        }
        List<LocalId> stayed = new ArrayList<>(ids(assets));
        stayed.removeAll(List.of(order.get(0), order.get(2)));
        assertThat(ids)
                .as("R3.1: go on behind the last record, which may be gone, not by how many were read")
                .containsAll(stayed)
                .doesNotHaveDuplicates();
    }

    // What changed ---------------------------------------------------------------------------------------------------

    private void needsFeed() {
        Assumptions.assumeTrue(host.hasChangeFeed(), "The repository has no change feed");
    }

    private List<LocalRef> since(String mark, int limit) {
        List<LocalRef> refs = new ArrayList<>();
        String next = mark;
        for (int pages = 0; pages < 1000; pages++) {
            LocalChanges changes = host.changes(next, limit);
            refs.addAll(changes.records());
            next = changes.mark();
            if (changes.last()) {
                return refs;
            }
        }
        throw new AssertionError("R4.1: what changed does not end");
    }

    @Test
    @DisplayName("R4.1: what was written or deleted since the mark is in the changes, in pages of any size")
    void tellsWhatChanged() {
        needsFeed();
        List<Asset> assets = save("Record", 4);
        String mark = host.changes(null, 10).mark();
        contract.save(assets.get(0).ref(), named("Changed"), BY_ANNA);
        contract.delete(assets.get(1).ref());
        host.write(List.of(change(assets.get(2), named("Synced"))));
        Asset made = save(named("Made"));
        for (int limit : new int[] {1, 2, 1000}) {
            assertThat(since(mark, limit))
                    .as("R4.1: an edit, a delete, a write of the engine and a new record, %s at a time", limit)
                    .contains(
                            assets.get(0).ref(),
                            assets.get(1).ref(),
                            assets.get(2).ref(),
                            made.ref());
        }
    }

    @Test
    @DisplayName("R4.1: a record that changes again while pages are read comes again")
    void tellsOfLaterChanges() {
        needsFeed();
        List<Asset> assets = save("Record", 3);
        String mark = host.changes(null, 10).mark();
        assets.forEach(asset -> contract.save(asset.ref(), named("Changed"), BY_ANNA));
        LocalChanges first = host.changes(mark, 1);
        LocalRef seen = first.records().get(0);
        contract.save(seen, named("Changed again"), BY_ANNA);
        assertThat(since(first.mark(), 1))
                .as("R4.1: %s changed after the mark of the first page was handed out", seen)
                .contains(seen);
    }

    @Test
    @DisplayName("R4.2: without a mark nothing is told but the mark of now")
    void beginsWithNow() {
        if (host.hasChangeFeed()) {
            save("Record", 3);
            LocalChanges now = host.changes(null, 10);
            assertThat(now.records())
                    .as("R4.2: the first time, all records are listed anyway")
                    .isEmpty();
            assertThat(since(now.mark(), 10)).as("R4.2: nothing changed since").isEmpty();
        } else {
            assertThatThrownBy(() -> host.changes(null, 10))
                    .as("R4.2: there is no feed")
                    .isInstanceOf(UnsupportedOperationException.class);
        }
    }

    @Test
    @DisplayName("R0.3: a field for which the host has no place is absent; a place that holds nothing is blank")
    void blankAndAbsentAreTold() {
        Asset acme = save(named("Acme"));
        FieldValues values = find(acme.ref()).orElseThrow().values();
        assertThat(values.get(OrganizationFields.NAME)).isEqualTo("Acme");
        Asset full = save(named("Full").with(OrganizationFields.SHORT_NAME, "FULL"));
        boolean hasPlace = full.values().has(OrganizationFields.SHORT_NAME);
        assertThat(values.has(OrganizationFields.SHORT_NAME))
                .as(
                        "R0.3: the host %s a place for the short name, so in a record without one it is %s",
                        hasPlace ? "has" : "has not", hasPlace ? "blank" : "absent")
                .isEqualTo(hasPlace);
        assertThat(values.fields())
                .as("R0.3: only fields of its kind")
                .allMatch(field -> field.kind() == KIND)
                .allMatch(field -> field.isCustom() || Fields.of(KIND).contains(field));
    }
}
