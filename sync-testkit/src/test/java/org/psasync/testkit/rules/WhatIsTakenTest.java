package org.psasync.testkit.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.psasync.model.AssetKind.CONFIGURATION;
import static org.psasync.model.AssetKind.ORGANIZATION;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.engine.Disposition;
import org.psasync.engine.PushResult;
import org.psasync.engine.RunReport;
import org.psasync.engine.SyncEngine;
import org.psasync.engine.SyncPlan;
import org.psasync.engine.Verb;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.FieldValues;
import org.psasync.model.LocalRef;
import org.psasync.model.OrganizationFields;
import org.psasync.model.Origin;
import org.psasync.model.Problem;
import org.psasync.model.RemoteRef;
import org.psasync.spi.AssetRepository;
import org.psasync.spi.LocalChange;
import org.psasync.store.Event;

/** What is written to the host, and what is not. */
class WhatIsTakenTest {
    private final Stage stage = new Stage();
    private final RemoteRef acme = stage.company("Acme");

    private RunReport next() {
        return stage.later(Duration.ofMinutes(10)).engine.run();
    }

    @Test
    @DisplayName("MERGE-2, MERGE-7: a value that the host stores otherwise than sent settles")
    void settlesWithWhatTheHostStored() {
        RemoteRef server = stage.server(acme, "SRV-1");
        stage.engine = stage.newEngine(stage.psa, shouting());
        stage.twoWay().engine.run();
        LocalRef local = stage.localOf(server);
        stage.psaEdits(server, ConfigurationFields.NOTES, "quiet");
        next();
        assertThat(stage.inHost(local, ConfigurationFields.NOTES)).isEqualTo("QUIET");
        stage.psa.journal().clear();
        Object before = stage.host.get(local);

        stage.configure(settings -> settings.contacts(false));
        next();
        next();

        assertThat(stage.psa.journal().writes()).isEmpty();
        assertThat(stage.host.get(local)).isEqualTo(before);
        assertThat(stage.engine.explain(local).disposition()).isEqualTo(Disposition.IN_SYNC);
    }

    /** A host that stores notes in capitals. */
    private AssetRepository shouting() {
        return (AssetRepository) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {AssetRepository.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("write")) {
                        arguments[0] = ((List<?>) arguments[0])
                                .stream()
                                        .map(LocalChange.class::cast)
                                        .map(WhatIsTakenTest::shouted)
                                        .toList();
                    }
                    try {
                        return method.invoke(stage.host, arguments);
                    } catch (InvocationTargetException failure) {
                        throw failure.getCause();
                    }
                });
    }

    private static LocalChange shouted(LocalChange change) {
        if (change.kind() != CONFIGURATION || change.values().get(ConfigurationFields.NOTES) == null) {
            return change;
        }
        String loud = change.values().get(ConfigurationFields.NOTES).toUpperCase(Locale.ROOT);
        return new LocalChange(
                change.pair(), change.id(), change.expected(), change.values().with(ConfigurationFields.NOTES, loud));
    }

    @Test
    @DisplayName("PULL-4: what the host refused is not asked for again before it changes")
    void doesNotRepeatARefusalOfTheHost() {
        List<LocalChange> asked = new ArrayList<>();
        Stage strict = new Stage(
                psa -> {},
                host -> host.refusing(change -> {
                    boolean bad = change.kind() == CONFIGURATION
                            && "bad".equals(change.values().get(ConfigurationFields.NAME));
                    if (bad) {
                        asked.add(change);
                    }
                    return bad ? List.of(Problem.ofRecord(Problem.Code.REFUSED, "not that name")) : List.of();
                }));
        RemoteRef server = strict.server(strict.company("Acme"), "bad");
        strict.selecting().engine.run();
        assertThat(asked).isNotEmpty();
        asked.clear();

        strict.engine.webhook(strict.psa.hook(server));
        RunReport report = strict.later(Duration.ofMinutes(10)).engine.run();

        assertThat(report.status()).isEqualTo(RunReport.Status.INCOMPLETE);
        assertThat(asked).isEmpty();
        strict.psaEdits(server, ConfigurationFields.NAME, "good");
        strict.later(Duration.ofMinutes(10)).engine.run();

        assertThat(strict.localOf(server)).isNotNull();
    }

    @Test
    @DisplayName("FIELD-3: a value that the PSA hides clears nothing, and is not sent over what may be there")
    void clearsNothingThatIsHidden() {
        RemoteRef server = stage.server(acme, "SRV-1");
        stage.psaEdits(server, ConfigurationFields.NOTES, "noted");
        stage.twoWay().engine.run();
        LocalRef local = stage.localOf(server);
        stage.engine = stage.newEngine(Between.hiding(stage.psa, ConfigurationFields.NOTES));

        stage.psaEdits(server, ConfigurationFields.ASSET_TAG, "T-1");
        next();
        next();

        assertThat(stage.inHost(local, ConfigurationFields.ASSET_TAG)).isEqualTo("T-1");
        assertThat(stage.inHost(local, ConfigurationFields.NOTES)).isEqualTo("noted");
        assertThat(stage.inPsa(server, ConfigurationFields.NOTES)).isEqualTo("noted");
    }

    @Test
    @DisplayName("PULL-1: of several levels of organizations each is made with its parent, in one run and one write")
    void makesParentsFirst() {
        stage.selecting().engine.run();
        RemoteRef first = stage.company("First");
        RemoteRef second = stage.company("Second");
        RemoteRef third = stage.company("Third");
        RemoteRef fourth = stage.company("Fourth");
        stage.psaEdits(first, OrganizationFields.PARENT, second);
        stage.psaEdits(second, OrganizationFields.PARENT, third);
        stage.psaEdits(fourth, OrganizationFields.PARENT, third);
        stage.psaEdits(third, OrganizationFields.PARENT, acme);

        RunReport report = next();

        assertThat(report.count(Verb.CREATE_LOCALLY)).isEqualTo(4);
        assertThat(report.count(Verb.UPDATE_LOCALLY)).isZero();
        assertThat(stage.inHost(stage.localOf(first), OrganizationFields.PARENT))
                .isEqualTo(stage.localOf(second));
    }

    @Test
    @DisplayName("SAFE-7: a record that changed while the run looked is decided anew, and not made as it was")
    void decidesAnewWhatChanged() {
        stage.selecting().engine.run();
        RemoteRef server = stage.server(acme, "SRV-1");
        stage.psaEdits(server, ConfigurationFields.NOTES, "old");
        Interruption interruption = new Interruption();
        SyncEngine slow = stage.newEngine(stage.psa, interruption.watching(AssetRepository.class, stage.host, "match"));
        interruption.after(() -> {
            stage.later(Duration.ofSeconds(5));
            stage.psaEdits(server, ConfigurationFields.NOTES, "new");
            stage.newEngine().webhook(stage.psa.hook(server));
        });

        stage.later(Duration.ofMinutes(10));
        slow.run();
        next();

        assertThat(stage.inHost(stage.localOf(server), ConfigurationFields.NOTES))
                .isEqualTo("new");
        assertThat(stage.events(Event.Type.UPDATED_LOCALLY))
                .as("never made as it was before")
                .isEmpty();
    }

    @Test
    @DisplayName("RUN-4: a plan that is applied does nothing that was not in it, and leaves out what changed locally")
    void doesJustWhatWasPlanned() {
        RemoteRef server = stage.server(acme, "SRV-1");
        stage.selecting().engine.run();
        LocalRef local = stage.localOf(server);
        stage.later(Duration.ofMinutes(5));
        stage.psaEdits(server, ConfigurationFields.NOTES, "theirs");
        RemoteRef planned = stage.server(acme, "SRV-2");
        SyncPlan plan = stage.engine.plan();
        RemoteRef later = stage.server(acme, "SRV-3");
        RemoteRef company = stage.company("Globex");
        stage.edits(local, ConfigurationFields.ASSET_TAG, "local only", Origin.IMPORT);

        RunReport report = stage.engine.as(Stage.MANAGER).apply(plan);

        assertThat(stage.localOf(planned)).isNotNull();
        assertThat(stage.state().byRemote(later).filter(pair -> pair.linked())).isEmpty();
        assertThat(stage.state().byRemote(company).filter(pair -> pair.linked()))
                .isEmpty();
        assertThat(stage.all(ORGANIZATION)).hasSize(1);
        assertThat(stage.inHost(local, ConfigurationFields.NOTES))
                .as(report.print())
                .isNull();
    }

    @Test
    @DisplayName("FIELD-7: a list of MAC addresses is not pulled, the rest of the record is, and the event log says so")
    void leavesSeveralMacAddressesOut() {
        RemoteRef server = stage.server(acme, "SRV-1");
        stage.psaEdits(server, ConfigurationFields.MAC_ADDRESS, "00:1A:2B:3C:4D:5E");
        stage.selecting().engine.run();
        stage.psa.edit(
                server,
                FieldValues.empty(CONFIGURATION)
                        .with(ConfigurationFields.MAC_ADDRESS, "00:1A:2B:3C:4D:5E, 00:1A:2B:3C:4D:5F")
                        .with(ConfigurationFields.NOTES, "two cards"));

        stage.later(Duration.ofMinutes(30)).engine.run();

        LocalRef local = stage.localOf(server);
        assertThat(stage.inHost(local, ConfigurationFields.MAC_ADDRESS)).isEqualTo("00:1A:2B:3C:4D:5E");
        assertThat(stage.inHost(local, ConfigurationFields.NOTES)).isEqualTo("two cards");
        assertThat(stage.events(Event.Type.NOTED))
                .anyMatch(event -> event.reason().contains("4D:5F"));
    }

    /** A host that takes no notes "bad", and a server whose PSA record has them; the tag is saved by a person. */
    private static Stage refusingNotes() {
        return new Stage(
                psa -> {},
                host -> host.refusing(change -> "bad".equals(change.values().get(ConfigurationFields.NOTES))
                        ? List.of(Problem.ofRecord(Problem.Code.REFUSED, "not those notes"))
                        : List.of()));
    }

    @Test
    @DisplayName("PULL-4, PUSH-2: what the host refuses to take keeps no confirmed value from the PSA")
    void pushesBesideARefusalOfTheHost() {
        Stage strict = refusingNotes();
        RemoteRef server = strict.server(strict.company("Acme"), "SRV-1");
        LocalRef local = strict.twoWay().localOf(server);

        strict.psaEdits(server, ConfigurationFields.NOTES, "bad");
        PushResult saved = strict.later(Duration.ofMinutes(10)).userSaves(local, ConfigurationFields.ASSET_TAG, "t1");
        strict.psaEdits(server, ConfigurationFields.NOTES, "good");
        strict.later(Duration.ofMinutes(10)).engine.run();
        strict.psaEdits(server, ConfigurationFields.NOTES, "bad");
        strict.edits(local, ConfigurationFields.ASSET_TAG, "t2", Origin.USER);
        strict.later(Duration.ofMinutes(10)).engine.run();

        assertThat(saved.text()).contains("asset tag");
        assertThat(strict.inPsa(server, ConfigurationFields.ASSET_TAG)).isEqualTo("t2");
        assertThat(strict.inHost(local, ConfigurationFields.NOTES)).isEqualTo("good");
        assertThat(strict.engine.explain(local).disposition()).isEqualTo(Disposition.REFUSED_BY_HOST);
    }

    @Test
    @DisplayName("MERGE-1, PULL-4: what both sides changed to the same is agreed, also beside a refusal of the host")
    void agreesBesideARefusalOfTheHost() {
        Stage strict = refusingNotes();
        RemoteRef server = strict.server(strict.company("Acme"), "SRV-1");
        LocalRef local = strict.twoWay().localOf(server);
        strict.psaEdits(server, ConfigurationFields.NOTES, "bad");
        strict.psaEdits(server, ConfigurationFields.ASSET_TAG, "same");
        strict.edits(local, ConfigurationFields.ASSET_TAG, "same", Origin.USER);
        strict.later(Duration.ofMinutes(10)).engine.run();

        strict.later(Duration.ofMinutes(10)).userSaves(local, ConfigurationFields.ASSET_TAG, "mine");

        assertThat(strict.inPsa(server, ConfigurationFields.ASSET_TAG)).isEqualTo("mine");
    }
}
