package org.psasync.examples.cluster;

import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.psasync.cluster.ClusterScheduler;
import org.psasync.model.AssetKind;
import org.psasync.model.LocalRef;
import org.psasync.store.StoreException;

/** People who save records at one node, again and again, a new one now and then. */
final class Users {
    private static final long PAUSE_MILLIS = 60;

    private final Records records;
    private final ClusterScheduler scheduler;
    private final int integrations;
    private final String node;
    private @Nullable Thread thread;
    private volatile boolean going;

    Users(Records records, ClusterScheduler scheduler, int integrations, String node) {
        this.records = records;
        this.scheduler = scheduler;
        this.integrations = integrations;
        this.node = node;
    }

    void start() {
        going = true;
        Thread started = new Thread(this::work, "users");
        started.setDaemon(true);
        started.start();
        thread = started;
    }

    void stop() {
        going = false;
        Thread working = thread;
        if (working != null) {
            try {
                working.join();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void work() {
        Random random = new Random(node.hashCode());
        for (int i = 0; going; i++) {
            String integration = Town.name(random.nextInt(integrations));
            String name = (i % 5 == 0 ? "New " : "Edited ") + i + " at " + node;
            try {
                LocalRef record = save(integration, name, i % 5 == 0, random);
                scheduler.saved(integration, record);
                Thread.sleep(PAUSE_MILLIS);
            } catch (StoreException failure) {
                // A person would try again.
            } catch (InterruptedException interrupted) {
                return;
            }
        }
    }

    /** The record, and the note that it is to be pushed, are committed together. */
    private LocalRef save(String integration, String name, boolean create, Random random) {
        String account = Town.account(integration);
        return records.in(connection -> {
            long id;
            if (create) {
                id = Records.query(
                                connection,
                                "insert into host_records (account, name, revision, origin, actor, edited)"
                                        + " values (?, ?, 1, 'USER', ?, now()) returning id",
                                row -> row.getLong(1),
                                account,
                                name,
                                node)
                        .get(0);
            } else {
                List<Long> ids = Records.query(
                        connection,
                        "select id from host_records where account = ? order by id",
                        row -> row.getLong(1),
                        account);
                id = ids.get(random.nextInt(ids.size()));
                Records.update(
                        connection,
                        "update host_records set name = ?, revision = revision + 1, origin = 'USER', actor = ?,"
                                + " edited = now() where id = ?",
                        name,
                        node,
                        id);
            }
            Records.update(connection, "insert into edits (account, record, name) values (?, ?, ?)", account, id, name);
            LocalRef record = LocalRef.of(AssetKind.ORGANIZATION, Long.toString(id));
            scheduler.saved(connection, integration, record);
            return record;
        });
    }
}
