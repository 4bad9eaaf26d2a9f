package org.psasync.cluster;

import java.lang.module.ModuleDescriptor.Version;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;

/**
 * Which nodes there are, and whether this one may work: only those with the newest version of the library do, since an
 * older one cannot know what a newer one stores. Safe for use by several threads.
 */
final class Membership {
    /** A node not heard of for so long is gone. */
    static final Duration GONE = Duration.ofSeconds(30);

    private static final Duration FORGOTTEN = Duration.ofHours(1);

    private final Db db;
    private final InstantSource clock;
    private final String node;
    private final String version;

    Membership(Db db, InstantSource clock, String node, String version) {
        this.db = db;
        this.clock = clock;
        this.node = node;
        this.version = version;
    }

    /** Returns the version of this library; one that cannot be told counts as the oldest. */
    static String ofThisLibrary() {
        String text = Tables.text("version.txt").strip();
        return text.startsWith("$") ? "0" : text;
    }

    String node() {
        return node;
    }

    String version() {
        return version;
    }

    /** Says that this node is there, and whether it works. */
    void seen(boolean working) {
        Instant now = clock.instant();
        db.in(connection -> {
            Db.update(connection, "delete from psacluster_nodes where seen < ?", now.minus(FORGOTTEN));
            return Db.update(
                    connection,
                    "insert into psacluster_nodes (node, version, seen, working) values (?, ?, ?, ?)"
                            + " on conflict (node) do update set seen = excluded.seen, working = excluded.working",
                    node,
                    version,
                    now,
                    working);
        });
    }

    void leave() {
        db.in(connection -> Db.update(connection, "delete from psacluster_nodes where node = ?", node));
    }

    /** Returns all nodes that are there, in the order of their names. */
    List<ClusterNode> all() {
        return db.in(connection -> Db.query(
                connection,
                "select * from psacluster_nodes where seen >= ? order by node",
                row -> new ClusterNode(
                        row.getString("node"),
                        row.getString("version"),
                        Objects.requireNonNull(Db.time(row, "seen")),
                        row.getBoolean("working")),
                clock.instant().minus(GONE)));
    }

    /** Returns the other nodes that run a newer version. */
    List<ClusterNode> newer() {
        return all().stream()
                .filter(each -> compare(each.version(), version) > 0)
                .toList();
    }

    /** Returns the other nodes that run an older version and have not stopped to work yet. */
    List<ClusterNode> olderAtWork() {
        return all().stream()
                .filter(each -> each.working() && compare(each.version(), version) < 0)
                .toList();
    }

    static int compare(String one, String other) {
        return parse(one).compareTo(parse(other));
    }

    private static Version parse(String text) {
        try {
            return Version.parse(text);
        } catch (IllegalArgumentException unknown) {
            return Version.parse("0");
        }
    }
}
