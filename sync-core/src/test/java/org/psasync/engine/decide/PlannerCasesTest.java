package org.psasync.engine.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.psasync.engine.decide.Facts.GOOD_HERE;
import static org.psasync.engine.decide.Facts.GOOD_THERE;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.Field;
import org.psasync.model.FieldValues;
import org.psasync.store.Base;
import org.psasync.store.Grant;

/**
 * Very many random links of few values, each held against the sentences of the rules. {@code -Dpsasync.cases=} draws more; the
 * figure printed at the end is that of one processor.
 */
class PlannerCasesTest {
    private static final int CASES = Integer.getInteger("psasync.cases", 20_000);
    private static final List<Field<String>> FIELDS =
            List.of(ConfigurationFields.NOTES, ConfigurationFields.ASSET_TAG, ConfigurationFields.SERIAL_NUMBER);
    private static final List<@Nullable String> VALUES = Arrays.asList("a", "b", null);

    private final Planner planner = new Planner(Samples.policy());
    private final LinkTable links = Facts.syncing();
    private final Random random = new Random(20_260_301);

    @Test
    @DisplayName("MERGE-1, MATCH-8, PUSH-5, P9: each field of random links goes where the rules say")
    void goesWhereTheRulesSay() {
        long began = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        for (int i = 0; i < CASES; i++) {
            check();
        }
        double seconds = (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - began) / 1e9;
        System.out.printf("PlannerCasesTest: %d cases, %.0f a second of processor time%n", CASES, CASES / seconds);
    }

    private void check() {
        FieldValues here = GOOD_HERE;
        FieldValues there = GOOD_THERE;
        FieldValues then = GOOD_HERE;
        FieldValues thenThere = GOOD_THERE;
        FieldValues confirmed = GOOD_HERE;
        for (Field<String> field : FIELDS) {
            here = here.with(field, any());
            there = there.with(field, any());
            confirmed = confirmed.with(field, random.nextBoolean() ? here.get(field) : any());
            if (random.nextInt(4) != 0) {
                String agreed = any();
                then = then.with(field, agreed);
                thenThere = thenThere.with(field, agreed);
            }
        }
        PairFacts facts = Facts.facts(
                Facts.link(there).base(new Base(then, thenThere)).grant(new Grant(confirmed, "ursula", Samples.NOW)),
                here,
                links);
        Merge merge = ((Decision.Keep) planner.decide(facts)).merge();
        for (Field<String> field : FIELDS) {
            String expected = expected(field, then, here, there, confirmed);
            String actual = merge.pull().has(field)
                    ? "pull " + merge.pull().get(field)
                    : merge.push().has(field) ? "push " + merge.push().get(field) : "nothing";
            if (!actual.equals(expected)
                    || merge.pull().has(field) && merge.push().has(field)) {
                assertThat(actual).as("%s of %s", field, facts).isEqualTo(expected);
            }
        }
    }

    /** The rules, read aloud. */
    private static String expected(
            Field<String> field, FieldValues then, FieldValues here, FieldValues there, FieldValues confirmed) {
        String ours = here.get(field);
        String theirs = there.get(field);
        String push = Objects.equals(confirmed.get(field), ours) ? "push " + ours : "nothing";
        if (Objects.equals(ours, theirs)) {
            return "nothing"; // MERGE-1: both to the same is agreed
        }
        if (!then.has(field)) {
            return theirs == null ? push : "pull " + theirs; // MATCH-8
        }
        boolean onlyOurs = Objects.equals(then.get(field), theirs);
        return onlyOurs ? push : "pull " + theirs; // MERGE-1, and PSA_WINS where both changed
    }

    private @Nullable String any() {
        return VALUES.get(random.nextInt(VALUES.size()));
    }
}
