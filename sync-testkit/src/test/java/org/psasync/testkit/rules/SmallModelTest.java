package org.psasync.testkit.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.engine.Disposition;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.LocalRef;
import org.psasync.model.RemoteRef;
import org.psasync.store.Event;
import org.psasync.testkit.Fault;
import org.psasync.testkit.Operation;

/**
 * One pair, one field, few values, and every sequence of a few steps: afterwards both sides hold the same, and each value
 * that a person wrote is there, was replaced by a later one of the same side, or is named by the event log (P3).
 */
class SmallModelTest {
    private static final int LENGTH = Integer.getInteger("psasync.model.length", 4);

    private enum Step {
        SAVE,
        SAVE_UNNOTICED,
        SAVE_ANSWER_LOST,
        SAVE_REQUEST_LOST,
        PSA_EDIT,
        REVERT,
        RUN,
        RESTART
    }

    @Test
    @DisplayName("P3: in every short history no edit is lost, and both sides end the same")
    void losesNoEditInAnyHistory() {
        List<List<Step>> histories = histories(LENGTH);
        for (List<Step> history : histories) {
            new World().live(history);
        }
        System.out.println("SmallModelTest: " + histories.size() + " histories of " + LENGTH + " steps");
    }

    private static List<List<Step>> histories(int length) {
        List<List<Step>> result = List.of(List.of());
        for (int i = 0; i < length; i++) {
            List<List<Step>> longer = new ArrayList<>();
            for (List<Step> history : result) {
                for (Step step : Step.values()) {
                    List<Step> next = new ArrayList<>(history);
                    next.add(step);
                    longer.add(next);
                }
            }
            result = longer;
        }
        return result;
    }

    private static final class World {
        private final Stage stage = new Stage();
        private final RemoteRef server;
        private final LocalRef local;
        private final List<String> savedLocally = new ArrayList<>();
        private final List<String> savedInPsa = new ArrayList<>();
        private int next;

        World() {
            server = stage.server(stage.company("Acme"), "SRV-1");
            stage.psaEdits(server, ConfigurationFields.NOTES, "start");
            stage.twoWay().engine.run();
            local = stage.localOf(server);
            stage.later(Duration.ofMinutes(5));
        }

        void live(List<Step> history) {
            history.forEach(this::take);
            for (int i = 0; i < 5; i++) {
                stage.later(Duration.ofMinutes(10));
                stage.engine.run();
            }
            String here = stage.inHost(local, ConfigurationFields.NOTES);
            String there = stage.inPsa(server, ConfigurationFields.NOTES);
            assertThat(here).as("both sides after %s", history).isEqualTo(there);
            assertThat(stage.engine.explain(local).disposition())
                    .as("after %s", history)
                    .isEqualTo(Disposition.IN_SYNC);
            accountFor(history, savedLocally, here);
            accountFor(history, savedInPsa, there);
        }

        /** Only the last value of a side can be lost; the side itself replaced the earlier ones. */
        private void accountFor(List<Step> history, List<String> saved, String end) {
            if (saved.isEmpty()) {
                return;
            }
            String last = saved.get(saved.size() - 1);
            boolean logged = stage.events(Event.Type.OVERWRITTEN).stream()
                    .flatMap(event -> event.changes().stream())
                    .anyMatch(change -> Objects.equals(change.before(), last));
            boolean passedOn = stage.engine.events(local).stream()
                    .flatMap(event -> event.changes().stream())
                    .anyMatch(change -> Objects.equals(change.after(), last));
            assertThat(last.equals(end) || logged || passedOn)
                    .as("%s, of %s after %s, ended as %s; log: %s", last, saved, history, end, log())
                    .isTrue();
        }

        private String log() {
            return stage.engine.events(local).stream()
                    .map(event -> event.type() + " " + event.changes())
                    .collect(Collectors.joining("\n"));
        }

        private void take(Step step) {
            stage.later(Duration.ofMinutes(3));
            switch (step) {
                case SAVE -> save(null);
                case SAVE_UNNOTICED ->
                    stage.edits(local, ConfigurationFields.NOTES, mine(), org.psasync.model.Origin.USER);
                case SAVE_ANSWER_LOST -> save(Fault.answerLost().on(Operation.UPDATE));
                case SAVE_REQUEST_LOST -> save(Fault.requestLost().on(Operation.UPDATE));
                case PSA_EDIT -> {
                    String value = "psa " + ++next;
                    savedInPsa.add(value);
                    stage.psaEdits(server, ConfigurationFields.NOTES, value);
                }
                case REVERT -> {
                    savedLocally.clear();
                    stage.userSaves(local, ConfigurationFields.NOTES, "start");
                }
                case RUN -> stage.engine.run();
                case RESTART -> stage.engine = stage.newEngine();
            }
        }

        private void save(Fault fault) {
            if (fault != null) {
                stage.psa.faults().next(fault);
            }
            stage.userSaves(local, ConfigurationFields.NOTES, mine());
            stage.psa.faults().clear();
        }

        private String mine() {
            String value = "mine " + ++next;
            savedLocally.add(value);
            return value;
        }
    }
}
