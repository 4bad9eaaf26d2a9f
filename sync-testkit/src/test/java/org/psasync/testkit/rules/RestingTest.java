package org.psasync.testkit.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.psasync.model.AssetKind.CONFIGURATION;
import static org.psasync.model.AssetKind.CONTACT;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.engine.Disposition;
import org.psasync.engine.SyncSettings.ConflictPolicy;
import org.psasync.engine.manage.ReviewQueue;
import org.psasync.model.AssetKind;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.LocalRef;
import org.psasync.model.Origin;
import org.psasync.model.RemoteRef;
import org.psasync.store.Pair;
import org.psasync.store.PairQuery;

/** P1: once nothing changes any more, runs store no pair again. */
class RestingTest {
    private final Stage stage = new Stage();
    private final RemoteRef acme = stage.company("Acme");
    private final List<RemoteRef> servers =
            IntStream.range(0, 3).mapToObj(i -> stage.server(acme, "SRV-" + i)).toList();

    RestingTest() {
        stage.twoWay().engine.run();
    }

    private void run() {
        stage.later(Duration.ofMinutes(30)).engine.run();
    }

    /** Every pair with its version, which counts how often it was stored. */
    private Map<String, String> pairs() {
        Map<String, String> all = new TreeMap<>();
        for (AssetKind kind : AssetKind.values()) {
            for (Pair pair : stage.state().pairs(new PairQuery.OfKind(kind), null, 1000)) {
                all.put(kind + " " + pair.id(), pair.version() + " " + pair.standing());
            }
        }
        return all;
    }

    private void rests() {
        Map<String, String> before = pairs();
        run();
        run();
        assertThat(pairs()).isEqualTo(before);
    }

    @Test
    @DisplayName("P1: when all is in sync")
    void restsInSync() {
        run();
        rests();
    }

    @Test
    @DisplayName("P1: with doubts, ignored doubts, conflicts, and what awaits confirmation")
    void restsWithOpenQuestions() {
        LocalRef organization = stage.localOf(acme);
        for (String name : List.of("D", "E")) {
            stage.creates(
                    stage.serverValues(organization, name).with(ConfigurationFields.SERIAL_NUMBER, "S"), Origin.IMPORT);
            stage.psa.put(stage.serverValues(acme, name));
        }
        stage.contact(acme, "Ann", "Lee");
        stage.creates(stage.contactValues(organization, "Ann", "Lee"), Origin.IMPORT);
        stage.creates(stage.contactValues(organization, "Ann", "Lee"), Origin.IMPORT);
        stage.edits(stage.localOf(servers.get(0)), ConfigurationFields.NOTES, "imported", Origin.IMPORT);
        stage.configure(settings -> settings.conflicts(ConflictPolicy.ASK));
        stage.psaEdits(servers.get(1), ConfigurationFields.NOTES, "theirs");
        stage.edits(stage.localOf(servers.get(1)), ConfigurationFields.NOTES, "mine", Origin.USER);
        run();
        run();
        ReviewQueue reviews = stage.engine.as(Stage.MANAGER).reviews();
        reviews.ignore(reviews.page(CONFIGURATION, null, 10).items().stream()
                .filter(item -> !item.candidates().isEmpty())
                .findFirst()
                .orElseThrow());
        run();
        run();
        assertThat(stage.state().counts().get(CONTACT)).containsKey(Disposition.IN_REVIEW);
        assertThat(stage.state().pairs(new PairQuery.Ignored(CONFIGURATION), null, 10))
                .isNotEmpty();

        rests();
    }
}
