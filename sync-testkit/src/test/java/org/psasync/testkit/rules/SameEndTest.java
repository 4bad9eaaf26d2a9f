package org.psasync.testkit.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.psasync.model.AssetKind.CONFIGURATION;
import static org.psasync.model.AssetKind.ORGANIZATION;
import static org.psasync.model.ConfigurationFields.ASSET_TAG;
import static org.psasync.model.ConfigurationFields.NAME;
import static org.psasync.model.ConfigurationFields.NOTES;
import static org.psasync.model.ConfigurationFields.PLATFORM;
import static org.psasync.model.ConfigurationFields.SERIAL_NUMBER;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.engine.RunReport;
import org.psasync.engine.SyncEngine;
import org.psasync.model.Asset;
import org.psasync.model.Field;
import org.psasync.model.LocalRef;
import org.psasync.model.Origin;
import org.psasync.model.RemoteRef;
import org.psasync.spi.KindDescriptor.Reading;
import org.psasync.spi.RemoteRecord;
import org.psasync.testkit.FakePsaBuilder;

/** One history of edits and saves, drawn at random, lived through in worlds that differ in what must not matter. */
class SameEndTest {
    private static final int HISTORIES = Integer.getInteger("psasync.histories", 25);
    private static final List<Field<String>> FIELDS = List.of(NOTES, SERIAL_NUMBER, ASSET_TAG);
    private static final List<String> TEXTS = List.of("a", "b", "c");

    /** In what the worlds differ. */
    private record World(Consumer<FakePsaBuilder> psa, int page, boolean webhooks, boolean twoNodes) {
        static final World PLAIN = new World(psa -> {}, 1000, false, false);
    }

    @Test
    @DisplayName("P16: page size, delta or full, webhooks or not, one node or two lead to the same end")
    void endsTheSame() {
        List<World> others = List.of(
                new World(psa -> {}, 2, false, false),
                new World(psa -> psa.kind(CONFIGURATION, kind -> kind.reading(Reading.FULL_LIST)), 3, false, false),
                new World(psa -> {}, 1000, true, false),
                new World(psa -> {}, 1000, false, true),
                new World(
                        psa -> psa.kind(CONFIGURATION, kind -> kind.reading(Reading.LIST_PER_PARENT)), 2, true, true));
        for (long seed = 1; seed <= HISTORIES; seed++) {
            List<String> expected = new History(seed, World.PLAIN).live().end();
            for (World other : others) {
                assertThat(new History(seed, other).live().end())
                        .as("seed %d, world %d", seed, others.indexOf(other))
                        .isEqualTo(expected);
            }
        }
    }

    @Test
    @DisplayName("P15: a field outside the mapping is the same before and after, on both sides")
    void leavesOtherFieldsAlone() {
        World without = new World(psa -> psa.kind(CONFIGURATION, kind -> kind.unmapped(PLATFORM)), 1000, false, false);
        for (long seed = 1; seed <= HISTORIES; seed++) {
            History history = new History(seed, without).live();
            for (RemoteRecord record : history.stage.psa.all(CONFIGURATION)) {
                boolean theirs = history.servers.contains(record.ref());
                assertThat(record.values().get(PLATFORM))
                        .as("seed %d, %s", seed, record)
                        .isEqualTo(theirs ? "psa" : null);
            }
            for (Asset asset : history.stage.all(CONFIGURATION)) {
                boolean ours = history.local.contains(asset.ref());
                assertThat(asset.values().get(PLATFORM))
                        .as("seed %d, %s", seed, asset)
                        .isEqualTo(ours ? "host" : null);
            }
        }
    }

    @Test
    @DisplayName("P19: a run costs what reading costs, and a few requests for each change")
    void costsWhatChanged() {
        World silent =
                new World(psa -> psa.kind(CONFIGURATION, kind -> kind.answeringWithoutRecord()), 1000, false, false);
        for (World world : List.of(World.PLAIN, silent)) {
            for (long seed = 1; seed <= HISTORIES; seed++) {
                costsWhatChanged(new History(seed, world).live(), seed);
            }
        }
    }

    private static void costsWhatChanged(History history, long seed) {
        history.stage.later(Duration.ofMinutes(30));
        long still = history.run().requests();
        for (int i = 0; i < 3; i++) {
            int changes = history.random.nextInt(8);
            for (int change = 0; change < changes; change++) {
                history.changeOrNew();
            }
            history.stage.later(Duration.ofMinutes(5));
            RunReport report = history.run();
            assertThat(report.requests())
                    .as("seed %d, %d changes", seed, changes)
                    .isLessThanOrEqualTo(still + (long) RunReport.CALLS_PER_CHANGE * changes + RunReport.CALLS_BESIDE);
        }
    }

    /** A world and what happens in it. */
    private static final class History {
        final Random random;
        final Stage stage;
        final List<RemoteRef> servers = new ArrayList<>();
        final List<LocalRef> local = new ArrayList<>();
        private final World world;
        private final SyncEngine[] nodes;
        private int runs;
        private int names;

        History(long seed, World world) {
            this.random = new Random(seed);
            this.world = world;
            this.stage = new Stage(world.psa(), host -> {});
            this.nodes = new SyncEngine[] {node(), node()};
            stage.engine = nodes[0];
        }

        private SyncEngine node() {
            return stage.newEngine(Between.smallPages(stage.psa, world.page()));
        }

        History live() {
            List<RemoteRef> companies =
                    List.of(stage.company("Acme"), stage.company("Globex"), stage.company("Initech"));
            for (int i = 0; i < 8; i++) {
                newInPsa(companies.get(random.nextInt(3)));
            }
            stage.twoWay();
            for (int i = 0; i < 25; i++) {
                stage.later(Duration.ofSeconds(20 + random.nextInt(200)));
                switch (random.nextInt(6)) {
                    case 0 -> newInPsa(companies.get(random.nextInt(3)));
                    case 1 -> newLocally(companies.get(random.nextInt(3)));
                    case 2 -> run();
                    default -> change();
                }
            }
            for (int i = 0; i < 4; i++) {
                stage.later(Duration.ofMinutes(30));
                run();
            }
            return this;
        }

        RunReport run() {
            if (world.twoNodes()) {
                stage.engine = nodes[++runs % 2];
            }
            return stage.engine.run();
        }

        /** A change, or a new record of one side of which nobody told. */
        void changeOrNew() {
            RemoteRef company = stage.psa.all(ORGANIZATION).get(0).ref();
            switch (random.nextInt(5)) {
                case 0 -> newInPsa(company);
                case 1 ->
                    local.add(stage.creates(
                                    stage.serverValues(stage.localOf(company), "HOST-" + ++names)
                                            .with(PLATFORM, "host"),
                                    Origin.USER)
                            .ref());
                default -> change();
            }
        }

        private void newInPsa(RemoteRef company) {
            RemoteRef ref =
                    stage.psa.put(stage.serverValues(company, "PSA-" + ++names).with(PLATFORM, "psa"));
            servers.add(ref);
            tell(ref);
        }

        private void newLocally(RemoteRef company) {
            LocalRef ref = stage.creates(
                            stage.serverValues(stage.localOf(company), "HOST-" + ++names)
                                    .with(PLATFORM, "host"),
                            Origin.USER)
                    .ref();
            local.add(ref);
            stage.engine.saved(ref);
        }

        /** One edit of one side: of a record that both sides had from the start, found by its place. */
        void change() {
            RemoteRef server = servers.get(random.nextInt(8));
            Field<String> field = FIELDS.get(random.nextInt(FIELDS.size()));
            String value = TEXTS.get(random.nextInt(TEXTS.size()));
            if (random.nextBoolean()) {
                stage.psaEdits(server, field, value);
                tell(server);
            } else {
                LocalRef ref = stage.localOf(server);
                stage.edits(ref, field, value, random.nextInt(3) == 0 ? Origin.IMPORT : Origin.USER);
                if (random.nextBoolean()) {
                    stage.engine.saved(ref);
                }
            }
        }

        private void tell(RemoteRef changed) {
            if (world.webhooks()) {
                assertThat(stage.engine.webhook(stage.psa.hook(changed))).isTrue();
            }
        }

        /** What both sides hold, without the ids, which depend on the order. */
        List<String> end() {
            TreeSet<String> result = new TreeSet<>();
            stage.psa.all(CONFIGURATION).forEach(record -> result.add("PSA " + text(record.values())));
            stage.all(CONFIGURATION).forEach(asset -> result.add("host " + text(asset.values())));
            return List.copyOf(result);
        }

        private static String text(org.psasync.model.FieldValues values) {
            return values.get(NAME) + " " + values.get(NOTES) + " " + values.get(SERIAL_NUMBER) + " "
                    + values.get(ASSET_TAG);
        }
    }
}
