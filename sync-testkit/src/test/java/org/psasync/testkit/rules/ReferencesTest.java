package org.psasync.testkit.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.psasync.model.AssetKind.CONFIGURATION;
import static org.psasync.model.AssetKind.LOCATION;
import static org.psasync.model.AssetKind.ORGANIZATION;
import static org.psasync.model.AssetKind.TICKET;

import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.engine.Disposition;
import org.psasync.engine.Explanation;
import org.psasync.engine.PushResult;
import org.psasync.model.AssetRef;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.ContactFields;
import org.psasync.model.FieldValues;
import org.psasync.model.LocalRef;
import org.psasync.model.LocationFields;
import org.psasync.model.OrganizationFields;
import org.psasync.model.Origin;
import org.psasync.model.RemoteRef;
import org.psasync.model.TicketFields;
import org.psasync.testkit.Call;
import org.psasync.testkit.Operation;

class ReferencesTest {
    private final Stage stage = new Stage();

    private void next() {
        stage.later(Duration.ofMinutes(10)).engine.run();
    }

    private RemoteRef serverAt(RemoteRef company, RemoteRef site) {
        RemoteRef server = stage.server(company, "SRV-1");
        stage.psaEdits(server, ConfigurationFields.LOCATION, site);
        return server;
    }

    private void moves(RemoteRef server, RemoteRef company, RemoteRef site) {
        stage.psa.edit(
                server,
                FieldValues.of(CONFIGURATION)
                        .set(ConfigurationFields.ORGANIZATION, company)
                        .set(ConfigurationFields.LOCATION, site)
                        .build());
    }

    @Test
    @DisplayName("FIELD-10: a record that moves in the PSA loses the location of the organization it leaves")
    void leavesTheOldLocationBehind() {
        RemoteRef acme = stage.company("Acme");
        RemoteRef globex = stage.company("Globex");
        RemoteRef server = serverAt(acme, stage.site(acme, "Main", "Tampa"));
        stage.twoWay().engine.run();
        LocalRef local = stage.localOf(server);
        assertThat(stage.inHost(local, ConfigurationFields.LOCATION)).isNotNull();

        moves(server, globex, null);
        next();

        assertThat(stage.inHost(local, ConfigurationFields.ORGANIZATION)).isEqualTo(stage.localOf(globex));
        assertThat(stage.inHost(local, ConfigurationFields.LOCATION)).isNull();
        assertThat(stage.engine.explain(local).disposition()).isEqualTo(Disposition.IN_SYNC);
    }

    @Test
    @DisplayName(
            "FIELD-10, FIELD-6: a move to a location that is not linked blanks the old one, and the new one follows")
    void takesTheNewLocationOnceItIsLinked() {
        RemoteRef acme = stage.company("Acme");
        RemoteRef globex = stage.company("Globex");
        RemoteRef server = serverAt(acme, stage.site(acme, "Main", "Tampa"));
        RemoteRef hall = stage.site(globex, "Hall", "Orlando");
        stage.psaEdits(hall, LocationFields.ACTIVE, false);
        stage.twoWay().engine.run();
        LocalRef local = stage.localOf(server);

        moves(server, globex, hall);
        next();
        assertThat(stage.inHost(local, ConfigurationFields.ORGANIZATION)).isEqualTo(stage.localOf(globex));
        assertThat(stage.inHost(local, ConfigurationFields.LOCATION)).isNull();

        stage.psaEdits(hall, LocationFields.ACTIVE, true);
        next();
        next();
        assertThat(stage.inHost(local, ConfigurationFields.LOCATION)).isEqualTo(stage.localOf(hall));
    }

    @Test
    @DisplayName("FIELD-6: a location of another organization is ignored until it moves in")
    void waitsForALocationToMoveIn() {
        RemoteRef acme = stage.company("Acme");
        RemoteRef globex = stage.company("Globex");
        RemoteRef hall = stage.site(globex, "Hall", "Orlando");
        RemoteRef server = serverAt(acme, hall);
        stage.twoWay().engine.run();
        LocalRef local = stage.localOf(server);
        assertThat(stage.inHost(local, ConfigurationFields.LOCATION)).isNull();

        stage.psaEdits(hall, LocationFields.ORGANIZATION, acme);
        next();
        next();

        assertThat(stage.inHost(local, ConfigurationFields.LOCATION)).isEqualTo(stage.localOf(hall));
    }

    @Test
    @DisplayName("FIELD-6: an organization takes only its own location as its primary one")
    void ignoresThePrimaryLocationOfAnother() {
        RemoteRef acme = stage.company("Acme");
        RemoteRef globex = stage.company("Globex");
        RemoteRef hall = stage.site(globex, "Hall", "Orlando");
        stage.psaEdits(acme, OrganizationFields.PRIMARY_LOCATION, hall);
        stage.psaEdits(globex, OrganizationFields.PRIMARY_LOCATION, hall);

        stage.twoWay().engine.run();
        next();

        assertThat(stage.inHost(stage.localOf(globex), OrganizationFields.PRIMARY_LOCATION))
                .isEqualTo(stage.localOf(hall));
        assertThat(stage.inHost(stage.localOf(acme), OrganizationFields.PRIMARY_LOCATION))
                .isNull();
    }

    @Test
    @DisplayName("FIELD-10: a local move goes out with its location in one request")
    void sendsALocalMoveInOneRequest() {
        RemoteRef acme = stage.company("Acme");
        RemoteRef globex = stage.company("Globex");
        RemoteRef server = serverAt(acme, stage.site(acme, "Main", "Tampa"));
        RemoteRef hall = stage.site(globex, "Hall", "Orlando");
        stage.twoWay().engine.run();
        stage.psa.journal().clear();

        PushResult result = stage.userSaves(
                stage.localOf(server),
                FieldValues.of(CONFIGURATION)
                        .set(ConfigurationFields.ORGANIZATION, stage.localOf(globex))
                        .set(ConfigurationFields.LOCATION, stage.localOf(hall))
                        .build());

        assertThat(result).as(result.text()).isInstanceOf(PushResult.Pushed.class);
        assertThat(stage.inPsa(server, ConfigurationFields.LOCATION)).isEqualTo(hall);
        assertThat(stage.psa.journal().calls())
                .filteredOn(call -> call.operation() == Operation.UPDATE)
                .extracting(Call::operation)
                .hasSize(1);
    }

    @Test
    @DisplayName("FIELD-6, GATE-1: a new local record under an organization that does not sync goes out once it does")
    void wakesANewRecordWhenItsOrganizationSyncs() {
        RemoteRef vendor = stage.company("Paper Mill", "Vendor");
        LocalRef mill = stage.creates(
                        FieldValues.of(ORGANIZATION)
                                .set(OrganizationFields.NAME, "Paper Mill")
                                .set(
                                        OrganizationFields.TYPES,
                                        Set.of(stage.choice(OrganizationFields.TYPES, "Customer")))
                                .set(OrganizationFields.STATUS, stage.choice(OrganizationFields.STATUS, "Active"))
                                .build(),
                        Origin.USER)
                .ref();
        stage.twoWay();
        LocalRef server =
                stage.creates(stage.serverValues(mill, "SRV-1"), Origin.USER).ref();
        PushResult result = stage.engine.saved(server);
        assertThat(result).as(result.text()).isNotInstanceOf(PushResult.Pushed.class);

        stage.psaEdits(vendor, OrganizationFields.TYPES, Set.of(stage.choice(OrganizationFields.TYPES, "Customer")));
        next();
        next();

        assertThat(stage.localOf(vendor)).isEqualTo(mill);
        assertThat(stage.psa.all(CONFIGURATION)).hasSize(1);
    }

    @Test
    @DisplayName("FIELD-6: the configurations of a ticket come as they are linked")
    void completesAListOfReferences() {
        RemoteRef acme = stage.company("Acme");
        RemoteRef server = stage.server(acme, "SRV-1");
        RemoteRef printer = stage.server(acme, "PRN-1");
        stage.psaEdits(printer, ConfigurationFields.TYPE, stage.choice(ConfigurationFields.TYPE, "Printer"));
        RemoteRef ticket = stage.psa.put(FieldValues.of(TICKET)
                .set(TicketFields.ORGANIZATION, acme)
                .set(TicketFields.TITLE, "It smokes")
                .set(TicketFields.BOARD, stage.choice(TicketFields.BOARD, "Help Desk"))
                .set(TicketFields.CONFIGURATIONS, Set.<AssetRef>of(server, printer))
                .build());
        stage.selecting().configure(settings -> settings.tickets(t -> t.boards("Help Desk")));
        stage.engine.run();
        LocalRef local = stage.localOf(ticket);
        assertThat(stage.inHost(local, TicketFields.CONFIGURATIONS)).containsExactly(stage.localOf(server));

        stage.configure(settings -> settings.configurations(c -> c.types("Server", "Printer")));
        next();
        next();

        assertThat(stage.inHost(local, TicketFields.CONFIGURATIONS))
                .containsExactlyInAnyOrder(stage.localOf(server), stage.localOf(printer));
    }

    @Test
    @DisplayName("FIELD-6: a required reference to a record that is not linked yet is waited for, not refused")
    void waitsForARequiredReference() {
        Stage strict = new Stage(
                psa -> psa.kind(CONFIGURATION, kind -> kind.required(ConfigurationFields.LOCATION)), host -> {});
        RemoteRef acme = strict.company("Acme");
        strict.twoWay();
        LocalRef site = strict.creates(strict.siteValues(strict.localOf(acme), "Main", "Tampa"), Origin.IMPORT)
                .ref();
        LocalRef server = strict.creates(
                        strict.serverValues(strict.localOf(acme), "SRV-1").with(ConfigurationFields.LOCATION, site),
                        Origin.USER)
                .ref();

        PushResult result = strict.engine.saved(server);

        assertThat(result).as(result.text()).isInstanceOf(PushResult.Waiting.class);
        assertThat(strict.engine.explain(server).disposition()).isEqualTo(Disposition.WAITING_FOR_RECORD);
        strict.userSaves(site, LocationFields.PHONE, "1");
        strict.later(Duration.ofMinutes(10)).engine.run();
        assertThat(strict.psa.all(CONFIGURATION)).hasSize(1);
    }

    @Test
    @DisplayName(
            "FIELD-6, PUSH-5: a saved reference to a kind that is off goes out once it is on, whatever was pulled meanwhile")
    void keepsAReferenceToAKindThatIsOff() {
        RemoteRef acme = stage.company("Acme");
        RemoteRef site = stage.site(acme, "Main", "Tampa");
        RemoteRef server = stage.server(acme, "SRV-1");
        stage.selecting().configure(settings -> settings.locations(false));
        stage.engine.run();
        stage.configure(settings -> settings.twoWay(true));
        next();
        LocalRef local = stage.localOf(server);
        LocalRef place = stage.creates(stage.siteValues(stage.localOf(acme), "Main", "Tampa"), Origin.IMPORT)
                .ref();
        stage.later(Duration.ofMinutes(1));
        stage.userSaves(
                local,
                FieldValues.empty(CONFIGURATION)
                        .with(ConfigurationFields.LOCATION, place)
                        .with(ConfigurationFields.NOTES, "x"));

        assertThat(stage.engine.explain(local).print()).contains("location is left out", "FIELD-6");
        stage.psaEdits(server, ConfigurationFields.NAME, "SRV-X"); // the engine's write hides who saved last
        next();
        assertThat(stage.inHost(local, ConfigurationFields.NAME)).isEqualTo("SRV-X");
        stage.configure(settings -> settings.locations(true));
        next();
        next();

        assertThat(stage.localOf(site)).isEqualTo(place);
        assertThat(stage.inPsa(server, ConfigurationFields.LOCATION)).isEqualTo(site);
        assertThat(stage.state().byLocal(local).orElseThrow().grant().values().isEmpty())
                .as("all of the save is settled")
                .isTrue();
    }

    @Test
    @DisplayName("STATE-6, FIELD-6: nothing refers to a local record that was deleted")
    void doesNotReferToADeletedRecord() {
        RemoteRef acme = stage.company("Acme");
        RemoteRef site = stage.site(acme, "Main", "Tampa");
        RemoteRef server = stage.server(acme, "SRV-1");
        stage.twoWay().engine.run();
        stage.host.delete(stage.localOf(site));
        next();

        stage.psaEdits(server, ConfigurationFields.LOCATION, site);
        next();

        assertThat(stage.inHost(stage.localOf(server), ConfigurationFields.LOCATION))
                .isNull();
    }

    @Test
    @DisplayName("FIELD-10: a circle of parents is left out and named, and taken once it is broken")
    void namesACircleOfParents() {
        RemoteRef acme = stage.company("Acme");
        RemoteRef globex = stage.company("Globex");
        stage.psaEdits(acme, OrganizationFields.PARENT, globex);
        stage.psaEdits(globex, OrganizationFields.PARENT, acme);
        stage.twoWay().engine.run();
        Explanation why = stage.engine.explain(acme);
        assertThat(why.reasons())
                .as(why.print())
                .anyMatch(reason -> reason.rule().equals("FIELD-10"));
        assertThat(stage.inHost(stage.localOf(acme), OrganizationFields.PARENT)).isNull();

        stage.psaEdits(globex, OrganizationFields.PARENT, null);
        next();
        next();

        assertThat(stage.inHost(stage.localOf(acme), OrganizationFields.PARENT)).isEqualTo(stage.localOf(globex));
    }

    @Test
    @DisplayName("FIELD-10: a local parent that would make a circle is not pushed, and named")
    void pushesNoCircleOfParents() {
        RemoteRef acme = stage.company("Acme");
        RemoteRef globex = stage.company("Globex");
        stage.psaEdits(acme, OrganizationFields.PARENT, globex);
        stage.twoWay().engine.run();
        LocalRef local = stage.localOf(globex);

        stage.userSaves(local, OrganizationFields.PARENT, stage.localOf(acme));

        assertThat(stage.inPsa(globex, OrganizationFields.PARENT)).isNull();
        assertThat(stage.engine.explain(local).reasons())
                .anyMatch(reason -> reason.rule().equals("FIELD-10"));
    }

    @Test
    @DisplayName("MATCH-8, FIELD-6: a local reference that cannot be sent is not the same as a blank one")
    void sendsAReferenceThatOnceCouldNotBeSent() {
        RemoteRef acme = stage.company("Acme");
        RemoteRef ada = stage.contact(acme, "Ada", "Lovelace");
        stage.configure(
                settings -> settings.organizations(o -> o.types("Customer").statuses("Active")));
        stage.engine.run();
        LocalRef organization = stage.localOf(acme);
        LocalRef site = stage.creates(stage.siteValues(organization, "Main", "Tampa"), Origin.USER)
                .ref();
        LocalRef local = stage.creates(
                        stage.contactValues(organization, "Ada", "Lovelace").with(ContactFields.LOCATION, site),
                        Origin.USER)
                .ref();
        stage.selecting().engine.run();
        assertThat(stage.localOf(ada)).isEqualTo(local);
        assertThat(stage.inHost(local, ContactFields.LOCATION)).isEqualTo(site);

        stage.configure(settings -> settings.twoWay(true)).later(Duration.ofMinutes(1));
        stage.userSaves(site, LocationFields.PHONE, "1");
        stage.userSaves(local, ContactFields.TITLE, "Countess");

        assertThat(stage.psa.all(LOCATION)).hasSize(1);
        assertThat(stage.inPsa(ada, ContactFields.LOCATION))
                .isEqualTo(stage.psa.all(LOCATION).get(0).ref());
    }
}
