package org.psasync.testkit.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.psasync.model.AssetKind.CONFIGURATION;
import static org.psasync.model.AssetKind.CONTACT;
import static org.psasync.model.AssetKind.ORGANIZATION;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.engine.ManageData;
import org.psasync.engine.SyncEngine;
import org.psasync.engine.manage.BulkPreview;
import org.psasync.engine.manage.BulkReport;
import org.psasync.engine.manage.PreviewExpiredException;
import org.psasync.engine.manage.Row;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.Edit;
import org.psasync.model.FieldValues;
import org.psasync.model.OrganizationFields;
import org.psasync.model.Origin;
import org.psasync.model.RemoteRef;
import org.psasync.store.IntegrationState;
import org.psasync.store.StateStore;

/** A preview is valid for exactly what it showed (DATA-5). */
class BulkPreviewTest {
    private final Stage stage = new Stage();
    private final RemoteRef acme = stage.company("Acme");
    private final RemoteRef server = stage.server(acme, "SRV-1");

    private ManageData data() {
        return stage.engine.as(Stage.MANAGER).manageData();
    }

    private Row servers() {
        return Row.of(ConfigurationFields.TYPE, stage.choice(ConfigurationFields.TYPE, "Server"));
    }

    private Row printers() {
        return Row.of(ConfigurationFields.TYPE, stage.choice(ConfigurationFields.TYPE, "Printer"));
    }

    private void expires(BulkPreview preview, String why) {
        assertThatThrownBy(() -> data().confirm(preview))
                .isInstanceOf(PreviewExpiredException.class)
                .hasMessageContaining(why);
    }

    @Test
    @DisplayName("DATA-5: a preview counts what is deleted, children included, warns, and changes nothing")
    void shows() {
        stage.contact(acme, "Ada", "Lovelace");
        stage.twoWay().engine.run();
        stage.host.save(
                stage.localOf(server),
                FieldValues.empty(CONFIGURATION).with(ConfigurationFields.NOTES, "robot's"),
                new Edit(Origin.RMM, "robot", stage.clock.instant()));
        stage.later(Duration.ofMinutes(1)).engine.run();

        BulkPreview preview = data().previewDelete(
                        Row.of(OrganizationFields.TYPES, stage.choice(OrganizationFields.TYPES, "Customer")));

        assertThat(preview.records()).isEqualTo(Map.of(ORGANIZATION, 1L));
        assertThat(preview.children()).isEqualTo(Map.of(CONFIGURATION, 1L, CONTACT, 1L));
        assertThat(preview.count() + preview.childCount()).isEqualTo(3);
        assertThat(preview.unpushed())
                .as("a local value that awaits confirmation")
                .isEqualTo(1);
        assertThat(preview.confirmationNeeded()).isTrue();
        assertThat(String.join(" ", preview.warnings()))
                .contains("backup", "lost for good", "belongs to these organizations", "1 of the records");
        assertThat(stage.all(CONFIGURATION)).hasSize(1);
        assertThat(stage.engine.settings().organizations().types().isNone()).isFalse();
    }

    @Test
    @DisplayName("DATA-5: it expires when a record it showed changes, leaves or joins")
    void expiresWithItsRecords() {
        stage.selecting().engine.run();
        BulkPreview changed = data().previewDelete(servers());
        BulkPreview cut = data().previewDisconnect(servers());
        stage.later(Duration.ofMinutes(1));
        stage.psaEdits(server, ConfigurationFields.NOTES, "changed");
        stage.engine.run();
        expires(changed, "changed since");
        expires(cut, "changed since");

        BulkPreview joined = data().previewDelete(servers());
        stage.later(Duration.ofMinutes(1));
        stage.server(acme, "SRV-2");
        stage.engine.run();
        expires(joined, "changed since");

        assertThat(stage.all(CONFIGURATION)).hasSize(2);
        assertThat(data().disconnected(CONFIGURATION, null, 10).entries()).isEmpty();
        assertThat(stage.engine.settings().configurations().types().isNone()).isFalse();
    }

    @Test
    @DisplayName("DATA-5: it expires when a child of an organization joins that it did not show")
    void expiresWithTheChildren() {
        stage.selecting().engine.run();
        Row customers = Row.of(OrganizationFields.TYPES, stage.choice(OrganizationFields.TYPES, "Customer"));
        BulkPreview preview = data().previewDelete(customers);
        stage.later(Duration.ofMinutes(1));
        stage.server(acme, "SRV-2");
        stage.engine.run();

        expires(preview, "changed since");
        assertThat(stage.all(ORGANIZATION)).hasSize(1);
    }

    @Test
    @DisplayName("DATA-5: it expires when the settings change, and after an hour")
    void expiresWithTimeAndSettings() {
        stage.selecting().engine.run();
        BulkPreview preview = data().previewDelete(servers());
        stage.configure(settings -> settings.contacts(false));
        expires(preview, "settings changed");

        BulkPreview old = data().previewDelete(servers());
        stage.later(Duration.ofMinutes(61));
        expires(old, "older than an hour");

        BulkPreview fresh = data().previewDelete(servers());
        stage.later(Duration.ofMinutes(59));
        assertThat(data().confirm(fresh).count()).isEqualTo(1);
    }

    @Test
    @DisplayName("DATA-5: it can be confirmed once, also when it showed nothing, and by engines on the same memory")
    void worksOnce() {
        stage.selecting().engine.run();
        BulkPreview some = data().previewDisconnect(servers());
        BulkPreview none = data().previewDelete(printers());
        BulkPreview nobody = data().previewDelete(CONFIGURATION, Set.of());

        assertThat(stage.newEngine()
                        .as(Stage.MANAGER)
                        .manageData()
                        .confirm(nobody)
                        .count())
                .isZero();
        assertThat(data().confirm(none).count()).isZero();
        assertThat(data().confirm(some).count()).isEqualTo(1);

        expires(some, "confirmed before");
        expires(none, "confirmed before");
        expires(nobody, "confirmed before");
        assertThat(none.confirmationNeeded()).isFalse();
        assertThat(none.warnings()).isEmpty();
    }

    @Test
    @DisplayName("DATA-5: of two that confirm a preview at the same moment one is refused")
    void worksOnceForTwo() {
        stage.selecting().engine.run();
        BulkPreview none = data().previewDisconnect(printers());
        BulkPreview some = data().previewDisconnect(servers());
        for (BulkPreview preview : List.of(none, some)) {
            Interruption interruption = new Interruption();
            SyncEngine slow = stage.newEngine(interruption.watching(IntegrationState.class, stage.state(), "commit"));
            interruption.before(() -> data().confirm(preview));

            assertThatThrownBy(() -> slow.as(Stage.MANAGER).manageData().confirm(preview))
                    .isInstanceOf(PreviewExpiredException.class)
                    .hasMessageContaining("at the same time");
        }
        assertThat(data().disconnected(CONFIGURATION, null, 10).entries()).hasSize(1);
    }

    @Test
    @DisplayName("DATA-5, RUN-1: a second confirmation does not take the right to run that the first one has")
    void keepsTheRightToRun() {
        stage.selecting().engine.run();
        BulkPreview preview = data().previewDelete(servers());
        Interruption interruption = new Interruption();
        SyncEngine slow = stage.newEngine(interruption.watching(IntegrationState.class, stage.state(), "commit"));
        List<BulkReport> second = new ArrayList<>();
        interruption.before(() -> second.add(data().confirm(preview)));

        BulkReport first = slow.as(Stage.MANAGER).manageData().confirm(preview);

        assertThat(first.count()).as(first.message()).isEqualTo(1);
        assertThat(second).singleElement().satisfies(report -> {
            assertThat(report.count()).isZero();
            assertThat(report.message()).contains("A run is going on");
        });
        expires(preview, "confirmed before");
    }

    @Test
    @DisplayName("DATA-5: it counts in its own integration and memory only")
    void staysAtHome() {
        stage.selecting().engine.run();
        BulkPreview preview = data().previewDelete(servers());
        SyncEngine other = SyncEngine.builder()
                .integration("contoso/other")
                .connector(stage.psa)
                .assets(stage.host)
                .state(stage.store)
                .clock(stage.clock)
                .build();
        SyncEngine elsewhere = stage.newEngine(stage.psa, stage.host, StateStore.inMemory());

        assertThatThrownBy(() -> other.as(Stage.MANAGER).manageData().confirm(preview))
                .isInstanceOf(PreviewExpiredException.class)
                .hasMessageContaining("contoso/fake, not contoso/other");
        assertThatThrownBy(() -> elsewhere.as(Stage.MANAGER).manageData().confirm(preview))
                .isInstanceOf(PreviewExpiredException.class);
        assertThat(stage.all(CONFIGURATION)).hasSize(1);
    }

    @Test
    @DisplayName("DATA-5: a disconnect of more than a tenth of the links, from 26 on, is confirmed once more")
    void saysWhenItIsMuch() {
        for (int i = 2; i <= 25; i++) {
            stage.server(acme, "SRV-" + i);
        }
        stage.selecting().engine.run();
        assertThat(data().previewDisconnect(servers()).confirmationNeeded()).isFalse();

        stage.server(acme, "SRV-26");
        stage.later(Duration.ofMinutes(1)).engine.run();
        assertThat(data().previewDisconnect(servers()).confirmationNeeded()).isTrue();
    }
}
