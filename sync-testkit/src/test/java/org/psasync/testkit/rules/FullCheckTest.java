package org.psasync.testkit.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.psasync.model.AssetKind.CONFIGURATION;
import static org.psasync.model.AssetKind.LOCATION;
import static org.psasync.model.AssetKind.ORGANIZATION;
import static org.psasync.model.AssetKind.TICKET;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.engine.Disposition;
import org.psasync.engine.RunReport;
import org.psasync.engine.RunReport.Status;
import org.psasync.model.AssetKind;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.FieldValues;
import org.psasync.model.LocalRef;
import org.psasync.model.OrphanReason;
import org.psasync.model.RemoteRef;
import org.psasync.model.TicketFields;
import org.psasync.store.Event;
import org.psasync.store.PairQuery;
import org.psasync.testkit.Call;
import org.psasync.testkit.Fault;
import org.psasync.testkit.Operation;

class FullCheckTest {
    private final Stage stage = new Stage();

    private static RunReport nextDay(Stage stage) {
        return stage.later(Duration.ofHours(25)).engine.run();
    }

    private static RunReport nextHour(Stage stage) {
        return stage.later(Duration.ofMinutes(61)).engine.run();
    }

    private static long pages(Stage stage, AssetKind kind) {
        return stage.psa.journal().calls().stream()
                .filter(call -> call.operation() == Operation.CHANGES && call.kind() == kind)
                .count();
    }

    @Test
    @DisplayName("PULL-3: a listed record that no delta showed is read")
    void readsWhatItDoesNotKnow() {
        RemoteRef acme = stage.company("Acme");
        RemoteRef hidden = stage.server(acme, "SRV-1");
        stage.psa.faults().hide(hidden);
        stage.selecting().engine.run();
        stage.later(Duration.ofHours(1)).engine.run();
        stage.psa.faults().show(hidden);

        nextDay(stage);

        assertThat(stage.localOf(hidden)).isNotNull();
    }

    @Test
    @DisplayName("PULL-3: a full check runs on request, and after connecting with other rights")
    void runsOnRequest() {
        stage.company("Acme");
        stage.selecting().engine.run();
        assertThat(nextHour(stage).fullCheck()).isFalse();

        stage.engine.as(Stage.MANAGER).fullCheck();
        assertThat(nextHour(stage).fullCheck()).isTrue();
        assertThat(nextHour(stage).fullCheck()).isFalse();

        stage.psa.faults().withdraw(LOCATION);
        stage.engine.as(Stage.MANAGER).connect();
        assertThat(nextHour(stage).fullCheck()).as("other rights").isTrue();
        assertThat(nextHour(stage).fullCheck()).isFalse();
        stage.psa.faults().giveBack(LOCATION);
        assertThat(nextHour(stage).fullCheck()).as("the right is back").isTrue();
        assertThat(nextHour(stage).status()).isEqualTo(Status.OK);
    }

    @Test
    @DisplayName("STATE-10: a right that is withdrawn between full checks makes one in the next run")
    void checksAfterARefusal() {
        stage.company("Acme");
        stage.selecting().engine.run();
        stage.psa.faults().withdraw(CONFIGURATION);

        assertThat(nextHour(stage).status()).isEqualTo(Status.INCOMPLETE);
        assertThat(nextHour(stage).fullCheck()).isTrue();
        assertThat(nextHour(stage).fullCheck()).isFalse();
    }

    @Test
    @DisplayName("PULL-3: the values of a kind whose delta can miss changes are read whole")
    void readsAllValues() {
        Stage loose = new Stage(psa -> psa.kind(CONFIGURATION, kind -> kind.incompleteDelta()), host -> {});
        RemoteRef server = loose.server(loose.company("Acme"), "SRV-1");
        loose.selecting().engine.run();
        loose.later(Duration.ofMinutes(5)).engine.run();
        loose.psa.editUnstamped(server, FieldValues.empty(CONFIGURATION).with(ConfigurationFields.NOTES, "quietly"));
        nextHour(loose);
        LocalRef local = loose.localOf(server);
        assertThat(loose.inHost(local, ConfigurationFields.NOTES)).isNull();

        nextDay(loose);

        assertThat(loose.inHost(local, ConfigurationFields.NOTES)).isEqualTo("quietly");
    }

    @Test
    @DisplayName(
            "PULL-3, PULL-5, BRAKE-1: reading all values goes on where it stopped; updates wait until all can be counted")
    void goesOnReadingAllValues() {
        Stage loose = new Stage(psa -> psa.kind(CONFIGURATION, kind -> kind.incompleteDelta()), host -> {});
        RemoteRef acme = loose.company("Acme");
        List<RemoteRef> servers = IntStream.range(0, 9)
                .mapToObj(i -> loose.server(acme, "SRV-" + i))
                .toList();
        loose.engine = loose.newEngine(Between.smallPages(loose.psa, 2));
        loose.selecting().engine.run();
        loose.later(Duration.ofHours(25));
        for (RemoteRef server : servers) {
            loose.psa.editUnstamped(
                    server, FieldValues.empty(CONFIGURATION).with(ConfigurationFields.NOTES, "quietly"));
        }
        int[] page = {0};
        loose.psa
                .faults()
                .choose((operation, kind) -> operation == Operation.CHANGES && kind == CONFIGURATION && ++page[0] == 3
                        ? Fault.throttled(Duration.ofHours(1))
                        : null);
        loose.psa.journal().clear();

        RunReport stopped = loose.engine.run();

        assertThat(stopped.status()).isEqualTo(Status.INCOMPLETE);
        assertThat(loose.inHost(loose.localOf(servers.get(0)), ConfigurationFields.NOTES))
                .as("BRAKE-1: a part of what changed is not counted for itself")
                .isNull();
        nextHour(loose);
        for (RemoteRef server : servers) {
            assertThat(loose.inHost(loose.localOf(server), ConfigurationFields.NOTES))
                    .isEqualTo("quietly");
        }
        assertThat(pages(loose, CONFIGURATION))
                .as("five pages, one of them refused once")
                .isEqualTo(6);
        assertThat(nextHour(loose).fullCheck()).isFalse();
    }

    @Test
    @DisplayName("PULL-3: a listing of ids goes on where it stopped, and takes nothing for missing")
    void goesOnListing() {
        Stage stopping = new Stage(psa -> psa.idsPerPage(2), host -> {});
        RemoteRef acme = stopping.company("Acme");
        for (int i = 0; i < 7; i++) {
            stopping.server(acme, "SRV-" + i);
        }
        stopping.selecting().engine.run();
        int[] page = {0};
        stopping.psa
                .faults()
                .choose((operation, kind) -> operation == Operation.IDS && kind == CONFIGURATION && ++page[0] == 3
                        ? Fault.unavailable()
                        : null);
        stopping.later(Duration.ofHours(25)).engine.run();
        stopping.psa.journal().clear();

        RunReport report = nextHour(stopping);

        assertThat(report.fullCheck()).isTrue();
        // The one that looks whether the same PSA answers (SAFE-2).
        assertThat(stopping.psa.journal().count(Operation.READ)).isEqualTo(1);
        assertThat(stopping.psa.journal().calls().stream()
                        .filter(call -> call.operation() == Operation.IDS && call.kind() == CONFIGURATION))
                .hasSize(2);
    }

    @Test
    @DisplayName("PULL-3: a kind whose ids cannot be listed is read whole, so that what is gone is found")
    void readsWholeWhatCannotBeListed() {
        Stage unlisted = new Stage(psa -> psa.kind(CONFIGURATION, kind -> kind.withoutIds()), host -> {});
        RemoteRef acme = unlisted.company("Acme");
        RemoteRef gone = unlisted.server(acme, "SRV-1");
        unlisted.server(acme, "SRV-2");
        unlisted.selecting().engine.run();
        unlisted.psa.delete(gone);

        nextDay(unlisted);
        nextHour(unlisted);

        assertThat(unlisted.state().byRemote(gone).orElseThrow().reasons())
                .containsExactly(OrphanReason.DELETED_IN_PSA);
    }

    @Test
    @DisplayName("PULL-4: a record that could not be understood is tried again at the full check, silently")
    void triesGarbledRecordsAgain() {
        RemoteRef acme = stage.company("Acme");
        RemoteRef garbled = stage.server(acme, "SRV-1");
        stage.server(acme, "SRV-2");
        stage.psa.faults().garble(garbled);
        stage.selecting().engine.run();
        nextDay(stage);
        nextDay(stage);
        assertThat(stage.events(Event.Type.FAILED)).hasSize(1);
        assertThat(stage.engine.explain(garbled).disposition()).isEqualTo(Disposition.REFUSED_BY_PSA);

        stage.psa.faults().mend(garbled);
        nextDay(stage);

        assertThat(stage.localOf(garbled)).isNotNull();
    }

    @Test
    @DisplayName("FIELD-1: a field that enters the mapping later is read of records that did not change")
    void readsAFieldThatIsMappedLater() {
        RemoteRef server = stage.server(stage.company("Acme"), "SRV-1");
        stage.psaEdits(server, ConfigurationFields.NOTES, "there");
        stage.engine = stage.newEngine(Between.without(stage.psa, ConfigurationFields.NOTES));
        stage.selecting().engine.run();
        stage.later(Duration.ofHours(1)).engine.run();
        LocalRef local = stage.localOf(server);
        assertThat(stage.inHost(local, ConfigurationFields.NOTES)).isNull();

        stage.engine = stage.newEngine();
        stage.later(Duration.ofHours(1)).engine.run();

        assertThat(stage.inHost(local, ConfigurationFields.NOTES)).isEqualTo("there");
    }

    @Test
    @DisplayName("FIELD-1, FIELD-11: a field that is included again is synced of records that did not change")
    void syncsAFieldThatIsIncludedAgain() {
        RemoteRef server = stage.server(stage.company("Acme"), "SRV-1");
        stage.psaEdits(server, ConfigurationFields.NOTES, "there");
        stage.selecting().configure(settings -> settings.exclude(ConfigurationFields.NOTES, true));
        stage.engine.run();
        LocalRef local = stage.localOf(server);
        assertThat(stage.inHost(local, ConfigurationFields.NOTES)).isNull();

        stage.configure(settings -> settings.exclude(ConfigurationFields.NOTES, false));
        nextHour(stage);

        assertThat(stage.inHost(local, ConfigurationFields.NOTES)).isEqualTo("there");
    }

    @Test
    @DisplayName("PULL-7: a longer time for which tickets are pulled brings older ones")
    void pullsOlderTickets() {
        RemoteRef acme = stage.company("Acme");
        RemoteRef ticket = stage.psa.put(FieldValues.of(TICKET)
                .set(TicketFields.ORGANIZATION, acme)
                .set(TicketFields.TITLE, "Printer is on fire")
                .set(TicketFields.BOARD, stage.choice(TicketFields.BOARD, "Support"))
                .build());
        stage.later(Duration.ofDays(100));
        stage.selecting().configure(settings -> settings.tickets(t -> t.boards("Support")));
        stage.engine.run();
        assertThat(stage.state().byRemote(ticket)).isEmpty();

        stage.configure(settings -> settings.tickets(t -> t.changedWithin(Duration.ofDays(365))));
        nextHour(stage);

        assertThat(stage.localOf(ticket)).isNotNull();
    }

    @Test
    @DisplayName("STATE-1, PULL-3: two full checks without a change write nothing")
    void rests() {
        RemoteRef acme = stage.company("Acme");
        stage.server(acme, "SRV-1");
        stage.selecting().engine.run();
        nextDay(stage);
        var before = stage.state().pairs(new PairQuery.OfKind(CONFIGURATION), null, 10);
        stage.psa.journal().clear();

        RunReport report = nextDay(stage);

        assertThat(report.fullCheck()).isTrue();
        assertThat(stage.psa.journal().calls()).noneMatch(call -> call.operation() == Operation.READ);
        assertThat(stage.psa.journal().writes()).isEmpty();
        assertThat(stage.state().pairs(new PairQuery.OfKind(CONFIGURATION), null, 10))
                .hasSameSizeAs(before);
        assertThat(stage.all(ORGANIZATION)).hasSize(1);
    }

    @Test
    @DisplayName("RUN-1: the right to run is kept through a reading that takes longer than it lasts")
    void keepsTheLeaseWhileReading() {
        RemoteRef acme = stage.company("Acme");
        for (int i = 0; i < 6; i++) {
            stage.server(acme, "SRV-" + i);
        }
        stage.selecting();
        RunReport[] other = new RunReport[1];
        int[] page = {0};
        stage.psa.faults().choose((operation, kind) -> {
            if (operation != Operation.CHANGES || kind != CONFIGURATION) {
                return null;
            }
            if (++page[0] == 3) {
                other[0] = stage.newEngine().run();
            }
            return Fault.slow(Duration.ofMinutes(7));
        });
        stage.engine = stage.newEngine(Between.smallPages(stage.psa, 2));

        RunReport report = stage.engine.run();

        assertThat(other[0].status()).isEqualTo(Status.SYNCING);
        assertThat(report.status()).as(report.print()).isEqualTo(Status.OK);
        assertThat(stage.all(CONFIGURATION)).hasSize(6);
    }

    @Test
    @DisplayName("PULL-5: a first reading that fails at one page goes on there, and nothing is made twice")
    void goesOnAfterAFailedPage() {
        RemoteRef acme = stage.company("Acme");
        for (int i = 0; i < 9; i++) {
            stage.server(acme, "SRV-" + i);
        }
        stage.selecting();
        stage.engine = stage.newEngine(Between.smallPages(stage.psa, 2));
        int[] page = {0};
        stage.psa
                .faults()
                .choose((operation, kind) -> operation == Operation.CHANGES && kind == CONFIGURATION && ++page[0] == 4
                        ? Fault.unavailable()
                        : null);

        RunReport failed = stage.engine.run();
        assertThat(failed.status()).isEqualTo(Status.ERROR);
        RunReport report = nextHour(stage);

        assertThat(report.status()).isEqualTo(Status.OK);
        assertThat(stage.all(CONFIGURATION)).hasSize(9);
        assertThat(stage.psa.journal().calls().stream().filter(FullCheckTest::isServerPage))
                .as("five pages, one of them refused once")
                .hasSize(6);
    }

    @Test
    @DisplayName("RUN-2, PULL-3: a listing that is not complete leaves the run incomplete, and the check under way")
    void listsAgainWhatWasIncomplete() {
        stage.server(stage.company("Acme"), "SRV-1");
        stage.selecting().engine.run();
        stage.psa.faults().next(Fault.incompleteListing().on(Operation.IDS).of(CONFIGURATION));

        RunReport report = nextDay(stage);

        assertThat(report.status()).isEqualTo(Status.INCOMPLETE);
        assertThat(report.problems()).anyMatch(problem -> problem.contains("CONFIGURATION was not complete"));
        RunReport again = nextHour(stage);
        assertThat(again.fullCheck()).isTrue();
        assertThat(again.status()).isEqualTo(Status.OK);
        assertThat(nextHour(stage).fullCheck()).isFalse();
    }

    private static boolean isServerPage(Call call) {
        return call.operation() == Operation.CHANGES && call.kind() == CONFIGURATION;
    }
}
