package org.psasync.testkit.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import org.psasync.engine.PushResult;
import org.psasync.engine.RunReport.Status;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.LocalRef;
import org.psasync.spi.PsaConnector;
import org.psasync.spi.RemoteUpdate;
import org.psasync.testkit.Fault;
import org.psasync.testkit.Operation;

/**
 * A scheduler under random saves, webhooks, wishes, changes, faults and restarts. Now and then another task of the
 * executor runs in the midst of a call to the PSA, as if on another thread.
 */
class SchedulingPropertyTest {
    private static final int STEPS = 60;

    @Property(tries = 40)
    @Label("RUN-1, PUSH-9: runs of an integration never overlap, none starves, and no record is pushed twice at a time")
    void keepsItsPromises(@ForAll Random random) {
        Trace trace = new Trace(random);
        for (int i = 0; i < STEPS; i++) {
            trace.step();
        }
        trace.settle();
    }

    private static final class Trace {
        private final Random random;
        private final Fleet fleet;
        private final List<Fleet.Ship> ships = new ArrayList<>();
        private final Set<Object> pushing = new HashSet<>();
        private final List<CompletionStage<PushResult>> answers = new ArrayList<>();
        private int depth;
        private int texts;

        Trace(Random random) {
            this.random = random;
            int workers = 1 + random.nextInt(3);
            Duration slice = random.nextBoolean() ? Duration.ZERO : Duration.ofSeconds(10);
            int pushes = 1 + random.nextInt(2);
            this.fleet =
                    new Fleet(builder -> builder.workers(workers).slice(slice).pushes(pushes));
            for (int i = 0; i < 2 + random.nextInt(3); i++) {
                Fleet.Ship ship = fleet.ran("tenant " + i);
                ship.engine = ship.newEngine(watched(ship, ship.psa, false));
                ships.add(ship.added());
            }
            fleet.log.clear();
        }

        private PsaConnector watched(Fleet.Ship ship, PsaConnector psa, boolean pushes) {
            return Between.with(psa, (method, arguments, call) -> {
                if (method.equals("forPushes")) {
                    return watched(ship, psa, true);
                }
                boolean update = method.equals("update") && pushes;
                Object record = update ? ship.name + ((RemoteUpdate) arguments[0]).id() : "";
                if (update) {
                    assertThat(pushing.add(record)).as("one push of %s", record).isTrue();
                }
                try {
                    if (update || method.equals("changes")) {
                        others();
                    }
                    return call.call(arguments);
                } finally {
                    if (update) {
                        pushing.remove(record);
                    }
                }
            });
        }

        /** What other threads do meanwhile. */
        private void others() {
            if (depth < 3 && random.nextInt(3) == 0) {
                depth++;
                if (random.nextBoolean()) {
                    save();
                }
                fleet.threads.runOne();
                depth--;
            }
        }

        private Fleet.Ship ship() {
            return ships.get(random.nextInt(ships.size()));
        }

        void step() {
            Fleet.Ship ship = ship();
            switch (random.nextInt(14)) {
                case 0, 1, 2 -> save();
                case 3 -> fleet.scheduler.webhook(ship.name, ship.psa.hook(ship.servers.get(random.nextInt(2))));
                case 4 -> fleet.scheduler.runNow(ship.name, Stage.MANAGER);
                case 5 -> fleet.scheduler.cancel(ship.name, Stage.MANAGER);
                case 6 ->
                    ship.engine
                            .as(Stage.MANAGER)
                            .configure(settings -> settings.interval(Duration.ofMinutes(30 + random.nextInt(60))));
                case 7 -> ship.psa.faults().next(fault());
                case 8 -> ship.newEngine(ship.psa).run(); // another node
                case 9 -> {
                    fleet.scheduler.remove(ship.name);
                    ship.added();
                }
                case 10 -> fleet.threads.runOne();
                case 11 -> fleet.advance(Duration.ofMinutes(random.nextInt(60)));
                default -> fleet.advance(Duration.ofSeconds(random.nextInt(60)));
            }
        }

        private Fault fault() {
            return switch (random.nextInt(3)) {
                case 0 ->
                    Fault.throttled(Duration.ofSeconds(random.nextInt(600))).on(Operation.CHANGES);
                case 1 -> Fault.unavailable();
                default -> Fault.slow(Duration.ofSeconds(random.nextInt(90)));
            };
        }

        private void save() {
            Fleet.Ship ship = ship();
            String text = "text " + texts++;
            LocalRef record = ship.edits(random.nextInt(2), text);
            answers.add(fleet.scheduler.saved(ship.name, record));
        }

        void settle() {
            ships.forEach(ship -> ship.psa.faults().clear());
            depth = 3; // nobody saves any more: a save in the midst of the last run is left to the next one
            fleet.advance(Duration.ofHours(26)); // the longest pause after errors is a day
            assertThat(answers)
                    .allSatisfy(
                            answer -> assertThat(answer.toCompletableFuture()).isCompleted());
            for (Fleet.Ship ship : ships) {
                assertThat(fleet.scheduler.status(ship.name).status())
                        .as("%s, after %s", ship.name, ship.engine.lastRun())
                        .isEqualTo(Status.OK);
                assertThat(Duration.between(ship.starts().get(ship.starts().size() - 1), fleet.clock.instant()))
                        .as("since the last run of %s", ship.name)
                        .isLessThan(Duration.ofMinutes(91));
                for (int server = 0; server < 2; server++) {
                    assertThat(ship.notesInPsa(server))
                            .as("the last save of %s %s", ship.name, server)
                            .isEqualTo(ship.host
                                    .get(ship.local(server))
                                    .orElseThrow()
                                    .values()
                                    .get(ConfigurationFields.NOTES));
                }
                assertNoOverlap(ship.name);
            }
        }

        private void assertNoOverlap(String name) {
            List<String> own =
                    fleet.log.stream().filter(line -> line.endsWith(" " + name)).toList();
            for (int i = 0; i < own.size(); i++) {
                assertThat(own.get(i)).as("event %s of %s", i, own).startsWith(i % 2 == 0 ? "start" : "end");
            }
        }
    }
}
