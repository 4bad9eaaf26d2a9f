package org.psasync.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.psasync.model.AssetKind.CONTACT;
import static org.psasync.model.AssetKind.ORGANIZATION;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.psasync.engine.RunReport;
import org.psasync.engine.SyncEngine;
import org.psasync.model.AssetKind;
import org.psasync.model.ContactFields;
import org.psasync.model.Edit;
import org.psasync.model.FieldValues;
import org.psasync.model.LocalRef;
import org.psasync.model.OrganizationFields;
import org.psasync.model.Origin;
import org.psasync.model.RemoteRef;
import org.psasync.store.IntegrationState;
import org.psasync.store.Pair;
import org.psasync.store.PairQuery;

/** What the engine remembers is older than the host's and the PSA's records, because a backup of it was restored. */
class RestoredBackupTest {
    @TempDir
    Path folder;

    private final Scene scene = new Scene();

    /** Copies the database as docs/operations.md says, while it is in use. */
    private Path backup(Path file) throws SQLException {
        Path copy = folder.resolve("backup.db");
        try (SqliteConnections connections = new SqliteConnections(file);
                Connection connection = connections.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("vacuum into '" + copy + "'");
        }
        return copy;
    }

    private FieldValues company(String name) {
        return FieldValues.of(ORGANIZATION)
                .set(OrganizationFields.NAME, name)
                .set(OrganizationFields.TYPES, Set.of(scene.psa.choice(OrganizationFields.TYPES, "Customer")))
                .set(OrganizationFields.STATUS, scene.psa.choice(OrganizationFields.STATUS, "Active"))
                .build();
    }

    private void run(SyncEngine engine) {
        scene.later(Duration.ofMinutes(5));
        RunReport report = engine.run();
        assertThat(report.status()).as(report::print).isEqualTo(RunReport.Status.OK);
    }

    /** Lets both sides change after the backup, and syncs all of that. */
    private void changeBothSides(SyncEngine engine) {
        RemoteRef fresh = scene.psa.put(company("Fresh in the PSA"));
        scene.psa.put(FieldValues.of(CONTACT)
                .set(ContactFields.ORGANIZATION, fresh)
                .set(ContactFields.FIRST_NAME, "Fred")
                .set(ContactFields.LAST_NAME, "Fresh")
                .build());
        RemoteRef first = scene.psa.all(ORGANIZATION).get(1).ref();
        scene.psa.edit(first, FieldValues.empty(ORGANIZATION).with(OrganizationFields.SHORT_NAME, "of the PSA"));
        run(engine);
        LocalRef pushed =
                scene.edits(2, OrganizationFields.SHORT_NAME, "of the host").ref();
        engine.saved(pushed);
        scene.later(Duration.ofMinutes(1));
        LocalRef made = LocalRef.of(ORGANIZATION, "made-in-host");
        scene.host.save(made, company("Fresh in the host"), new Edit(Origin.USER, "ursula", scene.clock.instant()));
        engine.saved(made);
        run(engine);
        assertThat(scene.inPsa(OrganizationFields.NAME)).contains("Fresh in the host");
    }

    private List<List<FieldValues>> bothSides() {
        return List.of(
                scene.host.all(ORGANIZATION).stream().map(each -> each.values()).toList(),
                scene.host.all(CONTACT).stream().map(each -> each.values()).toList(),
                scene.psa.all(ORGANIZATION).stream().map(each -> each.values()).toList(),
                scene.psa.all(CONTACT).stream().map(each -> each.values()).toList());
    }

    private static void requireLinks(IntegrationState state, AssetKind kind, int number) {
        List<Pair> pairs = state.pairs(new PairQuery.OfKind(kind), null, 1000);
        assertThat(pairs).hasSize(number).allMatch(Pair::linked);
    }

    @Test
    @DisplayName(
            "P3, P4: After an old backup was restored nothing is lost, made twice or set back; what was linked since is linked again")
    void restored() throws SQLException {
        Path file = folder.resolve("state.db");
        Path copy;
        try (JdbcStateStore store = JdbcStateStore.sqlite(file)) {
            SyncEngine engine = scene.twoWay(store);
            copy = backup(file);
            changeBothSides(engine);
        }
        List<List<FieldValues>> before = bothSides();
        try (JdbcStateStore store = JdbcStateStore.sqlite(copy)) {
            SyncEngine engine = scene.engine(store);
            run(engine);
            assertThat(bothSides()).isEqualTo(before);
            requireLinks(store.integration(Scene.NAME), ORGANIZATION, Scene.COMPANIES + 2);
            requireLinks(store.integration(Scene.NAME), CONTACT, Scene.CONTACTS + 1);
            scene.later(Duration.ofHours(25));
            run(engine); // a full check
            assertThat(bothSides()).isEqualTo(before);
        }
    }

    @Test
    @DisplayName("P3: What a person saved after an old backup was restored goes to the PSA, or is in the event log")
    void savedSince() throws SQLException {
        Path file = folder.resolve("state.db");
        Path copy;
        try (JdbcStateStore store = JdbcStateStore.sqlite(file)) {
            SyncEngine engine = scene.twoWay(store);
            copy = backup(file);
            changeBothSides(engine);
        }
        try (JdbcStateStore store = JdbcStateStore.sqlite(copy)) {
            SyncEngine engine = scene.engine(store);
            run(engine);
            scene.later(Duration.ofMinutes(1));
            engine.saved(
                    scene.edits(2, OrganizationFields.SHORT_NAME, "after it").ref());
            assertThat(scene.inPsa(OrganizationFields.SHORT_NAME))
                    .contains("after it")
                    .doesNotContain("of the host");
        }
    }
}
