package org.psasync.testkit.connectwise;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.psasync.testkit.TestClock;
import org.psasync.testkit.connectwise.Client.Response;

/** Point 7 of what a faithful fake must do: what a deletion, a merge and the audit trail leave behind. */
final class DeleteTest {
    private final TestClock clock = TestClock.at("2026-10-05T08:00:00.750Z");
    private FakeConnectWise fake;
    private Client client;

    @BeforeEach
    void start() {
        fake = FakeConnectWise.builder()
                .clock(clock)
                .companies(4)
                .contacts(8)
                .configurations(8)
                .start();
        client = new Client(fake);
        clock.advance(Duration.ofHours(1));
    }

    @AfterEach
    void stop() {
        fake.close();
    }

    @Test
    void aDeletedCompanyStaysWithItsFlag() {
        assertThat(client.delete("company/companies/101").status()).isEqualTo(204);
        Response read = client.get("company/companies/101");
        assertThat(read.status()).isEqualTo(200);
        assertThat(read.at("/deletedFlag").asBoolean()).isTrue();
        assertThat(read.at("/dateDeleted").asText()).isEqualTo("2026-10-05T09:00:00Z");
        assertThat(read.at("/deletedBy").asText()).isEqualTo("syncapi");
        assertThat(read.at("/_info/lastUpdated").asText()).isEqualTo("2026-10-05T09:00:00Z");
        assertThat(client.get("company/companies").ids()).contains(101);
        assertThat(client.where("company/companies", "deletedFlag=false").ids()).doesNotContain(101);
        assertThat(client.delete("company/companies/101").status()).isEqualTo(404);
    }

    @Test
    void aDeletedCompanyCanAnswer404() {
        fake.switches().on(Switch.DELETED_COMPANIES_ANSWER_404);
        client.delete("company/companies/101");
        assertThat(client.get("company/companies/101").status()).isEqualTo(404);
        assertThat(client.get("company/companies").ids()).contains(101);
    }

    @Test
    void otherRecordsVanishAndReferencesToThemToo() {
        client.patch(
                "company/configurations/10001", "[{\"op\":\"replace\",\"path\":\"contact\",\"value\":{\"id\":5001}}]");
        assertThat(client.delete("company/contacts/5001").status()).isEqualTo(204);
        assertThat(client.get("company/contacts/5001").status()).isEqualTo(404);
        assertThat(client.get("company/contacts").ids()).doesNotContain(5001);
        assertThat(client.get("company/contacts/5001/communications").status()).isEqualTo(404);
        assertThat(client.get("company/configurations/10001").json().has("contact"))
                .isFalse();
        assertThat(client.delete("company/configurations/10001").status()).isEqualTo(204);
        assertThat(client.get("company/configurations/10001").status()).isEqualTo(404);
        int next = fake.records("company/contacts").add(Map.of("firstName", "Next"));
        assertThat(next).isGreaterThan(5008);
    }

    @Test
    void aDeletedContactHandsOverWhatItHad() {
        client.patch(
                "company/configurations/10001", "[{\"op\":\"replace\",\"path\":\"contact\",\"value\":{\"id\":5001}}]");
        assertThat(client.delete("company/contacts/5001?transferContactId=5005").status())
                .isEqualTo(204);
        assertThat(client.get("company/configurations/10001").at("/contact/id").asInt())
                .isEqualTo(5005);
    }

    @Test
    void aDeletedPrimarySiteLeavesTheNextOneAsPrimary() {
        assertThat(client.delete("company/companies/101/sites/2001").status()).isEqualTo(204);
        assertThat(client.get("company/companies/101").at("/site/id").asInt()).isEqualTo(2002);
        assertThat(client.get("company/companies/101").at("/city"))
                .isEqualTo(client.get("company/companies/101/sites/2002").at("/city"));
    }

    @Test
    void aMergeDeletesTheSourceWithoutMovingItsLastUpdated() {
        String before =
                client.get("company/companies/101").at("/_info/lastUpdated").asText();
        Response merged = client.post("company/companies/101/merge", "{\"toCompanyId\":102}");
        assertThat(merged.status()).isEqualTo(200);
        assertThat(merged.at("/success").asBoolean()).isTrue();
        Response source = client.get("company/companies/101");
        assertThat(source.at("/deletedFlag").asBoolean()).isTrue();
        assertThat(source.at("/_info/lastUpdated").asText()).isEqualTo(before);
        assertThat(client.where("company/companies", "lastUpdated > [2026-10-05T08:30:00Z]")
                        .ids())
                .isEmpty();
        assertThat(client.where("company/contacts", "company/id=101").ids()).isEmpty();
        assertThat(client.where("company/configurations", "company/id=102").ids())
                .contains(10001, 10002);
        assertThat(client.get("company/companies/102/sites").ids()).contains(2001, 2002, 2003);
        assertThat(client.get("company/companies/102").at("/site/id").asInt()).isEqualTo(2003);
        assertThat(client.get("company/contacts/5001").at("/_info/lastUpdated").asText())
                .isEqualTo("2026-10-05T09:00:00Z");
    }

    @Test
    void aMergeCanMoveLastUpdatedOfTheSourceAndLeaveThatOfTheRest() {
        fake.switches().on(Switch.MERGE_MOVES_LAST_UPDATED, Switch.MERGE_LEAVES_CHILDREN);
        fake.merge(103, 104);
        assertThat(client.get("company/companies/103").at("/_info/lastUpdated").asText())
                .isEqualTo("2026-10-05T09:00:00Z");
        assertThat(client.get("company/contacts/5003").at("/company/id").asInt())
                .isEqualTo(104);
        assertThat(client.get("company/contacts/5003").at("/_info/lastUpdated").asText())
                .isLessThan("2026-10-05T08:00:00Z");
    }

    @Test
    void aMergeIntoNothingIsRefused() {
        assertThat(client.post("company/companies/101/merge", "{\"toCompanyId\":999}")
                        .status())
                .isEqualTo(400);
        assertThat(client.post("company/companies/101/merge", "{\"toCompanyId\":101}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void theAuditTrailTellsWhoChangedARecord() {
        fake.records("company/companies").as("mlopez").edit(101, "name", "Audited");
        Response trail = client.get("system/audittrail?type=Company&id=101");
        assertThat(trail.json()).hasSize(1);
        assertThat(trail.at("/0/text").asText()).contains("name changed from ").endsWith(" to Audited");
        assertThat(trail.at("/0/enteredBy").asText()).isEqualTo("mlopez");
        assertThat(trail.at("/0/auditSource").asText()).isEqualTo("Company");
        client.delete("company/configurations/10001");
        assertThat(client.get("system/audittrail?type=Configuration&id=10001")
                        .at("/0/auditSubType")
                        .asText())
                .isEqualTo("Delete");
        assertThat(client.get("system/audittrail/count?type=Company&id=101")
                        .at("/count")
                        .asInt())
                .isEqualTo(1);
        assertThat(client.get("system/audittrail").status()).isEqualTo(400);
    }
}
