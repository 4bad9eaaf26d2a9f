package org.psasync.testkit.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.engine.Disposition;
import org.psasync.engine.PushResult;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.Field;
import org.psasync.model.FieldValues;
import org.psasync.model.LocalRef;
import org.psasync.model.Origin;
import org.psasync.model.RemoteRef;
import org.psasync.store.Event;
import org.psasync.testkit.Fault;
import org.psasync.testkit.Operation;

/** A PSA that takes a write and leaves a field as it was, without a word. */
class IgnoredFieldsTest {
    private final Stage stage = new Stage();
    private RemoteRef acme;
    private RemoteRef other;
    private RemoteRef server;

    private LocalRef begin() {
        acme = stage.company("Acme");
        other = stage.company("Other");
        server = stage.server(acme, "SRV-1");
        stage.twoWay().engine.run();
        stage.later(Duration.ofMinutes(5));
        return stage.localOf(server);
    }

    private void ignores(Field<?> field, Operation operation) {
        stage.psa.faults().next(Fault.ignores(field).on(operation));
    }

    private void soon() {
        stage.later(Duration.ofMinutes(5)).engine.run();
    }

    private String explained(LocalRef local) {
        return stage.engine.explain(local).print();
    }

    @Test
    @DisplayName(
            "FIELD-10, FIELD-8, PUSH-14: a move that the PSA ignores is said to be refused, and explained by both names")
    void aMove() {
        LocalRef local = begin();
        ignores(ConfigurationFields.ORGANIZATION, Operation.UPDATE);

        PushResult answer = stage.userSaves(local, ConfigurationFields.ORGANIZATION, stage.localOf(other));

        assertThat(answer).as(answer.text()).isInstanceOf(PushResult.Refused.class);
        assertThat(answer.text()).contains("left the organization as it was");
        assertThat(stage.events(Event.Type.UPDATED_IN_PSA)).isEmpty();
        assertThat(stage.events(Event.Type.STORED_DIFFERENTLY))
                .singleElement()
                .satisfies(event -> assertThat(event.reason()).contains("FIELD-8"));
        stage.psa.journal().clear();
        soon();
        assertThat(stage.psa.journal().writes()).as("MERGE-7").isEmpty();
        assertThat(stage.inHost(local, ConfigurationFields.ORGANIZATION)).isEqualTo(stage.localOf(other));
        assertThat(explained(local))
                .contains("organization: local \"Other\", PSA \"Acme\"; each side keeps it its own way");
    }

    @Test
    @DisplayName("PUSH-12, PUSH-14: what it took beside is pushed, and said to be")
    void oneOfTwo() {
        LocalRef local = begin();
        ignores(ConfigurationFields.NOTES, Operation.UPDATE);

        PushResult answer = stage.userSaves(
                local,
                FieldValues.empty(local.kind())
                        .with(ConfigurationFields.NOTES, "mine")
                        .with(ConfigurationFields.SERIAL_NUMBER, "S-1"));

        assertThat(answer).isInstanceOf(PushResult.Refused.class);
        assertThat(answer.done().pushed()).containsExactly(ConfigurationFields.SERIAL_NUMBER);
        assertThat(stage.events(Event.Type.UPDATED_IN_PSA))
                .singleElement()
                .satisfies(event -> assertThat(event.changes())
                        .extracting(Event.Change::after)
                        .containsExactly("S-1"));
        assertThat(stage.engine.explain(local).disposition()).isEqualTo(Disposition.IN_SYNC);
        assertThat(explained(local)).contains("notes: local \"mine\", PSA (blank)");
    }

    @Test
    @DisplayName("PUSH-14, FIELD-8: of a new record, too, what it left blank is not said to be pushed")
    void aNewRecord() {
        begin();
        ignores(ConfigurationFields.NOTES, Operation.CREATE);

        PushResult answer = stage.engine.saved(stage.creates(
                        stage.serverValues(stage.localOf(acme), "SRV-2").with(ConfigurationFields.NOTES, "mine"),
                        Origin.USER)
                .ref());

        assertThat(answer).isInstanceOf(PushResult.Refused.class);
        assertThat(answer.done().created()).isTrue();
        assertThat(answer.done().pushed()).contains(ConfigurationFields.NAME).doesNotContain(ConfigurationFields.NOTES);
        assertThat(answer.text()).contains("left the notes as it was");
    }

    @Test
    @DisplayName("WHY-1: a reference is explained by what it names, and is no difference when both name the same")
    void explainsReferences() {
        LocalRef local = begin();
        assertThat(explained(local)).doesNotContain("organization: local");
        RemoteRef foreign = stage.site(other, "Elsewhere", "Tampa");
        stage.psaEdits(server, ConfigurationFields.LOCATION, foreign);
        soon();

        assertThat(explained(local)).contains("location: local (blank), PSA \"Elsewhere\"");
    }
}
