package org.psasync.examples.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page about policy tests shows just the code that is compiled. */
class PolicyGuideTest {
    private static final Path ROOT = Path.of(System.getProperty("psasync.root"));
    private static final Path TESTS =
            ROOT.resolve("examples/quickstart/src/test/java/org/psasync/examples/policy/PolicyScenariosTest.java");
    private static final Pattern COMPILED = Pattern.compile(
            "^ *// policy-testing: (?!end)[^\n]+\n(.*?)^ *// policy-testing: end\n",
            Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern SHOWN = Pattern.compile("^```java\n(.*?)^```\n", Pattern.MULTILINE | Pattern.DOTALL);

    @Test
    void thePageShowsAllExamplesAsTheyAreCompiled() throws IOException {
        List<String> compiled = blocks(COMPILED, Files.readString(TESTS));

        assertThat(compiled).hasSizeGreaterThan(5);
        assertThat(blocks(SHOWN, Files.readString(ROOT.resolve("docs/policy-testing.md"))))
                .containsExactlyInAnyOrderElementsOf(compiled);
    }

    private static List<String> blocks(Pattern pattern, String text) {
        List<String> blocks = new ArrayList<>();
        Matcher block = pattern.matcher(text);
        while (block.find()) {
            blocks.add(
                    String.join("\n", block.group(1).lines().map(String::strip).toList()));
        }
        return blocks;
    }
}
