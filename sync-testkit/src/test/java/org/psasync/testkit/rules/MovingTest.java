package org.psasync.testkit.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.psasync.model.AssetKind.CONFIGURATION;
import static org.psasync.model.AssetKind.ORGANIZATION;
import static org.psasync.testkit.rules.Stage.MANAGER;

import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.engine.Disposition;
import org.psasync.engine.PushResult;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.LocalRef;
import org.psasync.model.OrphanReason;
import org.psasync.model.RemoteRef;
import org.psasync.model.SyncState;
import org.psasync.store.Event;
import org.psasync.store.Pair;
import org.psasync.testkit.Call;
import org.psasync.testkit.Operation;

/** FIELD-10: records that move to an organization that the engine has not seen yet. */
class MovingTest {
    private final Stage stage = new Stage();
    private final RemoteRef server = stage.server(stage.company("Acme"), "SRV-1");
    private LocalRef local;
    private RemoteRef fresh;

    @BeforeEach
    void synced() {
        stage.twoWay().engine.run();
        stage.later(Duration.ofMinutes(5));
        local = stage.localOf(server);
    }

    private void movesToANewCompany() {
        fresh = stage.company("Fresh");
        stage.psaEdits(server, ConfigurationFields.ORGANIZATION, fresh);
    }

    private void next() {
        stage.later(Duration.ofMinutes(10)).engine.run();
    }

    private Pair pair() {
        return stage.state().byRemote(server).orElseThrow();
    }

    private void movedAndNeverLeft() {
        assertThat(stage.inHost(local, ConfigurationFields.ORGANIZATION)).isEqualTo(stage.localOf(fresh));
        assertThat(stage.events(Event.Type.ORPHANED)).isEmpty();
    }

    @Test
    @DisplayName(
            "FIELD-10, WHY-3: a save of a record that moved to a company not seen yet waits for it, and goes out then")
    void waitsAfterASave() {
        movesToANewCompany();

        PushResult saved = stage.userSaves(local, ConfigurationFields.NOTES, "mine");

        assertThat(saved)
                .isInstanceOfSatisfying(
                        PushResult.Waiting.class,
                        waiting -> assertThat(waiting.disposition()).isEqualTo(Disposition.WAITING_FOR_RECORD));
        assertThat(stage.engine.explain(server).disposition()).isEqualTo(Disposition.WAITING_FOR_RECORD);
        next();
        assertThat(stage.inPsa(server, ConfigurationFields.NOTES)).isEqualTo("mine");
        movedAndNeverLeft();
    }

    @Test
    @DisplayName("FIELD-10, DATA-9: a record that moved to a company not seen yet is synced now, and waits for it")
    void waitsWhenSyncedNow() {
        movesToANewCompany();

        stage.engine.as(MANAGER).manageData().syncNow(server);

        assertThat(pair().state()).isEqualTo(SyncState.SYNCING);
        next();
        movedAndNeverLeft();
    }

    @Test
    @DisplayName("FIELD-10, PULL-1: a company made while a run was reading is no reason to leave the sync")
    void waitsForACompanyMadeDuringTheRun() {
        stage.engine = stage.newEngine(Between.with(stage.psa, (method, arguments, real) -> {
            if (method.equals("changes") && arguments[0] == CONFIGURATION && fresh == null) {
                movesToANewCompany(); // companies were read already
            }
            return real.call(arguments);
        }));

        next();
        next();

        movedAndNeverLeft();
    }

    @Test
    @DisplayName("FIELD-10, STATE-3, P19: a company that cannot be seen is asked for once, and the record leaves")
    void leavesToACompanyThatCannotBeSeen() {
        stage.psaEdits(server, ConfigurationFields.ORGANIZATION, RemoteRef.of(ORGANIZATION, "unseen"));
        stage.psa.journal().clear();

        next();

        assertThat(pair().reasons()).containsExactly(OrphanReason.ORGANIZATION_NOT_SYNCING);
        assertThat(stage.psa.journal().calls())
                .filteredOn(call -> call.operation() == Operation.READ && call.kind() == ORGANIZATION)
                .extracting(Call::ids)
                .hasSizeLessThanOrEqualTo(2); // by the count for the brakes, and when it is decided
        stage.psa.journal().clear();
        next();
        assertThat(stage.psa.journal().calls())
                .noneMatch(call -> call.operation() == Operation.READ && call.kind() == ORGANIZATION);
    }
}
