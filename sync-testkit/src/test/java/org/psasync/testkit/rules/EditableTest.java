package org.psasync.testkit.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.Field;
import org.psasync.model.LocalRef;
import org.psasync.model.OrganizationFields;
import org.psasync.model.RemoteRef;
import org.psasync.model.SyncState;

/** What {@code editable} allows while two-way is off is what stays: the rest comes back (PUSH-1, PULL-6). */
class EditableTest {
    private Stage stage;
    private RemoteRef acme;
    private RemoteRef server;

    private LocalRef orphan(Consumer<Stage> leaving) {
        stage = new Stage();
        acme = stage.company("Acme");
        server = stage.server(acme, "SRV-1");
        stage.server(acme, "SRV-2");
        stage.selecting().engine.run();
        stage.later(Duration.ofMinutes(5));
        leaving.accept(stage);
        soon();
        assertThat(stage.state().byRemote(server).orElseThrow().state()).isEqualTo(SyncState.ORPHANED);
        return stage.localOf(server);
    }

    private void soon() {
        stage.later(Duration.ofMinutes(5)).engine.run();
    }

    private <T> boolean stays(LocalRef local, Field<T> field, T value) {
        boolean allowed = stage.engine.editable(local).allows(field);
        stage.userSaves(local, field, value);
        soon();
        boolean kept = value.equals(stage.inHost(local, field));
        assertThat(kept).as("%s of an orphan, allowed: %s", field, allowed).isEqualTo(allowed);
        return kept;
    }

    @Test
    @DisplayName("PUSH-1, PULL-6: of an orphan what it goes on following is read-only, and the rest can be edited")
    void whatAnOrphanFollows() {
        LocalRef local = orphan(stage ->
                stage.psaEdits(server, ConfigurationFields.TYPE, stage.choice(ConfigurationFields.TYPE, "Printer")));

        assertThat(stays(local, ConfigurationFields.NOTES, "mine")).isTrue();
        assertThat(stays(local, ConfigurationFields.STATUS, stage.choice(ConfigurationFields.STATUS, "Inactive")))
                .isFalse();
        assertThat(stays(local, ConfigurationFields.TYPE, stage.choice(ConfigurationFields.TYPE, "Server")))
                .isFalse();
    }

    @Test
    @DisplayName("PUSH-1, STATE-3: so it is of what left with its organization")
    void whatLeftWithItsOrganization() {
        LocalRef local = orphan(stage ->
                stage.psaEdits(acme, OrganizationFields.STATUS, stage.choice(OrganizationFields.STATUS, "Inactive")));

        assertThat(stays(local, ConfigurationFields.NOTES, "mine")).isTrue();
        assertThat(stays(local, ConfigurationFields.STATUS, stage.choice(ConfigurationFields.STATUS, "Inactive")))
                .isFalse();
    }

    @Test
    @DisplayName("PUSH-1, STATE-5: of what the PSA does not show any more all can be edited")
    void whatIsNotShown() {
        LocalRef local = orphan(stage -> {
            stage.psa.delete(server);
            stage.later(Duration.ofHours(25));
        });

        assertThat(stays(local, ConfigurationFields.STATUS, stage.choice(ConfigurationFields.STATUS, "Inactive")))
                .isTrue();
    }
}
