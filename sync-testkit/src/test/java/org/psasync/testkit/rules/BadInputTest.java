package org.psasync.testkit.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.psasync.model.AssetKind.CONFIGURATION;
import static org.psasync.testkit.rules.Stage.MANAGER;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.psasync.engine.InvalidSettingsException;
import org.psasync.engine.OneTimePush;
import org.psasync.engine.OneTimePushPreview;
import org.psasync.engine.OngoingRun;
import org.psasync.engine.PushResult;
import org.psasync.engine.SettingsChange;
import org.psasync.engine.SettingsPreview;
import org.psasync.engine.SyncPlan;
import org.psasync.engine.SyncSettings;
import org.psasync.engine.manage.PreviewExpiredException;
import org.psasync.engine.manage.ReviewAnswer;
import org.psasync.engine.manage.ReviewChoice;
import org.psasync.engine.manage.ReviewItem;
import org.psasync.engine.manage.ReviewPreview;
import org.psasync.engine.manage.ReviewQueue;
import org.psasync.model.AssetKind;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.FieldValues;
import org.psasync.model.LocalRef;
import org.psasync.model.OrganizationFields;
import org.psasync.model.Origin;
import org.psasync.model.RemoteRef;

/** Values that are out of all bounds, and previews that nobody was shown. */
class BadInputTest {
    private static final Duration FOREVER = ChronoUnit.FOREVER.getDuration();
    private final Stage stage = new Stage();

    // Times and numbers ----------------------------------------------------------------------------------------------

    static Stream<Duration> badTimes() {
        return Stream.of(Duration.ZERO, Duration.ofDays(-1), Duration.ofDays(400_000), FOREVER);
    }

    @ParameterizedTest
    @MethodSource("badTimes")
    @DisplayName("SET-1: times that cannot be counted with are refused, all at once, and nothing changes")
    void refusesTimes(Duration time) {
        stage.selecting();
        SyncSettings before = stage.engine.settings();
        Consumer<SettingsChange> change = settings -> settings.interval(time)
                .fullCheckInterval(time)
                .keepEvents(time)
                .tickets(tickets -> tickets.changedWithin(time));

        assertThatThrownBy(() -> stage.configure(change))
                .isInstanceOfSatisfying(
                        InvalidSettingsException.class,
                        refusal -> assertThat(refusal.faults())
                                .hasSize(4)
                                .allSatisfy(fault -> assertThat(fault)
                                        .contains("must be more than nothing")
                                        .contains(time.toString())));
        assertThat(stage.engine.settings()).isEqualTo(before);
    }

    @Test
    @DisplayName("SET-1: the longest times can be counted with")
    void takesLongTimes() {
        Duration longest = Duration.ofDays(36_525);
        Fleet fleet = new Fleet();
        Fleet.Ship acme = fleet.ran("acme");
        acme.engine
                .as(MANAGER)
                .configure(settings -> settings.interval(longest)
                        .fullCheckInterval(longest)
                        .keepEvents(longest)
                        .tickets(tickets -> tickets.changedWithin(longest)));
        acme.added();

        fleet.advance(Duration.ofHours(1));

        assertThat(acme.starts()).as("after the settings changed").hasSize(2);
        assertThat(fleet.scheduler.status("acme").nextRun())
                .isEqualTo(acme.starts().get(1).plus(longest));
    }

    @Test
    @DisplayName("RUN-7: a slice can be as long as one likes")
    void takesLongSlices() {
        stage.company("Acme");
        stage.selecting();
        try (OngoingRun run = stage.engine.begin()) {
            assertThat(run.step(FOREVER)).isEmpty();
        }
        Fleet fleet = new Fleet(builder -> builder.slice(FOREVER));
        Fleet.Ship acme = fleet.ran("acme").added();

        fleet.advance(Duration.ofHours(2));

        assertThat(acme.starts()).hasSizeGreaterThan(1);
    }

    @Test
    @DisplayName("RUN-1: any number of workers lets runs begin")
    void takesManyWorkers() {
        Fleet fleet = new Fleet(builder -> builder.workers(Integer.MAX_VALUE).pushes(Integer.MAX_VALUE));
        Fleet.Ship acme = fleet.ran("acme").added();

        fleet.advance(Duration.ofHours(5));

        assertThat(acme.starts()).hasSizeGreaterThan(3);
    }

    @Test
    @DisplayName("PUSH-2: a save told to a scheduler that was closed waits for the next run, and is not refused")
    void savesAfterTheEnd() {
        Fleet fleet = new Fleet();
        Fleet.Ship acme = fleet.ran("acme").added();
        fleet.scheduler.close();
        LocalRef edited = acme.edits(0, "late");

        assertThat(fleet.scheduler.saved("acme", edited).toCompletableFuture())
                .isCompletedWithValueMatching(result -> result instanceof PushResult.Waiting);
        acme.engine.run();
        assertThat(acme.notesInPsa(0)).isEqualTo("late");
    }

    // Settings -------------------------------------------------------------------------------------------------------

    private static SettingsPreview with(SettingsPreview preview, SyncSettings settings, Instant madeAt) {
        return new SettingsPreview(
                preview.integration(),
                preview.settingsVersion(),
                madeAt,
                settings,
                preview.changes(),
                preview.kinds(),
                preview.firstRun(),
                preview.advice(),
                preview.confirmations());
    }

    private static SyncSettings twoWay(Stage stage, Instant since) {
        SyncSettings on = SyncSettings.recommended(new Stage().psa.descriptor(), since);
        SyncSettings now = stage.engine.settings();
        return on.with(now.organizations(), now.configurations());
    }

    @Test
    @DisplayName("PUSH-4: a preview can turn two-way on, and cannot say that it was on before")
    void cannotSayWhenTwoWayWasTurnedOn() {
        RemoteRef acme = stage.company("Acme");
        stage.selecting().engine.run();
        LocalRef local = stage.localOf(acme);
        stage.later(Duration.ofMinutes(5)).edits(local, OrganizationFields.NAME, "Early", Origin.USER);
        stage.later(Duration.ofMinutes(5));
        Instant now = stage.clock.instant();
        SettingsPreview preview = stage.engine.as(MANAGER).preview(settings -> settings.twoWay(true));

        stage.engine.as(MANAGER).save(with(preview, twoWay(stage, now.minusSeconds(3600)), now));

        assertThat(stage.engine.settings().twoWaySince()).isEqualTo(now);
        SettingsPreview again = stage.engine.as(MANAGER).preview(settings -> settings.contacts(true));
        stage.engine.as(MANAGER).save(with(again, twoWay(stage, now.minusSeconds(3600)), now));
        assertThat(stage.engine.settings().twoWaySince()).isEqualTo(now);
        stage.later(Duration.ofMinutes(5)).engine.run();
        assertThat(stage.inPsa(acme, OrganizationFields.NAME)).isEqualTo("Acme");
    }

    @Test
    @DisplayName("FIELD-8: no preview turns two-way on where the connector cannot write")
    void cannotTurnOnWhatIsNotThere() {
        Stage readOnly =
                new Stage(psa -> psa.everyKind(kind -> kind.withoutCreate().withoutUpdate()), host -> {});
        SettingsPreview preview = readOnly.engine.as(MANAGER).preview(settings -> settings.contacts(true));
        Instant now = readOnly.clock.instant();

        assertThatThrownBy(() -> readOnly.engine.as(MANAGER).save(with(preview, twoWay(readOnly, now), now)))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("cannot be written");
        assertThat(readOnly.engine.settings().twoWay()).isFalse();
    }

    @Test
    @DisplayName("SET-1, ALL-2: a preview of a time to come is not saved or confirmed")
    void refusesPreviewsToCome() {
        stage.company("Acme");
        stage.twoWay();
        Instant later = stage.clock.instant().plusSeconds(301); // more than clocks may differ
        SettingsPreview preview = stage.engine.as(MANAGER).preview(settings -> settings.contacts(false));
        OneTimePush push = stage.engine.as(MANAGER).oneTimePush();
        OneTimePushPreview all = push.preview();

        assertThatThrownBy(() -> stage.engine.as(MANAGER).save(with(preview, preview.settings(), later)))
                .isInstanceOf(PreviewExpiredException.class);
        assertThatThrownBy(() -> push.confirm(new OneTimePushPreview(
                        all.id(),
                        all.integration(),
                        all.settingsVersion(),
                        later,
                        all.kinds(),
                        all.records(),
                        all.requests(),
                        "")))
                .isInstanceOf(PreviewExpiredException.class);
        assertThatThrownBy(() -> push.results(all, -1, 1)).hasMessageContaining("-1");
        assertThatThrownBy(() -> push.results(all, 0, 0)).hasMessageContaining("at least 1");
        assertThat(all.time(Long.MAX_VALUE)).isBetween(Duration.ZERO, Duration.ofSeconds(1));
    }

    // Reviews --------------------------------------------------------------------------------------------------------

    private ReviewItem doubt() {
        RemoteRef acme = stage.company("Acme");
        stage.twoWay().engine.run();
        stage.later(Duration.ofMinutes(5));
        stage.creates(
                stage.serverValues(stage.localOf(acme), "SRV").with(ConfigurationFields.SERIAL_NUMBER, "S-1"),
                Origin.IMPORT);
        stage.server(acme, "SRV");
        stage.later(Duration.ofMinutes(10)).engine.run();
        return queue().page(CONFIGURATION, null, 10).items().get(0);
    }

    private ReviewQueue queue() {
        return stage.engine.as(MANAGER).reviews();
    }

    @Test
    @DisplayName("MATCH-5: what was previewed to be left alone is not made anew, whatever the preview says by now")
    void refusesAnotherChoice() {
        ReviewItem item = doubt();
        ReviewPreview shown = queue().preview(CONFIGURATION, item.reason(), ReviewChoice.IGNORE);
        ReviewPreview other = new ReviewPreview(
                shown.integration(),
                shown.kind(),
                shown.reason(),
                ReviewChoice.CREATE,
                shown.count(),
                shown.left(),
                shown.examples(),
                shown.digest(),
                shown.madeAt());

        assertThat(queue().apply(other).decided()).isZero();
        assertThat(queue().apply(other).refusal()).isNotEmpty();
        assertThat(queue().apply(shown).decided()).isEqualTo(1);
    }

    @Test
    @DisplayName("MATCH-5: a decision is about the item as it was listed, all of it")
    void refusesAnotherItem() {
        ReviewItem item = doubt();
        ReviewItem noCandidates = new ReviewItem(
                item.pair(),
                item.kind(),
                item.local(),
                item.remote(),
                item.title(),
                new ReviewItem.Doubt(item.reason(), List.of()),
                item.since(),
                item.stamp());

        ReviewAnswer answer = queue().create(noCandidates);

        assertThat(answer.decided()).as(answer.text()).isFalse();
        assertThat(queue().page(CONFIGURATION, null, 10).items()).contains(item);
        assertThat(queue().ignore(item).decided()).isTrue();
    }

    @Test
    @DisplayName("RUN-4: a plan that was changed by hand cannot be read, and the line is named")
    void refusesBrokenPlans() {
        String text = stage.engine.plan().toText();
        String broken = text.replaceFirst("\\d{4}-\\d\\d-\\d\\dT", "yesterday ");

        assertThatThrownBy(() -> SyncPlan.parse(broken))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Line 2");
    }

    @Test
    @DisplayName("RUN-6, BRAKE-3: events of the last hours stay, however short they are to be kept: brakes count them")
    void keepsWhatBrakesCount() {
        RemoteRef acme = stage.company("Acme");
        stage.twoWay()
                .configure(settings -> settings.keepEvents(Duration.ofMillis(1)).pushesPerHour(1));
        stage.userSaves(stage.localOf(acme), OrganizationFields.NAME, "One");
        stage.later(Duration.ofMinutes(1)).engine.run();
        stage.later(Duration.ofMinutes(1));

        stage.userSaves(stage.localOf(acme), OrganizationFields.NAME, "Two");

        assertThat(stage.inPsa(acme, OrganizationFields.NAME)).isEqualTo("One");
        assertThat(stage.engine.as(MANAGER).heldPushes()).hasSize(1);
    }

    // Doubles --------------------------------------------------------------------------------------------------------

    @Test
    @DisplayName("ALL-2: a record that a preview names twice is pushed once")
    void namedTwice() {
        stage.twoWay();
        stage.creates(
                FieldValues.of(AssetKind.ORGANIZATION)
                        .set(OrganizationFields.NAME, "Twice")
                        .set(OrganizationFields.TYPES, Set.of(stage.choice(OrganizationFields.TYPES, "Customer")))
                        .set(OrganizationFields.STATUS, stage.choice(OrganizationFields.STATUS, "Active"))
                        .set(OrganizationFields.ACTIVE, true)
                        .build(),
                Origin.IMPORT);
        OneTimePush push = stage.engine.as(MANAGER).oneTimePush();
        OneTimePushPreview all = push.preview();
        assertThat(all.records()).hasSize(1);
        List<OneTimePushPreview.Covered> doubled =
                List.of(all.records().get(0), all.records().get(0));

        push.confirm(new OneTimePushPreview(
                all.id(),
                all.integration(),
                all.settingsVersion(),
                all.madeAt(),
                Map.of(),
                doubled,
                all.requests(),
                ""));

        assertThat(stage.psa.all(AssetKind.ORGANIZATION)).hasSize(1);
    }
}
