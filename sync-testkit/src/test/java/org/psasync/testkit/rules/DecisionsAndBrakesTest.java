package org.psasync.testkit.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.psasync.model.AssetKind.CONFIGURATION;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.engine.PushResult;
import org.psasync.engine.SyncSettings.ConflictPolicy;
import org.psasync.engine.manage.ReviewChoice;
import org.psasync.engine.manage.ReviewItem;
import org.psasync.engine.manage.ReviewQueue;
import org.psasync.model.Asset;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.Edit;
import org.psasync.model.Field;
import org.psasync.model.FieldValues;
import org.psasync.model.LocalRef;
import org.psasync.model.Origin;
import org.psasync.model.RemoteRef;
import org.psasync.testkit.Fault;

/** A manager's decisions beside the brake that holds the saves of one actor. */
class DecisionsAndBrakesTest {
    private final Stage stage = new Stage();
    private final RemoteRef acme = stage.company("Acme");
    private final List<RemoteRef> servers = new ArrayList<>();

    /** Servers that sync, of which an actor may change two an hour. */
    private void servers(int count) {
        for (int i = 0; i < count; i++) {
            servers.add(stage.server(acme, "SRV-" + i));
        }
        stage.twoWay().configure(settings -> settings.pushesPerHour(2).conflicts(ConflictPolicy.ASK));
        stage.engine.run();
        stage.later(Duration.ofMinutes(5));
    }

    private LocalRef local(int server) {
        return stage.localOf(servers.get(server));
    }

    private PushResult saves(String actor, int server, Field<String> field, String value) {
        stage.later(Duration.ofSeconds(1));
        Asset saved = stage.host.save(
                local(server),
                FieldValues.empty(CONFIGURATION).with(field, value),
                new Edit(Origin.USER, actor, stage.clock.instant()));
        return stage.engine.saved(saved.ref());
    }

    private ReviewQueue queue() {
        return stage.engine.as(Stage.MANAGER).reviews();
    }

    private ReviewItem item(int server) {
        return queue().item(local(server))
                .orElseThrow(() ->
                        new AssertionError(stage.engine.explain(local(server)).print()));
    }

    private void clash(int server) {
        stage.psaEdits(servers.get(server), ConfigurationFields.NOTES, "theirs");
        saves("nina " + server, server, ConfigurationFields.NOTES, "mine");
    }

    @Test
    @DisplayName("BRAKE-3: a decision about one field of a record that is held releases nothing of what is held")
    void releasesNothing() {
        servers(4);
        clash(3);
        saves("ursula", 0, ConfigurationFields.NOTES, "one");
        saves("ursula", 1, ConfigurationFields.NOTES, "two");
        assertThat(saves("ursula", 3, ConfigurationFields.ASSET_TAG, "held"))
                .isInstanceOfSatisfying(
                        PushResult.Waiting.class,
                        waiting -> assertThat(waiting.text()).contains("in an hour"));

        queue().takeLocal(item(3), ConfigurationFields.NOTES);
        stage.later(Duration.ofHours(2)).engine.run();

        assertThat(stage.inPsa(servers.get(3), ConfigurationFields.ASSET_TAG)).isNull();
        assertThat(stage.engine.as(Stage.MANAGER).heldPushes())
                .singleElement()
                .satisfies(held -> assertThat(held.actor()).isEqualTo("ursula"));
        stage.engine.as(Stage.MANAGER).approvePushes("ursula");
        stage.engine.run();
        assertThat(stage.inPsa(servers.get(3), ConfigurationFields.ASSET_TAG)).isEqualTo("held");
        assertThat(stage.inPsa(servers.get(3), ConfigurationFields.NOTES)).isEqualTo("mine");
    }

    @Test
    @DisplayName("BRAKE-2, BRAKE-3: what a manager decides in reviews is not counted among the manager's own saves")
    void doesNotCountDecisions() {
        servers(6);
        for (int i = 0; i < 5; i++) {
            clash(i);
        }

        assertThat(queue().apply(queue().preview(CONFIGURATION, item(0).reason(), ReviewChoice.TAKE_LOCAL))
                        .decided())
                .isEqualTo(5);
        assertThat(stage.inPsa(servers.get(4), ConfigurationFields.NOTES)).isEqualTo("mine");

        assertThat(saves(Stage.MANAGER.name(), 5, ConfigurationFields.NOTES, "saved"))
                .isInstanceOf(PushResult.Pushed.class);
    }

    @Test
    @DisplayName("BRAKE-2: decisions whose writes are left to the next run are not counted there either")
    void doesNotCountThemLater() {
        servers(30);
        stage.configure(settings -> settings.brake(org.psasync.engine.Brake.PSA_WRITES, 2, 0));
        for (int i = 0; i < 8; i++) {
            clash(i);
        }
        stage.psa.faults().next(Fault.unavailable().forever());
        queue().apply(queue().preview(CONFIGURATION, item(0).reason(), ReviewChoice.TAKE_LOCAL));
        stage.psa.faults().clear();
        assertThat(stage.inPsa(servers.get(7), ConfigurationFields.NOTES)).isEqualTo("theirs");

        stage.later(Duration.ofMinutes(30));

        assertThat(stage.engine.run().brakes()).isEmpty();
        assertThat(stage.inPsa(servers.get(7), ConfigurationFields.NOTES)).isEqualTo("mine");
    }
}
