package org.psasync.testkit.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.psasync.model.AssetKind.CONFIGURATION;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.engine.Disposition;
import org.psasync.engine.ManageData;
import org.psasync.engine.Managing;
import org.psasync.engine.PushResult;
import org.psasync.engine.RunReport;
import org.psasync.engine.SettingsPreview;
import org.psasync.engine.SyncEngine;
import org.psasync.engine.SyncSettings.ConflictPolicy;
import org.psasync.engine.manage.BulkReport;
import org.psasync.engine.manage.RecordResult;
import org.psasync.engine.manage.ReviewAnswer;
import org.psasync.engine.manage.ReviewChoice;
import org.psasync.engine.manage.ReviewItem;
import org.psasync.engine.manage.ReviewQueue;
import org.psasync.engine.manage.Row;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.LocalRef;
import org.psasync.model.Origin;
import org.psasync.model.RemoteRef;
import org.psasync.spi.ConnectorException;
import org.psasync.store.Commit;
import org.psasync.store.Setup;

/** What works after a restart while the PSA is down, so that no connector can be opened: each try takes half a minute. */
class PsaDownTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final Stage stage = new Stage();
    private final RemoteRef acme = stage.company("Acme");
    private final List<RemoteRef> servers = new ArrayList<>();
    private int tries;
    private boolean up;
    private SyncEngine restarted = stage.engine;

    private void servers(int count) {
        for (int i = 0; i < count; i++) {
            servers.add(stage.server(acme, "SRV-" + i));
        }
        stage.twoWay().engine.run();
        stage.later(Duration.ofMinutes(5));
    }

    private void restart() {
        restarted = SyncEngine.builder()
                .integration("contoso/fake")
                .connector(() -> {
                    if (up) {
                        return stage.psa;
                    }
                    tries++;
                    stage.clock.advance(TIMEOUT);
                    throw new ConnectorException.Unavailable("The PSA does not answer.", false, null);
                })
                .assets(stage.host)
                .state(stage.store)
                .clock(stage.clock)
                .pause(stage.clock)
                .random(new Random(7))
                .build();
    }

    /** Does something and expects that nobody waited for the PSA. */
    private void atOnce(Runnable work) {
        Instant before = stage.clock.instant();
        work.run();
        assertThat(tries).as("openings").isZero();
        assertThat(stage.clock.instant()).isEqualTo(before);
    }

    private Managing manager() {
        return restarted.as(Stage.MANAGER);
    }

    /** The state as an earlier version of the library stored it. */
    private void forgetTheConnector() {
        Setup now = stage.state().setup();
        stage.state()
                .commit(Commit.builder()
                        .setup(new Setup(
                                now.version(),
                                now.settings(),
                                now.settingsVersion(),
                                now.connection(),
                                now.reference(),
                                now.referenceAt(),
                                now.refusal(),
                                now.participation(),
                                now.instance(),
                                now.credentials(),
                                null))
                        .build());
    }

    // Looking --------------------------------------------------------------------------------------------------------

    @Test
    @DisplayName("DATA-1, DATA-3: rows and lists are the same while the PSA is down, and wait for nothing")
    void showsLists() {
        servers(2);
        stage.engine.as(Stage.MANAGER).manageData().disable(servers.get(1));
        restart();

        atOnce(() -> {
            assertThat(manager().manageData().syncedItems())
                    .isEqualTo(stage.engine.as(Stage.MANAGER).manageData().syncedItems());
            assertThat(manager().manageData().view(serverRow(), null, 10).entries())
                    .hasSize(2)
                    .allSatisfy(entry -> assertThat(entry.address()).isNull());
            assertThat(manager()
                            .manageData()
                            .orphaned(CONFIGURATION, null, null, 10)
                            .entries())
                    .isEmpty();
            assertThat(manager()
                            .manageData()
                            .disconnected(CONFIGURATION, null, 10)
                            .entries())
                    .hasSize(1);
        });
        assertThat(manager().manageData().addressOf(servers.get(0))).isEmpty();
        up = true;
        assertThat(manager().manageData().addressOf(servers.get(0))).isPresent();
        assertThat(manager().manageData().view(serverRow(), null, 10).entries())
                .as("once it is open")
                .allSatisfy(entry -> assertThat(entry.address()).isNotNull());
    }

    private Row serverRow() {
        return Row.of(ConfigurationFields.TYPE, stage.choice(ConfigurationFields.TYPE, "Server"));
    }

    @Test
    @DisplayName("PUSH-1: which fields may be changed is told while the PSA is down")
    void tellsWhatIsEditable() {
        servers(1);
        LocalRef local = stage.localOf(servers.get(0));
        stage.configure(settings -> settings.twoWay(false));
        restart();

        atOnce(() -> assertThat(restarted.editable(local)).isEqualTo(stage.engine.editable(local)));
        assertThat(restarted.editable(local).allows(ConfigurationFields.NOTES)).isFalse();
    }

    @Test
    @DisplayName("CONN-3: who needs no connector does not wait while somebody else opens one")
    void waitsForNobody() throws Exception {
        servers(1);
        CountDownLatch opening = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        AtomicBoolean waited = new AtomicBoolean(true);
        SyncEngine slow = SyncEngine.builder()
                .integration("contoso/fake")
                .connector(() -> {
                    opening.countDown();
                    try {
                        waited.set(!end.await(5, TimeUnit.SECONDS));
                    } catch (InterruptedException interrupted) {
                        Thread.currentThread().interrupt();
                    }
                    return stage.psa;
                })
                .assets(stage.host)
                .state(stage.store)
                .clock(stage.clock)
                .build();
        Thread run = new Thread(slow::run);
        run.start();
        opening.await();
        slow.as(Stage.MANAGER).reviews().page(CONFIGURATION, null, 10);
        slow.as(Stage.MANAGER).manageData().syncedItems();
        slow.as(Stage.MANAGER).configure(settings -> settings.contacts(true));
        slow.editable(stage.localOf(servers.get(0)));
        end.countDown();
        run.join();

        assertThat(waited).isFalse();
        assertThat(slow.lastRun().orElseThrow().status()).isEqualTo(RunReport.Status.OK);
    }

    // Changing -------------------------------------------------------------------------------------------------------

    @Test
    @DisplayName("SET-1: settings are previewed and saved while the PSA is down")
    void changesSettings() {
        servers(3);
        restart();

        atOnce(() -> {
            SettingsPreview preview = manager().preview(settings -> settings.configurations(c -> c.types()));
            assertThat(preview.kind(CONFIGURATION).orphaned()).isEqualTo(3);
            manager().save(preview);
            assertThat(manager().configure(settings -> settings.twoWay(false)).twoWay())
                    .isFalse();
        });
    }

    @Test
    @DisplayName("DATA-2, DATA-9: records and rows are taken out of the sync, and deleted, while the PSA is down")
    void takesOut() {
        servers(3);
        stage.engine.as(Stage.MANAGER).manageData().disable(servers.get(2));
        restart();
        ManageData data = manager().manageData();

        atOnce(() -> {
            RecordResult disabled = data.disable(servers.get(0));
            assertThat(disabled.done()).as(disabled.text()).isTrue();
            BulkReport deleted = data.confirm(data.previewDelete(serverRow()));
            assertThat(deleted.count()).as(deleted.message()).isEqualTo(1);
        });
        assertThat(stage.all(CONFIGURATION)).hasSize(2);
        assertThat(data.reconnect(servers.get(0)).text()).contains("The PSA does not answer.");
        up = true;
        assertThat(data.reconnect(servers.get(0)).done()).isTrue();
    }

    @Test
    @DisplayName("BRAKE-3: what is held is let go, or discarded, while the PSA is down")
    void decidesWhatIsHeld() {
        servers(3);
        stage.configure(settings -> settings.pushesPerHour(1));
        for (RemoteRef server : servers) {
            stage.userSaves(stage.localOf(server), ConfigurationFields.NOTES, "mine");
        }
        restart();

        atOnce(() -> {
            String actor = manager().heldPushes().get(0).actor();
            assertThat(manager().discardPushes("nobody")).isZero();
            assertThat(manager().approvePushes(actor)).isEqualTo(2);
            assertThat(manager().heldPushes()).isEmpty();
        });
        up = true;
        restarted.run();
        assertThat(stage.inPsa(servers.get(2), ConfigurationFields.NOTES)).isEqualTo("mine");
    }

    @Test
    @DisplayName(
            "MATCH-5: doubts are decided while the PSA is down, and what only the host is needed for is done at once")
    void decidesDoubts() {
        servers(1);
        RemoteRef twin = stage.server(acme, "Twin");
        stage.creates(
                stage.serverValues(stage.localOf(acme), "Twin").with(ConfigurationFields.SERIAL_NUMBER, "S"),
                Origin.IMPORT);
        stage.later(Duration.ofMinutes(5)).engine.run();
        restart();
        ReviewQueue queue = manager().reviews();
        ReviewItem item = queue.page(CONFIGURATION, null, 10).items().get(0);

        assertThat(queue.suggestions(item)).isEmpty();
        assertThat(queue.preview(CONFIGURATION, item.reason(), ReviewChoice.IGNORE)
                        .count())
                .isEqualTo(1);
        ReviewAnswer unseen = queue.link(item, item.candidates().get(0).record());
        assertThat(unseen.decided()).isFalse();
        assertThat(unseen.text()).contains("The PSA does not answer.");
        assertThat(queue.create(item).decided()).isTrue();
        assertThat(stage.localOf(twin)).isNotNull();
    }

    @Test
    @DisplayName("MERGE-5: a decided conflict is stored while the PSA is down, and carried out when it is back")
    void decidesConflicts() {
        servers(1);
        RemoteRef server = servers.get(0);
        stage.configure(settings -> settings.conflicts(ConflictPolicy.ASK));
        stage.psaEdits(server, ConfigurationFields.NOTES, "theirs");
        stage.edits(stage.localOf(server), ConfigurationFields.NOTES, "mine", Origin.USER);
        stage.later(Duration.ofMinutes(5)).engine.run();
        restart();
        ReviewQueue queue = manager().reviews();
        ReviewItem item = queue.page(CONFIGURATION, null, 10).items().get(0);

        ReviewAnswer answer = queue.takeLocal(item, ConfigurationFields.NOTES);

        assertThat(answer.decided()).as(answer.text()).isTrue();
        assertThat(answer.text()).contains("left to the next run").contains("The PSA does not answer.");
        assertThat(tries).as("openings in one call").isEqualTo(1);
        up = true;
        restarted.run();
        assertThat(stage.inPsa(server, ConfigurationFields.NOTES)).isEqualTo("mine");
    }

    @Test
    @DisplayName("PUSH-13, PUSH-14: a save is kept while the PSA is down, and pushed when it is back")
    void keepsSaves() {
        servers(1);
        restart();
        LocalRef local = stage.localOf(servers.get(0));

        PushResult kept = restarted.saved(stage.edits(local, ConfigurationFields.NOTES, "mine", Origin.USER)
                .ref());

        assertThat(kept).isInstanceOf(PushResult.Waiting.class);
        assertThat(kept.text()).contains("The PSA does not answer.");
        assertThat(tries).isEqualTo(1);
        assertThat(stage.state().byLocal(local).orElseThrow().grant()).isNotNull();
        assertThat(restarted.explain(local).disposition()).isEqualTo(Disposition.CHANGE_WAITING);
        up = true;
        assertThat(restarted.run().status()).isEqualTo(RunReport.Status.OK);
        assertThat(stage.inPsa(servers.get(0), ConfigurationFields.NOTES)).isEqualTo("mine");
    }

    // Before anything is known ---------------------------------------------------------------------------------------

    @Test
    @DisplayName("CONN-1: what nothing is known of yet is refused with the reason, and lists are shown all the same")
    void saysWhatItDoesNotKnow() {
        servers(1);
        LocalRef local = stage.localOf(servers.get(0));
        forgetTheConnector();
        restart();

        assertThat(manager().manageData().syncedItems()).isNotEmpty();
        List<ThrowingCallable> calls = List.of(
                () -> restarted.editable(local),
                () -> manager().preview(settings -> settings.contacts(true)),
                () -> manager().configure(settings -> settings.contacts(true)),
                () -> manager().manageData().previewDelete(serverRow()),
                () -> manager().approvePushes("ursula"),
                () -> manager().reviews().preview(CONFIGURATION, "which", ReviewChoice.IGNORE));
        for (ThrowingCallable call : calls) {
            assertThatThrownBy(call).isInstanceOf(IllegalStateException.class).hasMessage("The PSA does not answer.");
        }
        assertThat(manager().manageData().disable(servers.get(0)).done()).isFalse();
        up = true;
        assertThat(restarted.run().status()).isEqualTo(RunReport.Status.OK);
        up = false;
        tries = 0;
        restart();
        atOnce(() -> restarted.editable(local));
    }
}
