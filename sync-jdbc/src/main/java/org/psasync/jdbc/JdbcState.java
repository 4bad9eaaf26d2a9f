package org.psasync.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.Disposition;
import org.psasync.engine.Mode;
import org.psasync.model.AssetKind;
import org.psasync.model.LocalId;
import org.psasync.model.LocalRef;
import org.psasync.model.PairId;
import org.psasync.model.RemoteId;
import org.psasync.model.RemoteRef;
import org.psasync.store.Commit;
import org.psasync.store.Event;
import org.psasync.store.EventQuery;
import org.psasync.store.IntegrationState;
import org.psasync.store.Lease;
import org.psasync.store.LinkCounts;
import org.psasync.store.NotedSave;
import org.psasync.store.Pair;
import org.psasync.store.PairQuery;
import org.psasync.store.Place;
import org.psasync.store.Progress;
import org.psasync.store.Setup;
import org.psasync.store.StaleStateException;
import org.psasync.store.StateStore;

/** The state of one integration in a database. Whoever changes it takes turns at its row in {@code psasync_integrations}. */
final class JdbcState implements IntegrationState {
    private final Database database;
    private final String account;
    private final long id;
    private final Kept<Setup> setup;
    private final Kept<Progress> progress;

    JdbcState(Database database, String name, long id) {
        this.database = database;
        this.account = KeyText.of(StateStore.account(name));
        this.id = id;
        this.setup = new Kept<>(id, "setup", Setup.class, Setup.initial(), Setup::versioned, Setup::version);
        this.progress =
                new Kept<>(id, "progress", Progress.class, Progress.none(), Progress::versioned, Progress::version);
    }

    private interface PairQuestion<T> {
        T of(PairTable pairs) throws SQLException;
    }

    private PairTable table(Connection connection) {
        return new PairTable(connection, database.dialect(), id, database.bodies());
    }

    private <T> T ask(PairQuestion<T> question) {
        return database.read(connection -> question.of(table(connection)));
    }

    @Override
    public Optional<Pair> pair(PairId pair) {
        return ask(pairs -> pairs.find(pair));
    }

    @Override
    public Optional<Pair> byLocal(LocalRef record) {
        return Optional.ofNullable(byLocal(record.kind(), List.of(record.id())).get(record.id()));
    }

    @Override
    public Optional<Pair> byRemote(RemoteRef record) {
        return Optional.ofNullable(byRemote(record.kind(), List.of(record.id())).get(record.id()));
    }

    @Override
    public Map<LocalId, Pair> byLocal(AssetKind kind, Collection<LocalId> ids) {
        return ids.isEmpty() ? Map.of() : ask(pairs -> pairs.byLocal(kind, ids));
    }

    @Override
    public Map<RemoteId, Pair> byRemote(AssetKind kind, Collection<RemoteId> ids) {
        return ids.isEmpty() ? Map.of() : ask(pairs -> pairs.byRemote(kind, ids));
    }

    @Override
    public Map<LocalId, String> ownedElsewhere(AssetKind kind, Collection<LocalId> ids) {
        return ids.isEmpty()
                ? Map.of()
                : database.read(connection -> integrations(connection).owners(id, kind, ids));
    }

    @Override
    public List<Pair> pairs(PairQuery query, @Nullable PairId after, int limit) {
        return ask(pairs -> pairs.page(query, after, limit));
    }

    @Override
    public Optional<Instant> nextDue(Instant after) {
        return ask(pairs -> pairs.nextDue(after));
    }

    @Override
    public Map<AssetKind, Map<Disposition, Long>> counts() {
        return Counter.standing(ask(pairs -> pairs.counts(Counter.Of.STANDING)));
    }

    @Override
    public Map<AssetKind, Map<String, Long>> turnedAway() {
        return Counter.turnedAway(ask(pairs -> pairs.counts(Counter.Of.TURNED_AWAY)));
    }

    @Override
    public Map<AssetKind, LinkCounts> links() {
        return Counter.links(ask(pairs -> pairs.counts(Counter.Of.LINKS)));
    }

    @Override
    public Map<AssetKind, Map<Place, LinkCounts>> placed() {
        return Counter.placed(ask(pairs -> pairs.counts(Counter.Of.PLACED)));
    }

    Map<Counter, Long> counts(Counter.Of of) {
        return ask(pairs -> pairs.counts(of));
    }

    @Override
    public List<Event> events(EventQuery query) {
        return database.read(connection -> new EventTable(connection, database.dialect(), id).find(query));
    }

    @Override
    public void forgetEventsBefore(Instant time) {
        database.write(connection -> {
            integrations(connection).locked(id);
            new EventTable(connection, database.dialect(), id).forgetBefore(time);
            return time;
        });
    }

    @Override
    public Setup setup() {
        return database.read(setup::current);
    }

    @Override
    public Progress progress() {
        return database.read(progress::current);
    }

    // Changes ---------------------------------------------------------------------------------------------------------

    private Integrations integrations(Connection connection) {
        return new Integrations(connection, database.dialect());
    }

    @Override
    public long commit(Commit commit) {
        Stored stored = database.write(connection -> store(connection, commit));
        database.grown(stored.pairs());
        return stored.firstEvent();
    }

    /** What a commit brought: how many pairs are new, and the number of its first event. */
    private record Stored(int pairs, long firstEvent) {}

    private Stored store(Connection connection, Commit commit) throws SQLException {
        Integrations integrations = integrations(connection);
        if (commit.setup() != null || commit.put().stream().anyMatch(Pair::holdsLocal)) {
            integrations.lockAccount(account);
        }
        Integrations.Row row = integrations.locked(id);
        requireLease(row, commit.lease());
        setup.require(connection, commit.setup(), "The settings were changed by somebody else");
        progress.require(connection, commit.progress(), "The progress was changed by somebody else");
        PairChanges changes = PairChanges.of(table(connection), commit);
        changes.check();
        refuseOwnedElsewhere(integrations, changes.taking());
        changes.store();
        if (!commit.events().isEmpty()) {
            long latest = new EventTable(connection, database.dialect(), id)
                    .append(commit.events(), row.lastEvent(), row.lastEventAt());
            integrations.lastEvent(id, row.lastEvent() + commit.events().size(), latest);
        }
        Setup newSetup = commit.setup();
        if (newSetup != null) {
            boolean disconnected = newSetup.mode() == Mode.DISCONNECTED;
            if (disconnected != row.disconnected()) {
                integrations.disconnected(id, disconnected);
            }
            setup.store(connection, newSetup);
        }
        if (commit.progress() != null) {
            progress.store(connection, commit.progress());
        }
        return new Stored(changes.fresh(), row.lastEvent() + 1);
    }

    private static void requireLease(Integrations.Row row, @Nullable Lease needed) {
        Lease held = row.lease();
        if (needed != null && (held == null || held.epoch() != needed.epoch())) {
            throw new StaleStateException("The run's lease was lost to another one");
        }
    }

    private void refuseOwnedElsewhere(Integrations integrations, List<Pair> taking) throws SQLException {
        for (AssetKind kind : AssetKind.values()) {
            List<LocalId> ids = taking.stream()
                    .filter(pair -> pair.kind() == kind)
                    .map(pair -> Objects.requireNonNull(pair.local()))
                    .toList();
            Map<LocalId, String> owners = ids.isEmpty() ? Map.of() : integrations.owners(id, kind, ids);
            if (!owners.isEmpty()) {
                Map.Entry<LocalId, String> first = owners.entrySet().iterator().next();
                throw new StaleStateException(
                        "The local " + kind + " " + first.getKey() + " belongs to " + first.getValue());
            }
        }
    }

    // The right to run ------------------------------------------------------------------------------------------------

    @Override
    public Optional<Lease> lease(String holder, Duration duration, Instant now) {
        return database.write(connection -> {
            Integrations integrations = integrations(connection);
            Integrations.Row row = integrations.locked(id);
            Lease held = row.lease();
            if (held != null && now.isBefore(held.until()) && !held.holder().equals(holder)) {
                return Optional.empty();
            }
            Lease taken = new Lease(holder, row.epoch() + 1, now.plus(duration), null);
            integrations.lease(id, taken, taken.epoch());
            return Optional.of(taken);
        });
    }

    @Override
    public Lease renew(Lease lease, Duration duration, Instant now) {
        return database.write(connection -> {
            Integrations integrations = integrations(connection);
            Integrations.Row row = integrations.locked(id);
            requireLease(row, lease);
            Lease held = Objects.requireNonNull(row.lease());
            Lease renewed = new Lease(lease.holder(), lease.epoch(), now.plus(duration), held.cancelledBy());
            integrations.lease(id, renewed, row.epoch());
            return renewed;
        });
    }

    @Override
    public void release(Lease lease) {
        database.write(connection -> {
            Integrations integrations = integrations(connection);
            Integrations.Row row = integrations.locked(id);
            if (row.lease() != null && row.lease().epoch() == lease.epoch()) {
                integrations.lease(id, null, row.epoch());
            }
            return row;
        });
    }

    @Override
    public Optional<Lease> running(Instant now) {
        Integrations.Row row =
                database.read(connection -> integrations(connection).row(id));
        return Optional.ofNullable(row.lease()).filter(held -> now.isBefore(held.until()));
    }

    @Override
    public boolean cancel(String actor, Instant now) {
        return database.write(connection -> {
            Integrations integrations = integrations(connection);
            Integrations.Row row = integrations.locked(id);
            Lease held = row.lease();
            if (held == null || !now.isBefore(held.until())) {
                return false;
            }
            integrations.lease(id, new Lease(held.holder(), held.epoch(), held.until(), actor), row.epoch());
            return true;
        });
    }

    @Override
    public boolean claim(PairId pair, String holder, Instant until, Instant now) {
        return database.write(connection -> {
            integrations(connection).locked(id);
            return new Claims(connection, id).take(pair, holder, until, now);
        });
    }

    @Override
    public void unclaim(PairId pair, String holder) {
        database.write(connection -> {
            integrations(connection).locked(id);
            new Claims(connection, id).giveBack(pair, holder);
            return pair;
        });
    }

    @Override
    public List<NotedSave> notedSaves(int limit) {
        return database.read(connection -> new SaveTable(connection).oldest(id, limit));
    }

    @Override
    public void forgetSaves(List<NotedSave> saves) {
        if (!saves.isEmpty()) {
            database.write(connection -> {
                new SaveTable(connection).forget(saves);
                return saves;
            });
        }
    }

    @Override
    public IntegrationState fork() {
        return new ForkedState(this);
    }
}
