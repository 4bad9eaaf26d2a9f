package org.psasync.testkit.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.psasync.model.AssetKind.LOCATION;
import static org.psasync.model.AssetKind.ORGANIZATION;

import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.engine.Disposition;
import org.psasync.engine.PushResult;
import org.psasync.model.Asset;
import org.psasync.model.FieldValues;
import org.psasync.model.LocalRef;
import org.psasync.model.LocationFields;
import org.psasync.model.OrganizationFields;
import org.psasync.model.Origin;
import org.psasync.model.RemoteRef;
import org.psasync.spi.PsaConnector;
import org.psasync.testkit.Fault;
import org.psasync.testkit.Operation;

/** The primary location goes with its organization (PUSH-11). */
class PartsTest {
    private static final LocalRef ACME = LocalRef.of(ORGANIZATION, "acme");

    private final Stage stage = new Stage();

    private Asset site(LocalRef organization, Origin origin) {
        FieldValues values = FieldValues.of(LOCATION)
                .set(LocationFields.ORGANIZATION, organization)
                .set(LocationFields.NAME, "Head office")
                .set(LocationFields.CITY, "Tampa")
                .build();
        return stage.creates(values, origin);
    }

    private void acme(LocalRef primary) {
        stage.edits(
                ACME,
                FieldValues.of(ORGANIZATION)
                        .set(OrganizationFields.NAME, "Acme")
                        .set(OrganizationFields.TYPES, Set.of(stage.choice(OrganizationFields.TYPES, "Customer")))
                        .set(OrganizationFields.STATUS, stage.choice(OrganizationFields.STATUS, "Active"))
                        .set(OrganizationFields.PRIMARY_LOCATION, primary)
                        .build(),
                Origin.USER);
    }

    private void begin() {
        stage.twoWay().engine.run();
        stage.later(Duration.ofMinutes(5));
    }

    private void runs(int count) {
        for (int i = 0; i < count; i++) {
            stage.later(Duration.ofMinutes(10)).engine.run();
        }
    }

    @Test
    @DisplayName("SAFE-1: the part of a record whose create was not answered is found with it, and made once")
    void findsAPartAfterALostAnswer() {
        begin();
        LocalRef site = site(ACME, Origin.USER).ref();
        acme(site);
        stage.psa.faults().next(Fault.answerLost().on(Operation.CREATE));
        stage.engine.saved(ACME);
        stage.later(Duration.ofSeconds(1));
        stage.userSaves(site, LocationFields.NAME, "Renamed");

        runs(5);

        assertThat(stage.psa.all(ORGANIZATION)).hasSize(1);
        assertThat(stage.psa.all(LOCATION)).hasSize(1);
        assertThat(stage.all(LOCATION)).hasSize(1);
        RemoteRef made = stage.psa.all(LOCATION).get(0).ref();
        assertThat(stage.localOf(made)).isEqualTo(site);
        assertThat(stage.inPsa(made, LocationFields.NAME)).isEqualTo("Renamed");
        assertThat(stage.inPsa(made, LocationFields.CITY)).isEqualTo("Tampa");
        assertThat(stage.engine.explain(site).disposition()).isEqualTo(Disposition.IN_SYNC);
    }

    @Test
    @DisplayName("PUSH-5: a primary location that an import wrote after its save does not go with its organization")
    void leavesAnImportedValueAlone() {
        begin();
        LocalRef site = site(ACME, Origin.USER).ref();
        stage.engine.saved(site);
        stage.later(Duration.ofSeconds(1));
        stage.edits(site, LocationFields.CITY, "Imported", Origin.IMPORT);
        acme(site);

        stage.engine.saved(ACME);
        runs(2);

        assertThat(stage.psa.all(ORGANIZATION)).hasSize(1);
        assertThat(stage.psa.all(LOCATION)).isEmpty();
    }

    @Test
    @DisplayName("PUSH-5, PUSH-11: what an import writes over a primary location just before it is sent is not sent")
    void takesNoPartThatChangedMeanwhile() {
        begin();
        LocalRef site = site(ACME, Origin.USER).ref();
        stage.engine.saved(site);
        stage.later(Duration.ofSeconds(1));
        acme(site);
        PsaConnector[] slow = new PsaConnector[1];
        slow[0] = Between.with(stage.psa, (method, arguments, real) -> {
            if (method.equals("prepare")) {
                stage.edits(site, LocationFields.CITY, "Imported", Origin.IMPORT);
            }
            return method.equals("forPushes") ? slow[0] : real.call(arguments);
        });

        PushResult pushed = stage.newEngine(slow[0]).saved(ACME);

        assertThat(pushed).isInstanceOf(PushResult.Pushed.class);
        assertThat(stage.inHost(site, LocationFields.CITY)).isEqualTo("Imported");
        assertThat(stage.psa.all(LOCATION)).isEmpty();
        assertThat(stage.engine.explain(site).disposition()).isEqualTo(Disposition.AWAITING_CONFIRMATION);
    }

    @Test
    @DisplayName("GATE-1: no location goes with its organization while locations are off")
    void sendsNoPartOfAKindThatIsOff() {
        begin();
        stage.configure(settings -> settings.locations(false));
        acme(site(ACME, Origin.USER).ref());

        stage.engine.saved(ACME);

        assertThat(stage.psa.all(ORGANIZATION)).hasSize(1);
        assertThat(stage.psa.all(LOCATION)).isEmpty();
    }

    @Test
    @DisplayName("FIELD-6: the location of another organization does not go with an organization")
    void sendsNoPartOfAnotherOrganization() {
        RemoteRef globex = stage.company("Globex");
        begin();
        acme(site(stage.localOf(globex), Origin.IMPORT).ref());

        stage.engine.saved(ACME);

        assertThat(stage.psa.all(ORGANIZATION)).hasSize(2);
        assertThat(stage.psa.all(LOCATION)).isEmpty();
    }

    @Test
    @DisplayName("FIELD-1: a part leaves out what the mapping says is only pulled")
    void sendsNoPulledFieldOfAPart() {
        begin();
        stage.configure(settings -> settings.pullOnly(LocationFields.CITY, true));
        acme(site(ACME, Origin.USER).ref());

        stage.engine.saved(ACME);

        assertThat(stage.psa.all(LOCATION)).hasSize(1);
        assertThat(stage.psa.all(LOCATION).get(0).values().get(LocationFields.CITY))
                .isNull();
    }
}
