package org.psasync.cluster;

import static java.util.Objects.requireNonNull;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import javax.sql.DataSource;
import org.psasync.spi.RequestShares;

/**
 * Shares of the PSAs' limits, leased to the nodes in the database that they have in common (SAFE-4).
 *
 * <pre>{@code
 * RequestShares shares = SharedRequests.on(dataSource);
 * PsaConnectors.connect("connectwise", ConnectorConfig.with(credentials).requestShares(shares).clock(clock).build());
 * }</pre>
 *
 * <p>A share is a sixtieth of a limit, for a sixtieth of its window, so that a node asks the database at most once in that
 * time. What was taken counts until it must have left the PSA's window too, however late it was sent. All times are the
 * database's. Safe for use by several threads.
 */
public final class SharedRequests implements RequestShares {
    private static final int SLOTS = 60;
    private static final Duration SHORTEST = Duration.ofMillis(100);
    /** Tells these locks from others in the same database. */
    private static final int LOCK = 0x70736271;

    private final Db db;
    private final String node = UUID.randomUUID().toString();

    private SharedRequests(Db db) {
        this.db = db;
    }

    /**
     * Shares the limits by a PostgreSQL database; makes its tables if need be.
     *
     * @param source the same database as that of the {@link ClusterScheduler}
     * @throws org.psasync.store.StoreException when the database cannot be used
     */
    public static SharedRequests on(DataSource source) {
        Db db = new Db(requireNonNull(source, "source"));
        Tables.migrate(db);
        return new SharedRequests(db);
    }

    /** How long a share lasts, and how finely it is counted. */
    private static Duration slot(Duration window) {
        Duration slot = window.dividedBy(SLOTS);
        return slot.compareTo(SHORTEST) < 0 ? SHORTEST : slot;
    }

    @Override
    public Share take(String limit, int wanted, int allowed, Duration window) {
        if (wanted < 1) {
            throw new IllegalArgumentException("At least one request must be wanted: " + wanted);
        }
        Duration slot = slot(window);
        Duration counts = window.plus(slot.multipliedBy(2)); // taken at the end of a slot, sent at the end of the next
        return db.in(connection -> {
            Db.query(connection, "select pg_advisory_xact_lock(?, hashtext(?))", row -> true, LOCK, limit);
            Instant now = now(connection);
            Instant since = now.minus(counts);
            Db.update(connection, "delete from psacluster_budgets where tenant = ? and slot <= ?", limit, since);
            List<Taken> taken = Db.query(
                    connection,
                    "select slot, sum(granted) as granted from psacluster_budgets where tenant = ? and granted > 0"
                            + " group by slot order by slot",
                    row -> new Taken(Objects.requireNonNull(Db.time(row, "slot")), row.getInt("granted")),
                    limit);
            int left = allowed - taken.stream().mapToInt(Taken::granted).sum();
            if (left <= 0) {
                return new Share(0, Duration.between(now, freeAt(taken, left, counts, now)), "");
            }
            int granted = Math.min(wanted, left);
            Instant start = Instant.ofEpochMilli(now.toEpochMilli() / slot.toMillis() * slot.toMillis());
            add(connection, limit, start, granted);
            return new Share(granted, slot, start.toString());
        });
    }

    private record Taken(Instant slot, int granted) {}

    /** Returns when at least one request is free again; slots are counted until they have left the window. */
    private static Instant freeAt(List<Taken> taken, int left, Duration counts, Instant now) {
        int free = left;
        for (Taken each : taken) {
            free += each.granted();
            if (free > 0) {
                return each.slot().plus(counts).plusMillis(1);
            }
        }
        return now.plus(counts); // nothing is allowed at all
    }

    private void add(Connection connection, String limit, Instant slot, int granted) throws SQLException {
        Db.update(
                connection,
                "insert into psacluster_budgets (tenant, slot, node, granted) values (?, ?, ?, ?)"
                        + " on conflict (tenant, slot, node) do update"
                        + " set granted = psacluster_budgets.granted + excluded.granted",
                limit,
                slot,
                node,
                granted);
    }

    private static Instant now(Connection connection) throws SQLException {
        List<Instant> times = Db.query(
                connection,
                "select clock_timestamp()",
                row -> row.getObject(1, OffsetDateTime.class).toInstant());
        return times.get(0);
    }

    @Override
    public void giveBack(String limit, Share share, int unused) {
        if (unused < 1 || share.token().isEmpty()) {
            return;
        }
        Instant slot = Instant.parse(share.token());
        db.in(connection -> Db.update(
                connection,
                "update psacluster_budgets set granted = greatest(0, granted - ?) where tenant = ? and slot = ?"
                        + " and node = ?",
                unused,
                limit,
                slot,
                node));
    }

    @Override
    public String toString() {
        return "SharedRequests";
    }
}
