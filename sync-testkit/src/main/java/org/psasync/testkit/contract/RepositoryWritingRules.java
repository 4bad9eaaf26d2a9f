package org.psasync.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.model.Asset;
import org.psasync.model.AssetKind;
import org.psasync.model.Choice;
import org.psasync.model.Field;
import org.psasync.model.FieldType;
import org.psasync.model.FieldValues;
import org.psasync.model.LocalRef;
import org.psasync.model.OrganizationFields;
import org.psasync.model.Origin;
import org.psasync.model.PairId;
import org.psasync.model.Revision;
import org.psasync.spi.DeleteResult;
import org.psasync.spi.LocalChange;
import org.psasync.spi.LocalDelete;
import org.psasync.spi.LocalResult;
import org.psasync.spi.PickValue;

/** Writes of the engine: each on its own, only what it says, and only from the revision that it names. */
abstract class RepositoryWritingRules extends RepositoryRules {
    private static final AssetKind KIND = AssetKind.ORGANIZATION;

    RepositoryWritingRules(AssetRepositoryContract contract) {
        super(contract);
    }

    private Asset now(Asset asset) {
        return find(asset.ref()).orElseThrow(() -> new AssertionError("R1.1: " + asset.ref() + " is there"));
    }

    @Test
    @DisplayName("R5.1: a write from another revision is not carried out, and is answered with the record as it is")
    void oldRevisionsAreRefused() {
        Asset acme = save(named("Acme"));
        Asset edited = contract.save(acme.ref(), named("Acme Ltd"), BY_ANNA);
        LocalResult result = host.write(List.of(change(acme, named("Older")))).get(0);
        assertThat(result)
                .as("R5.1: a person edited the record since; answer Moved with the record as it is")
                .isEqualTo(new LocalResult.Moved(edited));
        assertThat(now(acme)).as("R5.1: the person's edit stays").isEqualTo(edited);
    }

    @Test
    @DisplayName("R5.1: of several threads that write from one revision, one succeeds")
    void oneOfManyWins() throws Exception {
        for (int round = 0; round < 10; round++) {
            Asset asset = save(named("Contested"));
            List<Callable<LocalResult>> writes = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                LocalChange change = change(asset, named("Writer " + i));
                writes.add(() -> host.write(List.of(change)).get(0));
            }
            assertThat(atOnce(writes).stream().filter(LocalResult.Written.class::isInstance))
                    .as("R5.1: compare the revision and write in one step")
                    .hasSize(1);
        }
    }

    @Test
    @DisplayName("R5.1: a write of a record that is gone is answered with Missing, and makes none")
    void goneIsMissing() {
        Asset acme = save(named("Acme"));
        contract.delete(acme.ref());
        assertThat(host.write(List.of(change(acme, named("Back")))))
                .as("R5.1: %s was deleted", acme.ref())
                .containsExactly(new LocalResult.Missing());
        assertThat(host.list(KIND, null, 10)).as("R5.1: nothing came back").isEmpty();
    }

    @Test
    @DisplayName("R5.2: only the fields of the change are written, and a blank one is cleared")
    void onlyItsFieldsAreWritten() {
        Asset acme = save(named("Acme").with(OrganizationFields.SHORT_NAME, "ACME"));
        Assumptions.assumeTrue(
                acme.values().has(OrganizationFields.SHORT_NAME), "The host has no place for a short name");
        Asset renamed =
                written(host.write(List.of(change(acme, named("Acme Ltd")))).get(0));
        assertThat(now(acme).values().get(OrganizationFields.SHORT_NAME))
                .as("R5.2: absent fields stay as they are")
                .isEqualTo("ACME");
        FieldValues blank =
                FieldValues.of(KIND).set(OrganizationFields.SHORT_NAME, null).build();
        host.write(List.of(change(renamed, blank)));
        assertThat(now(acme).values().isBlank(OrganizationFields.SHORT_NAME))
                .as("R5.2: blank clears")
                .isTrue();
        assertThat(now(acme).values().get(OrganizationFields.NAME))
                .as("R5.2: and nothing else")
                .isEqualTo("Acme Ltd");
    }

    @Test
    @DisplayName("R5.3: the answer is the record as stored, with a new revision and SYNC as the origin of the edit")
    void answersAsStored() {
        Asset acme = save(named("Acme"));
        Asset answer =
                written(host.write(List.of(change(acme, named("Acme Ltd")))).get(0));
        assertThat(answer).as("R5.3: as it is stored").isEqualTo(now(acme));
        assertThat(answer.revision())
                .as("R5.3: each write gives a new revision")
                .isNotEqualTo(acme.revision());
        assertThat(answer.lastEdit().origin())
                .as("R5.3: what the engine wrote must not look like a person's edit, or it would be pushed (PUSH-3)")
                .isEqualTo(Origin.SYNC);
        Asset made = written(host.write(List.of(create(named("Made")))).get(0));
        assertThat(made).as("R5.3: as it is stored").isEqualTo(now(made));
        assertThat(made.lastEdit().origin())
                .as("R5.3: a record that the engine made")
                .isEqualTo(Origin.SYNC);
    }

    @Test
    @DisplayName("R5.3: a save gives a new revision too, and bears its own origin")
    void savesAreTold() {
        Asset acme = written(host.write(List.of(create(named("Acme")))).get(0));
        Asset saved = contract.save(acme.ref(), named("Acme Ltd"), BY_ANNA);
        assertThat(saved.revision())
                .as("R5.3: revisions change with every write")
                .isNotEqualTo(acme.revision());
        assertThat(now(acme).lastEdit())
                .as("R5.3: the last edit is the person's")
                .isEqualTo(BY_ANNA);
    }

    @Test
    @DisplayName("R5.4: answers come in the order of the changes, and one that fails keeps no other from being written")
    void eachOnItsOwn() {
        Asset acme = save(named("Acme"));
        Asset stale =
                new Asset(acme.id(), acme.values(), new Revision("no-such-revision"), acme.lastEdit(), acme.pair());
        Asset bolt = save(named("Bolt"));
        List<LocalResult> results = host.write(List.of(
                create(named("One")),
                change(stale, named("Two")),
                change(bolt, named("Three")),
                create(named("Four"))));
        assertThat(results).as("R5.4: one answer for each change").hasSize(4);
        assertThat(written(results.get(0)).values().get(OrganizationFields.NAME))
                .isEqualTo("One");
        assertThat(results.get(1))
                .as("R5.4: the second is from a revision that never was")
                .isInstanceOf(LocalResult.Moved.class);
        assertThat(written(results.get(2)).id())
                .as("R5.4: the third is about Bolt")
                .isEqualTo(bolt.id());
        assertThat(written(results.get(3)).values().get(OrganizationFields.NAME))
                .isEqualTo("Four");
    }

    @Test
    @DisplayName("R5.4: a refused change says why, is not stored, and keeps no other from being written")
    void refusalsAreValues() {
        play(() -> contract.refuse("Unwanted"));
        List<LocalResult> results =
                host.write(List.of(create(named("One")), create(named("Unwanted")), create(named("Three"))));
        assertThat(results.get(1))
                .as("R5.4: the second is refused, as a value and not by an exception")
                .isInstanceOfSatisfying(
                        LocalResult.Refused.class,
                        refused -> assertThat(refused.problems()).isNotEmpty());
        assertThat(host.list(KIND, null, 10).stream()
                        .map(asset -> asset.values().get(OrganizationFields.NAME)))
                .as("R5.4: the others are there")
                .containsExactlyInAnyOrder("One", "Three");
    }

    @Test
    @DisplayName("R5.5: a repeated create is answered with the record that exists, where the host keeps pair ids")
    void repeatedCreatesMakeNone() {
        Assumptions.assumeTrue(host.keepsPairIds(), "The host keeps no pair ids");
        LocalChange create = create(named("Acme"));
        Asset first = written(host.write(List.of(create)).get(0));
        contract.save(first.ref(), named("Renamed"), BY_ANNA);
        PairId pair = create.pair();
        assertThat(first.pair()).as("R5.5: the record bears the pair").isEqualTo(pair);
        Asset again = written(host.write(List.of(create)).get(0));
        assertThat(again).as("R5.5: the record as it is, not written again").isEqualTo(now(first));
        assertThat(host.list(KIND, null, 10)).as("R5.5: one record").hasSize(1);
        Asset other = written(host.write(List.of(create(named("Acme")))).get(0));
        assertThat(other.id()).as("R5.5: another pair is another record").isNotEqualTo(first.id());
    }

    @Test
    @DisplayName("R0.3: a field for which the host has no place is ignored when written")
    void strangeFieldsAreIgnored() {
        Field<String> strange = Field.custom(KIND, "noHostHasThisField", FieldType.TEXT);
        Asset made = written(host.write(List.of(create(named("Acme").with(strange, "value"))))
                .get(0));
        assertThat(now(made).values().get(OrganizationFields.NAME))
                .as("R0.3: the other fields are written")
                .isEqualTo("Acme");
        boolean kept = made.values().has(strange);
        assertThat(kept ? made.values().get(strange) : "value")
                .as("R0.3: absent, or stored")
                .isEqualTo("value");
    }

    @Test
    @DisplayName("R6.1: a value of a pick list is known by its field and id, and taking it twice is harmless")
    void pickListsAreTakenTwice() {
        Choice gold = new Choice("7", "Gold");
        PickValue value = new PickValue(OrganizationFields.CLASSIFICATION, gold);
        host.pickLists(List.of(value, value));
        assertThatCode(() -> host.pickLists(
                        List.of(value, new PickValue(OrganizationFields.CLASSIFICATION, new Choice("7", "Platinum")))))
                .as("R6.1: a value that is known, and one that was renamed")
                .doesNotThrowAnyException();
        contract.pickList(OrganizationFields.CLASSIFICATION)
                .ifPresent(list -> assertThat(list.stream().map(choice -> choice.id() + " " + choice.name()))
                        .as("R6.1: one value, by its new name")
                        .containsExactly("7 Platinum"));
    }

    // Deleting -------------------------------------------------------------------------------------------------------

    private void needsDeletes() {
        Assumptions.assumeTrue(host.deletes(), "The host lets no records be deleted");
    }

    private List<DeleteResult> delete(LocalRef... refs) {
        List<LocalDelete> records = new ArrayList<>();
        for (LocalRef ref : refs) {
            Revision revision = find(ref).map(Asset::revision).orElse(null);
            records.add(new LocalDelete(ref.id(), revision));
        }
        return host.delete(refs[0].kind(), records);
    }

    @Test
    @DisplayName("R7.1, R7.2: a deleted record is not found any more, and deleting it again is harmless")
    void deletesForGood() {
        Asset acme = save(named("Acme"));
        if (!host.deletes()) {
            assertThatThrownBy(() -> delete(acme.ref()))
                    .as("R7.1: the host lets no records be deleted")
                    .isInstanceOf(UnsupportedOperationException.class);
            return;
        }
        for (int i = 0; i < 2; i++) {
            assertThat(delete(acme.ref()))
                    .as("R7.2: a record that is not there is answered as deleted")
                    .containsExactly(new DeleteResult.Deleted());
            assertThat(find(acme.ref())).as("R7.1: %s is gone", acme.ref()).isEmpty();
        }
    }

    @Test
    @DisplayName("R7.3, R7.4: a record that the host keeps is refused and stays, and the others are deleted")
    void keepsWhatItMust() {
        needsDeletes();
        List<Asset> assets = save("Record", 3);
        play(() -> contract.keep(assets.get(1).ref()));
        List<DeleteResult> results =
                delete(assets.get(0).ref(), assets.get(1).ref(), assets.get(2).ref());
        assertThat(results.get(1))
                .as("R7.3: say why the host keeps it")
                .isInstanceOfSatisfying(
                        DeleteResult.Refused.class,
                        refused -> assertThat(refused.problems()).isNotEmpty());
        assertThat(ids(host.list(KIND, null, 10)))
                .as("R7.4: each on its own")
                .containsExactly(assets.get(1).id());
    }

    @Test
    @DisplayName("R7.6: a record of another revision than the expected one, or that none is expected of, stays")
    void keepsWhatChanged() {
        needsDeletes();
        Asset seen = save(named("Acme"));
        Asset edited =
                written(host.write(List.of(change(seen, named("Acme Ltd")))).get(0));
        for (Revision expected : new Revision[] {seen.revision(), null}) {
            assertThat(host.delete(KIND, List.of(new LocalDelete(seen.id(), expected))))
                    .as("R7.6: %s was expected, and it is %s by now", expected, edited.revision())
                    .containsExactly(new DeleteResult.Changed());
            assertThat(find(seen.ref())).as("R7.6: it stays").isPresent();
        }
    }

    @Test
    @DisplayName("R7.5: nothing else is deleted with a record")
    void deletesNothingElse() {
        needsDeletes();
        Asset acme = save(named("Acme"));
        Asset bolt = save(named("Bolt"));
        Asset quay = save(location(acme.ref(), "Quay"));
        DeleteResult result = delete(acme.ref()).get(0);
        assertThat(find(bolt.ref())).as("R7.5: another organization").contains(bolt);
        assertThat(find(quay.ref()))
                .as(
                        "R7.5: what belongs to it is a record of its own; refuse the organization rather than delete it (%s)",
                        result)
                .isPresent();
    }
}
