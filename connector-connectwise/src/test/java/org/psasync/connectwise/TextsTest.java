package org.psasync.connectwise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.http.JsonMismatch;
import org.psasync.http.JsonValue;
import org.psasync.model.RemoteId;
import org.psasync.spi.RemoteCursor;

/** The texts that are sent, stored or understood: conditions, versions, code bases, cursors and ids. */
class TextsTest {
    @Test
    void conditionsAreWrittenAsTheGuideHasThem() {
        Instant time = Instant.parse("2026-05-20T18:04:26.123Z");
        assertThat(Condition.changedFrom(time)).hasToString("lastUpdated >= [2026-05-20T18:04:26Z]");
        assertThat(Condition.changedFromLocal(time)).hasToString("lastUpdated >= [2026-05-20T04:04:26]");
        assertThat(Condition.in("id", List.of(1, 2)).and(Condition.above("id", 7)))
                .hasToString("id in (1,2) and id > 7");
        assertThat(Condition.equal("company/id", 5).or(Condition.flag("deletedFlag", false)))
                .hasToString("(company/id = 5 or deletedFlag = false)");
        assertThat(Condition.text("identifier", "O'Neill & Co")).hasToString("identifier = \"O'Neill & Co\"");
        assertThat(Condition.text("name", "The \"Best\" [x]")).hasToString("name contains \"Best\"");
        assertThat(Condition.contains("name", "East [b] c")).hasToString("name contains \"East\"");
    }

    @Test
    @DisplayName("PSA-CW-1: the model asked for is never newer than the server, and old servers are unsupported")
    void versions() {
        assertThat(ModelVersion.read("v2025.1")).contains(new ModelVersion(2025, 1));
        assertThat(ModelVersion.read("v2025_1/")).contains(new ModelVersion(2025, 1));
        assertThat(ModelVersion.read("v2025.16.10333")).contains(new ModelVersion(2025, 16));
        assertThat(ModelVersion.read("v4_6_release/")).isEmpty();
        assertThat(ModelVersion.read("")).isEmpty();
        assertThat(new ModelVersion(2025, 1).pinned()).hasToString("2025.1");
        assertThat(new ModelVersion(2026, 1).pinned()).hasToString("2025.8");
        assertThat(new ModelVersion(2024, 9).isUnsupported()).isTrue();
        assertThat(new ModelVersion(2025, 1).isUnsupported()).isFalse();
        assertThat(new ModelVersion(2030, 1).isUnsupported()).isFalse();
    }

    @Test
    @DisplayName("PSA-CW-1: both shapes of the look-up are understood, and a path that leaves the server is not")
    void codeBases() {
        CodeBase cloud = CodeBase.of(
                JsonValue.parse(
                        "{\"Codebase\":\"v2025_1/\",\"VersionCode\":\"v2025.1\",\"CompanyID\":\"Examplemsp\",\"IsCloud\":\"True\"}"),
                "examplemsp");
        assertThat(cloud.path("company/companies")).isEqualTo("v2025_1/apis/3.0/company/companies");
        assertThat(cloud.cloud()).isTrue();
        assertThat(cloud.tenant()).isEqualTo("connectwise:examplemsp");
        CodeBase own = CodeBase.of(JsonValue.parse("{\"IsCloud\":false,\"CompanyID\":\"examplemsp\"}"), "examplemsp");
        assertThat(own.prefix()).isEqualTo("v4_6_release/");
        assertThat(own.accept()).isEqualTo("application/json");
        assertThat(own.cloud()).isFalse();
        for (String prefix : List.of("../", "https://evil.example/", "//evil/", ".")) {
            assertThatThrownBy(() -> CodeBase.of(JsonValue.object().with("Codebase", prefix), "examplemsp"))
                    .isInstanceOf(JsonMismatch.class);
        }
    }

    @Test
    @DisplayName("PULL-5: a position survives as text")
    void positions() {
        Instant began = Instant.parse("2026-11-02T09:00:00Z");
        Position pass = Position.of(Position.of(RemoteCursor.start()).goingOn(began, 4210, 25));
        assertThat(pass).isEqualTo(new Position(null, began, 4210, 25));
        assertThat(Position.of(pass.goingOn(began, 4300, 25)).after()).isEqualTo(4300);
        Position next = Position.of(Position.next(began));
        assertThat(next).isEqualTo(new Position(began, null, 0, -1));
        assertThat(Position.of(next.goingOn(began.plusSeconds(60), 1, -1)))
                .isEqualTo(new Position(began, began.plusSeconds(60), 1, -1));
    }

    @Test
    void idsAreNumbersAndSitesStandBelowTheirCompany() {
        assertThat(Ids.number(new RemoteId("4210"))).contains(4210L);
        for (String foreign : List.of("0", "-1", "4210/6101", "x", "1e3", "99999999999999999999")) {
            assertThat(Ids.number(new RemoteId(foreign))).as(foreign).isEmpty();
        }
        assertThat(Ids.site(new RemoteId("4210/6101"))).contains(new Ids.Site(4210, 6101));
        assertThat(new Ids.Site(4210, 6101).remote()).hasToString("4210/6101");
        assertThat(Ids.site(new RemoteId("4210"))).isEmpty();
    }

    @Test
    @DisplayName("PSA-CW-2: candidates for an identifier never exceed 30 characters nor split one")
    void identifiers() {
        assertThat(Identifier.candidate("Harbor Dental", 1)).isEqualTo("Harbor Dental");
        assertThat(Identifier.candidate("x".repeat(29) + "\uD83D\uDE00", 1)).isEqualTo("x".repeat(29));
        assertThat(Identifier.candidate("x".repeat(40), 12)).isEqualTo("x".repeat(28) + "12");
        assertThat(Identifier.candidate("abcdefghijklmnopqrstuvwxyz abc def", 1))
                .isEqualTo("abcdefghijklmnopqrstuvwxyz abc");
    }
}
