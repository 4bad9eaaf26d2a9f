package org.psasync.connectwise;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.model.AssetKind;
import org.psasync.model.ContactFields;
import org.psasync.model.FieldValues;
import org.psasync.model.OrganizationFields;
import org.psasync.spi.MatchKey;
import org.psasync.spi.RemoteRecord;
import org.psasync.testkit.connectwise.Exchange;
import org.psasync.testkit.connectwise.Records;

/** Names that are long, or long once they are encoded: addresses stay below the 2,000 characters that the PSA takes. */
class LongNamesTest {
    private static final String CYRILLIC = "ОбществоСтроительствоИРемонтДом";
    private static final String JAPANESE = "東京都港区芝公園四丁目株式会社情報技術総合研究所東京支店第一営業部門情報";

    private final Bench bench =
            new Bench(psa -> psa.companies(3).contacts(2).configurations(1).tickets(1));
    private final Records companies = bench.psa.records("company/companies");
    private int longest;

    LongNamesTest() {
        bench.psa.observe(exchange -> longest = Math.max(longest, length(exchange)));
    }

    private static int length(Exchange exchange) {
        return exchange.path().length() + exchange.query().length() + 60;
    }

    @AfterEach
    void close() {
        bench.close();
    }

    private List<RemoteRecord> find(FieldValues key) {
        return bench.connector.find(new MatchKey(key, true));
    }

    private static FieldValues company(String name) {
        return FieldValues.of(AssetKind.ORGANIZATION)
                .set(OrganizationFields.NAME, name)
                .build();
    }

    @Test
    @DisplayName("PSA-CW-2: a company with a long Cyrillic or Japanese name gets an identifier, numbered if need be")
    void choosesIdentifiers() {
        for (String name : List.of(CYRILLIC, JAPANESE)) {
            String first = name.substring(0, 30);
            assertThat(bench.connector.prepare(Bench.draft(company(name))).fixed())
                    .containsEntry("identifier", first);
            companies.add(Map.of("identifier", first, "name", "1"));
            for (int number = 2; number <= 9; number++) {
                companies.add(Map.of("identifier", first.substring(0, 29) + number, "name", "" + number));
            }
            assertThat(bench.connector.prepare(Bench.draft(company(name))).fixed())
                    .containsEntry("identifier", first.substring(0, 28) + "10");
        }
        assertThat(longest).isBetween(500, 1999);
    }

    @Test
    @DisplayName("PSA-CW-2: an identifier that is free costs one request")
    void freeIdentifiersAreCheap() {
        bench.connector.check();
        long before = bench.connector.requests();
        bench.connector.prepare(Bench.draft(company("Harbor Dental")));
        assertThat(bench.connector.requests() - before).isEqualTo(1);
    }

    @Test
    @DisplayName("C7.1: a name too long for the PSA is nowhere; one that is long once encoded is found")
    void findsLongNames() {
        assertThat(find(company("x".repeat(1600)))).isEmpty();
        assertThat(find(company(JAPANESE.repeat(5)))).isEmpty();
        int id = companies.add(Map.of("identifier", "JP", "name", JAPANESE));
        assertThat(find(company(JAPANESE)))
                .extracting(RemoteRecord::id)
                .extracting(Object::toString)
                .containsExactly("" + id);

        String first = JAPANESE.repeat(20);
        int contact = bench.psa
                .records("company/contacts")
                .add(Map.of("firstName", first, "lastName", first, "company", Map.of("id", 101)));
        FieldValues key = FieldValues.of(AssetKind.CONTACT)
                .set(ContactFields.ORGANIZATION, Bench.ref(AssetKind.ORGANIZATION, 101))
                .set(ContactFields.FIRST_NAME, first)
                .set(ContactFields.LAST_NAME, first)
                .build();
        assertThat(find(key))
                .extracting(RemoteRecord::id)
                .extracting(Object::toString)
                .containsExactly("" + contact);
        assertThat(longest).isBetween(500, 1999);
    }

    @Test
    @DisplayName("C7.1: what is asked for holds neither wildcards nor brackets nor invisible characters")
    void asksForPlainText() {
        for (String name :
                List.of("Quay [East] Dental", "100% Dental Care*", "Dental\u200E Care", "Ann \"Dental\" Care")) {
            assertThat(Condition.contains("name", name).toString())
                    .contains("Dental")
                    .doesNotContain("[", "%", "*", "\u200E", "\"\"");
        }
        Condition any = Condition.contains("name", JAPANESE.repeat(40));
        assertThat(any.length())
                .isEqualTo(URLEncoder.encode(any.toString(), StandardCharsets.UTF_8)
                        .replace("+", "%20")
                        .length())
                .isLessThan(600);
    }
}
