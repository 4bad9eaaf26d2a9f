package org.psasync.connectwise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.model.AssetKind;
import org.psasync.spi.Webhook;
import org.psasync.spi.WebhookRequest;
import org.psasync.testkit.connectwise.Fault;
import org.psasync.testkit.connectwise.Signatures;
import org.psasync.testkit.connectwise.Switch;

/** Callbacks: registering, verifying, translating. */
class CallbacksTest {
    private final Bench bench =
            new Bench(psa -> psa.companies(2).contacts(2).configurations(2).tickets(2));
    private final HookReceiver receiver = new HookReceiver();

    CallbacksTest() throws IOException {}

    @AfterEach
    void close() {
        receiver.close();
        bench.close();
    }

    private WebhookRequest oneCallback() {
        bench.connector.registerCallback(AssetKind.ORGANIZATION, receiver.url());
        bench.psa.records("company/companies").edit(101, "name", "Renamed");
        bench.psa.callbacks().deliver();
        return receiver.received().get(receiver.received().size() - 1);
    }

    /** The same request with another body, signature or both. */
    private static WebhookRequest changed(WebhookRequest request, String body, String signature) {
        return new WebhookRequest(
                request.query(),
                Map.of("x-content-signature", List.of(signature)),
                body.getBytes(StandardCharsets.UTF_8));
    }

    private static String body(WebhookRequest request) {
        return new String(request.body(), StandardCharsets.UTF_8);
    }

    private static String signature(WebhookRequest request) {
        return request.header("X-Content-Signature").orElseThrow();
    }

    @Test
    @DisplayName("PSA-ALL-3: genuine callbacks of every kind become hints, whatever was done to the record")
    void becomesHints() {
        Map<AssetKind, String> paths = Map.of(
                AssetKind.ORGANIZATION, "company/companies",
                AssetKind.CONTACT, "company/contacts",
                AssetKind.CONFIGURATION, "company/configurations",
                AssetKind.TICKET, "service/tickets");
        paths.forEach((kind, path) -> {
            bench.connector.registerCallback(kind, receiver.url());
            int id = bench.psa.records(path).ids().get(0);
            bench.psa.records(path).touch(id);
            bench.psa.records(path).delete(id);
            int before = receiver.received().size();
            bench.psa.callbacks().deliver();

            assertThat(receiver.received().subList(before, receiver.received().size()))
                    .hasSizeGreaterThanOrEqualTo(2)
                    .allSatisfy(request -> assertThat(bench.connector.webhook(request))
                            .isEqualTo(new Webhook.Hints(List.of(Bench.ref(kind, id)))));
        });
    }

    @Test
    @DisplayName("C12.1: a callback without signature, with a wrong one, or with another body is refused")
    void refusesForgeries() {
        WebhookRequest genuine = oneCallback();
        assertThat(bench.connector.webhook(genuine)).isInstanceOf(Webhook.Hints.class);
        String body = body(genuine);
        List<WebhookRequest> forged = List.of(
                new WebhookRequest(genuine.query(), Map.of(), genuine.body()),
                changed(genuine, body, "bm90IHRoZSBzaWduYXR1cmU="),
                changed(genuine, body, "§ no base64 §"),
                changed(genuine, body.replace("101", "102"), signature(genuine)),
                changed(genuine, body + " ", signature(genuine)),
                changed(genuine, "no json", signature(genuine)),
                changed(genuine, "[]", signature(genuine)),
                changed(genuine, "{\"Metadata\":{\"key_url\":\"not an address\"}}", signature(genuine)));

        assertThat(forged)
                .allSatisfy(request -> assertThat(bench.connector.webhook(request))
                        .isInstanceOfSatisfying(
                                Webhook.Refused.class,
                                refused -> assertThat(refused.reason()).doesNotContain("Renamed", signature(genuine))));
    }

    @Test
    @DisplayName("PSA-ALL-3: the signing key is fetched from the PSA's own host only, once")
    void asksOnlyThePsaForTheKey() {
        WebhookRequest genuine = oneCallback();
        long before = bench.connector.requests();
        bench.connector.webhook(genuine);
        bench.connector.webhook(genuine);
        assertThat(bench.connector.requests() - before).isEqualTo(1);

        String elsewhere = body(genuine).replace(bench.psa.url(), "https://evil.example");
        assertThat(bench.connector.webhook(changed(genuine, elsewhere, signature(genuine))))
                .isInstanceOfSatisfying(
                        Webhook.Refused.class,
                        refused -> assertThat(refused.reason()).contains("own host"));
        assertThat(bench.connector.requests() - before).isEqualTo(1);
    }

    @Test
    @DisplayName("PSA-ALL-3: a key that is given only with credentials is fetched with them")
    void fetchesTheKeyWithCredentials() {
        bench.psa.switches().on(Switch.SIGNING_KEY_NEEDS_CREDENTIALS);

        assertThat(bench.connector.webhook(oneCallback())).isInstanceOf(Webhook.Hints.class);
    }

    @Test
    @DisplayName("SAFE-4: many forged callbacks cost few requests")
    void forgeriesCostLittle() {
        WebhookRequest genuine = oneCallback();
        long before = bench.connector.requests();
        for (int i = 0; i < 100; i++) {
            String forged = body(genuine).replace("&id=", "&id=" + i);
            bench.connector.webhook(changed(genuine, forged, "bm90IHRoZSBzaWduYXR1cmU="));
        }
        assertThat(bench.connector.requests() - before).isLessThanOrEqualTo(20);
        bench.clock.advance(Duration.ofMinutes(2));
        assertThat(bench.connector.webhook(genuine)).isInstanceOf(Webhook.Hints.class);
    }

    @Test
    @DisplayName("PSA-ALL-3: a callback of another company, or about something else, hints at nothing")
    void otherSubjects() {
        WebhookRequest genuine = oneCallback();
        bench.psa.faults().always("GET", "/**", Fault.body("{\"signing_key\":\"k\"}"));
        for (String type : List.of("member", "invoice")) {
            String body = "{\"ID\":7,\"Type\":\"" + type
                    + "\",\"CompanyId\":\"examplemsp\",\"Metadata\":{\"key_url\":\"" + bench.psa.url()
                    + "/v4_6_release/system/callbackkey/index.rails?companyName=examplemsp&id=" + type + "\"}}";
            assertThat(bench.connector.webhook(changed(genuine, body, Signatures.sign("k", body))))
                    .isEqualTo(new Webhook.Hints(List.of()));
        }
        String other = "{\"ID\":7,\"Type\":\"company\",\"CompanyId\":\"another\",\"Metadata\":{\"key_url\":\""
                + bench.psa.url() + "/v4_6_release/system/callbackkey/index.rails?companyName=examplemsp&id=o\"}}";
        assertThat(bench.connector.webhook(changed(genuine, other, Signatures.sign("k", other))))
                .isInstanceOf(Webhook.Refused.class);
    }

    @Test
    @DisplayName("C12.1: what another tenant of the same host signed is refused, and its key is not even asked for")
    void refusesOtherTenants() {
        WebhookRequest genuine = oneCallback();
        bench.psa.faults().always("GET", "/**", Fault.body("{\"signing_key\":\"k\"}"));
        long before = bench.connector.requests();
        for (String address : List.of(
                "/v4_6_release/system/callbackkey/index.rails?companyName=another&id=1",
                "/v4_6_release/system/callbackkey/index.rails?id=1",
                "/v4_6_release/system/callbackkey/index.rails",
                "/v4_6_release/system/callbackkey/index.rails?companyName=another&companyName=examplemsp",
                "/v4_6_release/system/callbackkey/other?companyName=examplemsp",
                "/v4_6_release/system/callbackkey/index.rails/../x?companyName=examplemsp")) {
            String body = "{\"ID\":7,\"Type\":\"company\",\"CompanyId\":\"examplemsp\",\"Metadata\":{\"key_url\":\""
                    + bench.psa.url() + address + "\"}}";
            assertThat(bench.connector.webhook(changed(genuine, body, Signatures.sign("k", body))))
                    .as(address)
                    .isInstanceOf(Webhook.Refused.class);
        }
        assertThat(bench.connector.requests()).isEqualTo(before);
    }

    @Test
    @DisplayName("PSA-ALL-3: registering a callback twice is harmless, and one that the PSA ended is started again")
    void registersOnce() {
        ConnectWiseCallback first = bench.connector.registerCallback(AssetKind.CONTACT, receiver.url());
        assertThat(first.active()).isTrue();
        assertThat(bench.connector.registerCallback(AssetKind.CONTACT, receiver.url()))
                .isEqualTo(first);
        assertThat(bench.connector.callbacks()).containsExactly(first);

        bench.psa.records("system/callbacks").edit((int) first.id(), "inactiveFlag", true);
        assertThat(bench.connector.callbacks().get(0).active()).isFalse();
        assertThat(bench.connector.registerCallback(AssetKind.CONTACT, receiver.url()))
                .isEqualTo(first);
        assertThat(bench.connector.callbacks().get(0).active()).isTrue();

        // somebody else registers the same between our look and our POST
        URI other = URI.create(receiver.url() + "x=");
        bench.psa
                .faults()
                .next(
                        1,
                        "GET",
                        "system/callbacks",
                        Fault.meanwhile(() -> bench.psa
                                .records("system/callbacks")
                                .add(Map.of(
                                        "url", other.toString(), "objectId", 1, "type", "contact", "level", "owner"))));
        assertThat(bench.connector.registerCallback(AssetKind.CONTACT, other).url())
                .isEqualTo(other);
        assertThat(bench.connector.callbacks()).hasSize(2);
    }

    @Test
    @DisplayName("PSA-ALL-3: what cannot be registered is refused before anything is sent")
    void refusesImpossibleRegistrations() {
        assertThatThrownBy(() -> bench.connector.registerCallback(AssetKind.LOCATION, receiver.url()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() ->
                        bench.connector.registerCallback(AssetKind.CONTACT, URI.create("https://host.example/hooks")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("recordId=");
        assertThat(bench.connector.requests()).isZero();
    }
}
