package org.psasync.testkit.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.psasync.model.AssetKind.CONFIGURATION;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.engine.Disposition;
import org.psasync.engine.SyncSettings.ConflictPolicy;
import org.psasync.engine.manage.ReviewChoice;
import org.psasync.engine.manage.ReviewItem;
import org.psasync.engine.manage.ReviewPreview;
import org.psasync.engine.manage.ReviewQueue;
import org.psasync.engine.manage.ReviewsDecided;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.LocalRef;
import org.psasync.model.Origin;
import org.psasync.model.RemoteRef;
import org.psasync.testkit.Fault;
import org.psasync.testkit.Operation;

/** All reviews of one reason are decided after a preview (MATCH-5). */
class ReviewBulkTest {
    private static final int MANY = 30;

    private final Stage stage = new Stage();
    private RemoteRef acme;

    /** Pairs of records of which only the local one has a serial number. */
    private void doubts() {
        acme = stage.company("Acme");
        stage.twoWay().engine.run();
        stage.later(Duration.ofMinutes(5));
        for (int i = 0; i < MANY; i++) {
            stage.creates(
                    stage.serverValues(stage.localOf(acme), "SRV-" + i)
                            .with(ConfigurationFields.SERIAL_NUMBER, "S-" + i),
                    Origin.IMPORT);
            stage.server(acme, "SRV-" + i);
        }
        runs(1);
    }

    private void runs(int count) {
        for (int i = 0; i < count; i++) {
            stage.later(Duration.ofMinutes(10)).engine.run();
        }
    }

    private ReviewQueue queue() {
        return stage.engine.as(Stage.MANAGER).reviews();
    }

    private List<ReviewItem> items() {
        return queue().page(CONFIGURATION, null, 1000).items();
    }

    private ReviewPreview preview(ReviewChoice choice) {
        return queue().preview(CONFIGURATION, items().get(0).reason(), choice);
    }

    private void refused(ReviewsDecided answer, String text) {
        assertThat(answer.refusal()).contains(text);
        assertThat(answer.decided()).isZero();
        assertThat(items()).hasSize(MANY);
    }

    @Test
    @DisplayName(
            "MATCH-5: a preview counts, changes nothing, and all of the reason are linked with their best candidate")
    void linksAll() {
        doubts();
        long events = stage.engine.events(org.psasync.store.EventQuery.ALL).size();
        stage.psa.journal().clear();

        ReviewPreview preview = preview(ReviewChoice.LINK);

        assertThat(preview.count()).isEqualTo(MANY);
        assertThat(preview.left()).isZero();
        assertThat(preview.examples()).hasSize(20);
        assertThat(stage.psa.journal().calls()).isEmpty();
        assertThat(stage.engine.events(org.psasync.store.EventQuery.ALL)).hasSize((int) events);
        assertThat(items()).hasSize(MANY);

        ReviewsDecided answer = queue().apply(preview);

        assertThat(answer).isEqualTo(new ReviewsDecided("", MANY, List.of()));
        assertThat(items()).isEmpty();
        assertThat(stage.all(CONFIGURATION)).hasSize(MANY);
        assertThat(stage.engine.counts().get(CONFIGURATION)).containsOnlyKeys(Disposition.AWAITING_CONFIRMATION);
        assertThat(queue().apply(preview).refusal()).as("used twice").contains("decided already");
    }

    @Test
    @DisplayName("MATCH-5: all of a reason are made, or left alone")
    void createsOrIgnoresAll() {
        doubts();
        assertThat(queue().apply(preview(ReviewChoice.IGNORE)).decided()).isEqualTo(MANY);
        assertThat(items()).isEmpty();
        assertThat(queue().ignored(CONFIGURATION, null, 1000).items()).hasSize(MANY);
        List<ReviewItem> ignored = queue().ignored(CONFIGURATION, null, 1000).items();
        ignored.forEach(item -> queue().reopen(item));

        assertThat(queue().apply(preview(ReviewChoice.CREATE)).decided()).isEqualTo(MANY);
        runs(1);
        assertThat(stage.all(CONFIGURATION)).hasSize(2 * MANY);
    }

    @Test
    @DisplayName("MATCH-5: a preview holds for an hour, for one integration, and while nothing it showed changed")
    void refusesOldPreviews() {
        doubts();
        ReviewPreview preview = preview(ReviewChoice.CREATE);
        ReviewPreview foreign = new ReviewPreview(
                "fabrikam/fake",
                preview.kind(),
                preview.reason(),
                preview.choice(),
                preview.count(),
                preview.left(),
                preview.examples(),
                preview.digest(),
                preview.madeAt());
        refused(queue().apply(foreign), "fabrikam/fake");

        stage.later(Duration.ofMinutes(61));
        refused(queue().apply(preview), "older than an hour");

        ReviewPreview anew = preview(ReviewChoice.CREATE);
        stage.psaEdits(stage.psa.all(CONFIGURATION).get(7).ref(), ConfigurationFields.NOTES, "another");
        runs(1);
        refused(queue().apply(anew), "has changed since");
    }

    @Test
    @DisplayName("MATCH-5: of records that have the same best candidate only one is linked in bulk")
    void linksOneOfTwins() {
        acme = stage.company("Acme");
        stage.twoWay().engine.run();
        stage.creates(stage.serverValues(stage.localOf(acme), "SRV"), Origin.IMPORT);
        RemoteRef first = stage.server(acme, "SRV");
        stage.server(acme, "SRV");
        runs(1);

        ReviewPreview preview = preview(ReviewChoice.LINK);

        assertThat(preview.count()).isEqualTo(1);
        assertThat(preview.left()).isEqualTo(1);
        assertThat(preview.examples().get(0).remote()).isEqualTo(first);
    }

    @Test
    @DisplayName("MATCH-5, SAFE-4: a PSA that is away is asked once, and what could not be linked is named")
    void stopsAskingAPsaThatIsAway() {
        doubts();
        ReviewPreview preview = preview(ReviewChoice.LINK);
        stage.psa.journal().clear();
        stage.psa.faults().next(Fault.unavailable().on(Operation.READ));

        ReviewsDecided answer = queue().apply(preview);

        assertThat(answer.decided()).isZero();
        assertThat(answer.left()).hasSize(MANY);
        assertThat(stage.psa.journal().count(Operation.READ)).isEqualTo(1);
        assertThat(items()).hasSize(MANY);
    }

    @Test
    @DisplayName("MERGE-5: all conflicts about the same fields are decided for one side")
    void decidesConflicts() {
        acme = stage.company("Acme");
        List<RemoteRef> servers = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            servers.add(stage.server(acme, "SRV-" + i));
        }
        stage.twoWay().engine.run();
        stage.configure(settings -> settings.conflicts(ConflictPolicy.ASK));
        stage.later(Duration.ofMinutes(5));
        for (RemoteRef server : servers) {
            stage.psaEdits(server, ConfigurationFields.NOTES, "theirs");
            LocalRef local = stage.localOf(server);
            stage.edits(local, ConfigurationFields.NOTES, "mine", Origin.USER);
        }
        runs(1);
        assertThat(items()).hasSize(MANY);

        assertThat(preview(ReviewChoice.CREATE).count()).isZero();
        assertThat(queue().apply(preview(ReviewChoice.TAKE_LOCAL)).decided()).isEqualTo(MANY);

        assertThat(servers)
                .allSatisfy(server -> assertThat(stage.inPsa(server, ConfigurationFields.NOTES))
                        .isEqualTo("mine"));
        assertThat(items()).isEmpty();
    }
}
