package org.psasync.cluster;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.ThreadFactory;
import javax.sql.DataSource;
import org.psasync.engine.SyncMetrics;

/** Puts the scheduler of a node together. Not for use by several threads. */
public final class ClusterSchedulerBuilder {
    final DataSource source;
    final EngineFactory engines;
    final ThreadFactory threads;
    String name = "node-" + ProcessHandle.current().pid();
    int runs = 32;
    int workers = 8;
    int pushes = 4;
    SyncMetrics metrics = SyncMetrics.NONE;
    Duration slice = Duration.ofSeconds(10);
    InstantSource ownClock = InstantSource.system();
    String version = Membership.ofThisLibrary();
    Duration patience = Duration.ofMinutes(2);

    ClusterSchedulerBuilder(DataSource source, EngineFactory engines, ThreadFactory threads) {
        this.source = requireNonNull(source, "source");
        this.engines = requireNonNull(engines, "engines");
        this.threads = requireNonNull(threads, "threads");
    }

    /** Sets how the node is called in {@link ClusterScheduler#nodes}; {@code node-} with the number of the process otherwise. */
    public ClusterSchedulerBuilder name(String node) {
        if (node.isBlank()) {
            throw new IllegalArgumentException("The node needs a name");
        }
        this.name = node;
        return this;
    }

    /** Sets how many runs go on here at the same time, 1 or more; 32 otherwise. Each keeps a thread. */
    public ClusterSchedulerBuilder runs(int most) {
        this.runs = requirePositive("runs", most);
        return this;
    }

    /** Sets how many of them are worked on at the same time, in turns, 1 or more; 8 otherwise. */
    public ClusterSchedulerBuilder workers(int most) {
        this.workers = requirePositive("workers", most);
        return this;
    }

    /** Sets how many saves are pushed here at the same time, 1 or more; 4 otherwise. At most 2 of them are of one integration. */
    public ClusterSchedulerBuilder pushes(int most) {
        this.pushes = requirePositive("pushes", most);
        return this;
    }

    /** Sets how long a run is worked on before others take their turn, zero for as short as can be; 10 seconds otherwise. */
    public ClusterSchedulerBuilder slice(Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException("A slice cannot last " + time);
        }
        this.slice = time;
        return this;
    }

    /**
     * Sets what hears every five seconds how much waits: of runs on all nodes, of saves on this one. What runs and pushes come
     * to, the engines tell their own.
     */
    public ClusterSchedulerBuilder metrics(SyncMetrics newMetrics) {
        this.metrics = requireNonNull(newMetrics, "newMetrics");
        return this;
    }

    /** The machine's clock, which may be wrong. */
    ClusterSchedulerBuilder ownClock(InstantSource clock) {
        this.ownClock = clock;
        return this;
    }

    ClusterSchedulerBuilder version(String text) {
        this.version = text;
        return this;
    }

    /** How long to wait for older nodes to stop their work. */
    ClusterSchedulerBuilder patience(Duration time) {
        this.patience = time;
        return this;
    }

    /**
     * Opens the database, makes or upgrades its tables, and begins to work. Waits until nodes with an older version of the
     * library have stopped to work, which takes them a few seconds.
     *
     * @throws IllegalStateException when nodes with a newer version work there, or older ones do not stop within two minutes
     * @throws org.psasync.store.StoreException when the database cannot be used, or its tables are newer than the library
     */
    public ClusterScheduler build() {
        return ClusterScheduler.open(this);
    }

    private static int requirePositive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be 1 or more: " + value);
        }
        return value;
    }
}
