package org.psasync.connectwise;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.UnaryOperator;
import org.psasync.model.AssetKind;
import org.psasync.model.FieldValues;
import org.psasync.model.PairId;
import org.psasync.model.RemoteId;
import org.psasync.model.RemoteRef;
import org.psasync.spi.ConnectorConfig;
import org.psasync.spi.Draft;
import org.psasync.spi.ReadScope;
import org.psasync.spi.RemoteCursor;
import org.psasync.spi.RemoteRead;
import org.psasync.spi.RemoteRecord;
import org.psasync.spi.RemoteUpdate;
import org.psasync.spi.WriteOptions;
import org.psasync.testkit.Reading;
import org.psasync.testkit.TestClock;
import org.psasync.testkit.connectwise.FakeConnectWise;
import org.psasync.testkit.connectwise.FakeConnectWiseBuilder;

/**
 * A fake PSA and a connector to it over HTTP, on one clock that moves only when told; requests are
 * held against the vendor's description where that is at hand.
 */
final class Bench implements AutoCloseable {
    final TestClock clock = TestClock.at("2026-11-02T09:00:00Z");
    final FakeConnectWise psa;
    final ConnectWiseConnector connector;
    private final Duration deadline;
    private final Set<String> requestFaults = new ConcurrentSkipListSet<>();

    Bench() {
        this(builder -> builder);
    }

    /** The first request that is held against the description takes seconds on a busy machine. */
    Bench(UnaryOperator<FakeConnectWiseBuilder> psa, ConnectWiseCustomField... customFields) {
        this(Duration.ofSeconds(30), psa, customFields);
    }

    /** Makes a bench whose connector waits a few seconds for an answer, for tests in which none comes. */
    static Bench impatient(UnaryOperator<FakeConnectWiseBuilder> psa, ConnectWiseCustomField... customFields) {
        return new Bench(Duration.ofSeconds(5), psa, customFields);
    }

    private Bench(
            Duration deadline, UnaryOperator<FakeConnectWiseBuilder> psa, ConnectWiseCustomField... customFields) {
        this.deadline = deadline;
        this.psa = psa.apply(FakeConnectWise.builder().clock(clock).seed(7)).start();
        this.connector = ConnectWiseConnector.connect(config(Map.of()), customFields);
        VendorDescription.read()
                .ifPresent(
                        vendor -> this.psa.observe(exchange -> requestFaults.addAll(vendor.faultsOfRequest(exchange))));
    }

    /** The right credentials with some replaced. */
    Map<String, String> credentials(Map<String, String> replaced) {
        Map<String, String> credentials = new HashMap<>(psa.credentials());
        credentials.put("site", psa.url());
        credentials.putAll(replaced);
        return credentials;
    }

    ConnectorConfig config(Map<String, String> replaced) {
        return ConnectorConfig.with(credentials(replaced))
                .clock(clock)
                .pause(clock)
                .random(new Random(1))
                .plainHttpToLoopback(true)
                .deadline(deadline)
                .budgetShare(1)
                .build();
    }

    ConnectWiseConnector connectorWith(Map<String, String> replaced) {
        return ConnectWiseConnector.connect(config(replaced));
    }

    Reading readAll(AssetKind kind) {
        return readAll(kind, ReadScope.ALL, RemoteCursor.start(), 1000);
    }

    Reading readAll(AssetKind kind, ReadScope scope, RemoteCursor from, int limit) {
        return Reading.of(connector, kind, scope, from, limit);
    }

    ReadScope allCompanies() {
        return ReadScope.below(psa.records("company/companies").ids().stream()
                .map(id -> new RemoteId(id.toString()))
                .toList());
    }

    static RemoteRef ref(AssetKind kind, Object id) {
        return RemoteRef.of(kind, id.toString());
    }

    /** The id of what a member of one of the PSA's records refers to. */
    int referred(String path, int id, String member) {
        if (psa.records(path).get(id).get(member) instanceof Map<?, ?> reference
                && reference.get("id") instanceof Integer number) {
            return number;
        }
        throw new AssertionError(path + "/" + id + " has no " + member);
    }

    RemoteRecord read(AssetKind kind, Object id) {
        RemoteId remote = new RemoteId(id.toString());
        RemoteRead read = connector.read(kind, List.of(remote)).get(remote);
        if (read instanceof RemoteRead.Found found) {
            return found.record();
        }
        throw new AssertionError(kind + " " + id + " gave " + read);
    }

    static Draft draft(FieldValues values, Draft... parts) {
        return draft(values, WriteOptions.NONE, parts);
    }

    static Draft draft(FieldValues values, WriteOptions options, Draft... parts) {
        return new Draft(new PairId(1, 2), values, List.of(parts), Map.of(), options);
    }

    static RemoteUpdate update(RemoteRecord seen, FieldValues changes) {
        return new RemoteUpdate(seen, changes, WriteOptions.NONE);
    }

    static WriteOptions options(String... keysAndValues) {
        Map<String, String> options = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            options.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return new WriteOptions(options);
    }

    @Override
    public void close() {
        connector.close();
        psa.close();
        assertThat(requestFaults)
                .as("What the vendor's description says against requests")
                .isEmpty();
    }
}
