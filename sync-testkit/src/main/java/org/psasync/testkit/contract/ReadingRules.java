package org.psasync.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.psasync.model.AssetKind;
import org.psasync.model.Field;
import org.psasync.model.FieldValues;
import org.psasync.model.RemoteId;
import org.psasync.model.RemoteRef;
import org.psasync.spi.ConnectorException;
import org.psasync.spi.MatchKey;
import org.psasync.spi.RemoteCursor;
import org.psasync.spi.RemoteRead;
import org.psasync.spi.RemoteRecord;
import org.psasync.testkit.scenario.Doing;
import org.psasync.testkit.scenario.Trouble;

/** Records read by their ids, and what holds for the values of all records. */
abstract class ReadingRules extends ConnectorRules {
    ReadingRules(PsaConnectorContract contract) {
        super(contract);
    }

    /** An id in the PSA's form that no record has. */
    private static RemoteId strange(RemoteId id) {
        return new RemoteId(id.value().replaceAll("\\d+", "9$0"));
    }

    @Test
    @DisplayName("C6.1: the answer has one entry for each id, unknown ones and many among them")
    void answersForEachId() {
        for (AssetKind kind : kinds()) {
            List<RemoteId> asked = new ArrayList<>();
            samples.put(kind, "Record", 40).forEach(ref -> asked.add(ref.id()));
            List<RemoteId> there = List.copyOf(asked);
            there.forEach(id -> asked.add(strange(id)));
            Map<RemoteId, RemoteRead> answer = connector.read(kind, asked);
            assertThat(answer.keySet())
                    .as(
                            "C6.1: read of %s must answer for each id, also where the PSA's own call takes fewer at once",
                            kind)
                    .containsExactlyInAnyOrderElementsOf(asked);
            assertThat(there)
                    .as("C6.2: these %s are there", kind)
                    .allMatch(id -> answer.get(id) instanceof RemoteRead.Found);
            assertThat(connector.read(kind, List.of()))
                    .as("C6.1: nothing was asked for")
                    .isEmpty();
        }
    }

    @Test
    @DisplayName("C6.1: an answer is about the record that was asked for")
    void answersBelongToTheirIds() {
        for (AssetKind kind : kinds()) {
            for (RemoteRef ref : samples.put(kind, "Record", 5)) {
                RemoteRecord record = readFound(ref);
                assertThat(record.ref())
                        .as("C6.1: read of %s must answer with that record", ref)
                        .isEqualTo(ref);
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(
            value = Trouble.class,
            names = {"REQUEST_LOST", "ANSWER_LOST", "UNAVAILABLE", "THROTTLED", "UNAUTHORIZED", "FORBIDDEN"})
    @DisplayName("C6.2: a record is not called not found because the PSA could not be asked")
    void troubleIsNotAbsence(Trouble trouble) {
        RemoteRef acme = samples.put(AssetKind.ORGANIZATION, "Acme");
        RemoteRef server = samples.put(kinds().get(kinds().size() - 1), "Last");
        play(() -> bench.fail(trouble, EnumSet.of(Doing.READING)));
        for (RemoteRef ref : List.of(acme, server)) {
            assertThatThrownBy(() -> connector.read(ref.kind(), List.of(ref.id())))
                    .as(
                            "C6.2: %s: read of %s must fail; only the PSA's word about this record makes it not found",
                            trouble, ref)
                    .isInstanceOf(ConnectorException.class);
        }
    }

    @Test
    @DisplayName(
            "C6.2: a deleted record bears the PSA's flag where the PSA keeps it, and is not found where it does not")
    void deletedIsToldFromNotFound() {
        for (AssetKind kind : kinds()) {
            RemoteRef gone = samples.put(kind, "Gone");
            RemoteRef stays = samples.put(kind, "Stays");
            bench.delete(gone);
            RemoteRead read = read(gone);
            if (descriptor(kind).keepsDeleted()) {
                assertThat(read instanceof RemoteRead.Found found
                                && found.record().deleted())
                        .as(
                                "C6.2: the PSA keeps deleted %s with a flag, so %s must be found with deleted set (STATE-5),"
                                        + " not answered with %s",
                                kind, gone, read)
                        .isTrue();
            } else {
                assertThat(read)
                        .as("C6.2: the PSA does not keep deleted %s; %s is not there any more", kind, gone)
                        .isInstanceOf(RemoteRead.NotFound.class);
            }
            assertThat(readFound(stays).deleted())
                    .as("C6.2: %s was not deleted", stays)
                    .isFalse();
        }
    }

    @Test
    @DisplayName("C6.2: a record that cannot be understood is said to be there")
    void notUnderstoodIsNotAbsence() {
        RemoteRef garbled = samples.put(AssetKind.ORGANIZATION, "Garbled");
        RemoteRef whole = samples.put(AssetKind.ORGANIZATION, "Whole");
        play(() -> bench.garble(garbled));
        Map<RemoteId, RemoteRead> answer = connector.read(AssetKind.ORGANIZATION, List.of(garbled.id(), whole.id()));
        assertThat(answer.get(garbled.id()))
                .as("C6.2: a record that is there but cannot be understood must be NotUnderstood")
                .isInstanceOf(RemoteRead.NotUnderstood.class);
        assertThat(answer.get(whole.id()))
                .as("PULL-4: one bad record must not keep the others from being read")
                .isInstanceOf(RemoteRead.Found.class);
    }

    @Test
    @DisplayName("C6.3: the values are those of the record, field by field")
    void valuesAreComplete() {
        for (AssetKind kind : kinds()) {
            RemoteRef ref = samples.put(kind, "Complete");
            for (Field<?> field : mapped(kind)) {
                Object value = field.equals(SampleRecords.name(kind)) ? null : samples.value(field, "Complete", 0);
                if (value != null && fill(ref, field, value)) {
                    FieldValues there = bench.get(ref).orElseThrow();
                    assertThat(difference(List.of(field), there, readFound(ref).values()))
                            .as("C6.3: read must show all of %s", ref)
                            .isEmpty();
                }
            }
        }
    }

    private boolean fill(RemoteRef ref, Field<?> field, Object value) {
        try {
            bench.edit(ref, SampleRecords.only(field, value));
            return true;
        } catch (IllegalArgumentException noPlace) {
            return false;
        }
    }

    @Test
    @DisplayName("C6.3: the values are those of now, not of an earlier read")
    void valuesAreFresh() {
        for (AssetKind kind : kinds()) {
            RemoteRef ref = samples.put(kind, "Before");
            readAll(kind, 1000);
            readFound(ref);
            bench.edit(ref, SampleRecords.only(SampleRecords.name(kind), "After"));
            assertThat(readFound(ref).values().get(SampleRecords.name(kind)))
                    .as("C6.3: read must ask the PSA each time; %s was renamed since", ref)
                    .isEqualTo("After");
        }
    }

    @Test
    @DisplayName("C0.4: blank where the PSA shows none, absent where it was not read, wherever a record comes from")
    void blankAndAbsentAreTold() {
        for (AssetKind kind : kinds()) {
            RemoteRef ref = samples.put(kind, "Sparse");
            settle();
            FieldValues there = bench.get(ref).orElseThrow();
            assertThat(difference(mapped(kind), there, readFound(ref).values()))
                    .as("C0.4: a field that the PSA shows empty must be blank in %s, not absent and not invented", ref)
                    .isEmpty();
            RemoteRecord listed = readAll(kind, 1000).records().get(ref.id());
            if (listed == null) {
                throw new AssertionError("C4.2: " + ref + " must come with the reading");
            }
            List<Field<?>> shown = mapped(kind).stream()
                    .filter(field -> listed.values().has(field))
                    .toList();
            assertThat(difference(shown, there, listed.values()))
                    .as("C0.4: a field that a list does not show must be absent in %s, never blank", ref)
                    .isEmpty();
        }
    }

    @Test
    @DisplayName("C0.5: checking, reading, listing, searching and preparing change nothing in the PSA")
    void readsChangeNothing() {
        for (AssetKind kind : kinds()) {
            samples.put(kind, "Untouched", 2);
        }
        settle();
        samples.options();
        Map<RemoteRef, FieldValues> before = everything();
        connector.check();
        connector.reference();
        for (AssetKind kind : kinds()) {
            readAll(kind, 1);
            for (RemoteRef ref : bench.all(kind)) {
                read(ref);
            }
            if (descriptor(kind).listsIds()) {
                connector.ids(kind, samples.scope(kind), RemoteCursor.start());
            }
            if (descriptor(kind).find()) {
                connector.find(new MatchKey(samples.values(kind, "Untouched 1"), true));
            }
        }
        assertThat(everything())
                .as("C0.5: only create and update may change the PSA")
                .isEqualTo(before);
    }
}
