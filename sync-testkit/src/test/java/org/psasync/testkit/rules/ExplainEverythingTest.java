package org.psasync.testkit.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.psasync.model.AssetKind.CONFIGURATION;
import static org.psasync.model.AssetKind.ORGANIZATION;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.engine.Disposition;
import org.psasync.engine.Explanation;
import org.psasync.engine.RunReport;
import org.psasync.engine.SyncSettings.ConflictPolicy;
import org.psasync.engine.manage.ReviewItem;
import org.psasync.engine.manage.ReviewQueue;
import org.psasync.model.Asset;
import org.psasync.model.AssetKind;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.Field;
import org.psasync.model.LocalId;
import org.psasync.model.LocalRef;
import org.psasync.model.OrganizationFields;
import org.psasync.model.Origin;
import org.psasync.model.RemoteId;
import org.psasync.model.RemoteRef;
import org.psasync.spi.RemoteRecord;
import org.psasync.store.Event;
import org.psasync.store.EventQuery;
import org.psasync.store.Pair;
import org.psasync.store.PairQuery;
import org.psasync.testkit.Fault;

/** A world of everything, from one seed; few values are drawn from, so that equal ones meet often. */
class ExplainEverythingTest {
    private static final int SEEDS = Integer.getInteger("psasync.traces", 100);
    private static final List<String> NAMES = List.of("one", "two", "three");

    @Test
    @DisplayName("WHY-3, P18: explain answers once for every record, as the run decided, and the report adds up")
    void explainsWhatTheRunDecided() {
        for (int seed = 1; seed <= SEEDS; seed++) {
            World world = new World(seed);
            world.live();
            RunReport report = world.stage.engine.run();
            for (AssetKind kind : AssetKind.values()) {
                List<Pair> pairs = world.pairs(kind);
                assertThat(report.kind(kind).seen()).as("RUN-5, seed %s", seed).isEqualTo(pairs.size());
                assertThat(report.kind(kind).dispositions())
                        .as("RUN-5, seed %s", seed)
                        .isEqualTo(
                                pairs.stream().collect(Collectors.groupingBy(Pair::standing, Collectors.counting())));
                for (Pair pair : pairs) {
                    world.explained(pair, "seed " + seed);
                }
            }
        }
    }

    @Test
    @DisplayName("P18: explain answers for records that no run has seen, on either side, and for ids that do not exist")
    void explainsWhatNoRunHasSeen() {
        for (int seed = 1; seed <= SEEDS; seed++) {
            World world = new World(seed);
            world.live();
            Stage stage = world.stage;
            RemoteRef company = stage.company("three", "Vendor");
            RemoteRef server = stage.server(company, "one");
            RemoteRef twin = stage.server(stage.psa.all(ORGANIZATION).get(0).ref(), "two");
            for (int i = 0; i < 5; i++) {
                world.createLocally();
            }
            int unpaired = 0;
            for (AssetKind kind : List.of(ORGANIZATION, CONFIGURATION)) {
                for (Asset asset : stage.all(kind)) {
                    unpaired += stage.state().byLocal(asset.ref()).isEmpty() ? 1 : 0;
                    world.answers(stage.engine.explain(asset.ref()), Disposition.UNKNOWN);
                }
                for (RemoteRecord record : stage.psa.all(kind)) {
                    if (!record.deleted()) {
                        world.answers(stage.engine.explain(record.ref()), Disposition.UNKNOWN);
                    }
                }
                RemoteRef nothing = new RemoteRef(kind, new RemoteId("404404"));
                assertThat(stage.engine.explain(nothing).disposition()).isEqualTo(Disposition.UNKNOWN);
                LocalRef nobody = new LocalRef(kind, new LocalId("nobody"));
                assertThat(stage.engine.explain(nobody).disposition()).isEqualTo(Disposition.UNKNOWN);
            }
            assertThat(unpaired).as("seed %s", seed).isPositive();
            for (RemoteRef ref : List.of(company, server, twin)) {
                assertThat(stage.state().byRemote(ref))
                        .as("explaining stores nothing")
                        .isEmpty();
            }
        }
    }

    @Test
    @DisplayName("P20: the same seed gives the same trace")
    void repeatsItself() {
        for (int seed = 1; seed <= 20; seed++) {
            assertThat(new World(seed).live()).as("seed %s", seed).isEqualTo(new World(seed).live());
        }
    }

    @Test
    @DisplayName("P17: in any world a plan writes nothing, and the next run does what it showed")
    void doesWhatThePlanShowed() {
        for (int seed = 1; seed <= SEEDS; seed++) {
            World world = new World(seed);
            world.live();
            String before = world.trace();
            var plan = world.stage.engine.plan();
            assertThat(world.trace()).as("seed %s", seed).isEqualTo(before);
            assertThat(plan.message()).as("seed %s", seed).isEmpty();

            RunReport report = world.stage.engine.run();

            assertThat(plan.kinds())
                    .as("seed %s\n%s\n%s", seed, plan.print(), report.print())
                    .isEqualTo(report.kinds());
        }
    }

    private static final class World {
        private final Stage stage = new Stage();
        private final Random random;

        World(long seed) {
            this.random = new Random(seed);
        }

        String live() {
            stage.company("one");
            stage.company("two");
            stage.twoWay();
            if (random.nextBoolean()) {
                stage.configure(settings -> settings.conflicts(ConflictPolicy.ASK));
            }
            for (int i = 0; i < 25; i++) {
                stage.later(Duration.ofMinutes(random.nextInt(30)));
                step();
            }
            stage.psa.faults().clear();
            stage.later(Duration.ofMinutes(30));
            return trace();
        }

        private void step() {
            switch (random.nextInt(11)) {
                case 0 -> stage.company(any(NAMES), any(List.of("Customer", "Vendor")));
                case 1 -> stage.server(any(stage.psa.all(ORGANIZATION)).ref(), any(NAMES));
                case 2 -> editInPsa();
                case 3 -> editLocally();
                case 4 -> createLocally();
                case 5 -> changeType();
                case 6 -> deleteSomething();
                case 8 -> decideSomething();
                case 7 ->
                    stage.psa.faults().next(any(List.of(Fault.requestLost(), Fault.answerLost(), Fault.unavailable())));
                default -> stage.engine.run();
            }
        }

        private void editInPsa() {
            List<RemoteRecord> servers = stage.psa.all(CONFIGURATION);
            if (!servers.isEmpty()) {
                stage.psaEdits(any(servers).ref(), ConfigurationFields.NOTES, any(NAMES));
            }
        }

        private void editLocally() {
            List<Asset> servers = stage.all(CONFIGURATION);
            if (!servers.isEmpty()) {
                Asset server = any(servers);
                stage.edits(server.ref(), ConfigurationFields.NOTES, any(NAMES), any(List.of(Origin.USER, Origin.RMM)));
                if (random.nextBoolean()) {
                    stage.engine.saved(server.ref());
                }
            }
        }

        private void createLocally() {
            List<Asset> organizations = stage.all(ORGANIZATION);
            if (!organizations.isEmpty()) {
                stage.creates(
                        stage.serverValues(any(organizations).ref(), any(NAMES)).with(ConfigurationFields.ACTIVE, true),
                        any(List.of(Origin.USER, Origin.IMPORT)));
            }
        }

        private void changeType() {
            String type = any(List.of("Customer", "Vendor"));
            stage.psaEdits(
                    any(stage.psa.all(ORGANIZATION)).ref(),
                    OrganizationFields.TYPES,
                    Set.of(stage.choice(OrganizationFields.TYPES, type)));
        }

        private void deleteSomething() {
            List<Asset> here = stage.all(CONFIGURATION);
            List<RemoteRecord> there = stage.psa.all(CONFIGURATION);
            if (random.nextBoolean() && !here.isEmpty()) {
                stage.host.delete(any(here).ref());
            } else if (!there.isEmpty()) {
                stage.psa.delete(any(there).ref());
            }
        }

        private void decideSomething() {
            ReviewQueue queue = stage.engine.as(Stage.MANAGER).reviews();
            List<ReviewItem> items =
                    new ArrayList<>(queue.page(CONFIGURATION, null, 100).items());
            items.addAll(queue.page(ORGANIZATION, null, 100).items());
            items.addAll(queue.ignored(CONFIGURATION, null, 100).items());
            if (items.isEmpty()) {
                return;
            }
            ReviewItem item = any(items);
            if (item.question() instanceof ReviewItem.Conflict conflict) {
                Field<?> field = conflict.clashes().get(0).field();
                if (random.nextBoolean()) {
                    queue.takeLocal(item, field);
                } else {
                    queue.takeRemote(item, field);
                }
            } else if (!item.candidates().isEmpty() && random.nextInt(3) == 0) {
                queue.link(item, any(item.candidates()).record());
            } else if (random.nextBoolean()) {
                queue.create(item);
            } else if (item.question() instanceof ReviewItem.Ignored) {
                queue.reopen(item);
            } else {
                queue.ignore(item);
            }
        }

        private <T> T any(List<T> choices) {
            return choices.get(random.nextInt(choices.size()));
        }

        List<Pair> pairs(AssetKind kind) {
            return stage.state().pairs(new PairQuery.OfKind(kind), null, 10_000);
        }

        void explained(Pair pair, String seed) {
            if (pair.localRef() != null) {
                assertThat(stage.engine.explain(pair.localRef()).disposition())
                        .as("%s %s", seed, pair)
                        .isEqualTo(pair.standing());
            }
            if (pair.remoteRef() != null) {
                Disposition disposition = stage.engine.explain(pair.remoteRef()).disposition();
                assertThat(disposition).as("%s %s", seed, pair).isEqualTo(pair.standing());
            }
        }

        void answers(Explanation why, Disposition unlike) {
            assertThat(why.disposition()).as(why.print()).isNotNull().isNotEqualTo(unlike);
            assertThat(why.reasons()).as(why.print()).isNotEmpty();
        }

        /** Everything there is to see: both sides, the state and what happened. */
        String trace() {
            List<String> lines = new ArrayList<>();
            for (AssetKind kind : AssetKind.values()) {
                lines.add(stage.all(kind).toString());
                lines.add(stage.psa.all(kind).toString());
                lines.add(pairs(kind).toString());
            }
            for (Event event : stage.engine.events(EventQuery.ALL)) {
                lines.add(event.toString());
            }
            lines.add(stage.state().setup().toString());
            lines.add(stage.psa.journal().writes().toString());
            return String.join("\n", lines);
        }
    }
}
