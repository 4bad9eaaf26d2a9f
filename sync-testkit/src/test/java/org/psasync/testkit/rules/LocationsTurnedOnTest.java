package org.psasync.testkit.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.psasync.model.AssetKind.CONFIGURATION;
import static org.psasync.testkit.rules.Stage.MANAGER;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.engine.Disposition;
import org.psasync.engine.SettingsPreview;
import org.psasync.model.AssetRef;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.FieldValues;
import org.psasync.model.LocalRef;
import org.psasync.model.Origin;
import org.psasync.model.RemoteRef;
import org.psasync.store.Event;

/** Locations that are turned on in an integration that has been in use, where the PSA's blank counts too (SET-5). */
class LocationsTurnedOnTest {
    private final Stage stage = new Stage(psa -> psa.locationsReplaced(ConfigurationFields.LOCATION), host -> {});
    private final RemoteRef acme = stage.company("Acme");

    private LocalRef localSite(String name) {
        return stage.creates(stage.siteValues(stage.localOf(acme), name, "Tampa"), Origin.IMPORT)
                .ref();
    }

    /** A server that is in the host with a location and in the PSA without one, and gets linked. */
    private LocalRef linkedServer(String name) {
        FieldValues values =
                stage.serverValues(stage.localOf(acme), name).with(ConfigurationFields.LOCATION, localSite(name));
        LocalRef local = stage.creates(values, Origin.IMPORT).ref();
        RemoteRef remote = stage.server(acme, name);
        next();
        assertThat(stage.localOf(remote)).isEqualTo(local);
        return local;
    }

    private @Nullable AssetRef locationOf(LocalRef server) {
        return stage.inHost(server, ConfigurationFields.LOCATION);
    }

    private void next() {
        stage.later(Duration.ofMinutes(10)).engine.run();
    }

    private void withLocations(boolean on) {
        stage.engine.as(MANAGER).save(stage.engine.as(MANAGER).preview(settings -> settings.locations(on)));
        next();
    }

    private List<Event> lost() {
        return stage.events(Event.Type.OVERWRITTEN).stream()
                .filter(event -> event.reason().contains("SET-5"))
                .toList();
    }

    @Test
    @DisplayName(
            "SET-5: turning locations on replaces those of configurations, by none too, counts them, and logs the loss")
    void replacesByBlank() {
        stage.selecting();
        withLocations(false);
        LocalRef server = linkedServer("SRV-1");
        stage.server(acme, "SRV-2");
        next();
        assertThat(locationOf(server)).isNotNull();

        SettingsPreview preview = stage.engine.as(MANAGER).preview(settings -> settings.locations(true));
        assertThat(preview.kind(CONFIGURATION).overwritten()).isEqualTo(1);
        stage.engine.as(MANAGER).save(preview);
        next();

        assertThat(locationOf(server)).isNull();
        assertThat(lost()).hasSize(1);
        assertThat(stage.engine.explain(server).disposition()).isEqualTo(Disposition.IN_SYNC);
        next();
        assertThat(lost()).hasSize(1);
    }

    @Test
    @DisplayName("SET-5, PUSH-2: what is saved after locations were turned on is a change like others")
    void savesCountAgain() {
        stage.twoWay();
        withLocations(false);
        LocalRef server = linkedServer("SRV-1");
        withLocations(true);
        RemoteRef site = stage.site(acme, "Main", "Tampa");
        next();
        LocalRef main = stage.localOf(site);

        stage.userSaves(server, ConfigurationFields.LOCATION, main);

        assertThat(locationOf(server)).isEqualTo(main);
        assertThat(stage.engine.explain(server).disposition()).isEqualTo(Disposition.IN_SYNC);
    }

    @Test
    @DisplayName("SET-5, MATCH-8: where locations are on already, a blank one leaves the local one alone")
    void leavesAloneLater() {
        stage.selecting().engine.run();
        LocalRef early = linkedServer("SRV-1");
        next();
        assertThat(locationOf(early)).isNotNull();

        withLocations(false);
        withLocations(true);
        LocalRef late = linkedServer("SRV-2");
        next();

        assertThat(locationOf(late)).isNotNull();
        assertThat(locationOf(early)).as("it was turned on anew").isNull();
    }
}
