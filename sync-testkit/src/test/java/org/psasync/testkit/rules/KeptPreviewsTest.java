package org.psasync.testkit.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.psasync.model.AssetKind.CONFIGURATION;
import static org.psasync.model.AssetKind.ORGANIZATION;

import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.engine.Managing;
import org.psasync.engine.SettingsPreview;
import org.psasync.engine.manage.BulkPreview;
import org.psasync.engine.manage.PreviewExpiredException;
import org.psasync.engine.manage.ReviewChoice;
import org.psasync.engine.manage.ReviewItem;
import org.psasync.engine.manage.ReviewPreview;
import org.psasync.engine.manage.ReviewQueue;
import org.psasync.engine.manage.Row;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.FieldValues;
import org.psasync.model.OrganizationFields;
import org.psasync.model.Origin;
import org.psasync.model.SyncState;

/** Previews are kept as texts, and confirmed by another process on the same memory. */
class KeptPreviewsTest {
    private final Stage stage = new Stage();

    private Managing manager() {
        return stage.engine.as(Stage.MANAGER);
    }

    private Managing anotherProcess() {
        return stage.newEngine().as(Stage.MANAGER);
    }

    @Test
    @DisplayName("SET-1: a preview of settings is saved by another process, once")
    void savesSettings() {
        stage.company("Acme");
        stage.selecting().engine.run();
        String kept = manager()
                .preview(settings -> settings.organizations(o -> o.types("Prospect"))
                        .exclude(ConfigurationFields.NOTES, true)
                        .keepEvents(Duration.ofDays(3)))
                .toText();

        SettingsPreview read = SettingsPreview.parse(kept);
        anotherProcess().save(read);

        assertThat(stage.engine.settings()).isEqualTo(read.settings());
        assertThat(stage.engine.settings().mapping().excluded()).containsExactly(ConfigurationFields.NOTES);
        assertThat(stage.engine.settings().organizations().types()).hasToString("Prospect");
        assertThatThrownBy(() -> anotherProcess().save(SettingsPreview.parse(kept)))
                .isInstanceOf(PreviewExpiredException.class);
    }

    @Test
    @DisplayName("DATA-5: the preview of an action on many records is confirmed by another process, once")
    void confirmsBulkActions() {
        stage.server(stage.company("Acme"), "SRV-1");
        stage.selecting().engine.run();
        Row servers = Row.of(ConfigurationFields.TYPE, stage.choice(ConfigurationFields.TYPE, "Server"));
        String cut = manager().manageData().previewDisconnect(servers).toText();

        assertThat(anotherProcess().manageData().confirm(BulkPreview.parse(cut)).count())
                .isEqualTo(1);
        assertThat(manager().manageData().view(servers, null, 5).entries())
                .allMatch(entry -> entry.state() == SyncState.DISCONNECTED);
        assertThatThrownBy(() -> anotherProcess().manageData().confirm(BulkPreview.parse(cut)))
                .isInstanceOf(PreviewExpiredException.class);
    }

    @Test
    @DisplayName("DATA-5: a kept preview of picked orphans deletes just those")
    void deletesPickedOrphans() {
        var acme = stage.company("Acme");
        var first = stage.server(acme, "SRV-1");
        stage.server(acme, "SRV-2");
        stage.selecting().engine.run();
        stage.configure(settings -> settings.configurations(c -> c.types("Printer")))
                .engine
                .run();
        var pair = stage.state().byRemote(first).orElseThrow().id();
        String kept = manager()
                .manageData()
                .previewDelete(CONFIGURATION, Set.of(pair))
                .toText();

        anotherProcess().manageData().confirm(BulkPreview.parse(kept));

        assertThat(stage.all(CONFIGURATION)).hasSize(1);
    }

    @Test
    @DisplayName("MATCH-5: the preview of a decision about all reviews of a reason is applied by another process, once")
    void decidesReviews() {
        stage.company("Acme");
        stage.company("Acme");
        stage.creates(FieldValues.empty(ORGANIZATION).with(OrganizationFields.NAME, "Acme"), Origin.USER);
        stage.selecting().engine.run();
        ReviewItem item =
                manager().reviews().page(ORGANIZATION, null, 9).items().get(0);
        String kept = manager()
                .reviews()
                .preview(ORGANIZATION, item.reason(), ReviewChoice.IGNORE)
                .toText();
        ReviewQueue other = anotherProcess().reviews();

        ReviewPreview read = ReviewPreview.parse(kept);
        assertThat(read.examples()).hasSize((int) read.count()).contains(item);
        assertThat(other.apply(read).decided()).isEqualTo(read.count()).isPositive();

        assertThat(other.apply(ReviewPreview.parse(kept)).refusal()).isNotEmpty();
    }
}
