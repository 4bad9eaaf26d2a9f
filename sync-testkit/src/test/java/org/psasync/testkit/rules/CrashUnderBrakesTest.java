package org.psasync.testkit.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.engine.Brake;
import org.psasync.engine.Disposition;
import org.psasync.engine.OneTimePushPreview;
import org.psasync.engine.SyncEngine;
import org.psasync.engine.SyncPlan;
import org.psasync.engine.manage.PreviewExpiredException;
import org.psasync.model.AssetKind;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.FieldValues;
import org.psasync.model.LocalRef;
import org.psasync.model.OrganizationFields;
import org.psasync.model.Origin;
import org.psasync.model.RemoteRef;
import org.psasync.store.IntegrationState;

/** Whatever commit is the last before the engine dies: done again, it reaches the same end as without (P14). */
class CrashUnderBrakesTest {
    private static final int MOST_COMMITS = 200;

    /** Does something that dies after so many commits, and does it again; returns the end, and whether it died. */
    private static <T> Set<String> end(
            Function<Stage, T> before, BiConsumer<Stage, T> dying, int commits, boolean[] died) {
        Stage stage = new Stage();
        T shown = before.apply(stage);
        Interruption interruption = new Interruption();
        SyncEngine healthy = stage.engine;
        stage.engine = stage.newEngine(interruption.watching(IntegrationState.class, stage.state(), "commit"));
        CrashAtEachCommitTest.killAfter(interruption, commits);
        try {
            dying.accept(stage, shown);
            died[0] = false;
        } catch (CrashAtEachCommitTest.Killed killed) {
            died[0] = true;
        }
        stage.engine = healthy;
        if (died[0]) {
            stage.later(Duration.ofMinutes(11));
            dying.accept(stage, shown);
        }
        return CrashAtEachCommitTest.after(stage);
    }

    private static <T> void holds(Function<Stage, T> before, BiConsumer<Stage, T> dying) {
        boolean[] died = {false};
        Set<String> end = end(before, dying, MOST_COMMITS, died);
        assertThat(end).noneMatch(line -> line.contains(Disposition.HELD_BY_BRAKE.name()));
        for (int commit = 0; commit < MOST_COMMITS; commit++) {
            assertThat(end(before, dying, commit, died))
                    .as("killed after commit %s", commit)
                    .isEqualTo(end);
            if (!died[0]) {
                return;
            }
        }
    }

    private static List<RemoteRef> servers(Stage stage) {
        RemoteRef acme = stage.company("Acme");
        List<RemoteRef> servers = IntStream.range(0, 22)
                .mapToObj(i -> stage.server(acme, "SRV-" + i))
                .toList();
        stage.twoWay().configure(settings -> settings.brake(Brake.LEAVING, 2, 0).brake(Brake.PSA_WRITES, 2, 0));
        stage.engine.run();
        stage.later(Duration.ofMinutes(5));
        return servers;
    }

    @Test
    @DisplayName("P14, BRAKE-1: a run that holds too much, and the approval of it")
    void anApproval() {
        holds(
                stage -> {
                    List<RemoteRef> servers = servers(stage);
                    servers.subList(0, 4)
                            .forEach(server -> stage.psaEdits(
                                    server,
                                    ConfigurationFields.TYPE,
                                    stage.choice(ConfigurationFields.TYPE, "Workstation")));
                    servers.subList(4, 8)
                            .forEach(server ->
                                    stage.edits(stage.localOf(server), ConfigurationFields.NOTES, "mine", Origin.USER));
                    stage.later(Duration.ofMinutes(5));
                    return stage.engine.plan();
                },
                CrashUnderBrakesTest::approve);
    }

    /** What was approved and is not done yet is approved again. */
    private static void approve(Stage stage, SyncPlan plan) {
        stage.engine.run();
        try {
            stage.engine.as(Stage.MANAGER).approve(plan);
        } catch (PreviewExpiredException approved) {
            assertThat(approved).hasMessageContaining("approved before"); // it died at the very end
        }
    }

    @Test
    @DisplayName("P14, BRAKE-3: the approval of held pushes")
    void anApprovalOfHeldPushes() {
        holds(
                stage -> {
                    List<RemoteRef> servers = servers(stage);
                    stage.configure(settings -> settings.pushesPerHour(1));
                    servers.subList(0, 5)
                            .forEach(server ->
                                    stage.userSaves(stage.localOf(server), ConfigurationFields.NOTES, "mine"));
                    return "ursula";
                },
                (stage, actor) -> {
                    stage.engine.as(Stage.MANAGER).approvePushes(actor);
                    stage.engine.run();
                });
    }

    @Test
    @DisplayName("P14, ALL-2: the confirmation of a one-time push")
    void aOneTimePush() {
        holds(
                stage -> {
                    RemoteRef acme = stage.company("Acme");
                    stage.psa.put(stage.serverValues(acme, "SRV-1").with(ConfigurationFields.NOTES, "theirs"));
                    LocalRef here = stage.creates(
                                    FieldValues.of(AssetKind.ORGANIZATION)
                                            .set(OrganizationFields.NAME, "Acme")
                                            .set(
                                                    OrganizationFields.TYPES,
                                                    Set.of(stage.choice(OrganizationFields.TYPES, "Customer")))
                                            .set(
                                                    OrganizationFields.STATUS,
                                                    stage.choice(OrganizationFields.STATUS, "Active"))
                                            .build(),
                                    Origin.IMPORT)
                            .ref();
                    stage.creates(
                            stage.serverValues(here, "SRV-1").with(ConfigurationFields.NOTES, "ours"), Origin.IMPORT);
                    stage.creates(stage.serverValues(here, "SRV-2"), Origin.IMPORT);
                    stage.selecting().configure(settings -> settings.twoWay(true));
                    stage.later(Duration.ofMinutes(1));
                    return stage.engine.as(Stage.MANAGER).oneTimePush().preview();
                },
                CrashUnderBrakesTest::confirm);
    }

    /** A confirmation that came to its end is not repeated; the runs go on with it. */
    private static void confirm(Stage stage, OneTimePushPreview preview) {
        try {
            stage.engine.as(Stage.MANAGER).oneTimePush().confirm(preview);
        } catch (PreviewExpiredException confirmed) {
            assertThat(confirmed).hasMessageContaining("before");
        }
    }
}
