package org.psasync.testkit.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.psasync.model.AssetKind.CONFIGURATION;
import static org.psasync.model.AssetKind.CONTACT;
import static org.psasync.model.AssetKind.LOCATION;
import static org.psasync.model.AssetKind.ORGANIZATION;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.LocalRef;
import org.psasync.model.Origin;
import org.psasync.model.RemoteRef;
import org.psasync.model.SyncState;
import org.psasync.store.Pair;

/** By what records are recognised, and what happens to pairs that were taken out. */
class MatchKeysTest {
    private final Stage stage = new Stage();

    private LocalRef acme() {
        RemoteRef company = stage.company("Acme");
        stage.selecting().engine.run();
        return stage.localOf(company);
    }

    @Test
    @DisplayName("MATCH-1: a contact is recognised by its organization and both names")
    void recognisesContacts() {
        LocalRef acme = acme();
        LocalRef same = stage.creates(stage.contactValues(acme, "Ada", "Lovelace"), Origin.IMPORT)
                .ref();
        LocalRef other = stage.creates(stage.contactValues(acme, "Ada", "Byron"), Origin.IMPORT)
                .ref();
        RemoteRef company = stage.psa.all(ORGANIZATION).get(0).ref();
        RemoteRef ada = stage.contact(company, "Ada", "Lovelace");

        stage.later(Duration.ofMinutes(5)).engine.run();

        assertThat(stage.localOf(ada)).isEqualTo(same).isNotEqualTo(other);
        assertThat(stage.all(CONTACT)).hasSize(2);
    }

    @Test
    @DisplayName("MATCH-1: a location is recognised by its address too, not by its name alone")
    void recognisesLocations() {
        LocalRef acme = acme();
        LocalRef tampa = stage.creates(stage.siteValues(acme, "Main", "Tampa"), Origin.IMPORT)
                .ref();
        RemoteRef company = stage.psa.all(ORGANIZATION).get(0).ref();
        RemoteRef miami = stage.site(company, "Main", "Miami");
        RemoteRef same = stage.site(company, "Main", "Tampa");

        stage.later(Duration.ofMinutes(5)).engine.run();

        assertThat(stage.localOf(same)).isEqualTo(tampa);
        assertThat(stage.localOf(miami)).isNotEqualTo(tampa);
        assertThat(stage.all(LOCATION)).hasSize(2);
    }

    @Test
    @DisplayName("STATE-7: a disabled pair takes no change of the PSA, and its record is not made again")
    void leavesADisabledPairAlone() {
        RemoteRef server = stage.server(stage.company("Acme"), "SRV-1");
        stage.twoWay().engine.run();
        stage.host.delete(stage.localOf(server));
        stage.engine.run();
        Pair before = stage.state().byRemote(server).orElseThrow();

        stage.psaEdits(server, ConfigurationFields.NOTES, "changed");
        stage.engine.webhook(stage.psa.hook(server));
        stage.later(Duration.ofDays(2)).engine.run();

        Pair after = stage.state().byRemote(server).orElseThrow();
        assertThat(after.state()).isEqualTo(SyncState.DISABLED);
        assertThat(after.observed()).isEqualTo(before.observed());
        assertThat(stage.all(CONFIGURATION)).isEmpty();
        assertThat(stage.inPsa(server, ConfigurationFields.NOTES)).isEqualTo("changed");
    }
}
