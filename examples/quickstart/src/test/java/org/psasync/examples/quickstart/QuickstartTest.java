package org.psasync.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.psasync.engine.InMemoryAssetRepository;
import org.psasync.engine.RunReport;
import org.psasync.model.AssetKind;
import org.psasync.spi.ConnectorConfig;
import org.psasync.testkit.TestClock;
import org.psasync.testkit.autotask.FakeAutotask;
import org.psasync.testkit.connectwise.FakeConnectWise;
import org.psasync.testkit.connectwise.Fault;

class QuickstartTest {
    private static final Path ROOT = Path.of(System.getProperty("psasync.root"));

    private final TestClock clock = TestClock.at("2026-03-01T08:00:00Z");

    @ParameterizedTest
    @ValueSource(strings = {"connectwise", "autotask", "pulseway"})
    void theTourEndsWithEveryOutcomeAsTheRulesSay(String psa) throws IOException {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();

        boolean good = run(printed, List.of("--psa", psa), Map.of());

        String text = printed.toString(StandardCharsets.UTF_8);
        assertThat(good).as(text).isTrue();
        String last = text.strip().lines().reduce("", (first, second) -> second);
        assertThat(last).matches("quickstart: (\\d+) of \\1 outcomes as expected");
        assertThat(Files.readString(ROOT.resolve("README.md")).contains("`" + last + "`"))
                .as("The README names it: " + last)
                .isTrue();
    }

    @Test
    void theFirstExampleOfTheReadmePullsCompaniesAndContacts() {
        InMemoryAssetRepository host =
                InMemoryAssetRepository.builder(InstantSource.system()).build();
        try (FakeConnectWise fake =
                FakeConnectWise.builder().companies(12).contacts(20).seed(3).start()) {
            RunReport report = FirstExample.sync(fake.credentials(), host);

            assertThat(report.status()).as(report.print()).isEqualTo(RunReport.Status.OK);
            assertThat(host.all(AssetKind.ORGANIZATION)).isNotEmpty();
            assertThat(host.all(AssetKind.CONTACT)).isNotEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"main/java/%s/FirstExample.java", "test/java/%s/PolicyTest.java"})
    void theReadmeShowsTheExamplesThatAreCompiled(String path) throws IOException {
        String source = Files.readString(
                ROOT.resolve("examples/quickstart/src/" + path.formatted("org/psasync/examples/quickstart")));
        String compiled = source.substring(
                source.indexOf("// README: begin") + "// README: begin".length(), source.indexOf("// README: end"));
        String readme = Files.readString(ROOT.resolve("README.md"));

        assertThat(lines(readme)).containsSequence(lines(compiled));
        assertThat(lines(compiled)).hasSizeLessThanOrEqualTo(25);
    }

    @Test
    void anUnknownArgumentIsRefused() {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        assertThat(run(printed, List.of("--aply"), Map.of())).isFalse();
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("Unknown argument \"--aply\"; there are only --psa with an id, and --apply");
        assertThat(run(printed, List.of("--psa", "connectwize"), Map.of())).isFalse();
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("Unknown PSA \"connectwize\"; there are [connectwise, autotask, pulseway]");
    }

    @Test
    void credentialsWithoutASiteAreNamedInsteadOfShowingTheTour() {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        assertThat(run(printed, List.of(), Map.of("PSASYNC_CW_COMPANY_ID", "contoso")))
                .isFalse();
        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("Set PSASYNC_CW_SITE too");
        assertThat(run(printed, List.of("--psa", "autotask"), Map.of("PSASYNC_AT_USER", "api@contoso.example")))
                .isFalse();
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("Set PSASYNC_AT_SECRET too")
                .doesNotContain("PSASYNC_AT_SERVER");
        assertThat(run(printed, List.of("--psa", "pulseway"), Map.of("PSASYNC_PW_TENANT", "contoso")))
                .isFalse();
        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("Set PSASYNC_PW_SERVER too");
    }

    @Test
    void aMalformedSiteEndsWithAMessage() {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        Map<String, String> environment = Map.of(
                "PSASYNC_CW_SITE", "http://[oops",
                "PSASYNC_CW_COMPANY_ID", "contoso",
                "PSASYNC_CW_CLIENT_ID", "c",
                "PSASYNC_CW_PUBLIC_KEY", "p",
                "PSASYNC_CW_PRIVATE_KEY", "k");
        assertThat(run(printed, List.of(), environment)).isFalse();
        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("The credential \"site\" is malformed");
    }

    @Test
    void aRealConnectWiseIsReadWithTheTicketsOfItsBoardsAndAWrongKeyIsSaid() {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        RealPsa real = real(printed, Map.of("PSASYNC_CW_BOARDS", "Help Desk, Alerts,"));
        try (FakeConnectWise fake = fake()) {
            assertThat(real.sync(config(fake.credentials()), false)).isTrue();
            assertThat(real.sync(config(fake.credentials()), true)).isTrue();

            Map<String, String> wrong = new HashMap<>(fake.credentials());
            wrong.put("privateKey", "not the key");
            assertThat(real.sync(config(wrong), false)).isFalse();
        }
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("That was a dry run.")
                .containsPattern("ticket +seen [1-9]")
                .containsPattern("location +seen [1-9]")
                .contains("Refused");
    }

    @Test
    void aRealAutotaskIsReadWithTheTicketsOfItsQueuesAndAWrongSecretIsSaid() {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        RealPsa real = real(Psa.AUTOTASK, printed, Map.of("PSASYNC_AT_BOARDS", "Level I Support, Monitoring Alert"));
        try (FakeAutotask fake = FakeAutotask.builder()
                .companies(4)
                .contacts(5)
                .tickets(8)
                .clock(clock)
                .start()) {
            assertThat(real.sync(config(fake.credentials()), false)).isTrue();
            assertThat(real.sync(config(fake.credentials()), true)).isTrue();

            Map<String, String> wrong = new HashMap<>(fake.credentials());
            wrong.put("secret", "not the secret");
            assertThat(real.sync(config(wrong), false)).isFalse();
            assertThat(fake.requests().count("PATCH", "**")).isZero();
        }
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("That was a dry run.")
                .containsPattern("ticket +seen [1-9]")
                .containsPattern("location +seen [1-9]")
                .contains("Refused");
    }

    @Test
    void anUnknownBoardIsNamed() {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try (FakeConnectWise fake = fake()) {
            assertThat(real(printed, Map.of("PSASYNC_CW_BOARDS", "Help Dessk")).sync(config(fake.credentials()), false))
                    .isFalse();
        }
        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("\"Help Dessk\"");
    }

    @Test
    @DisplayName("RUN-4: a plan that the PSA's limit cuts short says so, and is not taken for a whole one")
    void aPlanThatTheLimitCutsShortSaysSo() {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try (FakeConnectWise fake = fake()) {
            fake.faults()
                    .always("GET", "company/contacts", Fault.throttled(Duration.ofMinutes(5)))
                    .afterFirst(1); // the one by which the connection is checked

            assertThat(real(printed, Map.of()).sync(config(fake.credentials()), false))
                    .isFalse();
        }
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("The plan is not finished: ")
                .doesNotContain("That was a dry run.");
    }

    private FakeConnectWise fake() {
        return FakeConnectWise.builder()
                .companies(12)
                .contacts(20)
                .tickets(8)
                .seed(3)
                .clock(clock)
                .start();
    }

    private RealPsa real(ByteArrayOutputStream printed, Map<String, String> environment) {
        return real(Psa.CONNECTWISE, printed, environment);
    }

    private RealPsa real(Psa psa, ByteArrayOutputStream printed, Map<String, String> environment) {
        Screen screen = new Screen(new PrintStream(printed, true, StandardCharsets.UTF_8));
        return new RealPsa(psa, screen, environment, clock, clock);
    }

    private ConnectorConfig config(Map<String, String> credentials) {
        return ConnectorConfig.with(credentials)
                .plainHttpToLoopback(true)
                .clock(clock)
                .pause(clock)
                .build();
    }

    private static boolean run(ByteArrayOutputStream printed, List<String> arguments, Map<String, String> environment) {
        return Quickstart.run(
                new Screen(new PrintStream(printed, true, StandardCharsets.UTF_8)), arguments, environment);
    }

    private static List<String> lines(String text) {
        return text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    }
}
