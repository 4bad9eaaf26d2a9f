package org.psasync.testkit.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.psasync.model.AssetKind.CONFIGURATION;
import static org.psasync.model.AssetKind.ORGANIZATION;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.engine.Disposition;
import org.psasync.engine.PushResult;
import org.psasync.model.Choice;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.ContactFields;
import org.psasync.model.FieldValues;
import org.psasync.model.LocalRef;
import org.psasync.model.OrganizationFields;
import org.psasync.model.Origin;
import org.psasync.model.OrphanReason;
import org.psasync.model.Problem;
import org.psasync.model.RemoteRef;
import org.psasync.model.Revision;
import org.psasync.model.SyncState;
import org.psasync.spi.PsaConnector;
import org.psasync.store.InFlight;
import org.psasync.store.PairQuery;
import org.psasync.testkit.Call;
import org.psasync.testkit.Fault;
import org.psasync.testkit.Operation;

/** What goes to the PSA, what does not, and what must have happened before. */
class WhatIsSentTest {
    private final Stage stage = new Stage();
    private final RemoteRef acme = stage.company("Acme");
    private final RemoteRef server = stage.server(acme, "SRV-1");

    private LocalRef synced() {
        stage.twoWay().engine.run();
        stage.later(Duration.ofMinutes(5));
        stage.psa.journal().clear();
        return stage.localOf(server);
    }

    private void next() {
        stage.later(Duration.ofMinutes(10)).engine.run();
    }

    @Test
    @DisplayName("FIELD-5, P15: only the fields that differ are sent")
    void sendsWhatDiffers() {
        LocalRef local = synced();

        stage.userSaves(local, ConfigurationFields.NOTES, "mine");

        assertThat(stage.psa.journal().writes())
                .extracting(Call::values)
                .containsExactly(FieldValues.empty(CONFIGURATION).with(ConfigurationFields.NOTES, "mine"));
    }

    @Test
    @DisplayName("FIELD-1: a field that the settings only pull is not sent, and is put back")
    void keepsPullOnlyFieldsBySetting() {
        LocalRef local = synced();
        stage.configure(settings -> settings.pullOnly(ConfigurationFields.NOTES, true));

        stage.userSaves(local, ConfigurationFields.NOTES, "mine");
        next();

        assertThat(stage.inPsa(server, ConfigurationFields.NOTES)).isNull();
        assertThat(stage.inHost(local, ConfigurationFields.NOTES)).isNull();
    }

    @Test
    @DisplayName("FIELD-8: a field that the connector cannot write is not sent, and is put back")
    void keepsFieldsThatCannotBeWritten() {
        Stage strict =
                new Stage(psa -> psa.kind(CONFIGURATION, kind -> kind.pullOnly(ConfigurationFields.NOTES)), host -> {});
        RemoteRef device = strict.server(strict.company("Acme"), "SRV-1");
        strict.twoWay().engine.run();
        LocalRef local = strict.localOf(device);
        strict.later(Duration.ofMinutes(5));

        strict.userSaves(local, ConfigurationFields.NOTES, "mine");
        strict.later(Duration.ofMinutes(5)).engine.run();

        assertThat(strict.psa.journal().writes()).isEmpty();
        assertThat(strict.inHost(local, ConfigurationFields.NOTES)).isNull();
    }

    @Test
    @DisplayName("GATE-4: a new record of the type that stands for none goes to the PSA without one")
    void sendsNoTypeForNone() {
        Choice none = new Choice("default", "Autotask Default");
        Stage untyped = new Stage(
                psa -> psa.untyped(none).kind(CONFIGURATION, kind -> kind.optional(ConfigurationFields.TYPE)),
                host -> {});
        RemoteRef company = untyped.company("Acme");
        untyped.twoWay().configure(settings -> settings.configurations(c -> c.untyped(true)));
        untyped.engine.run();
        untyped.later(Duration.ofMinutes(5));

        LocalRef fresh = untyped.creates(
                        untyped.serverValues(untyped.localOf(company), "SRV-2").with(ConfigurationFields.TYPE, none),
                        Origin.USER)
                .ref();
        PushResult result = untyped.engine.saved(fresh);

        assertThat(result).as(result.text()).isInstanceOf(PushResult.Pushed.class);
        assertThat(untyped.psa.journal().writes())
                .extracting(call -> call.values() == null ? "" : call.values().get(ConfigurationFields.TYPE))
                .containsExactly((Object) null);
    }

    @Test
    @DisplayName("GATE-6: a confirmed change that opens the gate is pushed, and the orphan returns")
    void pushesWhatOpensTheGate() {
        LocalRef local = synced();
        stage.psaEdits(server, ConfigurationFields.TYPE, stage.choice(ConfigurationFields.TYPE, "Printer"));
        next();
        assertThat(stage.state().byRemote(server).orElseThrow().reasons())
                .containsExactly(OrphanReason.TYPE_NOT_SELECTED);

        stage.userSaves(local, ConfigurationFields.TYPE, stage.choice(ConfigurationFields.TYPE, "Server"));
        next();

        assertThat(stage.inPsa(server, ConfigurationFields.TYPE).name()).isEqualTo("Server");
        assertThat(stage.state().byRemote(server).orElseThrow().state()).isEqualTo(SyncState.SYNCING);
    }

    @Test
    @DisplayName("GATE-3: behind a closed gate nothing is made, on neither side")
    void makesNothingBehindAClosedGate() {
        synced();
        RemoteRef printer = stage.psa.put(stage.serverValues(acme, "PRN-1")
                .with(ConfigurationFields.TYPE, stage.choice(ConfigurationFields.TYPE, "Printer")));
        LocalRef local = stage.creates(
                        stage.serverValues(stage.localOf(acme), "PRN-2")
                                .with(ConfigurationFields.TYPE, stage.choice(ConfigurationFields.TYPE, "Printer")),
                        Origin.USER)
                .ref();

        stage.engine.saved(local);
        next();

        assertThat(stage.engine.explain(printer).disposition()).isEqualTo(Disposition.NOT_SELECTED);
        assertThat(stage.engine.explain(local).disposition()).isEqualTo(Disposition.NOT_SELECTED);
        assertThat(stage.all(CONFIGURATION)).hasSize(2);
        assertThat(stage.psa.all(CONFIGURATION)).hasSize(2);
    }

    @Test
    @DisplayName("STATE-1, STATE-4: an orphan that returns goes on with its merge: what was saved meanwhile is pushed")
    void goesOnWithTheMergeOfAnOrphan() {
        LocalRef local = synced();
        stage.userSaves(local, ConfigurationFields.NOTES, "agreed");
        stage.psaEdits(server, ConfigurationFields.TYPE, stage.choice(ConfigurationFields.TYPE, "Printer"));
        next();
        stage.userSaves(local, ConfigurationFields.NOTES, "saved while an orphan");
        assertThat(stage.inPsa(server, ConfigurationFields.NOTES)).isEqualTo("agreed");

        stage.psaEdits(server, ConfigurationFields.TYPE, stage.choice(ConfigurationFields.TYPE, "Server"));
        next();
        next();

        assertThat(stage.localOf(server)).isEqualTo(local);
        assertThat(stage.inPsa(server, ConfigurationFields.NOTES)).isEqualTo("saved while an orphan");
        assertThat(stage.inHost(local, ConfigurationFields.NOTES)).isEqualTo("saved while an orphan");
    }

    @Test
    @DisplayName("MERGE-6: a record that changed since the last run is read before it is written")
    void readsBeforeItWrites() {
        LocalRef local = synced();
        stage.psaEdits(server, ConfigurationFields.NOTES, "theirs");

        PushResult result = stage.userSaves(local, ConfigurationFields.NOTES, "mine");

        assertThat(result).isInstanceOf(PushResult.PsaHadNewer.class);
        assertThat(stage.inPsa(server, ConfigurationFields.NOTES)).isEqualTo("theirs");
        stage.psa.journal().clear();
        stage.later(Duration.ofMinutes(1));
        stage.userSaves(local, ConfigurationFields.NOTES, "mine again");
        assertThat(stage.psa.journal().calls())
                .extracting(Call::operation)
                .containsExactly(Operation.READ, Operation.UPDATE);
    }

    @Test
    @DisplayName("P6: our own write, stored otherwise than sent, causes no write when it is seen again")
    void echoesNothing() {
        LocalRef local = synced();
        stage.psa.faults().next(Fault.reformats(ConfigurationFields.NOTES, String::strip));
        stage.userSaves(local, ConfigurationFields.NOTES, "mine");
        stage.psa.faults().next(Fault.reformats(ConfigurationFields.NOTES, text -> text + "!"));
        stage.userSaves(local, ConfigurationFields.NOTES, "again");
        stage.psa.journal().clear();
        Object before = stage.host.get(local);

        for (int i = 0; i < 3; i++) {
            stage.engine.webhook(stage.psa.hook(server));
            next();
        }

        assertThat(stage.psa.journal().writes()).isEmpty();
        assertThat(stage.host.get(local)).isEqualTo(before);
    }

    @Test
    @DisplayName("MERGE-9, SAFE-1: what is sent is stored as in flight before it is sent")
    void storesBeforeItSends() {
        LocalRef local = synced();
        List<InFlight> seen = new ArrayList<>();
        Runnable look = () -> stage.state()
                .pairs(new PairQuery.WithWriteInFlight(CONFIGURATION), null, 10)
                .forEach(pair -> seen.add(pair.inFlight()));
        stage.edits(local, ConfigurationFields.NOTES, "mine", Origin.USER);
        stage.newEngine(watched("update", look)).saved(local);
        LocalRef fresh = stage.creates(stage.serverValues(stage.localOf(acme), "SRV-2"), Origin.USER)
                .ref();
        stage.newEngine(watched("create", look)).saved(fresh);

        assertThat(seen).hasSize(2);
        assertThat(seen.get(0))
                .isInstanceOfSatisfying(
                        InFlight.UpdatingRemote.class,
                        write -> assertThat(write.sent().get(ConfigurationFields.NOTES))
                                .isEqualTo("mine"));
        assertThat(seen.get(1))
                .isInstanceOfSatisfying(
                        InFlight.CreatingRemote.class,
                        write -> assertThat(write.draft().values().get(ConfigurationFields.NAME))
                                .isEqualTo("SRV-2"));
    }

    private PsaConnector watched(String call, Runnable look) {
        Interruption interruption = new Interruption();
        interruption.before(look);
        return interruption.watching(PsaConnector.class, stage.psa, call);
    }

    @Test
    @DisplayName("PUSH-13: a record that was refused as a whole is not sent again unchanged")
    void doesNotRepeatARefusalOfTheRecord() {
        LocalRef local = synced();
        stage.psa
                .faults()
                .next(Fault.rejected(Problem.ofRecord(Problem.Code.REFUSED, "not now, not ever"))
                        .on(Operation.UPDATE));
        stage.userSaves(local, ConfigurationFields.NOTES, "bad");
        stage.psa.journal().clear();

        next();
        next();
        assertThat(stage.psa.journal().writes()).isEmpty();
        stage.userSaves(local, ConfigurationFields.NOTES, "good");

        assertThat(stage.inPsa(server, ConfigurationFields.NOTES)).isEqualTo("good");
    }

    @Test
    @DisplayName("PUSH-4: a new record that was announced, and that no person saved, awaits confirmation")
    void makesNothingThatNobodySaved() {
        synced();
        LocalRef fresh = LocalRef.of(CONFIGURATION, "fresh");
        stage.engine.saved(fresh, new Revision("not yet"));
        stage.edits(fresh, stage.serverValues(stage.localOf(acme), "SRV-2"), Origin.IMPORT);

        next();

        assertThat(stage.psa.journal().writes()).isEmpty();
        assertThat(stage.engine.explain(fresh).disposition()).isEqualTo(Disposition.AWAITING_CONFIRMATION);
    }

    @Test
    @DisplayName("PUSH-3: what the API changes of a contact that is linked is not confirmed")
    void confirmsNoChangesOfTheApi() {
        RemoteRef ada = stage.contact(acme, "Ada", "Lovelace");
        synced();
        LocalRef local = stage.localOf(ada);

        stage.engine.saved(
                stage.edits(local, ContactFields.TITLE, "Countess", Origin.API).ref());
        next();

        assertThat(stage.psa.journal().writes()).isEmpty();
        assertThat(stage.engine.explain(local).disposition()).isEqualTo(Disposition.AWAITING_CONFIRMATION);
    }

    @Test
    @DisplayName(
            "PUSH-6: a host without a feed: a save nobody told of counts though the engine writes the record first")
    void seesASaveOfAHostWithoutFeed() {
        Stage mute = new Stage(psa -> {}, host -> host.withoutChangeFeed());
        RemoteRef device = mute.server(mute.company("Acme"), "SRV-1");
        mute.twoWay().engine.run();
        mute.later(Duration.ofMinutes(5));
        LocalRef local = mute.localOf(device);
        mute.edits(local, ConfigurationFields.ASSET_TAG, "T-1", Origin.USER);
        mute.psaEdits(device, ConfigurationFields.NOTES, "theirs");

        mute.later(Duration.ofMinutes(5)).engine.run();
        mute.later(Duration.ofMinutes(5)).engine.run();

        assertThat(mute.inHost(local, ConfigurationFields.NOTES)).isEqualTo("theirs");
        assertThat(mute.inPsa(device, ConfigurationFields.ASSET_TAG)).isEqualTo("T-1");
    }

    @Test
    @DisplayName(
            "FIELD-10: a record that moves to a company about which a person must decide waits, and stays in the sync")
    void waitsForACompanyInReview() {
        synced();
        for (int i = 0; i < 2; i++) {
            stage.creates(
                    FieldValues.of(ORGANIZATION)
                            .set(OrganizationFields.NAME, "Globex")
                            .set(OrganizationFields.TYPES, Set.of(stage.choice(OrganizationFields.TYPES, "Customer")))
                            .set(OrganizationFields.STATUS, stage.choice(OrganizationFields.STATUS, "Active"))
                            .build(),
                    Origin.IMPORT);
        }
        RemoteRef globex = stage.company("Globex");
        stage.psaEdits(server, ConfigurationFields.ORGANIZATION, globex);

        next();

        assertThat(stage.engine.explain(globex).disposition()).isEqualTo(Disposition.IN_REVIEW);
        assertThat(stage.engine.explain(server).disposition()).isEqualTo(Disposition.WAITING_FOR_RECORD);
        assertThat(stage.state().byRemote(server).orElseThrow().state()).isEqualTo(SyncState.SYNCING);
    }

    @Test
    @DisplayName("PUSH-10, P13: the port to the PSA has nothing that deletes a record")
    void cannotDelete() {
        assertThat(PsaConnector.class.getMethods())
                .extracting(Method::getName)
                .isNotEmpty()
                .noneMatch(WhatIsSentTest::deletes);
        assertThat(Careless.class.getMethods())
                .as("a port that has it is noticed")
                .extracting(Method::getName)
                .anyMatch(WhatIsSentTest::deletes);
    }

    private static boolean deletes(String method) {
        return method.matches("(?i).*(delete|remove|destroy|purge).*");
    }

    /** A port that the engine could delete with. */
    interface Careless extends PsaConnector {
        @SuppressWarnings("UnusedMethod") // looked for by its name
        void removeRecord(RemoteRef record);
    }
}
