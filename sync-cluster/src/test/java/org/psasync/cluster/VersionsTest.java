package org.psasync.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.psasync.engine.Actor;
import org.psasync.engine.PushResult;
import org.psasync.model.AssetKind;
import org.psasync.model.LocalRef;
import org.psasync.store.StoreException;

/** Nodes with different versions of the library on one database. */
class VersionsTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    private final DataSource database = Databases.database();
    private final Tenants tenants = new Tenants();

    private ClusterScheduler node(String name, String version) {
        return ClusterScheduler.builder(new Databases.Line(database).source(), tenants.factory(name), Tenants::thread)
                .name(name)
                .version(version)
                .slice(Duration.ofSeconds(1))
                .patience(Duration.ofSeconds(25))
                .build();
    }

    private static boolean working(ClusterScheduler node, String name) {
        return node.nodes().stream().anyMatch(each -> each.name().startsWith(name + "/") && each.working());
    }

    @Test
    @DisplayName(
            "An older node stops to work before a newer one begins, stores nothing more, and works again when that is gone")
    void olderNodesStepAside() throws Exception {
        String name = tenants.make(1, 1).get(0);
        try (ClusterScheduler old = node("old", "1.0")) {
            old.add(name);
            Tenants.await("it ran", SOON, () -> tenants.runs(name) == 1);
            try (ClusterScheduler newer = node("new", "1.1")) {
                assertThat(working(newer, "old"))
                        .as("it had stopped before the newer one began")
                        .isFalse();
                assertThat(working(newer, "new")).isTrue();
                assertThatThrownBy(
                                () -> old.engine(name).as(Actor.manager("mia")).pause())
                        .isInstanceOf(StoreException.class)
                        .hasMessageContaining("runs version 1.1 of the library, this one 1.0");
                LocalRef any = LocalRef.of(AssetKind.ORGANIZATION, "x");
                assertThat(old.saved(name, any).toCompletableFuture().get(5, TimeUnit.SECONDS))
                        .isInstanceOf(PushResult.Waiting.class);
                old.runNow(name, Tenants.MANAGER); // a wish is kept for whoever works
                Tenants.await("the newer one runs it", SOON, () -> tenants.runs(name) == 2);
                assertThat(tenants.starters(name)).isEqualTo(List.of("old", "new"));
                assertThatThrownBy(() -> node("oldest", "0.9"))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("runs version 1.1 of the library, this one 0.9; start");
            }
            Tenants.await("it works again", SOON, () -> working(old, "old"));
            old.runNow(name, Tenants.MANAGER);
            Tenants.await("it runs again", SOON, () -> tenants.runs(name) == 3);
        }
    }

    @ParameterizedTest
    @CsvSource({"1.0,1.1,-1", "1.10,1.9,1", "2.0,2.0,0", "1.0-SNAPSHOT,1.0,-1", "what,1.0,-1", "what,ever,0"})
    @DisplayName("Versions are compared by their numbers; one that cannot be read is the oldest")
    void comparesVersions(String one, String other, int order) {
        assertThat(Integer.signum(Membership.compare(one, other))).isEqualTo(order);
    }

    @Test
    @DisplayName("Tables of a newer library are refused")
    void newerTablesAreRefused() {
        DataSource source = new Databases.Line(database).source();
        Db db = new Db(source);
        Tables.migrate(db);
        Tables.migrate(db);
        db.in(connection -> Db.update(connection, "update psacluster_schema set version = 99"));
        assertThatThrownBy(() -> node("one", "1.0"))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining("version 99");
    }
}
