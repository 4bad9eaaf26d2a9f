package org.psasync.testkit.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.psasync.model.AssetKind.CONFIGURATION;
import static org.psasync.model.AssetKind.CONTACT;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.psasync.engine.Brake;
import org.psasync.engine.Disposition;
import org.psasync.engine.RunReport;
import org.psasync.engine.RunReport.Status;
import org.psasync.engine.SyncPlan;
import org.psasync.engine.TrippedBrake;
import org.psasync.engine.Verb;
import org.psasync.model.AssetKind;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.ContactFields;
import org.psasync.model.Field;
import org.psasync.model.Origin;
import org.psasync.model.RemoteRef;

/** In any world a brake lets through all of a verb or nothing, and what is approved is done. */
class BrakesPropertyTest {
    /** Contacts and servers that sync, and changes of every braked verb to some of them. */
    private static final class World {
        final Stage stage = new Stage();
        final Random random;
        final RemoteRef acme;
        final Map<AssetKind, List<RemoteRef>> records = new EnumMap<>(AssetKind.class);

        World(long seed) {
            random = new Random(seed);
            acme = stage.company("Acme");
            int servers = 15 + random.nextInt(25);
            int contacts = 15 + random.nextInt(25);
            for (int i = 0; i < servers; i++) {
                add(stage.server(acme, "SRV-" + i));
            }
            for (int i = 0; i < contacts; i++) {
                add(stage.contact(acme, "Ada", "Number " + i));
            }
            stage.twoWay().engine.run();
            stage.configure(settings -> {
                for (Brake brake : Brake.values()) {
                    settings.brake(brake, random.nextInt(12), random.nextInt(40));
                }
            });
            stage.later(Duration.ofMinutes(5)).engine.run();
            records.values().forEach(some -> some.forEach(this::happens));
            for (int i = random.nextInt(15); i > 0; i--) {
                stage.creates(stage.serverValues(stage.localOf(acme), "NEW-" + i), Origin.USER);
            }
            stage.later(Duration.ofMinutes(5));
        }

        private void add(RemoteRef record) {
            records.computeIfAbsent(record.kind(), key -> new ArrayList<>()).add(record);
        }

        private void happens(RemoteRef record) {
            boolean server = record.kind() == CONFIGURATION;
            Field<String> text = server ? ConfigurationFields.ASSET_TAG : ContactFields.TITLE;
            switch (random.nextInt(8)) {
                case 0 -> stage.psaEdits(record, text, "theirs");
                case 1 -> stage.edits(stage.localOf(record), text, "mine", Origin.USER);
                case 2 -> stage.host.delete(stage.localOf(record));
                case 3 -> {
                    if (server) {
                        stage.psaEdits(
                                record,
                                ConfigurationFields.TYPE,
                                stage.choice(ConfigurationFields.TYPE, "Workstation"));
                    } else {
                        stage.psaEdits(record, ContactFields.ACTIVE, false);
                    }
                }
                default -> {}
            }
        }
    }

    @Property(tries = 60)
    @Label("P12, BRAKE-1: all of a verb is done or nothing; P17: a plan shows which")
    void isAllOrNothing(@ForAll @LongRange(min = 0, max = 1_000_000) long seed) {
        World world = new World(seed);
        SyncPlan plan = world.stage.engine.plan();

        RunReport report = world.stage.engine.run();

        assertThat(plan.brakes()).isEqualTo(report.brakes());
        assertThat(report.status() == Status.STOPPED).isEqualTo(!report.brakes().isEmpty());
        for (AssetKind kind : List.of(CONFIGURATION, CONTACT)) {
            boolean any = false;
            for (Brake brake : Brake.values()) {
                boolean on = report.brakes().stream().anyMatch(each -> each.kind() == kind && each.brake() == brake);
                any |= on;
                if (on) {
                    for (Verb verb : brake.verbs()) {
                        assertThat(report.kind(kind).count(verb))
                                .as("%s %s of\n%s", kind, verb, report.print())
                                .isZero();
                    }
                }
            }
            if (!any) {
                assertThat(report.kind(kind).count(Disposition.HELD_BY_BRAKE))
                        .as(report.print())
                        .isZero();
            }
        }
        assertThat(report.brakes()).extracting(TrippedBrake::done).allMatch(done -> done == 0);
    }

    @Property(tries = 40)
    @Label("BRAKE-1, SAFE-6: what is approved is done, each once, and nothing is held afterwards, after a restart too")
    void doesWhatIsApproved(@ForAll @LongRange(min = 0, max = 1_000_000) long seed) {
        World world = new World(seed);
        world.stage.engine.run();
        SyncPlan plan = world.stage.engine.plan();
        world.stage.engine = world.stage.newEngine();

        RunReport report = world.stage.engine.as(Stage.MANAGER).approve(SyncPlan.parse(plan.toText()));

        assertThat(report.brakes()).as(report.print()).isEmpty();
        assertThat(report.problems()).noneMatch(text -> text.contains("Left out"));
        for (AssetKind kind : AssetKind.values()) {
            assertThat(report.kind(kind).count(Disposition.HELD_BY_BRAKE)).isZero();
        }
        RunReport next = world.stage.later(Duration.ofMinutes(5)).engine.run();
        for (Brake brake : Brake.values()) {
            brake.verbs().forEach(verb -> assertThat(next.count(verb)).isZero());
        }
    }
}
