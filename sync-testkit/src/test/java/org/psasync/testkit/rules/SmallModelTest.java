package org.psasync.testkit.rules;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.testkit.rules.SmallModel.Step;

/**
 * One pair, one field, three values, and every sequence of a few steps. Two sequences that lead to the same state are
 * played on as one, so all of them are covered without each being played: 2,396,744 of up to seven steps.
 */
class SmallModelTest {
    private static final int LENGTH = Integer.getInteger("psasync.model.length", 7);
    private static final int PLAYED_ONE_BY_ONE = 3;

    /** A state that is known: one of the sequences that lead to it, and the states that one more step leads to. */
    private record Known(List<Step> by, List<String> next) {}

    private final Map<String, Known> known = new HashMap<>();

    @Test
    @DisplayName(
            "P3, MERGE-8, MERGE-9: in no sequence of up to seven steps an edit is lost, and both sides end the same")
    void losesNoEdit() {
        String start = look(List.of());
        Map<String, Long> last = Map.of(start, 1L);
        long sequences = 0;
        for (int length = 1; length <= LENGTH; length++) {
            Map<String, Long> next = new HashMap<>();
            for (Map.Entry<String, Long> state : last.entrySet()) {
                for (String successor : successors(state.getKey())) {
                    next.merge(successor, state.getValue(), Long::sum);
                    sequences += state.getValue();
                }
            }
            last = next;
        }
        System.out.println("SmallModelTest: " + sequences + " sequences of up to " + LENGTH + " steps, which lead to "
                + known.size() + " states");
        assertThat(sequences).isEqualTo(sequencesUpTo(LENGTH));
    }

    private List<String> successors(String state) {
        Known from = requireNonNull(known.get(state));
        if (from.next().isEmpty()) {
            for (Step step : Step.values()) {
                from.next().add(look(with(from.by(), step)));
            }
        }
        return from.next();
    }

    /** Returns the state that a sequence leads to; checks how it ends when it is the first such sequence. */
    private String look(List<Step> by) {
        SmallModel model = new SmallModel(by);
        String state = model.state();
        if (known.putIfAbsent(state, new Known(by, new ArrayList<>())) == null) {
            model.settle();
            model.check();
        }
        return state;
    }

    @Test
    @DisplayName("What counts as the same state ends the same: short sequences are played one by one")
    void sameStatesEndTheSame() {
        Map<String, Integer> ends = new HashMap<>();
        for (List<Step> by : all(PLAYED_ONE_BY_ONE)) {
            SmallModel model = new SmallModel(by);
            String state = model.state();
            int agreed = model.agreedOn();
            model.settle();
            model.check();
            int end = Math.floorMod(model.agreedOn() - agreed, 3);
            assertThat(ends.computeIfAbsent(state, first -> end)).as("%s", by).isEqualTo(end);
        }
        assertThat(ends).hasSizeLessThan(500);
    }

    private static long sequencesUpTo(int length) {
        long count = 0;
        for (int i = 1, power = Step.values().length; i <= length; i++, power *= Step.values().length) {
            count += power;
        }
        return count;
    }

    private static List<List<Step>> all(int length) {
        List<List<Step>> result = List.of(List.of());
        for (int i = 0; i < length; i++) {
            List<List<Step>> longer = new ArrayList<>();
            result.forEach(by -> List.of(Step.values()).forEach(step -> longer.add(with(by, step))));
            result = longer;
        }
        return result;
    }

    private static List<Step> with(List<Step> by, Step step) {
        List<Step> longer = new ArrayList<>(by);
        longer.add(step);
        return longer;
    }
}
