package org.psasync.testkit.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.psasync.model.ConfigurationFields.NOTES;
import static org.psasync.testkit.scenario.NewRecord.configuration;
import static org.psasync.testkit.scenario.NewRecord.contact;
import static org.psasync.testkit.scenario.NewRecord.location;
import static org.psasync.testkit.scenario.NewRecord.organization;

import java.time.Duration;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.psasync.engine.Disposition;
import org.psasync.engine.RunReport;
import org.psasync.model.AssetKind;
import org.psasync.model.ContactFields;
import org.psasync.model.LocationFields;
import org.psasync.model.OrganizationFields;
import org.psasync.store.Event;

/** What a failed expectation says, and that each kind of expectation can fail. */
class ScenarioTest {
    private final Scenario s = Scenario.onFakePsa();
    private final Item acme = s.inPsa(organization("Acme"));
    private final Item server = s.inPsa(configuration("SRV-1").of(acme).with(NOTES, "old"));

    @AfterEach
    void close() {
        s.close();
    }

    private static void fails(ThrowingCallable expectation, String... parts) {
        assertThatThrownBy(expectation).isInstanceOf(AssertionError.class).hasMessageContainingAll(parts);
    }

    @Test
    void aFailureSaysWhatWasExpectedWhatIsThereAndWhatLedThere() {
        s.customersAndServers().twoWay();
        s.psaFails(Trouble.REQUEST_LOST, Doing.UPDATING);
        s.userSaves(server, NOTES, "new");

        fails(
                () -> s.expect(server).remote(NOTES, "new"),
                "configuration SRV-1 should have the notes \"new\" in the PSA, but there it is \"old\"",
                "Where it stands:\nconfiguration \"SRV-1\": ",
                "What led there:",
                "In the PSA is configuration SRV-1",
                "The PSA begins to fail: request lost, [updating]",
                "In the host, user saves SRV-1 {notes=new}",
                "sent: update of PSA CONFIGURATION 102: {notes=new} -> Unavailable",
                "answer: ",
                "engine: created locally, SRV-1");
    }

    @Test
    void eachExpectationCanFail() {
        s.customersAndServers().twoWay();

        fails(() -> s.expect(server).is(Disposition.ORPHANED), "should be orphaned, but it is in sync");
        fails(() -> s.expect(server).isNotLinked(), "should not be linked");
        fails(() -> s.expect(server).because("SAFE-99"), "because of SAFE-99");
        fails(() -> s.expect(server).toDo("pray"), "nothing is to be done");
        fails(() -> s.expect(server).local(NOTES, null), "(blank) in the host, but there it is \"old\"");
        fails(() -> s.expect(server).both(NOTES, "x"), "in the host");
        fails(() -> s.expect(server).notInHost(), "should not be in the host");
        fails(() -> s.expect(server).notInPsa(), "should not be in the PSA");
        fails(() -> s.expect(server).wasSent(NOTES, "x"), "nothing was");
        fails(() -> s.expect(server).wasSent(1), "sent 1 times");
        fails(() -> s.expect(server).isLogged(Event.Type.FAILED), "FAILED");
        fails(() -> s.expect(server).hasLost(NOTES, "x"), "should have lost the notes \"x\"");
        fails(() -> s.expectRun(RunReport.Status.ERROR), "ended ERROR", "Run OK");
        Item lonely = s.inHost(configuration("SRV-2").of(acme));
        fails(() -> s.expect(lonely).isLinked(), "should be linked");
        fails(() -> s.expect(lonely).remote(NOTES, "x"), "it is not there");
        s.userSaves(server, NOTES, "new");
        fails(s::expectNothingSent, "update of PSA CONFIGURATION 102");
        fails(() -> s.expect(server).wasNotSent(), "what was sent: update of");
        s.fromNowOn().expectNothingSent();
    }

    @Test
    void aRunThatNeverWasFailsToo() {
        fails(() -> s.expectRun(RunReport.Status.OK), "there was none");
    }

    @Test
    void refusesWhatCannotBe() {
        assertThatThrownBy(() -> s.userSaves(server, NOTES, "x"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("SRV-1 is not in the host yet; a run may bring it there");
        Item local = s.inHost(organization("Globex"));
        assertThatThrownBy(() -> s.psaChanges(local, OrganizationFields.NAME, "x"))
                .hasMessage("Globex is not in the PSA yet; a save may bring it there");
        assertThatThrownBy(() -> organization("Acme").with(NOTES, "x"))
                .hasMessageContaining("field of a CONFIGURATION");
        assertThatThrownBy(() -> organization("Acme").of(acme)).hasMessageContaining("belongs to none");
        assertThatThrownBy(() -> location("HQ").type("x")).hasMessageContaining("has no type");
        assertThatThrownBy(() -> contact("A", "B").status("x")).hasMessageContaining("has no status");
        assertThatThrownBy(() -> configuration("C").type("a", "b")).hasMessageContaining("one type");
        assertThatThrownBy(() -> s.inPsa(configuration("C").with(NOTES, 7)))
                .hasMessageContaining("\"notes\" holds a text");
    }

    @Test
    void findsRecordsByName() {
        s.customersAndServers().twoWay();
        Item hq = s.userCreates(location("HQ").of(acme).with(LocationFields.CITY, "Tampa"));

        assertThat(s.named(AssetKind.LOCATION, "HQ")).isSameAs(hq);
        s.inPsa(contact("Ada", "Lovelace").of(acme).with(ContactFields.EMAILS, "ada@acme.example"));
        s.inHost(contact("Ada", "Lovelace"));
        s.inHost(contact("Ada", "Lovelace"));
        fails(() -> s.named(AssetKind.CONTACT, "Ada Lovelace"), "2 in the host and 1 in the PSA");
        fails(() -> s.named(AssetKind.CONTACT, "Nobody"), "0 in the host and 0 in the PSA");
    }

    @ParameterizedTest
    @EnumSource(Trouble.class)
    void everyTroubleKeepsASaveFromThePsaAndPasses(Trouble trouble) {
        s.customersAndServers().twoWay().run();
        s.psaFails(trouble);
        s.userSaves(server, Map.of(NOTES, "new"));
        s.psaRecovers();

        if (trouble != Trouble.ANSWER_LOST) {
            s.expect(server).remote(NOTES, "old");
        }
        if (trouble == Trouble.UNAUTHORIZED) {
            s.manager().connect();
        }
        s.later(Duration.ofHours(1)).run();
        if (trouble == Trouble.REJECTED) { // not sent again unchanged
            s.expect(server).is(Disposition.REFUSED_BY_PSA);
            s.userSaves(server, NOTES, "newer");
            s.expect(server).both(NOTES, "newer");
        } else {
            s.expect(server).both(NOTES, "new");
        }
    }
}
