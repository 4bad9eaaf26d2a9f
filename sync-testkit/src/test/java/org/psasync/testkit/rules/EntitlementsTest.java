package org.psasync.testkit.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.psasync.testkit.rules.Stage.MANAGER;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.engine.Connection;
import org.psasync.engine.Disposition;
import org.psasync.engine.Entitlements;
import org.psasync.engine.Explanation;
import org.psasync.engine.InvalidSettingsException;
import org.psasync.engine.OneTimePush;
import org.psasync.engine.OneTimePushPreview;
import org.psasync.engine.PushResult;
import org.psasync.engine.SettingsPreview;
import org.psasync.engine.SyncEngine;
import org.psasync.engine.SyncSettings;
import org.psasync.model.AssetKind;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.LocalRef;
import org.psasync.model.OrganizationFields;
import org.psasync.model.Origin;
import org.psasync.model.RemoteRef;
import org.psasync.spi.PsaConnector;

/** SET-6: the host may forbid two-way. */
class EntitlementsTest {
    private static final Entitlements FORBIDDEN = Entitlements.oneWay("Two-way is part of the Enterprise plan.");

    private final Stage stage = new Stage();
    private final RemoteRef server = stage.server(stage.company("Acme"), "SRV-1");
    private Supplier<Entitlements> plan = () -> Entitlements.ALL;

    private SyncEngine engine(PsaConnector psa) {
        return SyncEngine.builder()
                .integration("contoso/fake")
                .connector(psa)
                .assets(stage.host)
                .state(stage.store)
                .clock(stage.clock)
                .pause(stage.clock)
                .random(new Random(5))
                .entitlements(() -> plan.get())
                .build();
    }

    private LocalRef twoWay() {
        stage.engine = engine(stage.psa);
        stage.twoWay();
        stage.psa.journal().clear();
        return stage.localOf(server);
    }

    @Test
    @DisplayName("SET-6: turning two-way on is refused with the host's reason, and nothing is changed")
    void refusesTwoWay() {
        plan = () -> FORBIDDEN;
        stage.engine = engine(stage.psa);
        stage.selecting();

        assertThatThrownBy(() -> stage.configure(settings -> settings.twoWay(true)))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("part of the Enterprise plan");
        stage.configure(settings -> settings.recommended().contacts(false));

        assertThat(stage.engine.settings().twoWay()).isFalse();
        assertThat(stage.engine.settings().contacts()).isFalse();
    }

    @Test
    @DisplayName("SET-6: a preview made while it was allowed is refused too")
    void refusesAPreview() {
        stage.engine = engine(stage.psa);
        SettingsPreview preview = stage.selecting().engine.as(MANAGER).preview(settings -> settings.twoWay(true));
        plan = () -> FORBIDDEN;

        assertThatThrownBy(() -> stage.engine.as(MANAGER).save(preview))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("part of the Enterprise plan");
    }

    @Test
    @DisplayName("SET-6: while two-way is forbidden it counts as off, though it stays set")
    void countsAsOff() {
        LocalRef local = twoWay();
        plan = () -> FORBIDDEN;

        PushResult saved = stage.userSaves(local, ConfigurationFields.NOTES, "mine");

        assertThat(saved).isNotInstanceOf(PushResult.Pushed.class);
        assertThat(stage.psa.journal().writes()).isEmpty();
        assertThat(stage.engine.editable(local).allows(ConfigurationFields.NOTES))
                .isFalse();
        assertThat(stage.engine.settings().twoWay()).isTrue();
        stage.configure(settings -> settings.contacts(false)); // other settings can be changed
        plan = () -> Entitlements.ALL;
        assertThat(stage.userSaves(local, ConfigurationFields.NOTES, "mine again"))
                .isInstanceOf(PushResult.Pushed.class);
    }

    @Test
    @DisplayName("SET-6, WHY-1: explain gives the host's reason, and does not advise to turn on what is forbidden")
    void explainsWithTheHostsReason() {
        twoWay();
        plan = () -> FORBIDDEN;
        LocalRef local = stage.creates(
                        stage.serverValues(
                                stage.localOf(stage.psa
                                        .all(AssetKind.ORGANIZATION)
                                        .get(0)
                                        .ref()),
                                "SRV-2"),
                        Origin.USER)
                .ref();

        Explanation why = stage.engine.explain(local);

        assertThat(why.disposition()).isEqualTo(Disposition.NOT_SELECTED);
        assertThat(why.print()).contains("Enterprise plan").doesNotContain("turn two-way on");
        assertThat(why.reasons()).anyMatch(reason -> reason.rule().equals("SET-6"));
    }

    @Test
    @DisplayName("SET-6, SET-10: it holds for every write that has not started")
    void stopsAWriteThatHasNotStarted() {
        LocalRef local = twoWay();
        stage.edits(local, ConfigurationFields.NOTES, "mine", Origin.USER);
        Interruption interruption = new Interruption();
        interruption.after(() -> plan = () -> FORBIDDEN);

        engine(interruption.watching(PsaConnector.class, stage.psa, "read")).saved(local);

        assertThat(stage.psa.journal().writes()).isEmpty();
    }

    @Test
    @DisplayName(
            "SET-6, PUSH-4, WHY-3: what was saved while two-way was forbidden awaits confirmation when it is allowed again")
    void confirmsNothingThatWasSavedWhileForbidden() {
        LocalRef changed = twoWay();
        LocalRef company =
                stage.localOf(stage.psa.all(AssetKind.ORGANIZATION).get(0).ref());
        plan = () -> FORBIDDEN;
        stage.later(Duration.ofMinutes(5));
        stage.userSaves(changed, ConfigurationFields.NOTES, "mine");
        LocalRef told =
                stage.creates(stage.serverValues(company, "SRV-2"), Origin.USER).ref();
        stage.engine.saved(told);
        plan = () -> Entitlements.ALL;

        stage.later(Duration.ofMinutes(5)).engine.run();

        assertThat(stage.psa.journal().writes()).isEmpty();
        assertThat(stage.inHost(changed, ConfigurationFields.NOTES)).isEqualTo("mine");
        assertThat(List.of(changed, told)).allSatisfy(each -> {
            Explanation why = stage.engine.explain(each);
            assertThat(why.disposition()).as(why.print()).isEqualTo(Disposition.AWAITING_CONFIRMATION);
            assertThat(why.print()).contains("saving it will", "two-way was not allowed then");
        });
        stage.engine.saved(stage.edits(told, ConfigurationFields.NOTES, "again", Origin.USER)
                .ref());
        assertThat(stage.userSaves(changed, ConfigurationFields.NOTES, "mine")).isInstanceOf(PushResult.Pushed.class);
        assertThat(stage.psa.all(AssetKind.CONFIGURATION)).hasSize(2);
    }

    @Test
    @DisplayName("SET-6, PUSH-6, WHY-3: so does a new record of which only the feed told, in a run of that time")
    void confirmsNothingThatTheFeedToldWhileForbidden() {
        twoWay();
        plan = () -> FORBIDDEN;
        stage.later(Duration.ofMinutes(5));
        LocalRef made = stage.creates(
                        stage.serverValues(
                                stage.localOf(stage.psa
                                        .all(AssetKind.ORGANIZATION)
                                        .get(0)
                                        .ref()),
                                "SRV-2"),
                        Origin.USER)
                .ref();
        stage.engine.run();
        plan = () -> Entitlements.ALL;
        stage.later(Duration.ofDays(3)).engine.run();

        assertThat(stage.psa.all(AssetKind.CONFIGURATION)).hasSize(1);
        assertThat(stage.engine.explain(made).disposition()).isEqualTo(Disposition.AWAITING_CONFIRMATION);
    }

    @Test
    @DisplayName("SET-6, PUSH-1, P3: while the host cannot tell nothing goes to the PSA and nothing is put back")
    void waitsWhileItCannotTell() {
        LocalRef changed = twoWay();
        LocalRef company =
                stage.localOf(stage.psa.all(AssetKind.ORGANIZATION).get(0).ref());
        plan = () -> {
            throw new IllegalStateException("billing is down");
        };
        stage.later(Duration.ofMinutes(5));

        PushResult saved = stage.userSaves(changed, ConfigurationFields.NOTES, "mine");
        LocalRef made =
                stage.creates(stage.serverValues(company, "SRV-2"), Origin.USER).ref();
        stage.engine.run();

        assertThat(saved).isInstanceOf(PushResult.Waiting.class);
        assertThat(saved.text()).contains("billing is down");
        assertThat(stage.psa.journal().writes()).isEmpty();
        assertThat(stage.inHost(changed, ConfigurationFields.NOTES)).isEqualTo("mine");
        assertThat(stage.engine.lastRun()).get().matches(run -> run.message().isEmpty());
        assertThat(List.of(changed, made))
                .allSatisfy(each -> assertThat(stage.engine.explain(each))
                        .matches(why -> why.disposition() == Disposition.CHANGE_WAITING)
                        .matches(why -> why.print().contains("billing is down")));
        plan = () -> Entitlements.ALL;
        stage.later(Duration.ofHours(1)).engine.run();
        assertThat(stage.inPsa(server, ConfigurationFields.NOTES)).isEqualTo("mine");
        assertThat(stage.psa.all(AssetKind.CONFIGURATION)).hasSize(2);
    }

    @Test
    @DisplayName("SET-8, SET-7: what is recommended has two-way on where the connector can write, and nothing selected")
    void recommends() {
        SyncSettings proposal = SyncSettings.recommended(stage.psa.descriptor(), stage.clock.instant());

        assertThat(proposal.twoWay()).isTrue();
        assertThat(proposal.organizations()).isEqualTo(SyncSettings.defaults().organizations());
        assertThat(stage.engine.settings().twoWay())
                .as("before a manager saves it")
                .isFalse();
        stage.configure(settings -> settings.recommended());
        assertThat(stage.engine.settings().twoWay()).isTrue();
        Stage readOnly =
                new Stage(psa -> psa.everyKind(kind -> kind.withoutCreate().withoutUpdate()), host -> {});
        assertThat(SyncSettings.recommended(readOnly.psa.descriptor(), stage.clock.instant())
                        .twoWay())
                .isFalse();
        readOnly.configure(settings -> settings.recommended());
        assertThat(readOnly.engine.settings().twoWay()).isFalse();
    }

    @Test
    @DisplayName("SET-7: connecting recommends what active records use, list by list, the most used first")
    void recommendsWhatIsUsed() {
        stage.company("Acme", "Customer");
        stage.company("Bolt", "Prospect");
        stage.company("Core", "Prospect");
        stage.server(stage.company("Dune", "Prospect"), "SRV-1");

        Connection.Accepted accepted =
                (Connection.Accepted) stage.engine.as(MANAGER).connect();

        assertThat(accepted.recommended())
                .filteredOn(each -> each.field().equals(OrganizationFields.TYPES))
                .extracting(each -> each.choice().name() + " " + each.usedBy())
                .containsExactly("Prospect 3", "Customer 2");
        assertThat(accepted.recommended())
                .extracting(Connection.Recommended::field)
                .contains(OrganizationFields.STATUS, ConfigurationFields.TYPE)
                .isSorted();
        assertThat(accepted.recommended()).allMatch(each -> each.usedBy() > 0);
        assertThat(accepted.reference().choices().get(OrganizationFields.TYPES))
                .as("others are known, come last, and are not recommended")
                .hasSizeGreaterThan(2)
                .extracting(entry -> entry.choice().name())
                .startsWith("Prospect", "Customer");
        assertThat(stage.engine.choices(OrganizationFields.TYPES))
                .as("on a settings page")
                .extracting(state -> state.choice().name())
                .startsWith("Prospect", "Customer");
    }

    @Test
    @DisplayName("SET-6, ALL-3: the one-time push is refused with the host's reason, the confirmation of a preview too")
    void refusesTheOneTimePush() {
        twoWay();
        OneTimePush push = stage.engine.as(MANAGER).oneTimePush();
        OneTimePushPreview preview = push.preview();
        plan = () -> new Entitlements(null, "it is part of the Enterprise plan.");

        assertThatThrownBy(push::preview).hasMessageContaining("part of the Enterprise plan");
        assertThatThrownBy(() -> push.confirm(preview)).hasMessageContaining("part of the Enterprise plan");
    }
}
