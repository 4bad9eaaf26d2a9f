package org.psasync.cluster;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** The tasks of saves that are not pushed yet: one row for each record. Safe for use by several threads. */
final class PushTable {
    static final String PUSH = "psasync-push";
    /** A save that its own node did not push for so long is pushed by whichever node comes first. */
    static final Duration GRACE = Duration.ofSeconds(30);

    private final Db db;
    private final InstantSource clock;

    PushTable(Db db, InstantSource clock) {
        this.db = db;
        this.clock = clock;
    }

    /**
     * Keeps a save; a later one of the same record takes its place.
     *
     * @return the version of its task; 0 when a node works on an earlier one just now
     * @throws IllegalArgumentException when the integration is not in the schedule
     */
    long put(PushOrder order) {
        Instant due = clock.instant().plus(GRACE);
        List<Long> versions = db.in(connection -> {
            if (LaneTable.find(connection, order.integration(), "").isEmpty()) {
                throw LaneTable.notAdded(order.integration());
            }
            return Db.query(
                    connection,
                    "insert into psacluster_pushes"
                            + " (task_name, task_instance, task_data, execution_time, picked, version, priority)"
                            + " values (?, ?, ?, ?, false, 1, 0) on conflict (task_name, task_instance) do update"
                            + " set task_data = excluded.task_data, execution_time = excluded.execution_time,"
                            + " version = psacluster_pushes.version + 1 where not psacluster_pushes.picked returning version",
                    row -> row.getLong(1),
                    PUSH,
                    order.key(),
                    order.bytes(),
                    due);
        });
        return versions.isEmpty() ? 0 : versions.get(0);
    }

    /** Forgets a save that was pushed, unless it was made again meanwhile. */
    void done(PushOrder order, long version) {
        if (version > 0) {
            db.in(connection -> Db.update(
                    connection,
                    "delete from psacluster_pushes where task_name = ? and task_instance = ? and not picked and version = ?",
                    PUSH,
                    order.key(),
                    version));
        }
    }
}
