package org.psasync.testkit.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.psasync.model.ConfigurationFields.CONTACT;
import static org.psasync.model.ConfigurationFields.INSTALLED_ON;
import static org.psasync.model.ConfigurationFields.NOTES;
import static org.psasync.testkit.scenario.NewRecord.configuration;
import static org.psasync.testkit.scenario.NewRecord.contact;
import static org.psasync.testkit.scenario.NewRecord.location;
import static org.psasync.testkit.scenario.NewRecord.organization;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.psasync.model.AssetKind;
import org.psasync.model.ContactFields;
import org.psasync.model.Edit;
import org.psasync.model.OrganizationFields;
import org.psasync.model.Origin;

class SnapshotTest {
    private static void fill(Scenario s) {
        Item acme = s.inPsa(organization("Acme").type("Customer", "Vendor"));
        s.inPsa(organization("Acme West").with(OrganizationFields.PARENT, acme));
        Item hq = s.inPsa(location("HQ").of(acme));
        s.psaChanges(acme, OrganizationFields.PRIMARY_LOCATION, hq);
        Item ada = s.inPsa(contact("Ada", "Lovelace")
                .of(acme)
                .with(ContactFields.EMAILS, List.of("ada@acme.example", "al@acme.example")));
        s.inPsa(configuration("SRV-1").of(acme).with(CONTACT, ada).with(INSTALLED_ON, "2026-02-03"));
    }

    @Test
    void isTheSameAfterItWasWrittenReadAndLoaded() {
        try (Scenario s = Scenario.onFakePsa();
                Scenario other = Scenario.onFakePsa()) {
            fill(s);
            other.inPsa(organization("Older")); // so that the ids differ
            other.psaDeletes(other.named(AssetKind.ORGANIZATION, "Older"));

            Snapshot taken = Snapshot.of(s.psa());
            Snapshot read = Snapshot.parse(taken.json());
            assertThat(read).isEqualTo(taken).hasSameHashCodeAs(taken);
            read.loadInto(other.psa());

            Snapshot loaded = Snapshot.of(other.psa());
            assertThat(loaded).isNotEqualTo(taken);
            assertThat(loaded.differences(taken)).isEmpty();
        }
    }

    @Test
    void comparesTheHostWithThePsaAfterARun() {
        try (Scenario s = Scenario.onFakePsa()) {
            fill(s);
            s.customersAndServers()
                    .settings(settings -> settings.organizations(o -> o.allTypes()))
                    .twoWay();
            assertThat(Snapshot.of(s.host()).differences(Snapshot.of(s.psa()))).isEmpty();

            s.psaChanges(s.named(AssetKind.CONFIGURATION, "SRV-1"), NOTES, "theirs");
            s.inHost(organization("Globex"));
            assertThat(Snapshot.of(s.host()).differences(Snapshot.of(s.psa())))
                    .containsExactly(
                            "organization Globex: only here, {name=Globex, types=Customer, status=Active}",
                            "configuration SRV-1: notes is (blank) here, \"theirs\" there");
        }
    }

    @Test
    void loadsTheHostToo() {
        try (Scenario s = Scenario.onFakePsa()) {
            Snapshot given = Snapshot.parse(
                    "{\"organization\": [{\"id\": \"x\", \"name\": \"Acme\", \"types\": [\"Customer\"]}],"
                            + " \"configuration\": [{\"id\": \"y\", \"organization\": \"x\", \"name\": \"SRV-1\", \"type\": \"Server\"}]}");

            given.loadInto(s.host(), new Edit(Origin.IMPORT, "import", s.clock().instant()), s.psa());

            assertThat(Snapshot.of(s.host()).differences(given)).isEmpty();
        }
    }

    @Test
    void saysWhatIsWrongWithIt() {
        assertThatThrownBy(() -> Snapshot.parse("{")).hasMessageStartingWith("This is no JSON");
        assertThatThrownBy(() -> Snapshot.parse("[]")).hasMessageContaining("list of records for each kind");
        assertThatThrownBy(() -> Snapshot.parse("{\"asset\": []}")).hasMessage("There is no kind \"asset\"");
        assertThatThrownBy(() -> Snapshot.parse("{\"contact\": [{\"id\": \"1\", \"nme\": \"x\"}]}"))
                .hasMessage("A contact has no field \"nme\"");
        assertThatThrownBy(() -> Snapshot.parse("{\"contact\": [{\"id\": \"1\"}, {\"id\": \"1\"}]}"))
                .hasMessageContaining("needs an id of its own");
        try (Scenario s = Scenario.onFakePsa()) {
            Snapshot lost = Snapshot.parse("{\"contact\": [{\"id\": \"1\", \"organization\": \"9\"}]}");
            assertThatThrownBy(() -> lost.loadInto(s.psa())).hasMessage("The snapshot has no organization 9");
        }
    }
}
