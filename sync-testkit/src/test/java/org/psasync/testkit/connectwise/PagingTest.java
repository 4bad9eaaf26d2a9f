package org.psasync.testkit.connectwise;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.psasync.testkit.connectwise.Client.Response;

/** Point 2 of what a faithful fake must do: pages by number and forward-only, and counts. */
final class PagingTest {
    private static final Pattern NEXT = Pattern.compile("<([^>]*)>; rel=\"next\"");
    private static FakeConnectWise fake;

    @BeforeAll
    static void start() {
        fake = FakeConnectWise.builder()
                .companies(5)
                .contacts(0)
                .configurations(1030)
                .start();
    }

    @AfterAll
    static void stop() {
        fake.close();
    }

    @AfterEach
    void reset() {
        fake.switches().off(Switch.values()).pagesShorterBy(0);
    }

    private static Client client() {
        return new Client(fake);
    }

    private static List<Integer> follow(Client client, String path) {
        List<Integer> ids = new ArrayList<>();
        String next = path;
        while (!next.isEmpty()) {
            Response page = client.get(next);
            ids.addAll(page.ids());
            Matcher link = NEXT.matcher(page.header("Link"));
            next = link.find() ? link.group(1) : "";
        }
        return ids;
    }

    @Test
    void aPageHas25RecordsUnlessToldOtherwise() {
        assertThat(client().get("company/configurations").ids()).hasSize(25);
        assertThat(client().get("company/configurations?pageSize=7").ids()).hasSize(7);
    }

    @Test
    void linksLeadThroughAllPagesAndNameThePageLast() {
        Response second = client().get("company/configurations?page=2&pageSize=500");
        String base = fake.url() + "/v2025_1/apis/3.0/company/configurations?pageSize=500&page=";
        assertThat(second.header("Link"))
                .isEqualTo("<%s1>; rel=\"first\", <%s1>; rel=\"prev\", <%s3>; rel=\"next\", <%s3>; rel=\"last\""
                        .formatted(base, base, base, base));
        assertThat(follow(client(), "company/configurations?pageSize=100"))
                .isEqualTo(fake.records("company/configurations").ids());
    }

    @Test
    void theLastPageHasNoNextAndOnePageNeedsNoLink() {
        assertThat(client().get("company/configurations?page=3&pageSize=500").header("Link"))
                .doesNotContain("next")
                .contains("prev");
        assertThat(client().get("company/companies").header("Link")).isEqualTo("(none)");
    }

    @Test
    void beyondTheLastPageIsAnEmptyList() {
        Response beyond = client().get("company/configurations?page=9&pageSize=500");
        assertThat(beyond.status()).isEqualTo(200);
        assertThat(beyond.http().body()).isEqualTo("[]");
    }

    @Test
    void linksKeepConditionsInAFormThatCanBeFollowed() {
        String conditions = "name like \"SRV%\" and id > 10100 and tagNumber != 'a+b&c'";
        List<Integer> all = client().where("company/configurations", conditions).ids();
        assertThat(follow(
                        client(),
                        "company/configurations?conditions=" + Client.encode(conditions)
                                + "&orderBy=id%20desc&pageSize=20"))
                .containsExactlyInAnyOrderElementsOf(all)
                .isSortedAccordingTo((a, b) -> b - a);
        assertThat(all).hasSizeGreaterThan(100);
    }

    @Test
    void aPageOver1000IsCappedOrRefused() {
        assertThat(client().get("company/configurations?pageSize=5000").ids()).hasSize(1000);
        fake.switches().on(Switch.REFUSE_LARGE_PAGES);
        Response refused = client().get("company/configurations?pageSize=5000");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.at("/errors/0/code").asText()).isEqualTo("OutOfRange");
    }

    @ParameterizedTest
    @ValueSource(strings = {"page=0", "page=x", "pageSize=0", "pageSize=-1", "page=99999999999"})
    void whatIsNoPageIsRefused(String query) {
        assertThat(client().get("company/configurations?" + query).status()).isEqualTo(400);
    }

    @Test
    void forwardOnlyPagesFollowTheIdsAndEndWithAnEmptyLink() {
        Client client = client().with("pagination-type", "forward-only");
        Response first = client.get("company/configurations?pageSize=1000&orderBy=name%20desc&page=2");
        assertThat(first.ids()).hasSize(1000).isSorted().startsWith(10001);
        assertThat(first.header("Link")).endsWith("pageId=11000>; rel=\"next\"");
        Response last = client.get("company/configurations?pageSize=1000&pageId=11000");
        assertThat(last.ids()).hasSize(30).startsWith(11001);
        assertThat(last.header("Link")).isEmpty();
        Response beyond = client.get("company/configurations?pageSize=1000&pageId=11030");
        assertThat(beyond.ids()).isEmpty();
        assertThat(beyond.header("Link")).isEmpty();
    }

    @Test
    void forwardOnlyCanEndWithAnEmptyPage() {
        fake.switches().on(Switch.EMPTY_LAST_PAGE);
        Client client = client().with("pagination-type", "forward-only");
        Response last = client.get("company/configurations?pageSize=1000&pageId=11000");
        assertThat(last.header("Link")).contains("pageId=11030");
        assertThat(client.get("company/configurations?pageSize=1000&pageId=11030")
                        .header("Link"))
                .isEmpty();
    }

    @Test
    void forwardOnlyMeetsConditionsToo() {
        Client client = client().with("pagination-type", "forward-only");
        String query = "company/configurations?pageSize=50&conditions=" + Client.encode("type/name=\"Server\"");
        assertThat(follow(client, query))
                .isEqualTo(client().where("company/configurations", "type/id=1").ids())
                .hasSizeGreaterThan(100);
    }

    @Test
    void pagesCanBeShorterThanAskedForAndStillMissNothing() {
        fake.switches().pagesShorterBy(3);
        assertThat(client().get("company/configurations?pageSize=100").ids()).hasSize(97);
        List<Integer> all = fake.records("company/configurations").ids();
        assertThat(follow(client(), "company/configurations?pageSize=100")).isEqualTo(all);
        assertThat(follow(client().with("pagination-type", "forward-only"), "company/configurations?pageSize=100"))
                .isEqualTo(all);
    }

    @Test
    void countsMeetConditionsAndStandBesideEveryList() {
        assertThat(client().get("company/configurations/count").http().body()).isEqualTo("{\"count\":1030}");
        assertThat(client().get("company/configurations/count?conditions=" + Client.encode("id<=10010"))
                        .at("/count")
                        .asInt())
                .isEqualTo(10);
        for (String list : List.of(
                "company/companies/101/sites",
                "service/boards/1/statuses",
                "system/members",
                "company/contacts/types")) {
            assertThat(client().get(list + "/count").at("/count").asInt())
                    .isEqualTo(client().get(list).ids().size());
        }
    }

    @Test
    void numberedPagesShiftWhenARecordAppears() {
        Response first = client().get("company/states?pageSize=2&orderBy=id%20desc");
        fake.records("company/states").add("{\"identifier\":\"ZZ\",\"name\":\"Zed\",\"country\":{\"id\":1}}");
        Response second = client().get("company/states?pageSize=2&page=2&orderBy=id%20desc");
        assertThat(second.ids()).contains(first.ids().get(1));
    }
}
