package org.psasync.autotask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.model.AssetKind;
import org.psasync.model.FieldValues;
import org.psasync.model.OrganizationFields;
import org.psasync.spi.ConnectorException;
import org.psasync.spi.Webhook;
import org.psasync.spi.WebhookRequest;
import org.psasync.testkit.autotask.Switch;

/** Webhooks: registered, delivered, verified. */
class WebhooksTest {
    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final String BODY =
            "{\"Action\":\"Update\",\"Guid\":\"5f0b6a0e-8c7d-4a51-9a49-2b8a2d0c7e13\",\"EntityType\":\"Account\","
                    + "\"Id\":29683712,\"Fields\":{\"CompanyName\":\"Fjord \\u0026 Br\\u00FCcke \\u002B Co\"},"
                    + "\"EventTime\":\"2026-05-20T15:02:13Z\",\"SequenceNumber\":43,\"PersonID\":29682891}";
    private static final String SIGNATURE = "sha1=WhcQvfsJtfZpKZw5BckdFNj3+W0=";

    private final Bench bench =
            new Bench(psa -> psa.companies(3).contacts(3).configurations(3).tickets(2));
    private final AutotaskConnector connector = bench.connectorWith(Map.of("webhookSecret", SECRET));
    private final List<WebhookRequest> received = new CopyOnWriteArrayList<>();
    private final HttpServer receiver;

    WebhooksTest() throws IOException {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/hook", exchange -> {
            received.add(new WebhookRequest(
                    "", exchange.getRequestHeaders(), exchange.getRequestBody().readAllBytes()));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        receiver.start();
    }

    @AfterEach
    void close() {
        receiver.stop(0);
        connector.close();
        bench.close();
    }

    private URI url() {
        return URI.create("http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook");
    }

    private static WebhookRequest request(String signature, String body) {
        return new WebhookRequest(
                "", Map.of("x-hook-signature", List.of(signature)), body.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    @DisplayName("PSA-ALL-3, C12.1: a delivery is believed by its signature over the raw bytes, escapes and all")
    void verifiesTheRawBody() {
        assertThat(connector.webhook(request(SIGNATURE, BODY)))
                .isEqualTo(new Webhook.Hints(List.of(Bench.ref(AssetKind.ORGANIZATION, 29_683_712))));
        String parsedAndWritten = BODY.replace("\\u0026", "&");
        for (WebhookRequest wrong : List.of(
                request(SIGNATURE, parsedAndWritten),
                request("sha1=AAAA", BODY),
                request(SIGNATURE.substring(5), BODY),
                new WebhookRequest("", Map.of(), BODY.getBytes(StandardCharsets.UTF_8)))) {
            assertThat(connector.webhook(wrong)).isInstanceOf(Webhook.Refused.class);
        }
        assertThat(bench.connector.webhook(request(SIGNATURE, BODY))).isInstanceOf(Webhook.Refused.class);
    }

    @Test
    @DisplayName("PSA-ALL-3: a changed record is a hint, under its old name and its new one; our own changes are quiet")
    void deliversHints() {
        for (AssetKind kind :
                List.of(AssetKind.ORGANIZATION, AssetKind.CONTACT, AssetKind.CONFIGURATION, AssetKind.TICKET)) {
            connector.registerWebhook(kind, url(), url());
            connector.registerWebhook(kind, url(), url());
        }
        assertThat(bench.psa.records("CompanyWebhooks").count()).isEqualTo(1);
        assertThat(bench.psa.records("CompanyWebhookExcludedResources").count()).isEqualTo(1);
        bench.psa.records("Companies").edit(Samples.COMPANY, "companyName", "Brücke & Söhne");
        bench.psa.records("Contacts").delete(Samples.CONTACT);
        bench.psa.switches().on(Switch.NEW_NAMES_IN_WEBHOOKS);
        bench.psa.records("ConfigurationItems").edit(Samples.ITEM, "notes", "x");
        bench.psa.records("Tickets").edit(31_801, "status", 5);
        connector.update(Bench.update(
                bench.read(AssetKind.ORGANIZATION, Samples.COMPANY + 1),
                FieldValues.of(AssetKind.ORGANIZATION)
                        .set(OrganizationFields.NAME, "Own")
                        .build()));
        bench.psa.callouts().deliver();
        assertThat(received)
                .extracting(connector::webhook)
                .containsExactly(
                        new Webhook.Hints(List.of(Bench.ref(AssetKind.ORGANIZATION, Samples.COMPANY))),
                        new Webhook.Hints(List.of(Bench.ref(AssetKind.CONTACT, Samples.CONTACT))),
                        new Webhook.Hints(List.of(Bench.ref(AssetKind.CONFIGURATION, Samples.ITEM))),
                        new Webhook.Hints(List.of(Bench.ref(AssetKind.TICKET, 31_801))));
    }

    @Test
    @DisplayName("PSA-ALL-3: an unsigned word that the webhook was given up changes nothing")
    void refusesUnsignedDeactivations() {
        String body = "{\"Action\":\"Deactivated\",\"Guid\":\"5f0b6a0e-8c7d-4a51-9a49-2b8a2d0c7e13\"}";
        assertThat(connector.webhook(new WebhookRequest("", Map.of(), body.getBytes(StandardCharsets.UTF_8))))
                .isInstanceOf(Webhook.Refused.class);
    }

    @Test
    @DisplayName("C0.3: locations have no webhooks, and without a secret there are none; one that is not ready is told")
    void refusesWhatCannotBe() {
        assertThatThrownBy(() -> connector.registerWebhook(AssetKind.LOCATION, url(), url()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("locations");
        assertThatThrownBy(() -> bench.connector.registerWebhook(AssetKind.CONTACT, url(), url()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("webhookSecret");
        bench.psa.switches().on(Switch.WEBHOOKS_NOT_READY);
        assertThatThrownBy(() -> connector.registerWebhook(AssetKind.CONTACT, url(), url()))
                .isInstanceOf(ConnectorException.Rejected.class)
                .hasMessageContaining("ready");
    }
}
