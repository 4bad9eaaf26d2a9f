package org.psasync.testkit.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.psasync.model.AssetKind.CONFIGURATION;
import static org.psasync.model.AssetKind.CONTACT;
import static org.psasync.model.AssetKind.LOCATION;
import static org.psasync.model.AssetKind.ORGANIZATION;
import static org.psasync.model.AssetKind.TICKET;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.engine.Actor;
import org.psasync.engine.ChoiceState;
import org.psasync.engine.ConfirmationNeededException;
import org.psasync.engine.ManageData;
import org.psasync.engine.Managing;
import org.psasync.engine.NotAllowedException;
import org.psasync.engine.SyncEngine;
import org.psasync.engine.SyncSettings.TypeMode;
import org.psasync.engine.manage.DataEntry;
import org.psasync.engine.manage.DataPage;
import org.psasync.engine.manage.Row;
import org.psasync.engine.manage.SyncedRow;
import org.psasync.model.AssetKind;
import org.psasync.model.Choice;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.Field;
import org.psasync.model.OrganizationFields;
import org.psasync.model.OrphanReason;
import org.psasync.model.Problem;
import org.psasync.model.RemoteRef;
import org.psasync.model.SyncIcon;
import org.psasync.model.SyncState;
import org.psasync.spi.PsaConnector;
import org.psasync.store.Commit;
import org.psasync.store.LinkCounts;
import org.psasync.store.Observation;
import org.psasync.store.Pair;
import org.psasync.testkit.Fault;
import org.psasync.testkit.Operation;

class ManageDataTest {
    private final Stage stage = new Stage();

    private ManageData data() {
        return stage.engine.as(Stage.MANAGER).manageData();
    }

    private Row row(Field<?> field, String name) {
        return Row.of(field, stage.choice(field, name));
    }

    private SyncedRow synced(Row row) {
        return data().syncedItems().stream()
                .filter(each -> each.row().equals(row))
                .findFirst()
                .orElseThrow();
    }

    private List<DataEntry> all(Row row) {
        List<DataEntry> entries = new ArrayList<>();
        String next = null;
        do {
            DataPage page = data().view(row, next, 2);
            entries.addAll(page.entries());
            next = page.next();
        } while (next != null);
        return entries;
    }

    @Test
    @DisplayName("DATA-1: there is a row for each type and status, selected or not, and one for each other kind")
    void showsRows() {
        RemoteRef acme = stage.company("Acme");
        RemoteRef both = stage.company("Both", "Customer", "Prospect");
        stage.server(acme, "SRV-1");
        stage.server(both, "SRV-2");
        stage.contact(acme, "Ada", "Lovelace");
        stage.configure(settings -> settings.organizations(
                        o -> o.types("Customer", "Prospect").statuses("Active").typeMode(TypeMode.ANY))
                .configurations(c -> c.types("Server").allStatuses())
                .contacts(true));
        stage.engine.run();

        SyncedRow customers = synced(row(OrganizationFields.TYPES, "Customer"));
        assertThat(customers.counts().of(SyncState.SYNCING)).isEqualTo(2);
        assertThat(customers.syncActive()).isTrue();
        assertThat(customers.selection()).isEqualTo(ChoiceState.State.ENABLED);
        assertThat(synced(row(OrganizationFields.TYPES, "Prospect")).counts().total())
                .as("a company with two types is in both rows")
                .isEqualTo(1);
        SyncedRow vendors = synced(row(OrganizationFields.TYPES, "Vendor"));
        assertThat(vendors.counts()).isEqualTo(LinkCounts.NONE);
        assertThat(vendors.syncActive()).isFalse();
        assertThat(vendors.selection()).isEqualTo(ChoiceState.State.DISABLED);
        assertThat(synced(row(ConfigurationFields.TYPE, "Server")).counts().total())
                .isEqualTo(2);
        assertThat(synced(row(ConfigurationFields.STATUS, "Inactive")).syncActive())
                .as("all statuses are selected")
                .isTrue();
        assertThat(synced(Row.of(CONTACT)).counts().total()).isEqualTo(1);
        assertThat(synced(Row.of(CONTACT)).syncActive()).isTrue();
        assertThat(synced(Row.of(LOCATION)).syncActive()).isFalse();
        assertThat(synced(Row.of(TICKET)).counts()).isEqualTo(LinkCounts.NONE);
    }

    @Test
    @DisplayName("DATA-1: a value that is in use has a row even when the PSA's list lacks it now")
    void showsWhatIsStillInUse() {
        stage.server(stage.company("Acme"), "SRV-1");
        stage.selecting().engine.run();
        Pair server = stage.state()
                .byRemote(stage.psa.all(CONFIGURATION).get(0).ref())
                .orElseThrow();
        var gone = new Choice("99", "Mainframe");
        var observed = server.observed();
        stage.state()
                .commit(Commit.builder()
                        .put(server.toBuilder()
                                .observed(new Observation(
                                        observed.values().with(ConfigurationFields.TYPE, gone),
                                        observed.version(),
                                        false,
                                        observed.from(),
                                        null))
                                .build())
                        .build());

        SyncedRow row = synced(Row.of(ConfigurationFields.TYPE, gone));
        assertThat(row.counts().total()).isEqualTo(1);
        assertThat(row.selection()).isEqualTo(ChoiceState.State.NOT_CONNECTED);
        assertThat(row.syncActive()).isFalse();
        assertThat(row.row().name()).isEqualTo("Mainframe");
    }

    @Test
    @DisplayName("DATA-1, P16: after any edits and actions the counts of every row are those of the list behind it")
    void countsWhatItLists() {
        Random random = new Random(5);
        List<RemoteRef> companies = new ArrayList<>();
        List<RemoteRef> servers = new ArrayList<>();
        List<String> types = List.of("Customer", "Prospect", "Vendor");
        for (int i = 0; i < 6; i++) {
            companies.add(stage.company("Company " + i, types.get(i % 3), "Customer"));
        }
        for (int i = 0; i < 15; i++) {
            servers.add(stage.server(companies.get(i % 6), "SRV-" + i));
        }
        stage.selecting().configure(settings -> settings.organizations(o -> o.typeMode(TypeMode.ANY)));
        for (int round = 0; round < 12; round++) {
            stage.later(Duration.ofHours(2));
            RemoteRef server = servers.get(random.nextInt(servers.size()));
            RemoteRef company = companies.get(random.nextInt(companies.size()));
            stage.psaEdits(
                    server,
                    ConfigurationFields.TYPE,
                    stage.choice(ConfigurationFields.TYPE, random.nextBoolean() ? "Server" : "Printer"));
            stage.psaEdits(
                    company,
                    OrganizationFields.TYPES,
                    Set.of(stage.choice(OrganizationFields.TYPES, types.get(random.nextInt(3)))));
            stage.engine.run();
            if (round % 3 == 0) {
                data().disable(server);
            } else if (round % 3 == 1) {
                data().reconnect(server);
            } else if (round == 5) {
                data().confirm(data().previewDisconnect(row(ConfigurationFields.TYPE, "Printer")));
            }
            data().syncedItems().forEach(each -> {
                List<DataEntry> entries = all(each.row());
                for (SyncState state : SyncState.values()) {
                    assertThat(each.counts().of(state))
                            .as("%s of %s", state, each.row())
                            .isEqualTo(entries.stream()
                                    .filter(entry -> entry.state() == state)
                                    .count());
                }
            });
        }
    }

    @Test
    @DisplayName("DATA-1, DATA-3: an entry says what it is, where it stands and why; a failure is laid over it")
    void showsEntries() {
        RemoteRef acme = stage.company("Acme");
        RemoteRef printer = stage.server(acme, "PRN-1");
        RemoteRef server = stage.server(acme, "SRV-1");
        stage.twoWay().engine.run();
        stage.later(Duration.ofMinutes(1));
        stage.psaEdits(printer, ConfigurationFields.TYPE, stage.choice(ConfigurationFields.TYPE, "Printer"));
        stage.engine.run();
        stage.psa
                .faults()
                .next(Fault.rejected(Problem.ofRecord(Problem.Code.REFUSED, "The PSA does not like it."))
                        .on(Operation.UPDATE));
        stage.userSaves(stage.localOf(server), ConfigurationFields.NOTES, "mine");

        DataEntry orphan =
                data().orphaned(CONFIGURATION, null, null, 10).entries().get(0);
        assertThat(orphan.title()).isEqualTo("PRN-1");
        assertThat(orphan.remote()).isEqualTo(printer);
        assertThat(orphan.local()).isEqualTo(stage.localOf(printer));
        assertThat(orphan.address()).hasToString("https://psa.example/configuration/" + printer.id());
        assertThat(orphan.reasons()).containsExactly(OrphanReason.TYPE_NOT_SELECTED.words());
        assertThat(orphan.icon()).isEqualTo(SyncIcon.ORANGE_PLUG);
        assertThat(orphan.error()).isNull();
        assertThat(orphan.preselected()).isTrue();
        assertThat(data().orphaned(CONFIGURATION, OrphanReason.INACTIVE, null, 10)
                        .entries())
                .isEmpty();
        SyncedRow row = synced(row(ConfigurationFields.TYPE, "Server"));
        assertThat(row.counts().failed()).isEqualTo(1);
        DataEntry failed = all(row.row()).get(0);
        assertThat(failed.icon()).isEqualTo(SyncIcon.RED_TRIANGLE);
        assertThat(failed.error()).contains("does not like");
    }

    @Test
    @DisplayName("DATA-1: rows and lists are read from memory; neither the host nor the PSA is asked for records")
    void asksNobody() {
        stage.server(stage.company("Acme"), "SRV-1");
        stage.selecting().engine.run();
        long before = stage.psa.requests();
        AtomicInteger asked = new AtomicInteger();
        stage.engine = BrokenHost.engine(stage, Broken.host(stage.host, "find", asked::incrementAndGet));

        assertThat(data().syncedItems()).isNotEmpty();
        assertThat(all(row(ConfigurationFields.TYPE, "Server"))).hasSize(1);
        assertThat(data().disconnected(CONFIGURATION, null, 10).entries()).isEmpty();

        assertThat(stage.psa.requests()).isEqualTo(before);
        assertThat(asked).hasValue(0);
    }

    @Test
    @DisplayName("DATA-1, CONN-3: lists are shown even while the connector cannot be opened")
    void needsNoConnector() {
        RemoteRef server = stage.server(stage.company("Acme"), "SRV-1");
        stage.selecting().engine.run();
        stage.engine = SyncEngine.builder()
                .integration("contoso/fake")
                .connector(() -> {
                    throw new IllegalArgumentException("The site is no host name");
                })
                .assets(stage.host)
                .state(stage.store)
                .clock(stage.clock)
                .build();

        assertThat(synced(row(ConfigurationFields.TYPE, "Server")).counts().total())
                .isEqualTo(1);
        assertThat(all(row(ConfigurationFields.TYPE, "Server")).get(0).address())
                .isNull();
        assertThat(data().addressOf(server)).isEmpty();
        assertThat(data().syncNow(server).text()).contains("The site is no host name");
        assertThat(data().syncNow(server).done()).isFalse();
    }

    @Test
    @DisplayName("DATA-2: a list that changes while it is paged shows what stays in it once, in the same order")
    void pages() {
        RemoteRef acme = stage.company("Acme");
        for (int i = 0; i < 7; i++) {
            stage.server(acme, "SRV-" + i);
        }
        stage.selecting().engine.run();
        Row servers = row(ConfigurationFields.TYPE, "Server");
        DataPage first = data().view(servers, null, 3);
        stage.psaEdits(
                first.entries().get(0).remote(),
                ConfigurationFields.TYPE,
                stage.choice(ConfigurationFields.TYPE, "Printer"));
        stage.later(Duration.ofMinutes(1)).engine.run();

        DataPage second = data().view(servers, first.next(), 4);

        assertThat(second.next()).isNull();
        assertThat(second.entries()).hasSize(4).doesNotContainAnyElementsOf(first.entries());
        assertThatThrownBy(() -> data().view(servers, "rubbish", 3)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> data().view(servers, null, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> data().orphaned(TICKET, null, null, 3)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName("SET-2: pausing a row deselects it at once, and takes effect at the next run, not in one going on")
    void pausesARow() {
        RemoteRef acme = stage.company("Acme");
        RemoteRef old = stage.server(acme, "SRV-1");
        stage.selecting().engine.run();
        stage.later(Duration.ofMinutes(1));
        RemoteRef found = stage.server(acme, "SRV-2");
        Interruption interruption = new Interruption();
        SyncEngine slow = stage.newEngine(interruption.watching(PsaConnector.class, stage.psa, "changes"));
        Row servers = row(ConfigurationFields.TYPE, "Server");
        interruption.before(() -> data().pause(servers));

        slow.run();

        assertThat(synced(servers).syncActive()).isFalse();
        assertThat(stage.localOf(found))
                .as("the run going on keeps its settings")
                .isNotNull();
        assertThat(stage.state().byRemote(old).orElseThrow().state()).isEqualTo(SyncState.SYNCING);
        stage.later(Duration.ofMinutes(1)).engine.run();
        assertThat(synced(servers).counts().of(SyncState.ORPHANED)).isEqualTo(2);
        assertThat(data().pause(servers)).as("again").isEqualTo(stage.engine.settings());
        stage.configure(settings -> settings.configurations(c -> c.types("Server")));
        stage.later(Duration.ofMinutes(1)).engine.run();
        assertThat(synced(servers).counts().of(SyncState.SYNCING)).as("STATE-1").isEqualTo(2);
    }

    @Test
    @DisplayName("SET-2: where all values were selected, pausing one leaves the others selected")
    void pausesOneOfAll() {
        stage.configure(settings -> settings.organizations(o -> o.allTypes().allStatuses()));

        data().pause(row(OrganizationFields.TYPES, "Vendor"));

        assertThat(synced(row(OrganizationFields.TYPES, "Vendor")).syncActive()).isFalse();
        assertThat(synced(row(OrganizationFields.TYPES, "Customer")).syncActive())
                .isTrue();
        assertThat(synced(row(OrganizationFields.STATUS, "Inactive")).syncActive())
                .isTrue();
    }

    @Test
    @DisplayName("DATA-1: the row of a whole kind can only be viewed")
    void keepsWholeKindsToLooking() {
        stage.selecting();
        for (AssetKind kind : List.of(CONTACT, LOCATION, TICKET)) {
            assertThatThrownBy(() -> data().pause(Row.of(kind))).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> data().previewDisconnect(Row.of(kind)))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> data().previewDelete(Row.of(kind))).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> Row.of(ORGANIZATION)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    @DisplayName("DATA-8: managing data takes a manager; deleting many records can be kept to administrators")
    void asksForTheRole() {
        stage.server(stage.company("Acme"), "SRV-1");
        stage.selecting().engine.run();
        SyncEngine strict = SyncEngine.builder()
                .integration("contoso/fake")
                .connector(stage.psa)
                .assets(stage.host)
                .state(stage.store)
                .clock(stage.clock)
                .bulkDelete(Actor.Role.ADMINISTRATOR)
                .build();
        Row servers = row(ConfigurationFields.TYPE, "Server");

        assertThatThrownBy(() -> stage.engine.as(Actor.user("uwe")).manageData())
                .isInstanceOf(NotAllowedException.class)
                .hasMessage("uwe may not manage data; it takes the role MANAGER or ADMINISTRATOR");
        ManageData ofManager = strict.as(Stage.MANAGER).manageData();
        assertThatThrownBy(() -> ofManager.previewDelete(servers)).isInstanceOf(NotAllowedException.class);
        assertThatThrownBy(() -> ofManager.previewDelete(CONFIGURATION, Set.of()))
                .isInstanceOf(NotAllowedException.class);
        assertThatThrownBy(() -> ofManager.previewDeleteOrphans(CONFIGURATION, null))
                .isInstanceOf(NotAllowedException.class);
        assertThatThrownBy(() -> ofManager.confirm(data().previewDelete(servers)))
                .isInstanceOf(NotAllowedException.class)
                .hasMessage("mia may not delete many records; it takes the role ADMINISTRATOR");
        assertThat(stage.all(CONFIGURATION)).hasSize(1);
        assertThat(ofManager.previewDisconnect(servers).count()).isEqualTo(1);
        ManageData ofAdministrator = strict.as(Actor.administrator("ada")).manageData();
        assertThat(ofAdministrator
                        .confirm(ofAdministrator.previewDelete(servers))
                        .count())
                .isEqualTo(1);
    }

    @Test
    @DisplayName("SET-2, BRAKE-2: pausing a row of very many records is confirmed by saving the preview")
    void asksBeforeItPausesMany() {
        RemoteRef acme = stage.company("Acme");
        for (int i = 0; i < 30; i++) {
            stage.server(acme, "SRV-" + i);
        }
        stage.selecting().engine.run();
        Row servers = row(ConfigurationFields.TYPE, "Server");

        ConfirmationNeededException asked =
                catchThrowableOfType(ConfirmationNeededException.class, () -> data().pause(servers));

        assertThat(asked.preview().kind(CONFIGURATION).orphaned()).isEqualTo(30);
        assertThat(synced(servers).syncActive()).isTrue();
        stage.engine.as(Stage.MANAGER).save(asked.preview());
        assertThat(synced(servers).syncActive()).isFalse();
    }

    @Test
    @DisplayName("DATA-8: asking for a full check and deciding about held pushes take a manager")
    void asksForTheRoleElsewhere() {
        Managing anybody = stage.engine.as(Actor.user("uwe"));

        assertThatThrownBy(anybody::fullCheck).isInstanceOf(NotAllowedException.class);
        assertThatThrownBy(anybody::heldPushes).isInstanceOf(NotAllowedException.class);
        assertThatThrownBy(() -> anybody.approvePushes("ada")).isInstanceOf(NotAllowedException.class);
        assertThatThrownBy(() -> anybody.discardPushes("ada")).isInstanceOf(NotAllowedException.class);
    }
}
