package org.psasync.testkit.wrong;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.psasync.testkit.wrong.Trial.Outcome;
import org.psasync.testkit.wrong.WrongEngine.Killer;

/**
 * Proves that the tests see broken rules: each wrong engine of the {@link Catalogue} is built, and the tests that name its
 * rule must fail on it, and only on it. {@code target/wrong-engines.txt} tells which test noticed which fault.
 */
class WrongEnginesTest {
    private static final boolean ALL = Boolean.getBoolean("psasync.wrong.all");
    private static final String ONLY = System.getProperty("psasync.wrong.only", "");
    private static final List<String> TABLE = new ArrayList<>();

    private final Workshop workshop = new Workshop();
    private final Set<String> rules = new HashSet<>();
    private final Set<Killer> passed = new HashSet<>();

    @Test
    @DisplayName("each fault fits the engine as it is, and no two are the same")
    void fits() {
        List<WrongEngine> all = Catalogue.all();
        assertThat(all)
                .hasSizeGreaterThanOrEqualTo(25)
                .extracting(Workshop::source)
                .doesNotHaveDuplicates();
        assertThat(all).allSatisfy(engine -> assertThat(engine.killers()).isNotEmpty());
    }

    @TestFactory
    @DisplayName("the tests that name a rule fail when it is broken")
    Stream<DynamicTest> kills() {
        return Catalogue.all().stream()
                .filter(this::isWanted)
                .flatMap(engine -> engine.killers().stream()
                        .limit(ALL || !ONLY.isEmpty() ? Long.MAX_VALUE : 1)
                        .map(killer -> dynamicTest(engine + " (" + killer + ")", () -> kill(engine, killer))));
    }

    /** A build tries one wrong engine of each rule. */
    private boolean isWanted(WrongEngine engine) {
        boolean first = rules.add(engine.rule());
        return ONLY.isEmpty()
                ? ALL || first
                : engine.toString().contains(ONLY) || engine.source().contains(ONLY);
    }

    private void kill(WrongEngine engine, Killer killer) {
        long start = System.nanoTime();
        if (passed.add(killer)) {
            Outcome unharmed = Trial.run(killer, Map.of());
            assertThat(unharmed.ran())
                    .as("tests of %s that name the rule", killer)
                    .isPositive();
            assertThat(unharmed.failures()).as("of %s, without a fault", killer).isEmpty();
        }
        long between = System.nanoTime();
        Outcome outcome = Trial.run(killer, workshop.classes(engine));
        TABLE.add("%-40s %4d + %4d ms  %s\n    %s"
                .formatted(
                        killer,
                        Duration.ofNanos(between - start).toMillis(),
                        Duration.ofNanos(System.nanoTime() - between).toMillis(),
                        engine,
                        outcome.failures().stream()
                                .findFirst()
                                .map(WrongEnginesTest::line)
                                .orElse("SURVIVED")));
        assertThat(outcome.failures()).as("%s notices: %s", killer, engine).isNotEmpty();
    }

    private static String line(String failure) {
        String line = failure.replaceAll("\\s+", " ");
        return line.length() <= 180 ? line : line.substring(0, 180) + "…";
    }

    @AfterAll
    static void write() throws IOException {
        Files.createDirectories(Path.of("target"));
        Files.write(Path.of("target", "wrong-engines.txt"), TABLE);
    }
}
