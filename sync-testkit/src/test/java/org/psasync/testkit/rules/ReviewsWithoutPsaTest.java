package org.psasync.testkit.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.psasync.model.AssetKind.CONFIGURATION;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.engine.Managing;
import org.psasync.engine.SyncEngine;
import org.psasync.engine.SyncSettings.ConflictPolicy;
import org.psasync.engine.manage.ReviewChoice;
import org.psasync.engine.manage.ReviewItem;
import org.psasync.engine.manage.ReviewPreview;
import org.psasync.engine.manage.ReviewQueue;
import org.psasync.engine.manage.ReviewsDecided;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.LocalRef;
import org.psasync.model.Origin;
import org.psasync.model.Problem;
import org.psasync.model.RemoteRef;
import org.psasync.spi.AssetRepository;
import org.psasync.spi.ConnectorException;
import org.psasync.spi.RemoteRecord;
import org.psasync.testkit.Fault;
import org.psasync.testkit.Operation;

/** The review queue when the PSA cannot be opened, says too much, or the host stops answering. */
class ReviewsWithoutPsaTest {
    private static final int MANY = 10;

    private final Stage stage = new Stage();
    private final RemoteRef acme = stage.company("Acme");
    private int allowed = Integer.MAX_VALUE;

    private void doubts() {
        stage.twoWay().engine.run();
        stage.later(Duration.ofMinutes(5));
        for (int i = 0; i < MANY; i++) {
            stage.creates(
                    stage.serverValues(stage.localOf(acme), "SRV-" + i)
                            .with(ConfigurationFields.SERIAL_NUMBER, "S-" + i),
                    Origin.IMPORT);
            stage.server(acme, "SRV-" + i);
        }
        stage.later(Duration.ofMinutes(10)).engine.run();
    }

    private void conflicts() {
        for (int i = 0; i < MANY; i++) {
            stage.server(acme, "SRV-" + i);
        }
        stage.twoWay().engine.run();
        stage.configure(settings -> settings.conflicts(ConflictPolicy.ASK));
        stage.later(Duration.ofMinutes(5));
        for (RemoteRecord server : stage.psa.all(CONFIGURATION)) {
            stage.psaEdits(server.ref(), ConfigurationFields.NOTES, "theirs");
            stage.edits(stage.localOf(server.ref()), ConfigurationFields.NOTES, "mine", Origin.USER);
        }
        stage.later(Duration.ofMinutes(10)).engine.run();
    }

    private static ReviewQueue queue(SyncEngine engine) {
        return engine.as(Stage.MANAGER).reviews();
    }

    @Test
    @DisplayName(
            "MATCH-5, BRAKE-3: what is to be decided and what is held can be seen while no connector can be opened")
    void listsWithoutAConnector() {
        doubts();
        SyncEngine unopened = SyncEngine.builder()
                .integration("contoso/fake")
                .connector(() -> {
                    throw new ConnectorException.Unavailable("There is no route to the PSA.", false, null);
                })
                .assets(stage.host)
                .state(stage.store)
                .clock(stage.clock)
                .pause(stage.clock)
                .random(new Random(7))
                .build();
        Managing manager = unopened.as(Stage.MANAGER);

        assertThat(manager.reviews().page(CONFIGURATION, null, 100))
                .isEqualTo(queue(stage.engine).page(CONFIGURATION, null, 100));
        ReviewItem first =
                manager.reviews().page(CONFIGURATION, null, 100).items().get(0);
        assertThat(manager.reviews().item(first.remote())).contains(first);
        assertThat(manager.reviews().ignored(CONFIGURATION, null, 100).items()).isEmpty();
        assertThat(manager.heldPushes()).isEmpty();
    }

    @Test
    @DisplayName("MATCH-5: when the host stops answering midway, the answer says what was decided and what is left")
    void tellsWhatWasDecided() {
        conflicts();
        SyncEngine shaky = stage.newEngine(stage.psa, faltering());
        ReviewItem first = queue(shaky).page(CONFIGURATION, null, 100).items().get(0);
        ReviewPreview preview = queue(shaky).preview(CONFIGURATION, first.reason(), ReviewChoice.TAKE_LOCAL);
        assertThat(preview.count()).isEqualTo(MANY);
        allowed = 20;

        ReviewsDecided answer = queue(shaky).apply(preview);

        allowed = Integer.MAX_VALUE;
        assertThat(answer.refusal()).isEmpty();
        assertThat(answer.stopped()).isNotEmpty();
        assertThat(answer.decided()).isBetween(1L, MANY - 1L);
        assertThat(answer.untouched()).isEqualTo(MANY - answer.decided());
        stage.later(Duration.ofMinutes(10)).engine.run(); // what was decided is carried out
        assertThat(queue(shaky).page(CONFIGURATION, null, 100).items()).hasSize((int) answer.untouched());
    }

    /** A host that answers so many searches by id and then no more. */
    private AssetRepository faltering() {
        return Broken.host(stage.host, "find", () -> {
            if (allowed-- <= 0) {
                throw new IllegalStateException("The host is away.");
            }
        });
    }

    @Test
    @DisplayName("MATCH-5: duplicates that the PSA refuses, each in its own words, are doubts of one reason")
    void groupsDuplicates() {
        stage.twoWay().engine.run();
        for (int i = 0; i < 2; i++) {
            stage.later(Duration.ofMinutes(1));
            stage.psa.put(stage.serverValues(acme, "SRV-" + i).with(ConfigurationFields.SERIAL_NUMBER, "other"));
            stage.psa
                    .faults()
                    .next(Fault.rejected(Problem.ofRecord(Problem.Code.DUPLICATE, "There is a SRV-" + i + "."))
                            .on(Operation.CREATE));
            LocalRef local = stage.creates(
                            stage.serverValues(stage.localOf(acme), "SRV-" + i)
                                    .with(ConfigurationFields.SERIAL_NUMBER, "mine"),
                            Origin.USER)
                    .ref();
            stage.engine.saved(local);
            ReviewItem item = queue(stage.engine).item(local).orElseThrow();
            assertThat(item.candidates())
                    .first()
                    .satisfies(candidate -> assertThat(candidate.why()).contains("It said"));
        }

        assertThat(queue(stage.engine).page(CONFIGURATION, null, 100).items())
                .hasSize(2)
                .extracting(ReviewItem::reason)
                .containsOnly("Fake PSA says that it has such a record already.");
    }
}
