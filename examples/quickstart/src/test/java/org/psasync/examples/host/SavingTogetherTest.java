package org.psasync.examples.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.psasync.engine.Actor;
import org.psasync.engine.InMemoryAssetRepository;
import org.psasync.engine.PushResult;
import org.psasync.engine.SyncEngine;
import org.psasync.jdbc.JdbcStateStore;
import org.psasync.model.Asset;
import org.psasync.model.AssetKind;
import org.psasync.model.Edit;
import org.psasync.model.FieldValues;
import org.psasync.model.OrganizationFields;
import org.psasync.model.Origin;
import org.psasync.testkit.FakePsa;
import org.psasync.testkit.TestClock;
import org.sqlite.SQLiteDataSource;

/** The guide's save in one transaction, on SQLite. */
class SavingTogetherTest {
    @TempDir
    Path folder;

    @Test
    @DisplayName("PUSH-2: the record and the note are committed together, or neither is")
    void savesTogether() throws SQLException {
        TestClock clock = TestClock.at("2026-03-01T08:00:00Z");
        FakePsa psa = FakePsa.builder(clock).build();
        psa.put(FieldValues.of(AssetKind.ORGANIZATION)
                .set(OrganizationFields.NAME, "Acme")
                .set(OrganizationFields.TYPES, Set.of(psa.choice(OrganizationFields.TYPES, "Customer")))
                .set(OrganizationFields.STATUS, psa.choice(OrganizationFields.STATUS, "Active"))
                .build());
        InMemoryAssetRepository host = InMemoryAssetRepository.builder(clock).build();
        SQLiteDataSource database = new SQLiteDataSource();
        database.setUrl("jdbc:sqlite:" + folder.resolve("host.db"));
        JdbcStateStore state = JdbcStateStore.of(database);
        SyncEngine engine = SyncEngine.builder()
                .integration("contoso/fake")
                .connector(psa)
                .assets(host)
                .state(state)
                .clock(clock)
                .pause(clock)
                .random(new Random(1))
                .build();
        engine.as(Actor.manager("mia"))
                .configure(settings ->
                        settings.organizations(o -> o.types("Customer").statuses("Active")));
        engine.run();
        engine.as(Actor.manager("mia")).configure(settings -> settings.twoWay(true));
        clock.advance(Duration.ofMinutes(1));
        Asset acme = host.all(AssetKind.ORGANIZATION).get(0);
        Asset changed = host.save(
                acme.ref(),
                FieldValues.empty(AssetKind.ORGANIZATION).with(OrganizationFields.SHORT_NAME, "acme"),
                new Edit(Origin.USER, "ursula", clock.instant()));
        SavingTogether failing = new SavingTogether(database, state, engine, (transaction, asset) -> {
            state.saved(transaction, engine.integration(), asset.ref());
            throw new SQLException("the host's own table refuses");
        });
        assertThatThrownBy(() -> failing.save(changed)).hasMessageContaining("refuses");
        assertThat(state.integration("contoso/fake").notedSaves(9)).isEmpty();

        SavingTogether saving = new SavingTogether(database, state, engine, (transaction, asset) -> {
            try (Statement statement = transaction.createStatement()) {
                statement.execute("create table if not exists saves (record text)");
                statement.execute("insert into saves values ('" + asset.id() + "')");
            }
        });
        assertThat(saving.save(changed)).isInstanceOf(PushResult.Pushed.class);
        assertThat(state.integration("contoso/fake").notedSaves(9)).hasSize(1);
        clock.advance(Duration.ofMinutes(1));
        engine.run();
        assertThat(state.integration("contoso/fake").notedSaves(9)).isEmpty();
    }
}
