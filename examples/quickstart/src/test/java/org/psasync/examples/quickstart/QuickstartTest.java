package org.psasync.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.psasync.engine.InMemoryAssetRepository;
import org.psasync.engine.RunReport;
import org.psasync.model.AssetKind;
import org.psasync.spi.ConnectorConfig;
import org.psasync.testkit.connectwise.FakeConnectWise;

class QuickstartTest {
    private static final Path ROOT = Path.of(System.getProperty("psasync.root"));

    @Test
    void theTourEndsWithEveryOutcomeAsTheRulesSay() {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();

        boolean good = new Tour(new Screen(new PrintStream(printed, true, StandardCharsets.UTF_8))).show();

        String text = printed.toString(StandardCharsets.UTF_8);
        assertThat(good).as(text).isTrue();
        assertThat(text.strip().lines().reduce("", (first, second) -> second))
                .matches("quickstart: (\\d+) of \\1 outcomes as expected");
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

    @Test
    void theReadmeShowsTheExampleThatIsCompiled() throws IOException {
        String source = Files.readString(
                ROOT.resolve("examples/quickstart/src/main/java/org/psasync/examples/quickstart/FirstExample.java"));
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
                .contains("Unknown argument \"--aply\"; there is only --apply");
    }

    @Test
    void credentialsWithoutASiteAreNamedInsteadOfShowingTheTour() {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        assertThat(run(printed, List.of(), Map.of("PSASYNC_CW_COMPANY_ID", "contoso")))
                .isFalse();
        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("Set PSASYNC_CW_SITE too");
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
    void aRealConnectWiseIsReadAndAWrongKeyIsSaid() {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        RealConnectWise real =
                new RealConnectWise(new Screen(new PrintStream(printed, true, StandardCharsets.UTF_8)), Map.of());
        try (FakeConnectWise fake =
                FakeConnectWise.builder().companies(12).contacts(20).seed(3).start()) {
            assertThat(real.sync(config(fake.credentials()), false)).isTrue();
            assertThat(real.sync(config(fake.credentials()), true)).isTrue();

            Map<String, String> wrong = new HashMap<>(fake.credentials());
            wrong.put("privateKey", "not the key");
            assertThat(real.sync(config(wrong), false)).isFalse();
        }
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("That was a dry run.")
                .contains("Refused");
    }

    private static ConnectorConfig config(Map<String, String> credentials) {
        return ConnectorConfig.with(credentials).plainHttpToLoopback(true).build();
    }

    private static boolean run(ByteArrayOutputStream printed, List<String> arguments, Map<String, String> environment) {
        return Quickstart.run(
                new Screen(new PrintStream(printed, true, StandardCharsets.UTF_8)), arguments, environment);
    }

    private static List<String> lines(String text) {
        return text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    }
}
