package org.psasync.examples.tidydesk;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The guide for connector authors shows just the code that is compiled. */
class ConnectorGuideTest {
    private static final Path ROOT = Path.of(System.getProperty("psasync.root", "../.."));
    private static final Pattern COMPILED =
            Pattern.compile("^ *// guide: (?!end)\\S+\n(.*?)^ *// guide: end\n", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern SHOWN = Pattern.compile("^```java\n(.*?)^```\n", Pattern.MULTILINE | Pattern.DOTALL);

    @Test
    void theGuideShowsAllCodeAsItIsCompiled() throws IOException {
        List<String> compiled = new ArrayList<>();
        try (Stream<Path> files = Files.walk(ROOT.resolve("examples/connector-sample/src"))) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                compiled.addAll(blocks(COMPILED, Files.readString(file)));
            }
        }
        assertThat(compiled).hasSizeGreaterThan(10);
        assertThat(blocks(SHOWN, Files.readString(ROOT.resolve("docs/connector-guide.md"))))
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
