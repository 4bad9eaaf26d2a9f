package org.psasync.testkit.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.psasync.model.AssetKind.CONFIGURATION;
import static org.psasync.testkit.rules.Stage.MANAGER;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.engine.Disposition;
import org.psasync.engine.RunReport.Status;
import org.psasync.engine.SyncEngine;
import org.psasync.engine.manage.Row;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.LocalRef;
import org.psasync.model.OrganizationFields;
import org.psasync.model.Origin;
import org.psasync.model.RemoteRef;
import org.psasync.spi.ConnectorException;

/** Every operation of the engine, over a connector of which one method is broken. */
class BrokenConnectorTest {
    private static final List<String> METHODS = List.of(
            "descriptor",
            "forPushes",
            "check",
            "reference",
            "changes",
            "ids",
            "read",
            "find",
            "findCreated",
            "prepare",
            "create",
            "update",
            "webhook",
            "address",
            "requests");

    private final Stage stage = new Stage();
    private final RemoteRef acme = stage.company("Acme");
    private final RemoteRef server = stage.server(acme, "SRV-1");

    private Map<String, Consumer<SyncEngine>> operations(LocalRef local) {
        Map<String, Consumer<SyncEngine>> all = new LinkedHashMap<>();
        all.put("connect", engine -> engine.as(MANAGER).connect());
        all.put("preview", engine -> engine.as(MANAGER).preview(settings -> settings.contacts(true)));
        all.put("configure", engine -> engine.as(MANAGER).configure(settings -> settings.locations(false)));
        all.put("plan", SyncEngine::plan);
        all.put("run", SyncEngine::run);
        all.put("saved", engine -> engine.saved(local));
        all.put("explain local", engine -> engine.explain(local));
        all.put("explain remote", engine -> engine.explain(server));
        all.put("editable", engine -> engine.editable(local));
        all.put("choices", engine -> engine.choices(OrganizationFields.TYPES));
        all.put("webhook", engine -> engine.webhook(stage.psa.hook(server)));
        all.put("status", SyncEngine::status);
        all.put("rows", engine -> engine.as(MANAGER).manageData().syncedItems());
        all.put("address", engine -> engine.as(MANAGER).manageData().addressOf(local));
        all.put("sync now", engine -> engine.as(MANAGER).manageData().syncNow(local));
        all.put("disconnect record", engine -> engine.as(MANAGER).manageData().disable(local));
        all.put("reconnect record", engine -> engine.as(MANAGER).manageData().reconnect(local));
        all.put(
                "bulk",
                engine -> engine.as(MANAGER)
                        .manageData()
                        .previewDisconnect(
                                Row.of(ConfigurationFields.TYPE, stage.choice(ConfigurationFields.TYPE, "Server"))));
        all.put("reviews", engine -> engine.as(MANAGER).reviews().page(CONFIGURATION, null, 10));
        all.put("one-time push", engine -> engine.as(MANAGER).oneTimePush().preview());
        all.put("pause", engine -> engine.as(MANAGER).pause());
        all.put("resume", engine -> engine.as(MANAGER).resume());
        return all;
    }

    @Test
    @DisplayName(
            "PsaConnector, CONN-3: whatever method of a connector is broken, nothing but what is declared comes out")
    void throwsNothingElse() {
        stage.twoWay().engine.run();
        LocalRef local = stage.localOf(server);
        for (String method : METHODS) {
            assertDeclared(local, method, () -> {
                throw new IllegalStateException("boom");
            });
            if (!method.equals("requests")) { // a number cannot be null
                assertDeclared(local, method, () -> null);
            }
        }
        assertThat(stage.later(Duration.ofHours(1)).engine.run().status()).isEqualTo(Status.OK);
        assertThat(stage.engine.explain(local).disposition()).isEqualTo(Disposition.IN_SYNC);
    }

    private void assertDeclared(LocalRef local, String method, Supplier<Object> fault) {
        operations(local).forEach((name, operation) -> {
            SyncEngine engine = stage.newEngine(Between.with(
                    stage.psa,
                    (called, arguments, real) -> called.equals(method) ? fault.get() : real.call(arguments)));
            stage.edits(local, ConfigurationFields.NOTES, method + name, Origin.USER);
            stage.later(Duration.ofMinutes(1));
            try {
                operation.accept(engine);
            } catch (ConnectorException declared) {
                assertThat(declared).as("%s of %s", name, method).hasMessageContaining("connector could not");
            } catch (IllegalStateException refused) {
                assertThat(refused).as("%s of %s", name, method).hasMessageContaining("nothing was done");
            }
        });
    }

    @Test
    @DisplayName("CONN-3: an engine that was closed opens no connector any more, and says so")
    void opensNothingOnceClosed() {
        stage.twoWay().engine.run();
        LocalRef local = stage.localOf(server);
        AtomicInteger opened = new AtomicInteger();
        SyncEngine engine = SyncEngine.builder()
                .integration("contoso/fake")
                .connector(() -> {
                    opened.incrementAndGet();
                    return stage.psa.reopen();
                })
                .assets(stage.host)
                .state(stage.store)
                .clock(stage.clock)
                .pause(stage.clock)
                .build();
        engine.run();
        engine.close();
        stage.edits(local, ConfigurationFields.NOTES, "late", Origin.USER);

        List<Consumer<SyncEngine>> calls = List.of(
                SyncEngine::run,
                SyncEngine::plan,
                each -> each.saved(local),
                each -> each.as(MANAGER).connect(),
                each -> each.webhook(stage.psa.hook(server)));
        for (Consumer<SyncEngine> call : calls) {
            assertThatThrownBy(() -> call.accept(engine))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("The engine was closed.");
        }
        assertThat(opened).hasValue(1);
        assertThat(engine.events(local)).isNotEmpty();
        assertThat(engine.settings().twoWay()).isTrue();
        assertThat(engine.counts()).isNotEmpty();
        assertThat(engine.status().status()).isEqualTo(Status.OK);
        engine.close();
    }
}
