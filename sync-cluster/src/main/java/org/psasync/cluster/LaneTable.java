package org.psasync.cluster;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.psasync.cluster.Lane.Asked;
import org.psasync.cluster.Lane.Early;
import org.psasync.cluster.Lane.Hints;
import org.psasync.cluster.Lane.Rank;
import org.psasync.engine.Actor;

/**
 * The lanes of all integrations, each beside the task by which a node picks it up. Whatever changes a lane sets the time and
 * the priority of its task in the same transaction; while a node works on the task, that node does so when it is done.
 *
 * <p>Safe for use by several threads.
 */
final class LaneTable {
    static final String RUN = "psasync-run";

    private final Db db;

    LaneTable(Db db) {
        this.db = db;
    }

    /** Puts an integration into the schedule; harmless when it is there. */
    void add(Lane lane) {
        db.in(connection -> {
            int added = Db.update(
                    connection,
                    "insert into psacluster_lanes"
                            + " (integration, scheduled_at, interval_ms, hints, early_at, early, failures, made_room)"
                            + " values (?, ?, ?, 0, ?, 0, 0, 0) on conflict (integration) do nothing",
                    lane.integration(),
                    lane.scheduledAt(),
                    lane.interval().toMillis(),
                    orNull(lane.early().at()));
            Db.update(
                    connection,
                    "insert into psacluster_runs (task_name, task_instance, execution_time, picked, version, priority)"
                            + " values (?, ?, ?, false, 1, ?) on conflict (task_name, task_instance) do nothing",
                    RUN,
                    lane.integration(),
                    lane.dueAt(),
                    lane.rank().priority);
            return added;
        });
    }

    /** Takes an integration out of the schedule; returns whether it was there. */
    boolean remove(String integration) {
        return db.in(connection -> {
            Db.update(
                    connection,
                    "delete from psacluster_runs where task_name = ? and task_instance = ? and not picked",
                    RUN,
                    integration);
            return Db.update(connection, "delete from psacluster_lanes where integration = ?", integration) > 0;
        });
    }

    static IllegalArgumentException notAdded(String integration) {
        return new IllegalArgumentException("No integration \"" + integration + "\" was added to the schedule");
    }

    Optional<Lane> find(String integration) {
        return db.in(connection -> find(connection, integration, ""));
    }

    static Optional<Lane> find(Connection connection, String integration, String locking) throws SQLException {
        return Db.query(
                        connection,
                        "select * from psacluster_lanes where integration = ?" + locking,
                        LaneTable::read,
                        integration)
                .stream()
                .findFirst();
    }

    private static Lane read(ResultSet row) throws SQLException {
        String actor = row.getString("asked_by");
        Instant askedAt = Db.time(row, "asked_at");
        Instant hintsFrom = Db.time(row, "hints_from");
        Instant hintedAt = Db.time(row, "hinted_at");
        return new Lane(
                row.getString("integration"),
                Objects.requireNonNull(Db.time(row, "scheduled_at")),
                Duration.ofMillis(row.getLong("interval_ms")),
                Db.time(row, "not_before"),
                actor == null || askedAt == null
                        ? null
                        : new Asked(new Actor(actor, Actor.Role.valueOf(row.getString("asked_role"))), askedAt),
                Db.time(row, "changed_at"),
                hintsFrom == null || hintedAt == null ? null : new Hints(row.getInt("hints"), hintsFrom, hintedAt),
                new Early(Db.time(row, "early_at"), row.getInt("early")),
                Db.time(row, "last_start"),
                row.getInt("failures"),
                row.getInt("made_room"));
    }

    /** Changes a lane; empty when the integration is not in the schedule. */
    Optional<Lane> change(String integration, UnaryOperator<Lane> change) {
        return db.in(connection -> {
            Optional<Lane> before = find(connection, integration, " for update");
            Lane after = before.map(change).orElse(null);
            if (after != null) {
                store(connection, after);
                place(connection, after);
            }
            return Optional.ofNullable(after);
        });
    }

    private static void store(Connection connection, Lane lane) throws SQLException {
        Asked asked = lane.asked();
        Hints hints = lane.hints();
        Db.update(
                connection,
                "update psacluster_lanes set scheduled_at = ?, interval_ms = ?, not_before = ?, asked_by = ?,"
                        + " asked_role = ?, asked_at = ?, changed_at = ?, hints = ?, hints_from = ?, hinted_at = ?,"
                        + " early_at = ?, early = ?, last_start = ?, failures = ?, made_room = ? where integration = ?",
                lane.scheduledAt(),
                lane.interval().toMillis(),
                orNull(lane.notBefore()),
                asked == null ? null : asked.actor().name(),
                asked == null ? null : asked.actor().role().name(),
                orNull(asked == null ? null : asked.at()),
                orNull(lane.changedAt()),
                hints == null ? 0 : hints.count(),
                orNull(hints == null ? null : hints.from()),
                orNull(hints == null ? null : hints.at()),
                orNull(lane.early().at()),
                lane.early().inARow(),
                orNull(lane.lastStart()),
                lane.failures(),
                lane.madeRoom(),
                lane.integration());
    }

    private static Object orNull(@Nullable Instant time) {
        return time == null ? Db.NO_TIME : time;
    }

    private static void place(Connection connection, Lane lane) throws SQLException {
        Instant due = lane.dueAt();
        int priority = lane.rank().priority;
        Db.update(
                connection,
                "update psacluster_runs set execution_time = ?, priority = ?, version = version + 1 where task_name = ?"
                        + " and task_instance = ? and not picked and (execution_time <> ? or priority <> ?)",
                due,
                priority,
                RUN,
                lane.integration(),
                due,
                priority);
    }

    /** Returns lanes that want something earlier than their tasks are due: a node died before it could say so. */
    List<String> misplaced() {
        return db.in(connection -> Db.query(
                connection,
                "select l.integration from psacluster_lanes l join psacluster_runs r on r.task_name = ?"
                        + " and r.task_instance = l.integration where not r.picked"
                        + " and (l.asked_at < r.execution_time or l.changed_at < r.execution_time"
                        + " or l.hinted_at < r.execution_time or l.early_at < r.execution_time)"
                        + " and (l.not_before is null or l.not_before < r.execution_time) limit 100",
                row -> row.getString(1),
                RUN));
    }

    /** Returns who goes first among those that were due at a time and that no node works on; empty when none waits. */
    Optional<Rank> waiting(Instant dueBefore) {
        List<Integer> priorities = db.in(connection -> Db.query(
                connection,
                "select priority from psacluster_runs where not picked and execution_time <= ?"
                        + " order by priority desc limit 1",
                row -> row.getInt(1),
                dueBefore));
        return priorities.stream()
                .map(priority -> priority >= Rank.MANUAL.priority
                        ? Rank.MANUAL
                        : priority >= Rank.CHANGED.priority ? Rank.CHANGED : Rank.ROUTINE)
                .findFirst();
    }

    /** Returns how many were due at a time and wait for a node. */
    int waiting() {
        return db.in(connection -> Db.query(
                        connection,
                        "select count(*) from psacluster_runs where not picked and execution_time <= clock_timestamp()",
                        row -> row.getInt(1)))
                .get(0);
    }

    /** Returns the names of all integrations in the schedule, in their order. */
    List<String> names() {
        return db.in(connection -> Db.query(
                connection, "select integration from psacluster_lanes order by integration", row -> row.getString(1)));
    }
}
