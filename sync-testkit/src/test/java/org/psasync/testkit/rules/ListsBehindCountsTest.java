package org.psasync.testkit.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.psasync.model.AssetKind.CONFIGURATION;
import static org.psasync.model.AssetKind.CONTACT;
import static org.psasync.model.AssetKind.ORGANIZATION;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.engine.Disposition;
import org.psasync.engine.ManageData;
import org.psasync.engine.manage.DataEntry;
import org.psasync.engine.manage.DataFilter;
import org.psasync.engine.manage.DataPage;
import org.psasync.engine.manage.RecordEntry;
import org.psasync.engine.manage.RecordPage;
import org.psasync.engine.manage.Row;
import org.psasync.engine.manage.SyncedRow;
import org.psasync.model.AssetKind;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.ContactFields;
import org.psasync.model.FieldValues;
import org.psasync.model.LocalId;
import org.psasync.model.LocalRef;
import org.psasync.model.OrganizationFields;
import org.psasync.model.Origin;
import org.psasync.model.PairId;
import org.psasync.model.Problem;
import org.psasync.model.RemoteRef;
import org.psasync.model.SyncState;
import org.psasync.spi.RemoteVersion;
import org.psasync.store.Commit;
import org.psasync.store.Observation;
import org.psasync.store.Pair;
import org.psasync.testkit.Fault;
import org.psasync.testkit.Operation;

/** Behind every count that is shown is a list of just so many. */
class ListsBehindCountsTest {
    private final Stage stage = new Stage();

    private ManageData data() {
        return stage.engine.as(Stage.MANAGER).manageData();
    }

    private static List<DataEntry> links(Function<String, DataPage> list) {
        List<DataEntry> entries = new ArrayList<>();
        String next = null;
        do {
            DataPage page = list.apply(next);
            entries.addAll(page.entries());
            next = page.next();
        } while (next != null);
        return entries;
    }

    private static List<RecordEntry> records(Function<String, RecordPage> list) {
        List<RecordEntry> entries = new ArrayList<>();
        String next = null;
        do {
            RecordPage page = list.apply(next);
            entries.addAll(page.entries());
            next = page.next();
        } while (next != null);
        return entries;
    }

    private List<RecordEntry> standing(AssetKind kind, Disposition disposition) {
        return records(next -> data().standing(kind, disposition, DataFilter.ALL, next, 2));
    }

    private static Row servers(Stage stage) {
        return Row.of(ConfigurationFields.TYPE, stage.choice(ConfigurationFields.TYPE, "Server"));
    }

    /** Records that stand in many different ways. */
    private void everySort() {
        RemoteRef acme = stage.company("Acme");
        RemoteRef bolt = stage.company("Bolt");
        stage.company("Core", "Prospect");
        stage.server(acme, "SRV-1");
        RemoteRef refused = stage.server(acme, "SRV-2");
        RemoteRef disabled = stage.server(acme, "SRV-3");
        RemoteRef printer = stage.server(bolt, "PRN-1");
        RemoteRef cut = stage.server(bolt, "SRV-9");
        RemoteRef imported = stage.server(bolt, "SRV-8");
        RemoteRef other = stage.server(bolt, "SRV-7");
        stage.contact(acme, "Ada", "Lovelace");
        stage.twoWay().engine.run();
        stage.later(Duration.ofMinutes(5));
        stage.creates(
                FieldValues.of(CONTACT)
                        .set(ContactFields.ORGANIZATION, stage.localOf(acme))
                        .set(ContactFields.FIRST_NAME, "Grace")
                        .set(ContactFields.LAST_NAME, "Hopper")
                        .build(),
                Origin.IMPORT);
        data().disable(disabled);
        stage.edits(stage.localOf(imported), ConfigurationFields.NOTES, "by an import", Origin.IMPORT);
        stage.edits(stage.localOf(other), ConfigurationFields.NOTES, "by an import", Origin.IMPORT);
        stage.psaEdits(printer, ConfigurationFields.TYPE, stage.choice(ConfigurationFields.TYPE, "Printer"));
        stage.psaEdits(cut, ConfigurationFields.TYPE, stage.choice(ConfigurationFields.TYPE, "Switch"));
        stage.psa
                .faults()
                .next(Fault.rejected(Problem.ofRecord(Problem.Code.REFUSED, "The PSA does not like it."))
                        .on(Operation.UPDATE));
        stage.userSaves(stage.localOf(refused), ConfigurationFields.NOTES, "mine");
        stage.company("Acme");
        stage.company("Acme");
        stage.creates(FieldValues.empty(ORGANIZATION).with(OrganizationFields.NAME, "Acme"), Origin.USER);
        stage.engine.run();
        data().confirm(data().previewDisconnect(
                        Row.of(ConfigurationFields.TYPE, stage.choice(ConfigurationFields.TYPE, "Switch"))));
        stage.later(Duration.ofMinutes(5)).engine.run();
        stage.engine.webhook(stage.psa.hook(imported));
        stage.engine.webhook(stage.psa.hook(cut));
    }

    private void checkAll() {
        for (SyncedRow row : data().syncedItems()) {
            for (SyncState state : SyncState.values()) {
                assertThat(links(next -> data().view(row.row(), DataFilter.ALL.inState(state), next, 2)))
                        .as("%s in %s", state, row.row())
                        .hasSize((int) row.counts().of(state))
                        .allMatch(entry -> entry.state() == state);
            }
            assertThat(links(next -> data().view(row.row(), DataFilter.ALL.onlyFailed(), next, 2)))
                    .as("failed in %s", row.row())
                    .hasSize((int) row.counts().failed())
                    .allMatch(entry -> entry.error() != null);
        }
        stage.engine.counts().forEach((kind, counts) -> {
            for (Disposition disposition : Disposition.values()) {
                assertThat(standing(kind, disposition))
                        .as("%s %s", kind, disposition)
                        .hasSize(counts.getOrDefault(disposition, 0L).intValue())
                        .allMatch(entry -> entry.standing() == disposition);
            }
        });
    }

    @Test
    @DisplayName("DATA-1: behind every count of rows and of where records stand is a list of just so many")
    void everyCountHasItsList() {
        everySort();

        checkAll();

        assertThat(stage.engine.counts().get(CONFIGURATION))
                .containsKeys(
                        Disposition.IN_SYNC,
                        Disposition.CHANGE_WAITING,
                        Disposition.REFUSED_BY_PSA,
                        Disposition.AWAITING_CONFIRMATION,
                        Disposition.DISABLED,
                        Disposition.DISCONNECTED,
                        Disposition.ORPHANED);
        assertThat(stage.engine.counts().get(ORGANIZATION))
                .containsKeys(Disposition.NOT_SELECTED, Disposition.IN_REVIEW);
        stage.engine
                .lastRun()
                .orElseThrow()
                .kinds()
                .forEach((kind, report) -> report.turnedAway()
                        .forEach((reason, count) -> assertThat(
                                        records(next -> data().turnedAway(kind, reason, DataFilter.ALL, next, 2)))
                                .as("%s %s", kind, reason)
                                .hasSize(count.intValue())));
    }

    @Test
    @DisplayName("DATA-1, DATA-6, DATA-7: the lists are those of the counts while paused and once disconnected, too")
    void everyCountHasItsListInEveryMode() {
        everySort();
        stage.engine.as(Stage.MANAGER).pause();
        checkAll();
        assertThat(stage.engine.counts().get(CONFIGURATION)).containsKey(Disposition.PAUSED);

        stage.engine.as(Stage.MANAGER).disconnect();
        checkAll();
    }

    @Test
    @DisplayName("DATA-1: an entry tells what is known of a record that is not linked, and why it stands there")
    void showsWhatIsNotLinked() {
        RemoteRef prospect = stage.company("Acme", "Prospect");
        stage.selecting().engine.run();

        RecordEntry entry = standing(ORGANIZATION, Disposition.NOT_SELECTED).get(0);

        assertThat(entry.remote()).isEqualTo(prospect);
        assertThat(entry.local()).isNull();
        assertThat(entry.state()).isNull();
        assertThat(entry.title()).isEqualTo("Acme");
        assertThat(entry.reasons()).containsExactly("its type is not selected");
        assertThat(entry.address()).isEqualTo(data().addressOf(prospect).orElseThrow());
        assertThat(records(
                        next -> data().turnedAway(ORGANIZATION, entry.reasons().get(0), DataFilter.ALL, next, 5)))
                .containsExactly(entry);
        for (String other : List.of("it is inactive", "of no reason at all")) {
            assertThat(records(next -> data().turnedAway(ORGANIZATION, other, DataFilter.ALL, next, 5)))
                    .isEmpty();
        }
    }

    @Test
    @DisplayName("DATA-2, DATA-3: lists are narrowed by a part of the name, in whatever case")
    void findsByName() {
        RemoteRef acme = stage.company("Acme");
        stage.server(acme, "SRV-Alpha");
        stage.server(acme, "SRV-Beta");
        RemoteRef gone = stage.server(acme, "SRV-Alphabet");
        stage.selecting().engine.run();
        stage.psaEdits(gone, ConfigurationFields.STATUS, stage.choice(ConfigurationFields.STATUS, "Retired"));
        stage.later(Duration.ofMinutes(5)).engine.run();
        DataFilter alpha = DataFilter.ALL.named("alpha");

        assertThat(links(next -> data().view(servers(stage), alpha, next, 1)))
                .extracting(DataEntry::title)
                .containsExactlyInAnyOrder("SRV-Alpha", "SRV-Alphabet");
        assertThat(links(next -> data().view(servers(stage), alpha.inState(SyncState.SYNCING), next, 1)))
                .extracting(DataEntry::title)
                .containsExactly("SRV-Alpha");
        assertThat(links(next -> data().orphaned(CONFIGURATION, null, alpha, next, 1)))
                .extracting(DataEntry::remote)
                .containsExactly(gone);
        assertThat(links(next -> data().orphaned(CONFIGURATION, null, alpha.named("beta"), next, 1)))
                .isEmpty();
        data().disable(gone);
        assertThat(links(next -> data().disconnected(CONFIGURATION, alpha, next, 1)))
                .hasSize(1);
        assertThat(links(next -> data().disconnected(CONFIGURATION, alpha.inState(SyncState.DISCONNECTED), next, 1)))
                .isEmpty();
    }

    private void links(int count) {
        Commit.Builder commit = Commit.builder();
        for (int i = 0; i < count; i++) {
            FieldValues values =
                    stage.serverValues(RemoteRef.of(ORGANIZATION, "1"), i == count - 1 ? "last" : "SRV-" + i);
            commit.put(Pair.ofRemote(new PairId(7, i), RemoteRef.of(CONFIGURATION, "x" + i)).toBuilder()
                    .local(new LocalId("x" + i))
                    .state(SyncState.SYNCING)
                    .observed(new Observation(values, RemoteVersion.UNKNOWN, false, stage.clock.instant(), null))
                    .disposition(i % 2 == 0 ? Disposition.IN_SYNC : Disposition.AWAITING_CONFIRMATION)
                    .build());
        }
        stage.state().commit(commit.build());
    }

    @Test
    @DisplayName("DATA-2: a page of what is rare takes a bounded number of looks, and says that more may follow")
    void looksAtABoundedNumber() {
        stage.selecting();
        links(2500);
        List<Integer> asked = new ArrayList<>();
        ManageData watched = stage.newEngine(Broken.pages(stage.state(), asked::add))
                .as(Stage.MANAGER)
                .manageData();
        DataFilter rare = DataFilter.ALL.named("LAST");

        DataPage first = watched.view(servers(stage), rare, null, 10);

        assertThat(first.entries()).isEmpty();
        assertThat(first.next()).isNotNull();
        assertThat(asked.stream().mapToInt(each -> each).sum()).isBetween(1000, 1200);
        assertThat(links(next -> data().view(servers(stage), rare, next, 10)))
                .extracting(DataEntry::local)
                .containsExactly(LocalRef.of(CONFIGURATION, "x2499"));
        assertThat(standing(CONFIGURATION, Disposition.IN_SYNC)).hasSize(1250);
        assertThat(links(next -> data().view(servers(stage), DataFilter.ALL, next, 1000)))
                .hasSize(2500);
        assertThatThrownBy(() -> data().standing(CONFIGURATION, Disposition.IN_SYNC, DataFilter.ALL, null, 1001))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
