package org.psasync.testkit.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.psasync.model.AssetKind.ORGANIZATION;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.engine.Actor;
import org.psasync.engine.ChoiceState;
import org.psasync.engine.Connection;
import org.psasync.engine.ConnectorSource;
import org.psasync.engine.Managing;
import org.psasync.engine.NotAllowedException;
import org.psasync.engine.RunReport;
import org.psasync.engine.SyncEngine;
import org.psasync.engine.SyncPlan;
import org.psasync.model.OrganizationFields;
import org.psasync.spi.ConnectorException;
import org.psasync.spi.PsaConnector;
import org.psasync.spi.ReferenceData;
import org.psasync.store.Commit;
import org.psasync.store.Setup;
import org.psasync.testkit.Fault;

class ConnectorsReplacedTest {
    private final Stage stage = new Stage();
    private final List<String> calls = new ArrayList<>();
    private int opened;
    private boolean oldRefused;
    private Runnable atChanges = () -> {};

    /** A connection of its own, which is over once it is closed. */
    private PsaConnector open() {
        String name = "connector " + ++opened;
        boolean first = opened == 1;
        boolean[] closed = {false};
        return (PsaConnector) Proxy.newProxyInstance(
                PsaConnector.class.getClassLoader(), new Class<?>[] {PsaConnector.class}, (proxy, method, args) -> {
                    switch (method.getName()) {
                        case "close" -> {
                            closed[0] = true;
                            calls.add("closed " + name);
                            return null;
                        }
                        case "forPushes" -> {
                            return proxy;
                        }
                        case "changes" -> {
                            Runnable now = atChanges;
                            atChanges = () -> {};
                            now.run();
                            if (oldRefused && first) {
                                throw new ConnectorException.Unauthorized("The key was withdrawn.", null);
                            }
                        }
                        default -> {}
                    }
                    if (closed[0]) {
                        throw new IllegalStateException(name + " is closed");
                    }
                    try {
                        return method.invoke(stage.psa, args);
                    } catch (InvocationTargetException failure) {
                        throw failure.getCause();
                    }
                });
    }

    private SyncEngine engine(ConnectorSource source) {
        return SyncEngine.builder()
                .integration("contoso/fake")
                .connector(source)
                .assets(stage.host)
                .state(stage.store)
                .clock(stage.clock)
                .pause(stage.clock)
                .random(new Random(7))
                .build();
    }

    @Test
    @DisplayName("CONN-3: credentials replaced during a run do not end it, and the old connector is closed after it")
    void keepsARunGoing() {
        stage.company("Acme");
        stage.selecting();
        SyncEngine engine = engine(this::open);
        atChanges = () -> {
            assertThat(engine.as(Stage.MANAGER).connect()).isInstanceOf(Connection.Accepted.class);
            calls.add("replaced");
        };

        RunReport report = engine.run();

        assertThat(report.status()).as(report.print()).isEqualTo(RunReport.Status.OK);
        assertThat(stage.all(ORGANIZATION)).hasSize(1);
        assertThat(calls).containsExactly("replaced", "closed connector 1");
        engine.close();
        assertThat(calls).last().isEqualTo("closed connector 2");
    }

    @Test
    @DisplayName("CONN-3, SAFE-3: old credentials refused after they were replaced do not stop the new ones")
    void doesNotHoldTheOldAgainstTheNew() {
        stage.company("Acme");
        stage.selecting();
        SyncEngine engine = engine(this::open);
        oldRefused = true;
        atChanges = () -> engine.as(Stage.MANAGER).connect();

        assertThat(engine.run().status()).isEqualTo(RunReport.Status.INCOMPLETE);

        assertThat(engine.run().status()).isEqualTo(RunReport.Status.OK);
    }

    @Test
    @DisplayName("CONN-3, SAFE-3: credentials replaced on one node are taken up by another, which undoes nothing")
    void followsCredentialsReplacedElsewhere() {
        stage.company("Acme");
        stage.selecting();
        boolean[] withdrawn = {false};
        int[] newer = {0};
        ConnectorSource vault = () -> {
            boolean old = !withdrawn[0];
            newer[0] += old ? 0 : 1;
            return Between.with(stage.psa, (method, arguments, call) -> {
                if (method.equals("close")) {
                    return null; // all speak through the one fake
                }
                if (method.equals("changes")) {
                    Runnable now = atChanges;
                    atChanges = () -> {};
                    now.run();
                    if (old && withdrawn[0]) {
                        throw new ConnectorException.Unauthorized("The key was withdrawn.", null);
                    }
                }
                return call.call(arguments);
            });
        };
        SyncEngine a = engine(vault);
        SyncEngine b = engine(vault);
        a.run();
        assertThat(b.run().status()).isEqualTo(RunReport.Status.OK);
        atChanges = () -> {
            withdrawn[0] = true;
            assertThat(a.as(Stage.MANAGER).connect()).isInstanceOf(Connection.Accepted.class);
        };

        assertThat(b.run().status()).isEqualTo(RunReport.Status.INCOMPLETE);

        assertThat(stage.state().setup().refusal()).isNull();
        assertThat(b.run().status()).isEqualTo(RunReport.Status.OK);
        assertThat(a.run().status()).isEqualTo(RunReport.Status.OK);
        assertThat(newer[0]).as("opened anew on each node, once").isEqualTo(2);
    }

    @Test
    @DisplayName("CONN-3: a malformed credential makes a run and a plan say so")
    void answersWhenNothingCanBeOpened() {
        stage.selecting();
        SyncEngine engine = engine(() -> {
            throw new IllegalArgumentException("The site is no host name");
        });

        RunReport report = engine.run();
        SyncPlan plan = engine.plan();

        assertThat(report.status()).isEqualTo(RunReport.Status.ERROR);
        assertThat(report.message()).contains("no host name");
        assertThat(plan.message()).contains("no host name");
        assertThat(engine.lastRun()).contains(report);
    }

    @Test
    @DisplayName("CONN-2: advice never blocks")
    void passesAdviceOn() {
        Stage advised = new Stage(psa -> psa.advice("Use a member of its own."), host -> {});
        advised.company("Acme");

        Connection connection = advised.engine.as(Stage.MANAGER).connect();

        assertThat(connection)
                .isInstanceOfSatisfying(
                        Connection.Accepted.class,
                        accepted -> assertThat(accepted.advice()).containsExactly("Use a member of its own."));
        assertThat(advised.selecting().engine.run().status()).isEqualTo(RunReport.Status.OK);
    }

    @Test
    @DisplayName("SET-4: a selected type that the PSA does not know any more is not connected")
    void showsWhatIsNotConnected() {
        stage.company("Acme");
        stage.selecting().engine.run();
        Setup setup = stage.state().setup();
        ReferenceData without = new ReferenceData(
                Map.of(
                        OrganizationFields.TYPES,
                        setup.reference().choices().get(OrganizationFields.TYPES).stream()
                                .filter(entry -> !entry.choice().name().equals("Customer"))
                                .toList()),
                Map.of(),
                List.of());
        stage.state()
                .commit(Commit.builder()
                        .setup(setup.withReference(without, stage.clock.instant()))
                        .build());

        assertThat(stage.engine.choices(OrganizationFields.TYPES))
                .extracting(ChoiceState::state)
                .contains(ChoiceState.State.DISABLED, ChoiceState.State.NOT_CONNECTED)
                .doesNotContain(ChoiceState.State.ENABLED);
        assertThat(stage.engine.as(Stage.MANAGER).preview(settings -> {}).advice())
                .contains("The organization type \"Customer\" is selected, but Fake PSA does not have it any more.");
    }

    @Test
    @DisplayName("DATA-8: connecting, settings, plans and runs need a manager; others are refused and nothing happens")
    void needsAManager() {
        stage.company("Acme");
        stage.selecting();
        SyncPlan plan = stage.engine.plan();
        Managing user = stage.engine.as(Actor.user("ursula"));

        assertThatThrownBy(user::connect).isInstanceOf(NotAllowedException.class);
        assertThatThrownBy(() -> user.configure(settings -> settings.contacts(false)))
                .isInstanceOf(NotAllowedException.class);
        assertThatThrownBy(() -> user.apply(plan)).isInstanceOf(NotAllowedException.class);
        assertThatThrownBy(user::run).isInstanceOf(NotAllowedException.class).hasMessageContaining("ursula");

        assertThat(stage.all(ORGANIZATION)).isEmpty();
    }

    @Test
    @DisplayName("CONN-1: a connector that breaks while connecting is closed, and nothing is stored")
    void closesABrokenConnector() {
        Setup before = stage.state().setup();
        SyncEngine engine = engine(() -> Between.with(open(), (method, arguments, call) -> {
            if (method.equals("reference")) {
                throw new IllegalStateException("broken");
            }
            return call.call(arguments);
        }));

        assertThat(engine.as(Stage.MANAGER).connect())
                .isInstanceOfSatisfying(
                        Connection.Refused.class,
                        refused -> assertThat(refused.reason()).contains("could not read lists", "broken"));
        assertThat(calls).containsExactly("closed connector 1");
        assertThat(stage.state().setup()).isEqualTo(before);
    }

    @Test
    @DisplayName("CONN-1: refused credentials close the connector too")
    void closesARefusedConnector() {
        SyncEngine engine = engine(this::open);
        stage.psa.faults().next(Fault.unauthorized("private key"));

        assertThat(engine.as(Stage.MANAGER).connect())
                .isInstanceOfSatisfying(
                        Connection.Refused.class,
                        refused -> assertThat(refused.credential()).isEqualTo("private key"));

        assertThat(calls).containsExactly("closed connector 1");
    }
}
