package org.psasync.testkit.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.psasync.model.AssetKind.CONFIGURATION;
import static org.psasync.model.AssetKind.CONTACT;
import static org.psasync.model.AssetKind.LOCATION;
import static org.psasync.model.AssetKind.ORGANIZATION;

import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.FieldValues;
import org.psasync.model.LocalRef;
import org.psasync.model.LocationFields;
import org.psasync.model.OrganizationFields;
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
        LocalRef sister = stage.creates(stage.contactValues(acme, "Annabella", "Lovelace"), Origin.IMPORT)
                .ref();
        RemoteRef company = stage.psa.all(ORGANIZATION).get(0).ref();
        RemoteRef ada = stage.contact(company, "Ada", "Lovelace");

        stage.later(Duration.ofMinutes(5)).engine.run();

        assertThat(stage.localOf(ada)).isEqualTo(same).isNotIn(other, sister);
        assertThat(stage.all(CONTACT)).hasSize(3);
    }

    @Test
    @DisplayName("MATCH-1: a location is recognised by its address too, not by its name alone")
    void recognisesLocations() {
        LocalRef acme = acme();
        LocalRef tampa = stage.creates(stage.siteValues(acme, "Main", "Tampa"), Origin.IMPORT)
                .ref();
        RemoteRef company = stage.psa.all(ORGANIZATION).get(0).ref();
        RemoteRef miami = stage.site(company, "Main", "Miami");
        RemoteRef upstairs = stage.psa.put(
                stage.siteValues(company, "Main", "Tampa").with(LocationFields.ADDRESS_1, "1 Main Street"));
        RemoteRef same = stage.site(company, "Main", "Tampa");

        stage.later(Duration.ofMinutes(5)).engine.run();

        assertThat(stage.localOf(same)).isEqualTo(tampa);
        assertThat(stage.localOf(miami)).isNotEqualTo(tampa);
        assertThat(stage.localOf(upstairs)).isNotEqualTo(tampa);
        assertThat(stage.all(LOCATION)).hasSize(3);
    }

    @Test
    @DisplayName("MATCH-1, MATCH-2: an organization is recognised by its name alone, never by its short name")
    void recognisesOrganizations() {
        LocalRef acme = acme();
        LocalRef globex = stage.creates(
                        FieldValues.of(ORGANIZATION)
                                .set(OrganizationFields.NAME, "Globex")
                                .set(OrganizationFields.SHORT_NAME, "GLX")
                                .set(
                                        OrganizationFields.TYPES,
                                        Set.of(stage.choice(OrganizationFields.TYPES, "Customer")))
                                .set(OrganizationFields.STATUS, stage.choice(OrganizationFields.STATUS, "Active"))
                                .build(),
                        Origin.IMPORT)
                .ref();
        RemoteRef named = stage.company("Globex");
        stage.psaEdits(named, OrganizationFields.SHORT_NAME, "another");
        RemoteRef shortNamed = stage.company("Initech");
        stage.psaEdits(shortNamed, OrganizationFields.SHORT_NAME, "GLX");

        stage.later(Duration.ofMinutes(5)).engine.run();

        assertThat(stage.localOf(named)).isEqualTo(globex);
        assertThat(stage.localOf(shortNamed)).isNotIn(globex, acme);
        assertThat(stage.all(ORGANIZATION)).hasSize(3);
    }

    @ParameterizedTest(name = "{0} and {1}")
    @CsvSource({
        "istanbul Ltd,\u0130stanbul Ltd",
        "IZMIR Ltd,\u0131zmir Ltd",
        "\u039f\u0394\u039f\u03a3,\u03bf\u03b4\u03bf\u03c2"
    })
    @DisplayName("MATCH-2: ignoring case, letters match that have another number of capital or small forms")
    void ignoresTheCaseOfAllLetters(String here, String there) {
        stage.selecting().configure(settings -> settings.matchingIgnoresCase(true));
        stage.engine.run();
        LocalRef local = stage.creates(
                        FieldValues.of(ORGANIZATION)
                                .set(OrganizationFields.NAME, here)
                                .set(
                                        OrganizationFields.TYPES,
                                        Set.of(stage.choice(OrganizationFields.TYPES, "Customer")))
                                .set(OrganizationFields.STATUS, stage.choice(OrganizationFields.STATUS, "Active"))
                                .build(),
                        Origin.IMPORT)
                .ref();
        RemoteRef remote = stage.company(there);

        stage.later(Duration.ofMinutes(5)).engine.run();

        assertThat(stage.all(ORGANIZATION)).hasSize(1);
        assertThat(stage.localOf(remote)).isEqualTo(local);
    }

    @Test
    @DisplayName("MATCH-1: a configuration is recognised by organization, type and name together")
    void recognisesConfigurations() {
        RemoteRef other = stage.company("Globex");
        LocalRef acme = acme();
        stage.configure(settings -> settings.configurations(c -> c.types("Server", "Workstation")));
        LocalRef same = local(acme, "Server", "ONE");
        LocalRef otherType = local(acme, "Workstation", "ONE");
        LocalRef otherName = local(acme, "Server", "TWO");
        LocalRef otherCompany = local(stage.localOf(other), "Server", "ONE");
        RemoteRef company = stage.state().byLocal(acme).orElseThrow().remoteRef();
        RemoteRef server = stage.server(company, "ONE");

        stage.later(Duration.ofMinutes(5)).engine.run();

        assertThat(stage.localOf(server)).isEqualTo(same).isNotIn(otherType, otherName, otherCompany);
        assertThat(stage.all(CONFIGURATION)).hasSize(4);
    }

    private LocalRef local(LocalRef organization, String type, String name) {
        return stage.creates(
                        stage.serverValues(organization, name)
                                .with(ConfigurationFields.TYPE, stage.choice(ConfigurationFields.TYPE, type)),
                        Origin.IMPORT)
                .ref();
    }

    @Test
    @DisplayName("MATCH-1: where the connector says so, a location is recognised by its country too")
    void recognisesLocationsByCountry() {
        assertThat(locationsOfTwoCountries(new Stage())).as("the usual keys").isEqualTo(1);
        Stage byCountry =
                new Stage(psa -> psa.kind(LOCATION, kind -> kind.recognisedBy(LocationFields.COUNTRY)), host -> {});
        assertThat(locationsOfTwoCountries(byCountry)).isEqualTo(2);
    }

    private static int locationsOfTwoCountries(Stage stage) {
        RemoteRef company = stage.company("Acme");
        stage.selecting().engine.run();
        stage.creates(
                stage.siteValues(stage.localOf(company), "Main", "Paris").with(LocationFields.COUNTRY, "FR"),
                Origin.IMPORT);
        stage.psa.put(stage.siteValues(company, "Main", "Paris").with(LocationFields.COUNTRY, "US"));
        stage.later(Duration.ofMinutes(5)).engine.run();
        return stage.all(LOCATION).size();
    }

    @Test
    @DisplayName("MATCH-1: nothing is recognised by a field that is not mapped, or of another kind")
    void refusesOtherKeys() {
        assertThatThrownBy(() -> new Stage(
                        psa -> psa.kind(LOCATION, kind -> kind.recognisedBy(OrganizationFields.NAME)), host -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not a mapped field");
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
