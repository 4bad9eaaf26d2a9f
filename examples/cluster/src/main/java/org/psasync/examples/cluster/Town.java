package org.psasync.examples.cluster;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.psasync.engine.Actor;
import org.psasync.engine.SyncEngine;
import org.psasync.jdbc.JdbcStateStore;
import org.psasync.model.AssetKind;
import org.psasync.store.Event;
import org.psasync.store.EventQuery;
import org.psasync.store.IntegrationState;
import org.psasync.store.PairQuery;
import org.psasync.store.StateStore;

/** All integrations of the example: they are set up here, and looked at in the end. */
final class Town {
    private final Records records;
    private final StateStore state;
    private final List<String> names = new ArrayList<>();

    Town(Records records, int integrations) {
        this.records = records;
        this.state = JdbcStateStore.postgres(records.source);
        for (int i = 0; i < integrations; i++) {
            names.add(name(i));
        }
    }

    static String name(int number) {
        return "account" + number + "/table";
    }

    static String account(String integration) {
        return StateStore.account(integration);
    }

    static SyncEngine engine(
            Records records, String integration, StateStore state, InstantSource clock, Duration answering) {
        String account = account(integration);
        return SyncEngine.builder()
                .integration(integration)
                .connector(new TablePsa(records, account, answering))
                .assets(new TableHost(records, account))
                .state(state)
                .clock(clock)
                .build();
    }

    List<String> names() {
        return List.copyOf(names);
    }

    /** Fills the PSAs and says what is to be synced. */
    void setUp(int each, Duration interval) {
        for (String name : names) {
            String account = account(name);
            records.in(connection -> {
                for (int i = 0; i < each; i++) {
                    Records.update(
                            connection,
                            "insert into psa_records (tenant, name, changed) values (?, ?, ?)",
                            account,
                            "Company " + i,
                            TablePsa.nextChange(connection, account));
                }
                return each;
            });
            try (SyncEngine engine = engine(records, name, state, InstantSource.system(), Duration.ZERO)) {
                engine.as(Actor.manager("mia"))
                        .configure(settings -> settings.organizations(
                                        o -> o.types("Customer").statuses("Active"))
                                .twoWay(true)
                                .interval(interval));
            }
        }
    }

    /** Returns when runs of an integration began, oldest first. */
    List<Instant> starts(String integration) {
        EventQuery query = EventQuery.ALL.ofType(Event.Type.RUN_STARTED);
        return state.integration(integration).events(query).stream()
                .map(Event::at)
                .toList();
    }

    boolean haveAllRun() {
        return names.stream()
                .noneMatch(each -> state.integration(each).progress().lastRun() == null);
    }

    /** Returns what keeps the two sides of an integration from being the same; empty when nothing does. */
    Optional<String> unsettled(String integration) {
        IntegrationState of = state.integration(integration);
        if (!of.pairs(new PairQuery.WithWriteInFlight(AssetKind.ORGANIZATION), null, 1)
                .isEmpty()) {
            return Optional.of("a write whose end is not known");
        }
        if (!of.pairs(new PairQuery.Dirty(AssetKind.ORGANIZATION), null, 1).isEmpty()) {
            return Optional.of("a record that waits to be decided");
        }
        List<String> host = sorted("host_records", "account", integration);
        List<String> psa = sorted("psa_records", "tenant", integration);
        return host.equals(psa) ? Optional.empty() : Optional.of("other records in the host than in the PSA");
    }

    private List<String> sorted(String table, String column, String integration) {
        return records.query(
                "select name || ' / ' || coalesce(short_name, '') from " + table + " where " + column
                        + " = ? order by 1",
                row -> row.getString(1),
                account(integration));
    }

    /** Returns every edit of a person whose value is not the record's in the PSA in the end. */
    List<String> lost() {
        Map<String, String> last = new HashMap<>();
        records.query(
                "select account, record, name from edits order by number",
                row -> last.put(row.getString(1) + " " + row.getLong(2), row.getString(3)));
        Set<String> there = new HashSet<>(records.query(
                "select tenant, name from psa_records", row -> row.getString(1) + " " + row.getString(2)));
        List<String> lost = new ArrayList<>();
        last.forEach((record, name) -> {
            if (!there.contains(record.substring(0, record.indexOf(' ')) + " " + name)) {
                lost.add(record + " " + name);
            }
        });
        return lost;
    }

    long edits() {
        return records.query("select count(*) from edits", row -> row.getLong(1))
                .get(0);
    }

    /** Returns what was made twice on either side. */
    List<String> doubled() {
        List<String> doubled = new ArrayList<>(records.query(
                "select tenant, made_for from psa_records where made_for is not null group by 1, 2 having count(*) > 1",
                row -> "PSA " + row.getString(1) + " " + row.getString(2)));
        doubled.addAll(records.query(
                "select account, name from host_records group by 1, 2 having count(*) > 1",
                row -> "host " + row.getString(1) + " " + row.getString(2)));
        doubled.addAll(records.query(
                "select tenant, name from psa_records group by 1, 2 having count(*) > 1",
                row -> "PSA " + row.getString(1) + " " + row.getString(2)));
        return doubled;
    }

    /** Returns the integrations that a node works on at this moment. */
    List<String> workedOnBy(String node) {
        return records.query(
                "select task_instance from psacluster_runs where picked and picked_by like ?",
                row -> row.getString(1),
                node + "/%");
    }

    /** Something changes in the PSAs too. */
    void editInPsa(int round) {
        for (String name : names) {
            String account = account(name);
            records.in(connection -> Records.update(
                    connection,
                    "update psa_records set short_name = ?, changed = ? where id ="
                            + " (select id from psa_records where tenant = ? order by id limit 1)",
                    "S" + round,
                    TablePsa.nextChange(connection, account),
                    account));
        }
    }
}
