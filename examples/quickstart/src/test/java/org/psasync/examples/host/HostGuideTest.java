package org.psasync.examples.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The guide shows just the code that is compiled, and its links lead somewhere. */
class HostGuideTest {
    private static final Path ROOT = Path.of(System.getProperty("psasync.root"));
    private static final Path SCREENS = ROOT.resolve("examples/quickstart/src/main/java/org/psasync/examples/host");
    private static final Pattern COMPILED =
            Pattern.compile("^ *// guide: (?!end)(\\S+)\n(.*?)^ *// guide: end\n", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern SHOWN = Pattern.compile("^```java\n(.*?)^```\n", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:\\s]*)(?:#([^)\\s]+))?\\)");

    @Test
    void theGuideShowsAllExamplesAsTheyAreCompiled() {
        List<String> shown = new ArrayList<>();
        Matcher block = SHOWN.matcher(read(ROOT.resolve("docs/host-guide.md")));
        while (block.find()) {
            shown.add(stripped(block.group(1)));
        }

        assertThat(compiled()).isNotEmpty();
        assertThat(shown).containsExactlyInAnyOrderElementsOf(compiled().values());
    }

    @Test
    void everyActionOnDataHasItsPlaceInTheGuide() {
        String guide = read(ROOT.resolve("docs/host-guide.md"));
        Matcher rule = Pattern.compile("^\\*\\*(DATA-\\d+)\\*\\*", Pattern.MULTILINE)
                .matcher(read(ROOT.resolve("docs/rules.md")));
        int rules = 0;
        while (rule.find()) {
            rules++;
            assertThat(guide).contains(rule.group(1));
        }
        assertThat(rules).isEqualTo(9);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "README.md",
                "CHANGELOG.md",
                "docs/architecture.md",
                "docs/benchmarks.md",
                "docs/connector-guide.md",
                "docs/host-guide.md",
                "docs/operations.md",
                "docs/policy-testing.md",
                "docs/rules.md",
                "docs/scheduling.md",
                "docs/testing.md"
            })
    void linksLeadToFilesAndHeadingsThatExist(String page) {
        Path from = ROOT.resolve(page);
        Matcher link = LINK.matcher(read(from));
        while (link.find()) {
            Path to = link.group(1).isEmpty() ? from : from.resolveSibling(link.group(1));
            assertThat(to).as(link.group()).exists();
            if (link.group(2) != null) {
                assertThat(headings(read(to))).as(link.group()).contains(link.group(2));
            }
        }
    }

    private static Map<String, String> compiled() {
        Map<String, String> examples = new TreeMap<>();
        try (Stream<Path> files = Files.list(SCREENS)) {
            files.sorted().forEach(file -> {
                Matcher block = COMPILED.matcher(read(file));
                while (block.find()) {
                    assertThat(examples.put(block.group(1), stripped(block.group(2))))
                            .as(block.group(1))
                            .isNull();
                }
            });
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return examples;
    }

    private static List<String> headings(String page) {
        return page.lines()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("^#+ ", "")
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9 _-]", "")
                        .replace(' ', '-'))
                .toList();
    }

    private static String stripped(String code) {
        return String.join(
                "\n",
                code.lines().map(String::strip).filter(line -> !line.isEmpty()).toList());
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
