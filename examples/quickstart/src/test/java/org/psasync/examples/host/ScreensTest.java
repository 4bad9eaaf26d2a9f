package org.psasync.examples.host;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.psasync.model.AssetKind.CONFIGURATION;
import static org.psasync.model.AssetKind.ORGANIZATION;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.psasync.engine.Actor;
import org.psasync.engine.Disposition;
import org.psasync.engine.EventListener;
import org.psasync.engine.InMemoryAssetRepository;
import org.psasync.engine.Mode;
import org.psasync.engine.NotAllowedException;
import org.psasync.engine.PushResult;
import org.psasync.engine.RunReport;
import org.psasync.engine.SettingsPreview;
import org.psasync.engine.SyncEngine;
import org.psasync.engine.SyncSettings.ConflictPolicy;
import org.psasync.engine.Verb;
import org.psasync.engine.manage.BulkPreview;
import org.psasync.engine.manage.ReviewChoice;
import org.psasync.engine.manage.ReviewItem;
import org.psasync.engine.manage.Row;
import org.psasync.engine.schedule.SyncScheduler;
import org.psasync.model.Asset;
import org.psasync.model.AssetRef;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.Edit;
import org.psasync.model.Field;
import org.psasync.model.FieldValues;
import org.psasync.model.LocalRef;
import org.psasync.model.OrganizationFields;
import org.psasync.model.Origin;
import org.psasync.model.RemoteRef;
import org.psasync.spi.ReferenceData.PsaUser;
import org.psasync.store.Event;
import org.psasync.store.StateStore;
import org.psasync.testkit.FakePsa;
import org.psasync.testkit.TestClock;

/** The screens of the guide, used by people. */
class ScreensTest {
    private static final Actor MIA = Actor.manager("mia");

    private final TestClock clock = TestClock.at("2026-03-01T08:00:00Z");
    private final FakePsa psa =
            FakePsa.builder(clock).user("Paul", "paul@example.com").build();
    private final InMemoryAssetRepository host =
            InMemoryAssetRepository.builder(clock).build();
    private final List<PsaUser> invited = new ArrayList<>();
    private final SyncEngine engine = SyncEngine.builder()
            .integration("contoso/fake")
            .connector(psa)
            .assets(host)
            .state(StateStore.inMemory())
            .clock(clock)
            .pause(clock)
            .invitations(invited::addAll)
            .build();
    private final SettingsPage settings = new SettingsPage(engine, MIA);

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void aManagerConnectsAndInvites() {
        ConnectPage page = new ConnectPage(engine, MIA);

        assertThat(page.connect())
                .anyMatch(line -> line.startsWith("Connected"))
                .contains("Invite? Paul");
        assertThat(page.invite(psa.reference().users())).isEqualTo(1);
        assertThat(invited).extracting(PsaUser::name).containsExactly("Paul");
        assertThatThrownBy(() -> new ConnectPage(engine, Actor.user("ursula")).connect())
                .isInstanceOf(NotAllowedException.class);
    }

    @Test
    void settingsAreChosenPreviewedAndRefused() {
        new ConnectPage(engine, MIA).connect();
        settings.firstSettings();

        assertThat(settings.show())
                .contains("Invite? Paul")
                .anyMatch(line -> line.endsWith(": INCOMPLETE"))
                .anyMatch(line -> line.contains(" Customer: ENABLED"))
                .anyMatch(line -> line.contains(" Prospect: DISABLED"))
                .anyMatch(line -> line.endsWith("both ways, conflicts: PSA_WINS"));
        assertThat(settings.save(s -> s.exclude(ConfigurationFields.NOTES, true)))
                .isEqualTo("Saved.");
        assertThat(settings.save(s -> s.exclude(ConfigurationFields.NOTES, false)))
                .startsWith("Somebody saved settings");
        settings.leaveItToTheKind(ConfigurationFields.NOTES);
        assertThat(engine.settings().mapping().excluded()).isEmpty();
        assertThat(settings.change(s -> s.organizations(o -> o.types("Custmer"))))
                .contains("Customer");
        assertThat(settings.change(s -> s.contacts(false))).isEqualTo("Saved.");
        SettingsPreview first = settings.preview(s -> s.contacts(true));
        SettingsPreview second = settings.preview(s -> s.locations(false));
        assertThat(settings.save(first)).isEqualTo("Saved.");
        assertThat(settings.save(second)).startsWith("Look again: ");
    }

    @Test
    void aChangeThatConcernsVeryManyRecordsIsAskedFor() {
        for (int number = 0; number < 60; number++) {
            company("Company " + number, "Customer");
        }
        synced();

        assertThat(settings.change(s -> s.organizations(o -> o.types("Prospect"))))
                .contains("60 orphaned")
                .endsWith("Save this?");
        assertThat(engine.settings().organizations().types()).hasToString("Customer");
    }

    @Test
    void aSaveIsAnsweredAtOnce() {
        RemoteRef acme = company("Acme", "Customer");
        RemoteRef remote = server(acme, "SRV-1");
        synced();
        LocalRef local = local(remote);
        Saving saving = new Saving(engine);

        FieldValues change = FieldValues.empty(CONFIGURATION).with(ConfigurationFields.NOTES, "rack 4");
        assertThat(saving.mayNotChange(local, change)).isEmpty();
        assertThat(saving.saved(edit(local, ConfigurationFields.NOTES, "rack 4")))
                .isEqualTo("Saved. Pushed to the PSA: notes.");
        assertThat(saving.saved(host.get(local).orElseThrow())).startsWith("Saved here only. ");

        psa.edit(remote, FieldValues.empty(CONFIGURATION).with(ConfigurationFields.NOTES, "rack 7"));
        Asset stored = edit(local, ConfigurationFields.NOTES, "rack 9");
        PushResult newer = engine.saved(stored.ref());
        assertThat(newer).isInstanceOf(PushResult.PsaHadNewer.class);
        assertThat(saving.sendMine(local, (PushResult.PsaHadNewer) newer, Actor.user("ursula")))
                .isInstanceOf(PushResult.Pushed.class);
        assertThat(psa.get(remote).orElseThrow().values().get(ConfigurationFields.NOTES))
                .isEqualTo("rack 9");

        psa.edit(remote, FieldValues.empty(CONFIGURATION).with(ConfigurationFields.NOTES, "rack 1"));
        assertThat(saving.saved(edit(local, ConfigurationFields.NOTES, "rack 2")))
                .endsWith("Send yours all the same?");

        new Actions(engine, MIA).pause();
        assertThat(saving.saved(edit(local, ConfigurationFields.NOTES, "rack 3")))
                .startsWith("Saved here for now. ");
        new Actions(engine, MIA).resume();
    }

    @Test
    void aRecordCanBeExplainedTakenOutAndTakenBack() {
        RemoteRef remote = server(company("Acme", "Customer"), "SRV-1");
        synced();
        LocalRef local = local(remote);
        RecordPage page = new RecordPage(engine, MIA);

        assertThat(page.standing(local)).first().isEqualTo("in sync");
        assertThat(page.disable(local)).startsWith("Done: ");
        assertThat(page.standing(local)).first().isEqualTo("disabled");
        assertThat(page.standing(local)).anyMatch(line -> line.startsWith("To do: "));
        assertThat(page.syncNow(local)).startsWith("Not done: ");
        assertThat(page.reconnect(local)).startsWith("Done: ");
        assertThat(page.syncNow(local)).startsWith("Done: ");
        assertThat(page.openInPsa(local)).isNotBlank();
        assertThat(page.history(local)).anyMatch(line -> line.contains("DISABLED"));
    }

    @Test
    void rowsAndOrphansAreListedDisconnectedAndDeletedAfterAPreview() {
        RemoteRef acme = company("Acme", "Customer");
        server(acme, "SRV-1");
        server(acme, "SRV-2");
        synced();
        DataPages pages = new DataPages(engine, MIA);
        Row servers = Row.of(ConfigurationFields.TYPE, psa.choice(ConfigurationFields.TYPE, "Server"));

        assertThat(pages.rows()).anyMatch(line -> line.startsWith("Server: syncing 2"));
        assertThat(pages.view(servers)).hasSize(2);
        pages.pause(servers);
        engine.run();
        assertThat(pages.orphans(CONFIGURATION, null).entries()).hasSize(2);
        assertThat(pages.orphaned(servers, null).entries()).hasSize(2);
        assertThat(pages.failed(servers, null).entries()).isEmpty();
        assertThat(pages.search(servers, "srv-2", null).entries()).hasSize(1);
        assertThat(pages.standing(CONFIGURATION, Disposition.ORPHANED, null))
                .anyMatch(line -> line.startsWith("SRV-1: orphaned [its type is not selected"));
        assertThat(pages.turnedAway(CONFIGURATION, "its type is not selected", null)
                        .entries())
                .hasSize(2);
        BulkPreview one = pages.askToDelete(
                CONFIGURATION,
                Set.of(pages.orphans(CONFIGURATION, null).entries().get(0).pair()));
        assertThat(pages.confirm(one)).isEqualTo("Done to 1");
        assertThat(pages.confirm(one)).startsWith("Look again: ");
        assertThat(pages.confirm(pages.askToDeleteAllOrphans(CONFIGURATION))).isEqualTo("Done to 1");
        assertThat(host.all(CONFIGURATION)).isEmpty();

        Row customers = Row.of(OrganizationFields.TYPES, psa.choice(OrganizationFields.TYPES, "Customer"));
        assertThat(pages.askToDelete(customers).warnings()).isNotEmpty();
        String kept = pages.keep(pages.askToDisconnect(customers));
        assertThat(pages.confirmKept(kept)).isEqualTo("Done to 1");
        assertThat(pages.disconnected(ORGANIZATION, null).entries()).hasSize(1);
        assertThat(host.all(ORGANIZATION)).hasSize(1);
    }

    @Test
    void doubtsAndConflictsAreDecided() {
        RemoteRef first = company("Acme", "Customer");
        company("Acme", "Customer");
        Asset here = host.save(
                null,
                FieldValues.empty(ORGANIZATION).with(OrganizationFields.NAME, "Acme"),
                new Edit(Origin.USER, "ursula", clock.instant()));
        synced();
        ReviewPages pages = new ReviewPages(engine, MIA);

        ReviewItem item = pages.open(ORGANIZATION).get(0);
        assertThat(pages.show(item)).anyMatch(line -> line.startsWith("May be "));
        assertThat(pages.leaveAlone(item).decided()).isTrue();
        ReviewItem ignored = pages.leftAlone(ORGANIZATION).get(0);
        assertThat(pages.takeUpAgain(ignored).decided()).isTrue();
        assertThat(pages.decideAll(pages.previewAll(pages.open(ORGANIZATION).get(0), ReviewChoice.IGNORE)))
                .startsWith("Decided: ");
        ReviewItem again = pages.leftAlone(ORGANIZATION).get(0);
        AssetRef other = again.remote() == null ? first : here.ref();
        assertThat(pages.link(again, other).decided()).isTrue();
    }

    @Test
    void aNewRecordCanBeMadeInSpiteOfADoubt() {
        company("Acme", "Customer");
        RemoteRef second = company("Acme", "Customer");
        host.save(
                null,
                FieldValues.empty(ORGANIZATION).with(OrganizationFields.NAME, "Acme"),
                new Edit(Origin.USER, "ursula", clock.instant()));
        synced();
        ReviewPages pages = new ReviewPages(engine, MIA);

        ReviewItem item = pages.open(ORGANIZATION).stream()
                .filter(each -> second.equals(each.remote()))
                .findFirst()
                .orElseThrow();
        assertThat(pages.makeNew(item).decided()).isTrue();
        assertThat(engine.explain(second).disposition()).isEqualTo(Disposition.IN_SYNC);
    }

    @Test
    void aConflictIsDecidedForOneSide() {
        RemoteRef acme = company("Acme", "Customer");
        RemoteRef one = server(acme, "SRV-1");
        RemoteRef two = server(acme, "SRV-2");
        synced();
        settings.change(s -> s.conflicts(ConflictPolicy.ASK));
        ReviewPages pages = new ReviewPages(engine, MIA);
        for (RemoteRef each : List.of(one, two)) {
            psa.edit(each, FieldValues.empty(CONFIGURATION).with(ConfigurationFields.NOTES, "theirs"));
            engine.saved(edit(local(each), ConfigurationFields.NOTES, "ours").ref());
        }

        List<ReviewItem> open = pages.open(CONFIGURATION);
        assertThat(open).hasSize(2);
        assertThat(pages.show(open.get(0))).anyMatch(line -> line.endsWith("ours or theirs?"));
        assertThat(pages.takeOurs(open.get(0), ConfigurationFields.NOTES).decided())
                .isTrue();
        assertThat(pages.takeTheirs(open.get(1), ConfigurationFields.NOTES).decided())
                .isTrue();
        assertThat(pages.open(CONFIGURATION)).isEmpty();
    }

    @Test
    void aPlanIsKeptAndAppliedAndHeldPushesAreDecided() {
        RemoteRef acme = company("Acme", "Customer");
        settings.firstSettings();
        Actions actions = new Actions(engine, MIA);

        RunReport applied = actions.applyLater(actions.plan());
        assertThat(applied.count(Verb.CREATE_LOCALLY)).isEqualTo(1);
        assertThat(actions.whatIsHeld().brakes()).isEmpty();
        assertThat(actions.approve(actions.whatIsHeld()).status()).isEqualTo(RunReport.Status.OK);

        clock.advance(Duration.ofMinutes(1));
        settings.change(s -> s.pushesPerHour(1));
        RemoteRef server = server(acme, "SRV-1");
        engine.run();
        clock.advance(Duration.ofMinutes(1));
        engine.saved(edit(local(server), ConfigurationFields.NOTES, "one").ref());
        engine.saved(edit(local(server), ConfigurationFields.NOTES, "two").ref());
        assertThat(engine.as(MIA).heldPushes()).hasSize(1);
        actions.goThroughHeldPushes(List.of("ursula"));
        engine.run();
        assertThat(psa.get(server).orElseThrow().values().get(ConfigurationFields.NOTES))
                .isEqualTo("two");
    }

    @Test
    void everythingIsPushedOnceAfterAPreview() {
        synced();
        host.save(
                null,
                FieldValues.of(ORGANIZATION)
                        .set(OrganizationFields.NAME, "Fabrikam")
                        .set(OrganizationFields.TYPES, Set.of(psa.choice(OrganizationFields.TYPES, "Customer")))
                        .set(OrganizationFields.STATUS, psa.choice(OrganizationFields.STATUS, "Active"))
                        .build(),
                new Edit(Origin.IMPORT, "robot", clock.instant()));
        Actions actions = new Actions(engine, MIA);

        assertThat(actions.pushEverything(actions.previewEverything()))
                .extracting(result -> result.standing())
                .containsExactly(Disposition.IN_SYNC);
        assertThat(psa.all(ORGANIZATION)).hasSize(1);
    }

    @Test
    void theLogCanBeReadFollowedAndKept() {
        RemoteRef remote = server(company("Acme", "Customer"), "SRV-1");
        synced();
        LogPage log = new LogPage(engine);
        List<String> heard = new ArrayList<>();
        EventListener listener = log.follow(heard::add);
        log.keepAQuarter(MIA);
        psa.edit(remote, FieldValues.empty(CONFIGURATION).with(ConfigurationFields.NOTES, "theirs"));
        edit(local(remote), ConfigurationFields.NOTES, "ours");
        RunReport report = engine.run();
        engine.unsubscribe(listener);

        assertThat(heard).anyMatch(line -> line.startsWith("SETTINGS_CHANGED"));
        List<Event> latest = log.latest();
        assertThat(latest.get(0).type()).isEqualTo(Event.Type.RUN_ENDED);
        assertThat(log.earlier(latest.subList(0, 2))).isEqualTo(latest.subList(2, latest.size()));
        assertThat(log.overwritten(CONFIGURATION, Instant.EPOCH, Instant.MAX)).hasSize(1);
        assertThat(log.ofRun(report.id())).isNotEmpty();
    }

    @Test
    void aSchedulerRunsPausesAndTakesWebhooks() {
        synced();
        ScheduledExecutorService threads = Executors.newScheduledThreadPool(2);
        try (SyncScheduler scheduler = Embedding.scheduler(threads, List.of(engine))) {
            Endpoints endpoints = new Endpoints(scheduler);
            Actions actions = new Actions(engine, MIA);

            actions.syncNow(scheduler);
            actions.lookForWhatIsGone(scheduler);
            actions.cancel(scheduler);
            assertThat(endpoints.webhook("contoso/fake", "", Map.of(), new byte[0]))
                    .isEqualTo(403);
            assertThat(endpoints.overview(List.of(engine)))
                    .singleElement()
                    .asString()
                    .startsWith("contoso/fake: ");
            actions.disconnect();
            assertThat(engine.mode()).isEqualTo(Mode.DISCONNECTED);
        } finally {
            threads.shutdown();
        }
    }

    private void synced() {
        new ConnectPage(engine, MIA).connect();
        settings.firstSettings();
        engine.run();
        clock.advance(Duration.ofMinutes(1));
    }

    private RemoteRef company(String name, String type) {
        return psa.put(FieldValues.of(ORGANIZATION)
                .set(OrganizationFields.NAME, name)
                .set(OrganizationFields.TYPES, Set.of(psa.choice(OrganizationFields.TYPES, type)))
                .set(OrganizationFields.STATUS, psa.choice(OrganizationFields.STATUS, "Active"))
                .build());
    }

    private RemoteRef server(RemoteRef company, String name) {
        return psa.put(FieldValues.of(CONFIGURATION)
                .set(ConfigurationFields.ORGANIZATION, company)
                .set(ConfigurationFields.NAME, name)
                .set(ConfigurationFields.TYPE, psa.choice(ConfigurationFields.TYPE, "Server"))
                .set(ConfigurationFields.STATUS, psa.choice(ConfigurationFields.STATUS, "Active"))
                .build());
    }

    private LocalRef local(RemoteRef remote) {
        return requireNonNull(engine.explain(remote).local(), "not linked");
    }

    private <T> Asset edit(LocalRef record, Field<T> field, T value) {
        clock.advance(Duration.ofSeconds(1));
        return host.save(
                record,
                FieldValues.empty(record.kind()).with(field, value),
                new Edit(Origin.USER, "ursula", clock.instant()));
    }
}
