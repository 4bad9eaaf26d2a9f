package org.psasync.testkit.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.psasync.model.AssetKind.CONFIGURATION;
import static org.psasync.model.AssetKind.ORGANIZATION;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.engine.Disposition;
import org.psasync.model.AssetKind;
import org.psasync.model.AssetRef;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.FieldValues;
import org.psasync.model.LocalRef;
import org.psasync.model.OrganizationFields;
import org.psasync.model.Origin;
import org.psasync.model.OrphanReason;
import org.psasync.model.RemoteRef;
import org.psasync.model.SyncState;
import org.psasync.store.Pair;
import org.psasync.store.PairQuery;
import org.psasync.testkit.Fault;
import org.psasync.testkit.Operation;

/** Properties that hold in every world (SPEC 16); few values are drawn from, so that equal ones meet often. */
class AlwaysTest {
    private static final int SEEDS = Integer.getInteger("psasync.traces", 100);
    private static final List<String> TEXTS = List.of("a", "b", "c");

    @Test
    @DisplayName("P7: what another person writes after us is never taken for our own write coming back")
    void ignoresNobody() {
        for (int seed = 1; seed <= SEEDS; seed++) {
            Random random = new Random(seed);
            Stage stage = new Stage();
            RemoteRef server = stage.server(stage.company("Acme"), "SRV");
            String start = any(TEXTS, random);
            stage.psaEdits(server, ConfigurationFields.NOTES, start);
            stage.twoWay().engine.run();
            stage.later(Duration.ofMinutes(5));
            LocalRef local = stage.localOf(server);
            String ours = any(TEXTS, random);
            if (random.nextBoolean()) {
                stage.psa.faults().next(Fault.answerLost().on(Operation.UPDATE));
            }
            stage.userSaves(local, ConfigurationFields.NOTES, ours);
            stage.psa.faults().clear();
            if (random.nextBoolean()) {
                stage.later(Duration.ofMinutes(random.nextInt(20))).engine.run();
            }
            String theirs = any(TEXTS, random);
            stage.later(Duration.ofSeconds(1 + random.nextInt(90)));
            stage.psaEdits(server, ConfigurationFields.NOTES, theirs);
            if (random.nextBoolean()) {
                stage.engine.webhook(stage.psa.hook(server));
            }
            runs(stage, 3);

            assertThat(stage.inHost(local, ConfigurationFields.NOTES))
                    .as(
                            "seed %s: we wrote %s\n%s",
                            seed, ours, stage.engine.explain(local).print())
                    .isEqualTo(theirs);
            assertThat(stage.inPsa(server, ConfigurationFields.NOTES)).isEqualTo(theirs);
        }
    }

    @Test
    @DisplayName("P11: while nothing is deleted, no fault makes anything deleted, disabled or gone")
    void deletesNothingWithoutEvidence() {
        for (int seed = 1; seed <= SEEDS; seed++) {
            Random random = new Random(seed);
            Stage stage = new Stage();
            RemoteRef acme = stage.company("Acme");
            for (int i = 0; i < 6; i++) {
                stage.server(acme, "SRV-" + i);
            }
            stage.twoWay().engine.run();
            for (int i = 0; i < 8; i++) {
                stage.later(Duration.ofHours(25));
                stage.psa.faults().next(fault(random));
                if (random.nextInt(3) == 0) {
                    stage.psa.faults().withdraw(CONFIGURATION);
                } else {
                    stage.psa.faults().giveBack(CONFIGURATION);
                }
                stage.engine.as(Stage.MANAGER).fullCheck();
                stage.engine.run();
                for (AssetKind kind : List.of(ORGANIZATION, CONFIGURATION)) {
                    for (Pair pair : pairs(stage, kind)) {
                        assertThat(pair.reasons()).as("seed %s", seed).doesNotContain(OrphanReason.DELETED_IN_PSA);
                        assertThat(pair.state()).as("seed %s", seed).isNotEqualTo(SyncState.DISABLED);
                    }
                }
                assertThat(stage.all(CONFIGURATION)).as("seed %s", seed).hasSize(6);
                assertThat(stage.psa.all(CONFIGURATION)).as("seed %s", seed).hasSize(6);
            }
        }
    }

    private static Fault fault(Random random) {
        return any(
                List.of(
                        Fault.shortPage(),
                        Fault.repeatedPage(),
                        Fault.shuffledPage(),
                        Fault.incompleteListing(),
                        Fault.unavailable(),
                        Fault.staleRead(),
                        Fault.answerLost(),
                        Fault.forbidden("configuration inquire").on(Operation.READ)),
                random);
    }

    @Test
    @DisplayName("P2: after users and faults stop, depth and three runs settle every field of a hierarchy")
    void settlesWithinDepthAndThree() {
        for (int seed = 1; seed <= SEEDS; seed++) {
            Random random = new Random(seed);
            int depth = 2 + random.nextInt(3);
            Stage stage = new Stage();
            stage.company("Acme");
            stage.twoWay().engine.run();
            stage.later(Duration.ofMinutes(5));
            grow(stage, random, depth);
            stage.psa.faults().clear();
            stage.later(Duration.ofMinutes(30));

            runs(stage, depth + 3);

            for (AssetKind kind : List.of(ORGANIZATION, CONFIGURATION)) {
                for (Pair pair : pairs(stage, kind)) {
                    LocalRef local = pair.localRef();
                    assertThat(pair.standing())
                            .as(
                                    "seed %s, depth %s: %s",
                                    seed,
                                    depth,
                                    local == null
                                            ? pair
                                            : stage.engine.explain(local).print())
                            .isEqualTo(Disposition.IN_SYNC);
                }
            }
            assertThat(stage.all(ORGANIZATION)).hasSameSizeAs(stage.psa.all(ORGANIZATION));
            assertThat(stage.all(CONFIGURATION)).hasSameSizeAs(stage.psa.all(CONFIGURATION));
        }
    }

    /** Makes a chain of organizations and a server below the last, each on a side of its own, some with requests lost. */
    private static void grow(Stage stage, Random random, int depth) {
        RemoteRef above = stage.psa.all(ORGANIZATION).get(0).ref();
        LocalRef aboveHere = stage.localOf(above);
        boolean inPsa = random.nextBoolean();
        AssetRef parent = inPsa ? above : aboveHere;
        for (int level = 1; level < depth; level++) {
            FieldValues values = FieldValues.of(ORGANIZATION)
                    .set(OrganizationFields.NAME, "Level " + level)
                    .set(OrganizationFields.TYPES, java.util.Set.of(stage.choice(OrganizationFields.TYPES, "Customer")))
                    .set(OrganizationFields.STATUS, stage.choice(OrganizationFields.STATUS, "Active"))
                    .set(OrganizationFields.PARENT, parent)
                    .build();
            parent = made(stage, random, values, inPsa);
        }
        made(stage, random, stage.serverValues(parent, "SRV"), inPsa);
    }

    private static AssetRef made(Stage stage, Random random, FieldValues values, boolean inPsa) {
        if (inPsa) {
            return stage.psa.put(values);
        }
        LocalRef local = stage.creates(values, Origin.USER).ref();
        if (random.nextBoolean()) {
            if (random.nextBoolean()) {
                stage.psa.faults().next(Fault.unavailable());
            }
            stage.engine.saved(local);
        }
        return local;
    }

    private static List<Pair> pairs(Stage stage, AssetKind kind) {
        return new ArrayList<>(stage.state().pairs(new PairQuery.OfKind(kind), null, 10_000));
    }

    private static void runs(Stage stage, int count) {
        for (int i = 0; i < count; i++) {
            stage.later(Duration.ofMinutes(10)).engine.run();
        }
    }

    private static <T> T any(List<T> choices, Random random) {
        return choices.get(random.nextInt(choices.size()));
    }
}
