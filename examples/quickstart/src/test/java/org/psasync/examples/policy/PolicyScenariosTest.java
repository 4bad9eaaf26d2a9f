package org.psasync.examples.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.psasync.model.ConfigurationFields.LOCATION;
import static org.psasync.model.ConfigurationFields.MANUFACTURER;
import static org.psasync.model.ConfigurationFields.MODEL;
import static org.psasync.model.ConfigurationFields.NOTES;
import static org.psasync.model.ConfigurationFields.SERIAL_NUMBER;
import static org.psasync.testkit.scenario.NewRecord.configuration;
import static org.psasync.testkit.scenario.NewRecord.contact;
import static org.psasync.testkit.scenario.NewRecord.location;
import static org.psasync.testkit.scenario.NewRecord.organization;

import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.psasync.engine.Disposition;
import org.psasync.engine.PushResult;
import org.psasync.engine.RunReport;
import org.psasync.engine.SyncSettings.ConflictPolicy;
import org.psasync.model.ContactFields;
import org.psasync.model.OrganizationFields;
import org.psasync.model.Origin;
import org.psasync.testkit.autotask.AutotaskBench;
import org.psasync.testkit.connectwise.ConnectWiseBench;
import org.psasync.testkit.pulseway.PulsewayBench;
import org.psasync.testkit.scenario.Doing;
import org.psasync.testkit.scenario.FakePsaBench;
import org.psasync.testkit.scenario.Item;
import org.psasync.testkit.scenario.PsaBench;
import org.psasync.testkit.scenario.Scenario;
import org.psasync.testkit.scenario.Trouble;

/** Typical policies, on a PSA in memory and on others over HTTP; the page about policy tests shows some of them. */
class PolicyScenariosTest {
    // policy-testing: all PSAs
    static Stream<Named<PsaBench.Source>> psas() {
        return Stream.of(
                Named.of("FakePsa", FakePsaBench::open),
                Named.of("FakeConnectWise", ConnectWiseBench::open),
                Named.of("FakeAutotask", AutotaskBench::open),
                Named.of("FakePulseway", PulsewayBench::open));
    }
    // policy-testing: end

    // policy-testing: first
    @ParameterizedTest
    @MethodSource("psas")
    @DisplayName("PUSH-3, PUSH-4: what an import writes waits until somebody saves the record")
    void anImportIsNotPushed(PsaBench.Source psa) {
        try (Scenario s = Scenario.on(psa)) {
            Item acme = s.inPsa(organization("Acme"));
            Item server = s.inPsa(configuration("SRV-1").of(acme).with(NOTES, "old"));
            s.customersAndServers().twoWay();

            s.importWrites(server, NOTES, "imported");
            s.expect(server)
                    .is(Disposition.AWAITING_CONFIRMATION)
                    .remote(NOTES, "old")
                    .wasNotSent();

            s.userSaves(server);
            s.expect(server).is(Disposition.IN_SYNC).both(NOTES, "imported").wasSent(1);
        }
    }
    // policy-testing: end

    @ParameterizedTest
    @MethodSource("psas")
    @DisplayName("GATE-1: a prospect stays out, and the explanation says what to do")
    void aProspectStaysOut(PsaBench.Source psa) {
        try (Scenario s = Scenario.on(psa)) {
            Item initech = s.inPsa(organization("Initech").type("Prospect"));
            Item server = s.inPsa(configuration("SRV-1").of(initech));
            s.customersAndServers().run();

            s.expectRun(RunReport.Status.OK);
            s.expect(initech)
                    .is(Disposition.NOT_SELECTED)
                    .because("GATE-1")
                    .toDo("Prospect")
                    .notInHost();
            s.expect(server).is(Disposition.NOT_SELECTED).notInHost();
        }
    }

    // policy-testing: conflict
    @ParameterizedTest
    @MethodSource("psas")
    @DisplayName("MERGE-1, MERGE-4: who wins a conflict is set per field, and the loser is in the log")
    void theHostWinsItsOwnField(PsaBench.Source psa) {
        try (Scenario s = Scenario.on(psa)) {
            Item acme = s.inPsa(organization("Acme"));
            Item server =
                    s.inPsa(configuration("SRV-1").of(acme).with(NOTES, "old").with(SERIAL_NUMBER, "S-1"));
            s.customersAndServers().twoWay();
            s.settings(settings -> settings.conflicts(NOTES, ConflictPolicy.LOCAL_WINS));

            s.psaChanges(server, NOTES, "theirs").psaChanges(server, SERIAL_NUMBER, "S-2");
            s.userSaves(server, Map.of(NOTES, "ours", SERIAL_NUMBER, "S-3"));

            s.expect(server)
                    .is(Disposition.IN_SYNC)
                    .both(NOTES, "ours")
                    .both(SERIAL_NUMBER, "S-2")
                    .hasLost(NOTES, "theirs")
                    .hasLost(SERIAL_NUMBER, "S-3");
        }
    }
    // policy-testing: end

    // policy-testing: failure
    @ParameterizedTest
    @MethodSource("psas")
    @DisplayName("SAFE-1: a create whose answer is lost, and a restart, make no second record")
    void makesOneRecordOnly(PsaBench.Source psa) {
        try (Scenario s = Scenario.on(psa)) {
            Item acme = s.inPsa(organization("Acme"));
            Item office = s.inPsa(location("Office").of(acme));
            s.customersAndServers().twoWay();

            s.psaFails(Trouble.ANSWER_LOST, Doing.CREATING);
            Item server = s.userCreates(configuration("SRV-9")
                    .of(acme)
                    .with(LOCATION, office)
                    .with(MANUFACTURER, "Contoso")
                    .with(MODEL, "R1"));
            s.expect(server).isNotLinked().wasSent(1);

            s.psaRecovers().restart().later(Duration.ofHours(1)).run();
            s.expect(server).is(Disposition.IN_SYNC).isLinked().wasSent(1);
            assertThat(s.psa().all(server.kind())).hasSize(1);
        }
    }
    // policy-testing: end

    @ParameterizedTest
    @MethodSource("psas")
    @DisplayName("PUSH-13: a save while the PSA is down is not lost")
    void aSaveDuringAnOutageArrivesLater(PsaBench.Source psa) {
        try (Scenario s = Scenario.on(psa)) {
            Item acme = s.inPsa(organization("Acme"));
            Item ada = s.inPsa(contact("Ada", "Lovelace").of(acme).with(ContactFields.TITLE, "Analyst"));
            s.customersAndServers().twoWay();

            s.psaFails(Trouble.UNAVAILABLE);
            PushResult answer = s.userSaves(ada, ContactFields.TITLE, "CTO");
            assertThat(answer).isInstanceOf(PushResult.Waiting.class);
            s.expect(ada).remote(ContactFields.TITLE, "Analyst");

            s.psaRecovers().later(Duration.ofHours(1)).run();
            s.expect(ada).is(Disposition.IN_SYNC).both(ContactFields.TITLE, "CTO");
        }
    }

    @ParameterizedTest
    @MethodSource("psas")
    @DisplayName("PUSH-1, P8: while two-way is off, the PSA's value is put back, and nothing is sent")
    void oneWayPutsThePsaValueBack(PsaBench.Source psa) {
        try (Scenario s = Scenario.on(psa)) {
            Item acme = s.inPsa(organization("Acme"));
            Item server = s.inPsa(configuration("SRV-1").of(acme).with(NOTES, "theirs"));
            s.customersAndServers().run();

            s.later(Duration.ofMinutes(5)).userSaves(server, NOTES, "mine");
            s.later(Duration.ofHours(1)).run();

            s.expect(server).is(Disposition.IN_SYNC).both(NOTES, "theirs").hasLost(NOTES, "mine");
            s.expectNothingSent();
        }
    }

    // policy-testing: gate
    @ParameterizedTest
    @MethodSource("psas")
    @DisplayName("STATE-3, STATE-4: what belongs to a former customer leaves the sync with it, and comes back with it")
    void aFormerCustomerLeavesWithItsServers(PsaBench.Source psa) {
        try (Scenario s = Scenario.on(psa)) {
            Item acme = s.inPsa(organization("Acme"));
            Item server = s.inPsa(configuration("SRV-1").of(acme));
            s.customersAndServers().twoWay();

            s.psaChanges(acme, OrganizationFields.TYPES, "Vendor")
                    .later(Duration.ofHours(1))
                    .run();
            s.expect(acme).is(Disposition.ORPHANED).isLinked();
            s.expect(server).is(Disposition.ORPHANED).isLinked();
            s.userSaves(server, NOTES, "saved meanwhile");
            s.expect(server).wasNotSent();

            s.psaChanges(acme, OrganizationFields.TYPES, "Customer")
                    .later(Duration.ofHours(1))
                    .run();
            s.expect(acme).is(Disposition.IN_SYNC);
            s.expect(server).is(Disposition.IN_SYNC).both(NOTES, "saved meanwhile");
        }
    }
    // policy-testing: end

    @ParameterizedTest
    @MethodSource("psas")
    @DisplayName("STATE-2, STATE-6: a deletion on one side is no deletion on the other")
    void deletesNothingOnTheOtherSide(PsaBench.Source psa) {
        try (Scenario s = Scenario.on(psa)) {
            Item acme = s.inPsa(organization("Acme"));
            Item kept = s.inPsa(configuration("SRV-1").of(acme));
            Item gone = s.inPsa(configuration("SRV-2").of(acme));
            Item dropped = s.inPsa(configuration("SRV-3").of(acme));
            s.customersAndServers().twoWay();

            s.psaDeletes(gone).userDeletes(dropped);
            for (int day = 0; day < 2; day++) {
                s.later(Duration.ofHours(25)).run();
            }

            s.expect(kept).is(Disposition.IN_SYNC);
            s.expect(gone)
                    .is(Disposition.ORPHANED)
                    .because("STATE-5")
                    .local(NOTES, null)
                    .notInPsa();
            s.expect(dropped).is(Disposition.DISABLED).remote(NOTES, null).notInHost();
            s.expectNothingSent();
        }
    }

    @ParameterizedTest
    @MethodSource("psas")
    @DisplayName("MATCH-3, MATCH-4: servers with the same serial number are linked, and what one side lacks is a doubt")
    void linksWhatIsTheSame(PsaBench.Source psa) {
        try (Scenario s = Scenario.on(psa)) {
            Item acme = s.inPsa(organization("Acme"));
            s.customersAndServers().run();
            Item theirs = s.inPsa(configuration("SRV-1").of(acme).with(SERIAL_NUMBER, "S-1"));
            Item ours = s.inHost(configuration("SRV-1").of(acme).with(SERIAL_NUMBER, "S-1"));
            s.inHost(configuration("SRV-2").of(acme));
            Item doubtful = s.inPsa(configuration("SRV-2").of(acme).with(SERIAL_NUMBER, "S-2"));

            s.later(Duration.ofHours(1)).run();

            s.expect(theirs).is(Disposition.IN_SYNC).isLinked();
            s.expect(ours).is(Disposition.IN_SYNC).isLinked();
            s.expect(doubtful).is(Disposition.IN_REVIEW).because("MATCH-5").isNotLinked();
        }
    }

    // policy-testing: origins
    @ParameterizedTest
    @MethodSource("psas")
    @DisplayName("PUSH-3: the API confirms new contacts and nothing else")
    void theApiMakesContacts(PsaBench.Source psa) {
        try (Scenario s = Scenario.on(psa)) {
            Item acme = s.inPsa(organization("Acme"));
            Item office = s.inPsa(location("Office").of(acme));
            s.customersAndServers().twoWay();

            Item ada = s.creates(
                    Origin.API,
                    contact("Ada", "Lovelace")
                            .of(acme)
                            .with(ContactFields.LOCATION, office)
                            .with(ContactFields.EMAILS, "ada@acme.example")
                            .with(ContactFields.PHONES, "8135550111"));
            Item server = s.creates(Origin.API, configuration("SRV-1").of(acme));

            s.expect(ada).is(Disposition.IN_SYNC).remote(ContactFields.LAST_NAME, "Lovelace");
            s.expect(server).is(Disposition.AWAITING_CONFIRMATION).notInPsa();
        }
    }
    // policy-testing: end
}
