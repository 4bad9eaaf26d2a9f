package org.psasync.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.psasync.model.AssetKind;
import org.psasync.model.Field;
import org.psasync.model.FieldType;
import org.psasync.model.FieldValues;
import org.psasync.model.Problem;
import org.psasync.model.RemoteRef;
import org.psasync.spi.ConnectorException;
import org.psasync.spi.Draft;
import org.psasync.spi.FieldRule;
import org.psasync.spi.RemoteRecord;
import org.psasync.spi.WriteResult;
import org.psasync.testkit.scenario.Doing;
import org.psasync.testkit.scenario.Trouble;

/** Drafts, and the records that come of them: at most one each. */
abstract class CreatingRules extends ConnectorRules {
    CreatingRules(PsaConnectorContract contract) {
        super(contract);
    }

    /** The kinds that can be made alone; where the interface makes one only together with another, prepare says so. */
    private List<AssetKind> made() {
        List<AssetKind> made = new ArrayList<>();
        for (AssetKind kind : kinds()) {
            if (descriptor(kind).create()) {
                try {
                    connector.prepare(samples.draft(kind, "Probe"));
                    made.add(kind);
                } catch (ConnectorException.Rejected refused) {
                    assertThat(refused.problems())
                            .as("C8.1: a draft of %s with all that the descriptor asks for must pass prepare", kind)
                            .allMatch(problem -> problem.code() == Problem.Code.NOT_WRITABLE);
                }
            }
        }
        Assumptions.assumeFalse(made.isEmpty(), "The descriptor offers no create");
        return made;
    }

    private List<RemoteRef> named(AssetKind kind, String name) {
        return bench.all(kind).stream()
                .filter(ref -> bench.get(ref)
                        .map(values -> name.equals(values.get(SampleRecords.name(kind))))
                        .orElse(false))
                .toList();
    }

    // Preparing ------------------------------------------------------------------------------------------------------

    @Test
    @DisplayName("C8.1: preparing writes nothing")
    void preparingWritesNothing() {
        List<AssetKind> made = made();
        List<Draft> drafts =
                made.stream().map(kind -> samples.draft(kind, "Prepared")).toList();
        Map<RemoteRef, FieldValues> before = everything();
        drafts.forEach(connector::prepare);
        assertThat(everything()).as("C8.1: prepare must write nothing").isEqualTo(before);
    }

    @Test
    @DisplayName("C8.1: all that is missing is reported at once")
    void allThatIsMissingIsReported() {
        boolean any = false;
        for (AssetKind kind : made()) {
            Draft draft = samples.draft(kind, "Incomplete");
            List<Field<?>> needed = new ArrayList<>();
            FieldValues.Builder values = draft.values().toBuilder();
            for (FieldRule rule : descriptor(kind).fields()) {
                if (rule.requiredOnCreate()) {
                    needed.add(rule.field());
                    values.remove(rule.field());
                }
            }
            if (!needed.isEmpty()) {
                any = true;
                Throwable refusal = catchThrowable(() -> connector.prepare(with(draft, values.build())));
                assertThat(refusal)
                        .as(
                                "C8.1: %s of %s are needed on create, so prepare must refuse a draft without them",
                                needed, kind)
                        .isInstanceOf(ConnectorException.Rejected.class);
                Set<Field<?>> named = new LinkedHashSet<>();
                ((ConnectorException.Rejected) refusal).problems().forEach(problem -> {
                    if (problem.field() != null) {
                        named.add(problem.field());
                    }
                });
                assertThat(named)
                        .as("C8.1: a person must see at once all that is missing in a %s", kind)
                        .containsAll(needed);
            }
        }
        Assumptions.assumeTrue(any, "Nothing is needed on create");
    }

    private static Draft with(Draft draft, FieldValues values) {
        return new Draft(draft.pair(), values, draft.parts(), draft.fixed(), draft.options());
    }

    @Test
    @DisplayName("C8.1: a text that is too long is reported, not cut")
    void tooLongIsReported() {
        boolean any = false;
        for (AssetKind kind : made()) {
            for (FieldRule rule : descriptor(kind).fields()) {
                if (rule.writable() && rule.maxLength() > 0 && rule.field().type() == FieldType.TEXT) {
                    any = true;
                    Draft draft = samples.draft(kind, "Long");
                    FieldValues.Builder values = draft.values().toBuilder();
                    SampleRecords.set(values, rule.field(), "x".repeat(rule.maxLength() + 1));
                    assertThatThrownBy(() -> connector.prepare(with(draft, values.build())))
                            .as(
                                    "C8.1: %s of %s holds %s characters; say so before anything is sent",
                                    rule.field(), kind, rule.maxLength())
                            .isInstanceOfSatisfying(
                                    ConnectorException.Rejected.class,
                                    refused -> assertThat(refused.problems())
                                            .anyMatch(problem -> rule.field().equals(problem.field())));
                }
            }
        }
        Assumptions.assumeTrue(any, "No text has a limit");
    }

    @Test
    @DisplayName("C8.2: preparing a prepared draft again changes nothing")
    void preparingAgainChangesNothing() {
        for (AssetKind kind : made()) {
            Draft once = connector.prepare(samples.draft(kind, "Prepared"));
            assertThat(connector.prepare(once))
                    .as("C8.2: what prepare fixed in a draft of %s must stay: the intent to make it was stored", kind)
                    .isEqualTo(once);
        }
    }

    // Making ---------------------------------------------------------------------------------------------------------

    @Test
    @DisplayName("C10.1: one call makes one record, and says which")
    void makesOneRecord() {
        for (AssetKind kind : made()) {
            Draft draft = connector.prepare(samples.draft(kind, "Made"));
            WriteResult result = connector.create(draft);
            assertThat(named(kind, "Made"))
                    .as("C10.1: one %s was to be made, and the answer must name it", kind)
                    .containsExactly(new RemoteRef(kind, result.id()));
            for (RemoteRecord part : result.parts()) {
                assertThat(bench.get(part.ref()))
                        .as("PUSH-11: the part %s is there", part.ref())
                        .isPresent();
            }
        }
    }

    @Test
    @DisplayName("C10.3: each field of the draft is written or reported")
    void nothingIsDropped() {
        for (AssetKind kind : made()) {
            Draft draft = connector.prepare(samples.fullDraft(kind, "Full"));
            WriteResult result = connector.create(draft);
            FieldValues there = bench.get(new RemoteRef(kind, result.id())).orElseThrow();
            List<Field<?>> written = new ArrayList<>(draft.values().fields());
            result.failed().forEach(problem -> written.remove(problem.field()));
            assertThat(difference(written, there, draft.values()))
                    .as("C10.3: what a new %s does not take must be in WriteResult.failed", kind)
                    .isEmpty();
        }
    }

    @Test
    @DisplayName("C10.3: a field that is only pulled is reported, not sent")
    void pulledFieldsAreReported() {
        boolean any = false;
        for (AssetKind kind : made()) {
            for (FieldRule rule : descriptor(kind).fields()) {
                Object value = rule.writable() ? null : samples.value(rule.field(), "Pulled", 1);
                if (value != null) {
                    any = true;
                    Draft draft = samples.draft(kind, "Pulled " + rule.field());
                    FieldValues.Builder values = draft.values().toBuilder();
                    SampleRecords.set(values, rule.field(), value);
                    WriteResult result = connector.create(connector.prepare(with(draft, values.build())));
                    assertThat(result.failed())
                            .as("C10.3: %s of %s cannot be written; report it with NOT_WRITABLE", rule.field(), kind)
                            .anyMatch(problem -> rule.field().equals(problem.field()));
                }
            }
        }
        Assumptions.assumeTrue(any, "Every field can be written");
    }

    @Test
    @DisplayName(
            "C9.1, C10.1, C10.2: a create without answer is not repeated, says that its outcome is unknown, and is found")
    void lostAnswersAreFound() {
        for (AssetKind kind : made()) {
            String name = "Unanswered " + kind; // a PSA may name an organization's location after it
            Draft draft = connector.prepare(samples.draft(kind, name));
            play(() -> bench.fail(Trouble.ANSWER_LOST, EnumSet.of(Doing.CREATING)));
            assertOutcomeUnknown(kind, draft);
            bench.recover();
            settleLong();
            List<RemoteRef> there = named(kind, name);
            assertThat(there)
                    .as("C10.1: the create of a %s was sent again inside the connector; leave that to the engine", kind)
                    .hasSizeLessThanOrEqualTo(1);
            if (descriptor(kind).find()) {
                assertThat(connector.findCreated(draft).stream().map(RemoteRecord::ref))
                        .as("C9.1: what the draft of a %s became must be found", kind)
                        .containsAll(there);
            }
        }
    }

    private void assertOutcomeUnknown(AssetKind kind, Draft draft) {
        assertThatThrownBy(() -> connector.create(draft))
                .as("C10.2: the create of a %s may have taken effect; throw Unavailable with outcomeUnknown", kind)
                .isInstanceOfSatisfying(
                        ConnectorException.Unavailable.class,
                        failure -> assertThat(failure.outcomeUnknown()).isTrue());
    }

    /** Longer than a circuit breaker stays open. */
    private void settleLong() {
        settle();
        pass(Duration.ofMinutes(30));
    }

    @Test
    @DisplayName("C10.2: of a create that got lost on its way, nobody can know either")
    void lostRequestsAreUnknownToo() {
        for (AssetKind kind : made()) {
            Draft draft = connector.prepare(samples.draft(kind, "Lost"));
            play(() -> bench.fail(Trouble.REQUEST_LOST, EnumSet.of(Doing.CREATING)));
            assertOutcomeUnknown(kind, draft);
            bench.recover();
            settleLong();
        }
    }

    @Test
    @DisplayName("C9.2: if prepare fixed values, exactly the records that bear them are found")
    void fixedValuesFindExactly() {
        boolean any = false;
        for (AssetKind kind : made()) {
            RemoteRef twin = samples.put(kind, "Marked");
            settle();
            Draft draft = connector.prepare(samples.draft(kind, "Marked"));
            if (!draft.fixed().isEmpty() && descriptor(kind).find()) {
                any = true;
                assertThat(connector.findCreated(draft))
                        .as("C9.2: %s has the same values, but not what prepare fixed", twin)
                        .isEmpty();
                WriteResult result = connector.create(draft);
                settle();
                assertThat(connector.findCreated(draft).stream().map(RemoteRecord::id))
                        .as("C9.2: the record that bears what prepare fixed, and no other")
                        .containsExactly(result.id());
            }
        }
        Assumptions.assumeTrue(any, "prepare fixes no values");
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(
            value = Trouble.class,
            names = {"UNAVAILABLE", "THROTTLED", "REJECTED", "UNAUTHORIZED", "FORBIDDEN"})
    @DisplayName("C10.2: a create that the PSA refuses makes nothing, and its failure says what to do next")
    void refusedCreatesMakeNothing(Trouble trouble) {
        AssetKind kind = made().get(0);
        Draft draft = connector.prepare(samples.draft(kind, "Refused"));
        play(() -> bench.fail(trouble, EnumSet.of(Doing.CREATING)));
        assertThatThrownBy(() -> connector.create(draft))
                .as("C10.2: %s of a create", trouble)
                .isInstanceOf(FailingRules.failure(trouble));
        bench.recover();
        assertThat(named(kind, "Refused")).as("C10.2: nothing was made").isEmpty();
    }

    @Test
    @DisplayName("C10.4: a create that cannot be sent within the deadline is not sent any more")
    void lateCreatesAreNotSent() {
        AssetKind kind = made().get(0);
        Draft draft = connector.prepare(samples.draft(kind, "Late"));
        play(() -> bench.fail(Trouble.THROTTLED, EnumSet.of(Doing.CREATING)));
        Instant before = clock.instant();
        assertThatThrownBy(() -> connector.create(draft))
                .as("C10.4: the PSA wants a pause; the create must fail, and its outcome is known")
                .isInstanceOf(ConnectorException.Throttled.class);
        assertThat(Duration.between(before, clock.instant()))
                .as("C10.4: a create must not wait longer than the deadline of the descriptor")
                .isLessThanOrEqualTo(connector.descriptor().deadline());
        bench.recover();
        settleLong();
        connector.check();
        assertThat(named(kind, "Late"))
                .as("C10.4: a create that failed must not be sent afterwards")
                .isEmpty();
    }

    @Test
    @DisplayName("C10.4: a create for which no request is left fails with an outcome that is known, and makes nothing")
    void createsWithoutBudgetFail() {
        AssetKind kind = made().get(0);
        Draft draft = connector.prepare(samples.draft(kind, "Unaffordable"));
        play(() -> bench.exhaust());
        Instant before = clock.instant();
        assertThatThrownBy(() -> connector.create(draft))
                .as("C10.4: the budget of requests is used up; throw Throttled with the time until it is not")
                .isInstanceOfSatisfying(
                        ConnectorException.Throttled.class,
                        failure -> assertThat(failure.retryAfter()).isPositive());
        assertThat(Duration.between(before, clock.instant()))
                .as("C10.4: a create must not wait longer for the budget than the deadline of the descriptor")
                .isLessThanOrEqualTo(connector.descriptor().deadline());
        bench.recover();
        assertThat(named(kind, "Unaffordable")).as("C10.4: nothing was made").isEmpty();
    }
}
