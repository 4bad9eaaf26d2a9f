package org.psasync.benchmarks;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.psasync.engine.Selection;
import org.psasync.engine.SyncSettings;
import org.psasync.engine.decide.LinkTable;
import org.psasync.engine.decide.PairFacts;
import org.psasync.engine.decide.Planner;
import org.psasync.engine.decide.Policy;
import org.psasync.model.Asset;
import org.psasync.model.AssetKind;
import org.psasync.model.Choice;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.Edit;
import org.psasync.model.Field;
import org.psasync.model.FieldValues;
import org.psasync.model.Fields;
import org.psasync.model.LocalId;
import org.psasync.model.LocalRef;
import org.psasync.model.Origin;
import org.psasync.model.PairId;
import org.psasync.model.RemoteId;
import org.psasync.model.RemoteRef;
import org.psasync.model.Revision;
import org.psasync.model.SyncState;
import org.psasync.spi.ConnectorDescriptor;
import org.psasync.spi.FieldRule;
import org.psasync.spi.FieldRule.Direction;
import org.psasync.spi.KindDescriptor;
import org.psasync.spi.RemoteVersion;
import org.psasync.store.Base;
import org.psasync.store.Observation;
import org.psasync.store.Pair;

/** How many linked configurations that nobody changed are decided in a second, on one core. */
@State(Scope.Benchmark)
@Fork(1)
@Warmup(iterations = 3)
@Measurement(iterations = 5)
public class PlannerBenchmark {
    private static final int PAIRS = 1000;

    private final List<PairFacts> facts = new ArrayList<>();
    private Planner planner = new Planner(policy());

    static double pairsPerSecond() throws RunnerException {
        return new Runner(new OptionsBuilder()
                        .include(PlannerBenchmark.class.getSimpleName())
                        .warmupTime(TimeValue.seconds(1))
                        .measurementTime(TimeValue.seconds(1))
                        .timeUnit(TimeUnit.SECONDS)
                        .build())
                .run()
                .iterator()
                .next()
                .getPrimaryResult()
                .getScore();
    }

    /** Makes the pairs. */
    @Setup
    public void prepare() {
        planner = new Planner(policy());
        RemoteRef company = RemoteRef.of(AssetKind.ORGANIZATION, "250");
        LocalRef organization = LocalRef.of(AssetKind.ORGANIZATION, "organization-1");
        Pair parent = Pair.ofRemote(new PairId(0, 1), company).toBuilder()
                .local(organization.id())
                .state(SyncState.SYNCING)
                .build();
        LinkTable links = new LinkTable(Map.of(organization, parent), Map.of(company, parent));
        for (int i = 0; i < PAIRS; i++) {
            FieldValues remote = values(i).with(ConfigurationFields.ORGANIZATION, company);
            FieldValues local = values(i).with(ConfigurationFields.ORGANIZATION, organization);
            Asset asset = new Asset(
                    new LocalId("configuration-" + i),
                    local,
                    new Revision("1"),
                    new Edit(Origin.SYNC, "sync", Instant.EPOCH),
                    null);
            // The base holds equal values that are other objects, as after a restart.
            Base base = new Base(
                    values(i).with(ConfigurationFields.ORGANIZATION, organization),
                    values(i).with(ConfigurationFields.ORGANIZATION, company));
            Pair pair = Pair.ofRemote(new PairId(1, i), new RemoteRef(AssetKind.CONFIGURATION, new RemoteId("" + i)))
                    .toBuilder()
                    .local(asset.id())
                    .state(SyncState.SYNCING)
                    .observed(new Observation(remote, RemoteVersion.UNKNOWN, false, Instant.EPOCH, null))
                    .base(base)
                    .build();
            facts.add(new PairFacts(pair, asset, false, links, null, null, false, false, null));
        }
    }

    private static FieldValues values(int i) {
        return FieldValues.of(AssetKind.CONFIGURATION)
                .set(ConfigurationFields.NAME, "SRV-" + i)
                .set(ConfigurationFields.TYPE, new Choice("1", "Server"))
                .set(ConfigurationFields.STATUS, new Choice("1", "Active"))
                .set(ConfigurationFields.ASSET_TAG, "T" + i)
                .set(ConfigurationFields.SERIAL_NUMBER, "SN-" + i)
                .set(ConfigurationFields.NOTES, "rack " + i % 40)
                .set(ConfigurationFields.INSTALLED_ON, LocalDate.of(2025, 3, 1 + i % 28))
                .set(ConfigurationFields.PURCHASED_ON, LocalDate.of(2025, 2, 1 + i % 28))
                .set(ConfigurationFields.EXPIRES_ON, null)
                .set(ConfigurationFields.MANUFACTURER, new Choice("7", "Initech"))
                .set(ConfigurationFields.MODEL, Choice.named("X" + i % 9))
                .set(ConfigurationFields.OPERATING_SYSTEM, "Debian 12")
                .set(ConfigurationFields.PRIMARY_IP, "10.0.0." + i % 250)
                .set(ConfigurationFields.DEFAULT_GATEWAY, "10.0.0.254")
                .set(ConfigurationFields.MAC_ADDRESS, "00:1A:2B:3C:4D:" + (10 + i % 80))
                .set(ConfigurationFields.ACTIVE, true)
                .build();
    }

    private static Policy policy() {
        List<FieldRule> rules = new ArrayList<>();
        for (Field<?> field : Fields.of(AssetKind.CONFIGURATION)) {
            rules.add(new FieldRule(field, Direction.BOTH, 250, false));
        }
        KindDescriptor kind = new KindDescriptor(
                AssetKind.CONFIGURATION,
                KindDescriptor.Reading.DELTA,
                true,
                true,
                false,
                true,
                true,
                true,
                true,
                Duration.ZERO,
                rules);
        ConnectorDescriptor connector = new ConnectorDescriptor(
                "bench", "Bench", Map.of(AssetKind.CONFIGURATION, kind), List.of(), Duration.ofSeconds(30));
        SyncSettings defaults = SyncSettings.defaults();
        SyncSettings settings = new SyncSettings(
                Instant.EPOCH,
                defaults.organizations(),
                new SyncSettings.Configurations(
                        Selection.of(Set.of(new Choice("1", "Server"))), Selection.ALL, false, false),
                false,
                false,
                defaults.tickets(),
                defaults.confirming(),
                defaults.conflicts(),
                defaults.matching(),
                defaults.mapping(),
                defaults.options(),
                defaults.schedule(),
                defaults.brakes());
        return new Policy(settings, connector, Instant.EPOCH, Instant.EPOCH);
    }

    /** Decides each pair once. */
    @Benchmark
    @OperationsPerInvocation(PAIRS)
    public void unchangedPairs(Blackhole hole) {
        for (PairFacts each : facts) {
            hole.consume(planner.decide(each));
        }
    }
}
