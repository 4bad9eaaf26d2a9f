package org.psasync.testkit.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.psasync.model.AssetKind.CONFIGURATION;
import static org.psasync.model.AssetKind.ORGANIZATION;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.engine.Connection;
import org.psasync.engine.ManageData;
import org.psasync.engine.Managing;
import org.psasync.engine.PushResult;
import org.psasync.engine.RunReport;
import org.psasync.engine.SyncEngine;
import org.psasync.engine.manage.ReviewChoice;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.LocalRef;
import org.psasync.model.OrganizationFields;
import org.psasync.model.Origin;
import org.psasync.model.RemoteRef;
import org.psasync.spi.ConnectorException;
import org.psasync.testkit.Operation;

/** What is seen of a connector that was just opened, and what is not tried again. */
class NewConnectorTest {
    private final Stage stage = new Stage();
    private final List<RemoteRef> companies =
            List.of(stage.company("Acme"), stage.company("Beta"), stage.company("Gamma"), stage.company("Delta"));

    private SyncEngine restartedOnACopy(Stage copy) {
        companies.forEach(company -> copy.company("Other " + company.id()));
        return stage.newEngine(copy.psa);
    }

    @Test
    @DisplayName("SAFE-2: after a restart with another instance the first run reads nothing of it, full check or not")
    void looksBeforeTheFirstRun() {
        stage.twoWay().engine.run();
        Stage copy = new Stage();

        RunReport report = restartedOnACopy(copy).run();

        assertThat(report.status()).as(report.print()).isEqualTo(RunReport.Status.STOPPED);
        assertThat(copy.psa.journal().count(Operation.CHANGES)).isZero();
        assertThat(stage.all(ORGANIZATION))
                .extracting(asset -> asset.values().get(OrganizationFields.NAME))
                .containsExactlyInAnyOrder("Acme", "Beta", "Gamma", "Delta");
    }

    @Test
    @DisplayName("SAFE-2: after a restart with another instance nothing is pushed to it")
    void looksBeforeTheFirstPush() {
        stage.twoWay().engine.run();
        LocalRef local = stage.localOf(companies.get(0));
        Stage copy = new Stage();
        stage.engine = restartedOnACopy(copy);

        PushResult saved = stage.userSaves(local, OrganizationFields.NAME, "Acme Ltd");

        assertThat(saved).isInstanceOf(PushResult.Waiting.class);
        assertThat(copy.psa.journal().writes()).isEmpty();
        assertThat(stage.state().setup().instance().other()).isNotNull();
        stage.engine = stage.newEngine();
        assertThat(stage.engine.run().status()).isEqualTo(RunReport.Status.OK);
        assertThat(stage.inPsa(companies.get(0), OrganizationFields.NAME)).isEqualTo("Acme Ltd");
    }

    @Test
    @DisplayName("SAFE-2, PULL-2: the look at a connector that was opened costs two requests, once")
    void looksOnce() {
        stage.twoWay().engine.run();
        long quiet = stage.later(Duration.ofMinutes(10)).engine.run().requests();
        SyncEngine restarted = stage.newEngine();

        long first = restarted.run().requests();
        long second = restarted.run().requests();

        assertThat(first).isBetween(quiet, quiet + 2);
        assertThat(second).isEqualTo(quiet);
    }

    // Logging in -----------------------------------------------------------------------------------------------------

    private SyncEngine refusingToOpen(AtomicInteger logins) {
        return SyncEngine.builder()
                .integration("contoso/fake")
                .connector(() -> {
                    logins.incrementAndGet();
                    throw new ConnectorException.Unauthorized("The key was withdrawn.", null);
                })
                .assets(stage.host)
                .state(stage.store)
                .clock(stage.clock)
                .pause(stage.clock)
                .random(new Random(7))
                .build();
    }

    @Test
    @DisplayName("SAFE-3: a log-in that is refused when the connector is opened is not tried again by runs")
    void logsInOnce() {
        stage.selecting().engine.run();
        AtomicInteger logins = new AtomicInteger();
        SyncEngine engine = refusingToOpen(logins);

        RunReport first = engine.run();
        RunReport second = engine.run();

        assertThat(first.status()).isEqualTo(RunReport.Status.ERROR);
        assertThat(second.message()).contains("The key was withdrawn.").contains("Replace the credentials");
        assertThat(logins).hasValue(1);
    }

    @Test
    @DisplayName("SAFE-3: explaining a record logs in no second time after a refusal, and says so")
    void explainsWithoutLoggingIn() {
        RemoteRef server = stage.server(companies.get(0), "SRV-1");
        stage.twoWay().engine.run();
        AtomicInteger logins = new AtomicInteger();
        SyncEngine engine = refusingToOpen(logins);

        engine.explain(server);
        PushResult saved =
                engine.saved(stage.edits(stage.localOf(server), ConfigurationFields.NOTES, "mine", Origin.USER)
                        .ref());
        String text = engine.explain(server).print();

        assertThat(text).contains("The key was withdrawn.").contains("Replace the credentials");
        assertThat(saved).isInstanceOf(PushResult.Waiting.class);
        assertThat(saved.text()).contains("The key was withdrawn.");
        assertThat(logins).hasValue(1);
        assertThat(stage.state().setup().refusal()).contains("withdrawn");
        assertThat(stage.all(CONFIGURATION)).hasSize(1);
    }

    @Test
    @DisplayName("SAFE-3: whatever is asked for, refused credentials are used once, until they are replaced")
    void logsInNeverAgain() {
        RemoteRef server = stage.server(companies.get(0), "SRV-1");
        stage.twoWay().engine.run();
        LocalRef local = stage.localOf(server);
        List<Consumer<SyncEngine>> calls = List.of(
                engine -> engine.webhook(stage.psa.hook(server)),
                engine -> engine.isGenuine(stage.psa.hook(server)),
                engine -> data(engine).addressOf(local),
                engine -> data(engine).syncNow(local),
                engine -> data(engine).reconnect(local),
                engine -> engine.explain(local),
                engine -> engine.saved(local),
                SyncEngine::plan,
                SyncEngine::run,
                engine -> manager(engine).oneTimePush().preview(),
                engine -> manager(engine).reviews().preview(CONFIGURATION, "which", ReviewChoice.IGNORE));

        for (Consumer<SyncEngine> first : calls) {
            accepted();
            AtomicInteger logins = new AtomicInteger();
            SyncEngine engine = refusingToOpen(logins);
            for (Consumer<SyncEngine> call : calls) {
                try {
                    (logins.get() == 0 ? first : call).accept(engine);
                } catch (ConnectorException.Unauthorized refused) {
                    assertThat(refused).hasMessage("The key was withdrawn.");
                }
            }
            assertThat(logins.get()).isLessThan(2);
        }
        SyncEngine engine = refusingToOpen(new AtomicInteger());
        engine.run();
        assertThat(stage.state().setup().refusal()).isEqualTo("The key was withdrawn.");
        accepted();
        assertThat(stage.newEngine().run().status()).isEqualTo(RunReport.Status.OK);
    }

    /** Somebody replaces the credentials on another node. */
    private void accepted() {
        assertThat(manager(stage.newEngine()).connect()).isInstanceOf(Connection.Accepted.class);
    }

    private static Managing manager(SyncEngine engine) {
        return engine.as(Stage.MANAGER);
    }

    private static ManageData data(SyncEngine engine) {
        return manager(engine).manageData();
    }
}
