package org.psasync.pulseway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.psasync.engine.PushResult;
import org.psasync.engine.RunReport;
import org.psasync.engine.RunReport.Status;
import org.psasync.engine.Verb;
import org.psasync.model.AssetKind;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.ContactFields;
import org.psasync.model.ContactPoint;
import org.psasync.model.LocalRef;
import org.psasync.model.OrganizationFields;
import org.psasync.spi.ConnectorConfig;
import org.psasync.spi.PsaConnector;
import org.psasync.testkit.pulseway.Fault;
import org.psasync.testkit.pulseway.Switch;

/** The whole engine while the PSA answers badly, or otherwise than other tenants of it. */
class TroubleTest {
    private static final String CONTACTS = "v2/crm/contacts/summary";

    private final Office office =
            new Office(psa -> psa.accounts(3).contacts(4).assets(4).tickets(0));
    private final int first = office.bench.psa.records("contacts").ids().get(0);

    @AfterEach
    void close() {
        office.close();
    }

    private LocalRef contact(int id) {
        return office.localOf(AssetKind.CONTACT, id);
    }

    private Object title(int id) {
        return String.valueOf(office.bench.psa.records("contacts").get(id).get("JobTitle"));
    }

    static Stream<Arguments> badAnswers() {
        return Stream.of(
                arguments("JSON that ends in the middle", Fault.truncatedJson()),
                arguments("garbage", Fault.garbage()),
                arguments("a text where records should be", Fault.body("{\"success\":true,\"result\":\"none\"}")),
                arguments("a connection that ends", Fault.cutAfterEffect()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badAnswers")
    @DisplayName(
            "C0.2, PUSH-13, STATE-5: a bad answer lets its save wait, or ends a run with its reason; the rest goes on")
    void badAnswersToReads(String name, Fault fault) {
        office.twoWay(Office.options());
        office.bench.psa.faults().always("GET", CONTACTS + "/" + first, fault);

        assertThat(office.saves(contact(first), ContactFields.TITLE, "Captain")).isInstanceOf(PushResult.Waiting.class);
        assertThat(office.saves(contact(first + 1), ContactFields.TITLE, "Pilot"))
                .isInstanceOf(PushResult.Pushed.class);

        office.bench.psa.faults().clear();
        office.bench.psa.faults().always("GET", CONTACTS, fault);
        office.bench.psa.records("accounts").edit(1101, "AccountName", "Renamed");
        RunReport report = office.nextHour();

        assertThat(report.status()).isNotEqualTo(Status.OK);
        assertThat(report.count(Verb.ORPHAN)).isZero();
        office.bench.psa.faults().clear();
        assertThat(office.nextHour().status()).isEqualTo(Status.OK);
        assertThat(office.inHost(office.localOf(AssetKind.ORGANIZATION, 1101), OrganizationFields.NAME))
                .isEqualTo("Renamed");
        assertThat(title(first)).isEqualTo("Captain");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badAnswers")
    @DisplayName("PUSH-13: a write whose answer is bad is looked at again, and ends as it was saved")
    void badAnswersToWrites(String name, Fault fault) {
        office.twoWay(Office.options());
        office.bench.psa.faults().next(1, "PATCH", "v2/crm/contacts/" + first, fault);

        office.saves(contact(first), ContactFields.TITLE, "Captain");
        assertThat(office.saves(contact(first + 1), ContactFields.TITLE, "Pilot"))
                .isInstanceOf(PushResult.Pushed.class);
        office.nextHour();

        assertThat(office.nextHour().status()).isEqualTo(Status.OK);
        assertThat(title(first)).isEqualTo("Captain");
        assertThat(office.inHost(contact(first), ContactFields.TITLE)).isEqualTo("Captain");
    }

    @Test
    @DisplayName(
            "C0.2, SAFE-4: a slow answer is waited for; one that drips beyond the deadline is none, and others go on")
    void slowAnswers() {
        office.twoWay(Office.options());
        office.bench.psa.faults().always("GET", CONTACTS + "/" + first, Fault.slow(Duration.ofMillis(300)));
        assertThat(office.saves(contact(first), ContactFields.TITLE, "Captain")).isInstanceOf(PushResult.Pushed.class);

        office.bench.psa.faults().clear();
        office.bench.psa.faults().always("GET", CONTACTS + "/" + first, Fault.dripping(Duration.ofMinutes(1)));
        ConnectorConfig impatient = ConnectorConfig.with(office.bench.credentials(Map.of()))
                .clock(office.bench.clock)
                .pause(office.bench.clock)
                .random(new Random(1))
                .plainHttpToLoopback(true)
                .deadline(Duration.ofSeconds(1))
                .build();
        try (PsaConnector connector = new PulsewayProvider().connect(impatient)) {
            office.engine = office.engine(connector);

            assertThat(office.saves(contact(first), ContactFields.TITLE, "Admiral"))
                    .isInstanceOf(PushResult.Waiting.class);
            assertThat(office.saves(contact(first + 1), ContactFields.TITLE, "Pilot"))
                    .isInstanceOf(PushResult.Pushed.class);
            office.bench.psa.faults().clear();
            assertThat(office.nextHour().status()).isEqualTo(Status.OK);
            assertThat(title(first)).isEqualTo("Admiral");
        }
    }

    @Test
    @DisplayName("PULL-4, STATE-5: a contact that is deleted between two pages orphans no other")
    void deletedBetweenPages() {
        office.bench.psa.switches().largestPage(2);
        office.twoWay(Office.options());
        LocalRef last = contact(first + 3);
        office.bench
                .psa
                .faults()
                .next(
                        1,
                        "GET",
                        CONTACTS,
                        Fault.meanwhile(
                                () -> office.bench.psa.records("contacts").delete(first)));
        office.manager().fullCheck();

        RunReport report = office.nextHour();
        office.nextHour();

        assertThat(report.count(Verb.ORPHAN)).as(report.print()).isLessThanOrEqualTo(1);
        assertThat(office.saves(last, ContactFields.TITLE, "Pilot")).isInstanceOf(PushResult.Pushed.class);
    }

    @Test
    @DisplayName("PUSH-8, PUSH-13: a refusal with the status 400 is told as one with 200 is, and the rest goes on")
    void refusalsByStatus() {
        office.twoWay(Office.options());
        office.bench.psa.switches().on(Switch.REFUSALS_AS_400);

        int id = office.bench.psa.records("assets").ids().get(0);
        LocalRef asset = office.localOf(AssetKind.CONFIGURATION, id);
        office.bench.psa.records("assets").editUnnoticed(id, Map.of("CategoryId", 999));

        PushResult refused = office.saves(asset, ConfigurationFields.NOTES, "kept");

        assertThat(refused).isInstanceOf(PushResult.Refused.class);
        assertThat(refused.text()).contains("CategoryId is not valid");
        assertThat(office.saves(contact(first + 1), ContactFields.TITLE, "Pilot"))
                .isInstanceOf(PushResult.Pushed.class);
    }

    @Test
    @DisplayName("PSA-PW-4: an asset is written whole, so that nothing is lost whatever a PUT does with what it lacks")
    void wholeAssets() {
        office.twoWay(Office.options());
        int id = office.bench.psa.records("assets").ids().get(0);
        LocalRef asset = office.localOf(AssetKind.CONFIGURATION, id);
        Object mac = office.bench.psa.records("assets").get(id).get("MacAddress");
        for (Switch put : List.of(Switch.PUT_KEEPS_MISSING, Switch.REFUSALS_AS_400)) {
            office.bench.psa.switches().off(Switch.PUT_KEEPS_MISSING).on(put);
            assertThat(office.saves(asset, ConfigurationFields.NOTES, "by " + put))
                    .isInstanceOf(PushResult.Pushed.class);
            assertThat(office.bench.psa.records("assets").get(id))
                    .containsEntry("Description", "by " + put)
                    .containsEntry("MacAddress", mac);
        }
        assertThat(office.nextHour().status()).isEqualTo(Status.OK);
    }

    @Test
    @DisplayName("PULL-2: where parents move with their parts, a push of an e-mail comes back as nothing new")
    void parentsThatMove() {
        office.bench.psa.switches().on(Switch.CHILDREN_MOVE_PARENTS);
        office.twoWay(Office.options());

        PushResult pushed =
                office.saves(contact(first), ContactFields.EMAILS, Set.of(ContactPoint.primary("new@example.com")));
        assertThat(pushed).isInstanceOf(PushResult.Pushed.class);
        RunReport report = office.nextHour();

        assertThat(report.status()).isEqualTo(Status.OK);
        assertThat(report.count(Verb.UPDATE_LOCALLY)).as(report.print()).isZero();
        assertThat(office.inHost(contact(first), ContactFields.EMAILS))
                .containsExactly(ContactPoint.primary("new@example.com"));
    }

    @Test
    @DisplayName("PULL-3: an e-mail that was changed without the contact's stamp is found by a full check")
    void changesBelowTheStamp() {
        office.twoWay(Office.options());
        office.bench
                .psa
                .records("contacts")
                .editUnnoticed(
                        first,
                        Map.of(
                                "Emails",
                                List.of(Map.of(
                                        "Id",
                                        90_001,
                                        "EmailAddress",
                                        "unnoticed@example.com",
                                        "EmailTypeId",
                                        1,
                                        "IsDefault",
                                        true,
                                        "ModifiedOn",
                                        "2026-11-02T12:00:00Z"))));
        office.nextHour();
        assertThat(office.inHost(contact(first), ContactFields.EMAILS))
                .doesNotContain(ContactPoint.primary("unnoticed@example.com"));

        office.manager().fullCheck();
        assertThat(office.nextHour().status()).isEqualTo(Status.OK);

        assertThat(office.inHost(contact(first), ContactFields.EMAILS))
                .containsExactly(ContactPoint.primary("unnoticed@example.com"));
    }
}
