package org.psasync.testkit.connectwise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.testkit.TestClock;
import picocli.CommandLine;

/** What goes wrong on request, and the way to start the fake from a command line. */
final class FaultTest {
    private final FakeConnectWise fake = FakeConnectWise.builder()
            .clock(TestClock.at("2026-10-05T08:00:00Z"))
            .companies(3)
            .start();
    private final Client client = new Client(fake);

    @AfterEach
    void close() {
        fake.close();
    }

    @Test
    @DisplayName("A cut connection has no effect; one that is cut or reset afterwards has")
    void cuts() {
        String renamed = "[{\"op\":\"replace\",\"path\":\"name\",\"value\":\"%s\"}]";
        fake.faults().next(1, "PATCH", "company/companies/*", Fault.cut());
        assertThatThrownBy(() -> client.patch("company/companies/101", renamed.formatted("A")))
                .isInstanceOf(UncheckedIOException.class);
        assertThat(fake.records("company/companies").get(101)).doesNotContainEntry("name", "A");

        fake.faults().next(1, "PATCH", "company/companies/*", Fault.resetAfterEffect());
        assertThatThrownBy(() -> client.patch("company/companies/101", renamed.formatted("B")))
                .isInstanceOf(UncheckedIOException.class);
        assertThat(fake.records("company/companies").get(101)).containsEntry("name", "B");
    }

    @Test
    @DisplayName("Answers come late, with other headers, without headers and without members")
    void changes() {
        fake.faults().next(1, "GET", "company/companies", Fault.slow(Duration.ofMillis(1)));
        fake.faults().next(1, "GET", "company/companies", Fault.header("x-note", "odd"));
        fake.faults().next(1, "GET", "company/companies", Fault.withoutHeader("Link"));
        fake.faults().next(1, "GET", "company/companies", Fault.withoutMembers("name", "status"));

        Client.Response odd = client.get("company/companies");

        assertThat(odd.status()).isEqualTo(200);
        assertThat(odd.header("x-note")).isEqualTo("odd");
        assertThat(odd.header("Link")).isEqualTo("(none)");
        assertThat(odd.at("/0").has("id")).isTrue();
        assertThat(odd.at("/0").has("name")).isFalse();
        assertThat(client.get("company/companies").at("/0").has("name")).isTrue();
    }

    @Test
    @DisplayName("Pages over 1000 are cut to 1000, or refused where that is switched on")
    void largePages() {
        assertThat(client.get("company/companies?pageSize=1001").status()).isEqualTo(200);
        fake.switches().on(Switch.REFUSE_LARGE_PAGES);
        assertThat(client.get("company/companies?pageSize=1001").status()).isEqualTo(400);
        assertThat(client.get("company/companies?pageSize=1000").status()).isEqualTo(200);
    }

    @Test
    @DisplayName("The command line prints one line of JSON, and the same seed gives the same credentials")
    void commandLine() throws IOException {
        String first = started("--seed", "5", "--companies", "1");
        String again = started("--seed", "5", "--companies", "1");
        String tls = started("--seed", "6", "--companies", "1", "--tls");

        assertThat(first.strip().lines()).hasSize(1);
        var line = Client.MAPPER.readTree(first);
        for (String name : new String[] {"url", "site", "companyId", "clientId", "publicKey", "privateKey"}) {
            assertThat(line.path(name).asText()).as(name).isNotEmpty();
        }
        assertThat(line.has("certificate")).isFalse();
        assertThat(Client.MAPPER.readTree(again).path("privateKey")).isEqualTo(line.path("privateKey"));
        var secure = Client.MAPPER.readTree(tls);
        assertThat(secure.path("url").asText()).startsWith("https://127.0.0.1:");
        assertThat(secure.path("certificate").asText()).startsWith("-----BEGIN CERTIFICATE-----");
        assertThat(secure.path("privateKey")).isNotEqualTo(line.path("privateKey"));
    }

    /** What is printed by a command whose standard input is at its end at once. */
    private static String started(String... arguments) {
        PrintStream out = System.out;
        InputStream in = System.in;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
            System.setIn(new ByteArrayInputStream(new byte[0]));
            assertThat(new CommandLine(new Command()).execute(arguments)).isZero();
        } finally {
            System.setOut(out);
            System.setIn(in);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }
}
