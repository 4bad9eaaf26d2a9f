package org.psasync.benchmarks;

import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.psasync.engine.Actor;
import org.psasync.engine.Disposition;
import org.psasync.engine.InMemoryAssetRepository;
import org.psasync.engine.ManageData;
import org.psasync.engine.SyncEngine;
import org.psasync.engine.manage.DataFilter;
import org.psasync.engine.manage.DataPage;
import org.psasync.engine.manage.Row;
import org.psasync.model.Asset;
import org.psasync.model.AssetKind;
import org.psasync.model.AssetRef;
import org.psasync.model.Choice;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.Edit;
import org.psasync.model.FieldValues;
import org.psasync.model.LocalId;
import org.psasync.model.LocalRef;
import org.psasync.model.OrganizationFields;
import org.psasync.model.Origin;
import org.psasync.model.OrphanReason;
import org.psasync.model.PairId;
import org.psasync.model.Problem;
import org.psasync.model.RemoteId;
import org.psasync.model.RemoteRef;
import org.psasync.model.SyncState;
import org.psasync.spi.RemoteVersion;
import org.psasync.store.Base;
import org.psasync.store.Commit;
import org.psasync.store.IntegrationState;
import org.psasync.store.Observation;
import org.psasync.store.Pair;
import org.psasync.store.StateStore;
import org.psasync.store.Trouble;
import org.psasync.testkit.FakePsa;
import org.psasync.testkit.TestClock;

/** How long Manage Data and explain take when very many links are remembered, in memory. */
final class ManyPairs {
    private static final int TYPES = 20;
    private static final int STATUSES = 5;
    private static final int COMPANIES = 1_000;
    private static final int COMMIT = 5_000;
    private static final int PAGE = 100;
    private static final int ROUNDS = 50;
    private static final Trouble FAILED = Trouble.NONE.withFailure(
            new Trouble.Failure(Trouble.Side.HOST, List.of(Problem.ofRecord(Problem.Code.REFUSED, "no")), 1, null));

    private final TestClock clock = TestClock.at("2026-03-01T08:00:00Z");
    private final FakePsa psa = FakePsa.builder(clock).build();
    private final InMemoryAssetRepository host =
            InMemoryAssetRepository.builder(clock).build();
    private final StateStore store = StateStore.inMemory();
    private final IntegrationState state = store.integration("bench");
    private final Random random = new Random(1);
    private final int pairs;

    ManyPairs(int pairs) {
        this.pairs = pairs;
    }

    void measure(Table table) {
        SyncEngine engine = SyncEngine.builder()
                .integration("bench")
                .connector(psa)
                .assets(host)
                .state(store)
                .clock(clock)
                .build();
        Actor manager = Actor.manager("bench");
        Row row = Row.of(ConfigurationFields.TYPE, type(3));
        Row mixed = Row.of(ConfigurationFields.TYPE, type(10)); // one in five is an orphan
        for (int i = 0; i < STATUSES; i++) {
            status(i);
        }
        for (int i = 0; i < TYPES; i++) {
            type(i);
        }
        engine.as(manager).connect();
        engine.as(manager)
                .configure(settings -> settings.organizations(o -> o.allTypes().allStatuses())
                        .configurations(c -> c.allTypes().allStatuses()));
        LocalRef looked = fill();
        ManageData data = engine.as(manager).manageData();
        table.fact("links, in " + TYPES + " types and " + STATUSES + " statuses", Integer.toString(pairs));
        table.ratio("Manage Data: overview, ms", milliseconds(data::syncedItems), 50);
        table.ratio("Manage Data: page of " + PAGE + " of a type, ms", milliseconds(() -> page(data, row)), 20);
        for (SyncState each : List.of(SyncState.SYNCING, SyncState.ORPHANED)) {
            DataFilter filter = DataFilter.ALL.inState(each);
            String word = each.name().toLowerCase(Locale.ROOT);
            table.ratio(
                    "Manage Data: page of " + PAGE + " " + word + " of a type, ms",
                    milliseconds(() -> data.view(mixed, filter, anywhere(), PAGE)),
                    20);
        }
        table.ratio(
                "Manage Data: page of " + PAGE + " failed of a type, ms",
                milliseconds(() -> data.view(row, DataFilter.ALL.onlyFailed(), anywhere(), PAGE)),
                20);
        table.ratio(
                "Manage Data: page of " + PAGE + " of a type by name (1,000 looks), ms",
                milliseconds(() -> data.view(row, DataFilter.ALL.named("no such name"), anywhere(), PAGE)),
                20);
        for (Disposition each : List.of(Disposition.IN_SYNC, Disposition.REFUSED_BY_HOST)) {
            table.ratio(
                    "Manage Data: page of " + PAGE + " " + each.words() + ", ms",
                    milliseconds(() -> data.standing(AssetKind.CONFIGURATION, each, DataFilter.ALL, anywhere(), PAGE)),
                    20);
        }
        table.ratio(
                "Manage Data: page of " + PAGE + " orphans for a reason, ms",
                milliseconds(
                        () -> data.orphaned(AssetKind.CONFIGURATION, OrphanReason.DELETED_IN_PSA, anywhere(), PAGE)),
                20);
        table.ratio(
                "Manage Data: page of " + PAGE + " disconnected, ms",
                milliseconds(() -> data.disconnected(AssetKind.CONFIGURATION, anywhere(), PAGE)),
                20);
        table.ratio("explain a linked record, ms", milliseconds(() -> engine.explain(looked)), 5);
        String[] others = IntStream.range(1, TYPES).mapToObj(i -> "Type " + i).toArray(String[]::new);
        table.ratio(
                "unticking a type of " + pairs / TYPES + " records: seconds until its effect is shown",
                milliseconds(() -> engine.as(manager)
                                .preview(settings -> settings.configurations(
                                        c -> c.types(others).allStatuses())))
                        / 1000,
                3);
    }

    private DataPage page(ManageData data, Row row) {
        return data.view(row, anywhere(), PAGE);
    }

    private String anywhere() {
        return new PairId(1, random.nextInt(pairs)).toString();
    }

    private static double milliseconds(Supplier<?> call) {
        int answers = 0;
        for (int i = 0; i < ROUNDS; i++) {
            answers += call.get() == null ? 0 : 1;
        }
        double[] times = new double[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            long from = System.nanoTime();
            answers += call.get() == null ? 0 : 1;
            times[i] = (System.nanoTime() - from) / 1e6;
        }
        Arrays.sort(times);
        if (answers != 2 * ROUNDS) {
            throw new IllegalStateException("Not every call answered");
        }
        return times[ROUNDS / 2];
    }

    /** Stores the links; returns a local record that the host has too. */
    private LocalRef fill() {
        Commit.Builder commit = Commit.builder();
        for (int i = 0; i < COMPANIES; i++) {
            commit.put(company(i));
        }
        state.commit(commit.build());
        for (int from = COMPANIES; from < pairs; from += COMMIT) {
            Commit.Builder some = Commit.builder();
            for (int i = from; i < Math.min(pairs, from + COMMIT); i++) {
                some.put(configuration(i));
            }
            state.commit(some.build());
        }
        host.save(organization(1), localCompany(1), sync());
        Asset asset = host.save(local(COMPANIES + 1), values(COMPANIES + 1, organization(1)), sync());
        return asset.ref();
    }

    private Edit sync() {
        return new Edit(Origin.SYNC, "sync", clock.instant());
    }

    private Choice type(int i) {
        return psa.choice(ConfigurationFields.TYPE, "Type " + i % TYPES);
    }

    private Choice status(int i) {
        return psa.choice(ConfigurationFields.STATUS, "Status " + i % STATUSES);
    }

    private static LocalRef organization(int i) {
        return LocalRef.of(AssetKind.ORGANIZATION, "organization-" + i % COMPANIES);
    }

    private static LocalRef local(int i) {
        return LocalRef.of(AssetKind.CONFIGURATION, "configuration-" + i);
    }

    private static RemoteRef company(String id) {
        return RemoteRef.of(AssetKind.ORGANIZATION, id);
    }

    private FieldValues localCompany(int i) {
        return FieldValues.of(AssetKind.ORGANIZATION)
                .set(OrganizationFields.NAME, "Company " + i)
                .set(
                        OrganizationFields.TYPES,
                        new HashSet<>(
                                List.of(psa.choice(OrganizationFields.TYPES, i % 2 == 0 ? "Customer" : "Vendor"))))
                .set(OrganizationFields.STATUS, psa.choice(OrganizationFields.STATUS, "Active"))
                .build();
    }

    private Pair company(int i) {
        FieldValues values = localCompany(i);
        return link(new PairId(0, i), company("" + i), organization(i).id(), values, values)
                .state(SyncState.SYNCING)
                .build();
    }

    private FieldValues values(int i, AssetRef company) {
        return FieldValues.of(AssetKind.CONFIGURATION)
                .set(ConfigurationFields.ORGANIZATION, company)
                .set(ConfigurationFields.NAME, "SRV-" + i)
                .set(ConfigurationFields.TYPE, type(i))
                .set(ConfigurationFields.STATUS, status(i / TYPES))
                .build();
    }

    /** One in fifty is an orphan, one in a hundred failed, one in five hundred is disconnected. */
    private Pair configuration(int i) {
        Pair.Builder link = link(
                new PairId(1, i),
                RemoteRef.of(AssetKind.CONFIGURATION, "" + i),
                local(i).id(),
                values(i, organization(i)),
                values(i, company("" + i % COMPANIES)));
        if (i % 50 == 0) {
            return link.orphaned(Set.of(i % 1000 == 0 ? OrphanReason.DELETED_IN_PSA : OrphanReason.TYPE_NOT_SELECTED))
                    .build();
        }
        if (i % 100 == 3) {
            link.trouble(FAILED).disposition(Disposition.REFUSED_BY_HOST);
        }
        return link.state(i % 500 == 7 ? SyncState.DISCONNECTED : SyncState.SYNCING)
                .build();
    }

    private static Pair.Builder link(PairId id, RemoteRef remote, LocalId local, FieldValues here, FieldValues there) {
        return Pair.ofRemote(
                        id,
                        new RemoteRef(remote.kind(), new RemoteId(remote.id().value())))
                .toBuilder()
                .local(local)
                .observed(new Observation(there, RemoteVersion.UNKNOWN, false, Instant.EPOCH, null))
                .base(new Base(here, there))
                .disposition(Disposition.IN_SYNC);
    }
}
