package org.psasync.testkit.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.engine.OneTimePush;
import org.psasync.engine.OneTimePushPreview;
import org.psasync.engine.SyncEngine;
import org.psasync.engine.SyncSettings.ConflictPolicy;
import org.psasync.engine.manage.PreviewExpiredException;
import org.psasync.engine.manage.ReviewItem;
import org.psasync.engine.manage.ReviewQueue;
import org.psasync.model.Asset;
import org.psasync.model.AssetKind;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.Fields;
import org.psasync.model.LocalRef;
import org.psasync.model.OrganizationFields;
import org.psasync.model.Origin;
import org.psasync.model.RemoteRef;
import org.psasync.spi.RemoteRecord;
import org.psasync.store.IntegrationState;

/** P14: whatever commit is the last before the engine dies, the next runs reach the same end as without. */
class CrashAtEachCommitTest {
    private static final int MOST_COMMITS = 200;

    static final class Killed extends Error {
        private static final long serialVersionUID = 1;
    }

    /** What happens before, and the one thing that dies in its midst. */
    private record Story(Consumer<Stage> before, Consumer<Stage> dying, int pageSize) {
        Story(Consumer<Stage> before, Consumer<Stage> dying) {
            this(before, dying, 1000);
        }
    }

    private static void holds(Story story) {
        holds(story, stage -> {});
    }

    /** @param again what a person does after the crash */
    private static void holds(Story story, Consumer<Stage> again) {
        Set<String> end = end(story, MOST_COMMITS);
        for (int commit = 0; commit < MOST_COMMITS; commit++) {
            Stage stage = new Stage();
            boolean died = play(story, stage, commit);
            if (died) {
                again.accept(stage);
            }
            assertThat(after(stage)).as("killed after commit %s", commit).isEqualTo(end);
            if (!died) {
                return;
            }
        }
    }

    private static Set<String> end(Story story, int commit) {
        Stage stage = new Stage();
        play(story, stage, commit);
        return after(stage);
    }

    private static boolean play(Story story, Stage stage, int commit) {
        story.before().accept(stage);
        Interruption interruption = new Interruption();
        SyncEngine healthy = stage.engine;
        stage.engine = stage.newEngine(
                Between.smallPages(stage.psa, story.pageSize()),
                interruption.watching(IntegrationState.class, stage.state(), "commit"));
        killAfter(interruption, commit);
        try {
            story.dying().accept(stage);
            return false;
        } catch (Killed killed) {
            return true;
        } finally {
            stage.engine = healthy;
        }
    }

    static void killAfter(Interruption interruption, int commits) {
        interruption.after(() -> {
            if (commits == 0) {
                throw new Killed();
            }
            killAfter(interruption, commits - 1);
        });
    }

    /** What both sides hold, and where each local record stands, a few runs later. */
    static Set<String> after(Stage stage) {
        for (int i = 0; i < 5; i++) {
            stage.later(Duration.ofMinutes(15)).engine.run();
        }
        stage.later(Duration.ofHours(25)).engine.run(); // the full check
        Set<String> result = new TreeSet<>();
        for (AssetKind kind : AssetKind.values()) {
            for (Asset asset : stage.all(kind)) {
                result.add("host " + kind + " " + Fields.title(asset.values()) + " " + notes(kind, asset) + " "
                        + stage.engine.explain(asset.ref()).disposition() + " "
                        + stage.host.mark(asset.ref()).map(Object::toString).orElse("no mark"));
            }
            for (RemoteRecord record : stage.psa.all(kind)) {
                result.add("PSA " + kind + " " + Fields.title(record.values()) + " "
                        + (kind == AssetKind.CONFIGURATION ? record.values().get(ConfigurationFields.NOTES) : ""));
            }
        }
        return result;
    }

    private static Object notes(AssetKind kind, Asset asset) {
        return kind == AssetKind.CONFIGURATION ? asset.values().get(ConfigurationFields.NOTES) : "";
    }

    private static LocalRef serverOf(Stage stage) {
        return stage.all(AssetKind.CONFIGURATION).get(0).ref();
    }

    private static void become(Stage stage, String type) {
        RemoteRef company = stage.psa.all(AssetKind.ORGANIZATION).get(0).ref();
        stage.psaEdits(company, OrganizationFields.TYPES, Set.of(stage.choice(OrganizationFields.TYPES, type)));
    }

    private static void synced(Stage stage) {
        RemoteRef acme = stage.company("Acme");
        stage.site(acme, "Main", "Tampa");
        stage.contact(acme, "Ada", "Lovelace");
        stage.server(acme, "SRV-1");
        stage.twoWay().engine.run();
        stage.later(Duration.ofMinutes(5));
    }

    @Test
    @DisplayName("P14, SAFE-7: a first run that dies at any commit while it pulls page by page makes nothing twice")
    void pullsPageByPage() {
        holds(new Story(
                stage -> {
                    for (int i = 0; i < 3; i++) {
                        RemoteRef company = stage.company("Company " + i);
                        stage.contact(company, "Ada", "Lovelace");
                        stage.server(company, "SRV-" + i);
                    }
                    stage.selecting();
                },
                stage -> stage.engine.run(),
                2));
    }

    @Test
    @DisplayName("P14, STATE-9: the first run")
    void theFirstRun() {
        holds(new Story(
                stage -> {
                    RemoteRef acme = stage.company("Acme");
                    stage.server(acme, "SRV-1");
                    stage.contact(acme, "Ada", "Lovelace");
                    stage.selecting();
                },
                stage -> stage.engine.run()));
    }

    @Test
    @DisplayName("P14, STATE-4: an organization returns, with what was saved meanwhile")
    void anOrganizationReturns() {
        holds(new Story(
                stage -> {
                    synced(stage);
                    become(stage, "Vendor");
                    stage.engine.run();
                    stage.later(Duration.ofMinutes(5));
                    stage.userSaves(serverOf(stage), ConfigurationFields.NOTES, "mine");
                    become(stage, "Customer");
                },
                stage -> stage.engine.run()));
    }

    @Test
    @DisplayName("P14, STATE-3: an organization leaves")
    void anOrganizationLeaves() {
        holds(new Story(
                stage -> {
                    synced(stage);
                    become(stage, "Vendor");
                },
                stage -> stage.engine.run()));
    }

    @Test
    @DisplayName("P14, MERGE-9: a save is pushed")
    void aSaveIsPushed() {
        holds(new Story(
                CrashAtEachCommitTest::synced,
                stage -> stage.userSaves(serverOf(stage), ConfigurationFields.NOTES, "mine")));
    }

    @Test
    @DisplayName("P14, SAFE-1: a new record is pushed")
    void aNewRecordIsPushed() {
        holds(new Story(CrashAtEachCommitTest::synced, stage -> {
            LocalRef acme = stage.all(AssetKind.ORGANIZATION).get(0).ref();
            stage.engine.saved(stage.creates(stage.serverValues(acme, "SRV-2"), Origin.USER)
                    .ref());
        }));
    }

    @Test
    @DisplayName("P14, ALL-2: everything is pushed once; another process confirms the kept preview to its end")
    void everythingIsPushedOnce() {
        IdentityHashMap<Stage, String> kept = new IdentityHashMap<>();
        holds(
                new Story(
                        stage -> {
                            synced(stage);
                            LocalRef acme =
                                    stage.all(AssetKind.ORGANIZATION).get(0).ref();
                            stage.creates(stage.serverValues(acme, "SRV-2"), Origin.IMPORT);
                            stage.edits(serverOf(stage), ConfigurationFields.NOTES, "imported", Origin.IMPORT);
                            kept.put(stage, everything(stage).preview().toText());
                        },
                        stage -> everything(stage).confirm(OneTimePushPreview.parse(kept.get(stage)))),
                stage -> {
                    try {
                        everything(stage).confirm(OneTimePushPreview.parse(kept.get(stage)));
                    } catch (PreviewExpiredException allWasCovered) {
                        assertThat(allWasCovered).hasMessageContaining("before");
                    }
                });
    }

    private static OneTimePush everything(Stage stage) {
        return stage.engine.as(Stage.MANAGER).oneTimePush();
    }

    private static ReviewQueue queue(Stage stage) {
        return stage.engine.as(Stage.MANAGER).reviews();
    }

    private static ReviewItem inReview(Stage stage) {
        return queue(stage).page(AssetKind.CONFIGURATION, null, 10).items().get(0);
    }

    /** A PSA record and a confirmed local one that may be the same. */
    private static void doubted(Stage stage) {
        synced(stage);
        LocalRef acme = stage.all(AssetKind.ORGANIZATION).get(0).ref();
        stage.server(stage.psa.all(AssetKind.ORGANIZATION).get(0).ref(), "SRV-2");
        stage.engine.saved(stage.creates(
                        stage.serverValues(acme, "SRV-2").with(ConfigurationFields.SERIAL_NUMBER, "S-2"), Origin.USER)
                .ref());
        stage.engine.run();
    }

    /** Until the decision is stored it is not made; so a person who sees no answer makes it again. */
    private static void decides(Consumer<Stage> decision) {
        holds(new Story(CrashAtEachCommitTest::doubted, decision), stage -> {
            if (!queue(stage).page(AssetKind.CONFIGURATION, null, 10).items().isEmpty()) {
                decision.accept(stage);
            }
        });
    }

    @Test
    @DisplayName("P14, MATCH-5: a person links")
    void aPersonLinks() {
        decides(stage -> queue(stage)
                .link(inReview(stage), inReview(stage).candidates().get(0).record()));
    }

    @Test
    @DisplayName("P14, MATCH-5: a person creates")
    void aPersonCreates() {
        decides(stage -> queue(stage).create(inReview(stage)));
    }

    @Test
    @DisplayName("P14, MATCH-5: a person ignores")
    void aPersonIgnores() {
        decides(stage -> queue(stage).ignore(inReview(stage)));
    }

    @Test
    @DisplayName("P14, MERGE-5: a person decides a conflict")
    void aPersonDecidesAConflict() {
        Consumer<Stage> decision = stage -> queue(stage).takeLocal(inReview(stage), ConfigurationFields.NOTES);
        holds(
                new Story(
                        stage -> {
                            synced(stage);
                            stage.configure(settings -> settings.conflicts(ConflictPolicy.ASK));
                            RemoteRef server = stage.psa
                                    .all(AssetKind.CONFIGURATION)
                                    .get(0)
                                    .ref();
                            stage.psaEdits(server, ConfigurationFields.NOTES, "theirs");
                            stage.userSaves(serverOf(stage), ConfigurationFields.NOTES, "mine");
                        },
                        decision),
                stage -> {
                    if (!queue(stage)
                            .page(AssetKind.CONFIGURATION, null, 10)
                            .items()
                            .isEmpty()) {
                        decision.accept(stage);
                    }
                });
    }
}
