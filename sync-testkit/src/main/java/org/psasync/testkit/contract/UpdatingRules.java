package org.psasync.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.psasync.model.AssetKind;
import org.psasync.model.Field;
import org.psasync.model.FieldType;
import org.psasync.model.FieldValues;
import org.psasync.model.Fields;
import org.psasync.model.Problem;
import org.psasync.model.RemoteRef;
import org.psasync.spi.ConnectorException;
import org.psasync.spi.FieldRule;
import org.psasync.spi.RemoteRecord;
import org.psasync.spi.RemoteUpdate;
import org.psasync.spi.WriteResult;
import org.psasync.testkit.scenario.Doing;
import org.psasync.testkit.scenario.Trouble;

/** Changes of records: those fields and no others. */
abstract class UpdatingRules extends ConnectorRules {
    UpdatingRules(PsaConnectorContract contract) {
        super(contract);
    }

    @BeforeEach
    void chooseOptions() {
        samples.options();
    }

    private List<AssetKind> updated() {
        List<AssetKind> updated =
                kinds().stream().filter(kind -> descriptor(kind).update()).toList();
        Assumptions.assumeFalse(updated.isEmpty(), "The descriptor offers no update");
        return updated;
    }

    private WriteResult update(RemoteRecord seen, FieldValues changes) {
        return connector.update(new RemoteUpdate(seen, changes, samples.options()));
    }

    private FieldValues rename(AssetKind kind, String name) {
        return SampleRecords.only(SampleRecords.name(kind), name);
    }

    private List<Field<?>> others(AssetKind kind, Field<?> changed) {
        return mapped(kind).stream().filter(field -> !field.equals(changed)).toList();
    }

    /** A record in which as many fields as can be have values. */
    private RemoteRef filled(AssetKind kind, String name) {
        RemoteRef ref = samples.put(kind, name);
        for (Field<?> field : writable(kind)) {
            Object value = field.equals(SampleRecords.name(kind)) ? null : samples.value(field, name, 0);
            if (value != null && !field.equals(Fields.organization(kind))) {
                edit(ref, field, value);
            }
        }
        return ref;
    }

    @Test
    @DisplayName("C11.1: only the fields of the update are changed")
    void onlyItsFieldsChange() {
        for (AssetKind kind : updated()) {
            RemoteRef ref = filled(kind, "Before");
            RemoteRef neighbour = samples.put(kind, "Neighbour");
            FieldValues before = bench.get(ref).orElseThrow();
            FieldValues beside = bench.get(neighbour).orElseThrow();
            WriteResult result = update(readFound(ref), rename(kind, "After"));
            FieldValues after = bench.get(ref).orElseThrow();
            assertThat(result.id()).as("C11.1: the answer is about %s", ref).isEqualTo(ref.id());
            assertThat(after.get(SampleRecords.name(kind)))
                    .as("C11.1: the field of the update is written")
                    .isEqualTo("After");
            assertThat(difference(others(kind, SampleRecords.name(kind)), before, after))
                    .as("C11.1: an update of the name must leave the other fields of %s as they were (FIELD-5)", ref)
                    .isEmpty();
            assertThat(bench.get(neighbour)).as("C11.1: other records stay").contains(beside);
        }
    }

    @Test
    @DisplayName("C11.1: what another user changed since the record was read stays")
    void othersEditsStay() {
        for (AssetKind kind : updated()) {
            Field<?> theirs = writable(kind).stream()
                    .filter(field -> field.type() == FieldType.TEXT && !field.equals(SampleRecords.name(kind)))
                    .filter(field -> !descriptor(kind).rule(field).orElseThrow().requiredOnCreate())
                    .findFirst()
                    .orElse(null);
            if (theirs != null) {
                RemoteRef ref = samples.put(kind, "Shared");
                RemoteRecord seen = readFound(ref);
                Object value = samples.value(theirs, "Theirs", 1);
                bench.edit(ref, SampleRecords.only(theirs, value));
                try {
                    update(seen, rename(kind, "Ours"));
                } catch (ConnectorException.Stale refused) {
                    assertThat(bench.get(ref).orElseThrow().get(SampleRecords.name(kind)))
                            .as("C11.1: Stale means that nothing was written")
                            .isEqualTo("Shared");
                }
                assertThat(bench.get(ref).orElseThrow().get(theirs))
                        .as(
                                "C11.1: another user changed %s of %s since it was read; where the PSA takes whole records,"
                                        + " read it again right before",
                                theirs, ref)
                        .isEqualTo(value);
            }
        }
    }

    @Test
    @DisplayName("C11.1: blank clears a field")
    void blankClears() {
        boolean any = false;
        for (AssetKind kind : updated()) {
            for (FieldRule rule : descriptor(kind).fields()) {
                Field<?> field = rule.field();
                boolean text = field.type() == FieldType.TEXT || field.type() == FieldType.DATE;
                if (rule.writable() && !rule.requiredOnCreate() && text && !field.equals(SampleRecords.name(kind))) {
                    RemoteRef ref = samples.put(kind, "Cleared");
                    if (edit(ref, field, samples.value(field, "Cleared", 0))) {
                        any = true;
                        boolean reported = problems(readFound(ref), SampleRecords.only(field, null)).stream()
                                .anyMatch(each -> field.equals(each.field()));
                        FieldValues after = bench.get(ref).orElseThrow();
                        assertThat(reported || after.get(field) == null)
                                .as(
                                        "C11.1: blank must clear %s of %s, which still is <%s>",
                                        field, ref, after.get(field))
                                .isTrue();
                    }
                }
            }
        }
        Assumptions.assumeTrue(any, "No text can be cleared");
    }

    private boolean edit(RemoteRef ref, Field<?> field, @Nullable Object value) {
        try {
            bench.edit(ref, SampleRecords.only(field, value));
            return true;
        } catch (IllegalArgumentException noPlace) {
            return false;
        }
    }

    /** What the PSA says against an update, of the whole or of a part. */
    private List<Problem> problems(RemoteRecord seen, FieldValues changes) {
        try {
            return update(seen, changes).failed();
        } catch (ConnectorException.Rejected refused) {
            return refused.problems();
        }
    }

    @Test
    @DisplayName("C11.2: each field is written or reported")
    void nothingIsDropped() {
        for (AssetKind kind : updated()) {
            for (Field<?> field : writable(kind)) {
                Object value = field.equals(Fields.organization(kind)) ? null : samples.value(field, "Changed", 1);
                if (value != null) {
                    RemoteRef ref = samples.put(kind, "Record");
                    FieldValues changes = SampleRecords.only(field, value);
                    boolean reported =
                            problems(readFound(ref), changes).stream().anyMatch(each -> field.equals(each.field()));
                    FieldValues after = bench.get(ref).orElseThrow();
                    assertThat(
                                    reported
                                            ? List.of()
                                            : difference(List.of(field), after, changes).stream()
                                                    .toList())
                            .as("C11.2: %s of %s was neither written nor reported in WriteResult.failed", field, ref)
                            .isEmpty();
                }
            }
        }
    }

    @Test
    @DisplayName("C11.2: a field that is only pulled is reported, and the others are written")
    void pulledFieldsAreReported() {
        boolean any = false;
        for (AssetKind kind : updated()) {
            for (FieldRule rule : descriptor(kind).fields()) {
                Object value = rule.writable() ? null : samples.value(rule.field(), "Pulled", 1);
                if (value != null) {
                    any = true;
                    RemoteRef ref = samples.put(kind, "Record");
                    FieldValues.Builder changes = rename(kind, "Renamed").toBuilder();
                    SampleRecords.set(changes, rule.field(), value);
                    WriteResult result = update(readFound(ref), changes.build());
                    assertThat(result.failed())
                            .as("C11.2: %s of %s cannot be written; report it with NOT_WRITABLE", rule.field(), kind)
                            .anyMatch(problem -> rule.field().equals(problem.field()));
                    assertThat(bench.get(ref).orElseThrow().get(SampleRecords.name(kind)))
                            .as("C11.2: the fields that can be written are written")
                            .isEqualTo("Renamed");
                }
            }
        }
        Assumptions.assumeTrue(any, "Every field can be written");
    }

    @Test
    @DisplayName("C11.3: an update of a record that is not there is Gone, and makes none")
    void goneIsSaid() {
        for (AssetKind kind : updated()) {
            RemoteRef ref = samples.put(kind, "Gone");
            RemoteRecord seen = readFound(ref);
            bench.delete(ref);
            List<RemoteRef> before = bench.all(kind);
            Throwable failure = catchThrowable(() -> update(seen, rename(kind, "Back")));
            if (failure != null || !descriptor(kind).keepsDeleted()) {
                assertThat(failure)
                        .as("C11.3: %s was deleted; say Gone, so that nothing is sent to it any more", ref)
                        .isInstanceOf(ConnectorException.Gone.class);
            }
            assertThat(bench.all(kind))
                    .as("C11.3: no %s came back or was made", kind)
                    .isEqualTo(before);
        }
    }

    @Test
    @DisplayName("C11.3: of an update without answer nobody can know, and it changes no more than it was to change")
    void lostAnswersAreUnknown() {
        for (AssetKind kind : updated()) {
            RemoteRef ref = samples.put(kind, "Before");
            RemoteRecord seen = readFound(ref);
            FieldValues before = bench.get(ref).orElseThrow();
            play(() -> bench.fail(Trouble.ANSWER_LOST, EnumSet.of(Doing.UPDATING)));
            assertThatThrownBy(() -> update(seen, rename(kind, "After")))
                    .as("C11.3: the update of %s may have taken effect; throw Unavailable with outcomeUnknown", ref)
                    .isInstanceOfSatisfying(
                            ConnectorException.Unavailable.class,
                            failure -> assertThat(failure.outcomeUnknown()).isTrue());
            bench.recover();
            pass(Duration.ofMinutes(30));
            assertThat(difference(
                            others(kind, SampleRecords.name(kind)),
                            before,
                            bench.get(ref).orElseThrow()))
                    .as("C11.1: the other fields of %s", ref)
                    .isEmpty();
        }
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(
            value = Trouble.class,
            names = {"UNAVAILABLE", "THROTTLED", "REJECTED", "UNAUTHORIZED", "FORBIDDEN"})
    @DisplayName("C11.3: an update that the PSA refuses changes nothing, and its failure says what to do next")
    void refusedUpdatesChangeNothing(Trouble trouble) {
        AssetKind kind = updated().get(0);
        RemoteRef ref = samples.put(kind, "Before");
        RemoteRecord seen = readFound(ref);
        Map<RemoteRef, FieldValues> before = everything();
        play(() -> bench.fail(trouble, EnumSet.of(Doing.UPDATING)));
        assertThatThrownBy(() -> update(seen, rename(kind, "After")))
                .as("C11.3: %s of an update", trouble)
                .isInstanceOf(FailingRules.failure(trouble));
        bench.recover();
        assertThat(everything()).as("C11.3: nothing was changed").isEqualTo(before);
    }

    @Test
    @DisplayName("C11.1: the answer shows the record as it is now, or leaves it to be read")
    void answersShowWhatIsThere() {
        for (AssetKind kind : updated()) {
            RemoteRef ref = filled(kind, "Before");
            RemoteRecord shown = update(readFound(ref), rename(kind, "After")).record();
            if (shown != null) {
                List<Field<?>> fields = new ArrayList<>(shown.values().fields());
                assertThat(difference(fields, bench.get(ref).orElseThrow(), shown.values()))
                        .as("C11.1: the record in the answer must be whole and as it is now, or null")
                        .isEmpty();
            }
        }
    }
}
