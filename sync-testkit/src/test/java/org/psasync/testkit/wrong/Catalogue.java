package org.psasync.testkit.wrong;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.psasync.testkit.wrong.WrongEngine.Killer;

/**
 * All wrong engines, from the text files in {@code src/test/resources/wrong-engines}. A fault is a few lines, and a blank
 * one ends it; {@code #} begins a remark.
 *
 * <pre>
 * MATCH-4: what it does wrong
 * in engine/decide/Matching.java
 * - the text as it is
 * + the text instead
 * by testkit.rules.PullingTest
 * by testkit.rules.SimulationTest P4
 * </pre>
 *
 * The tests of a killer are those that name the rule of the fault, or the one behind the class. The first killer is the
 * quickest.
 */
final class Catalogue {
    private static final List<String> AREAS = List.of(
            "planner", "observer", "applier", "pushes", "settings", "manage-data", "runs", "store", "scheduler");

    private Catalogue() {}

    /** Returns all wrong engines, in the order of the files. */
    static List<WrongEngine> all() {
        List<WrongEngine> all = new ArrayList<>();
        for (String area : AREAS) {
            for (String block : read(area).split("\n\\s*\n", -1)) {
                List<String> lines =
                        block.lines().filter(line -> !line.startsWith("#")).toList();
                if (lines.stream().anyMatch(line -> !line.isBlank())) {
                    all.add(parse(area, lines));
                }
            }
        }
        return all;
    }

    private static String read(String area) {
        try (InputStream text = Catalogue.class.getResourceAsStream("/wrong-engines/" + area + ".txt")) {
            if (text == null) {
                throw new AssertionError("There are no wrong engines for " + area);
            }
            return new String(text.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static WrongEngine parse(String area, List<String> lines) {
        String[] title = lines.get(0).split(": ", 2);
        List<String> sources = after("in ", lines);
        if (title.length != 2 || sources.size() != 1) {
            throw new AssertionError(area + " has a fault without title or source: " + lines.get(0));
        }
        return new WrongEngine(
                title[0],
                title[1],
                sources.get(0),
                text("-", lines),
                text("+", lines),
                after("by ", lines).stream()
                        .map(killer -> killer(title[0], killer))
                        .toList());
    }

    private static Killer killer(String rule, String line) {
        String[] words = line.split(" ", -1);
        return new Killer(words[0], words.length == 1 ? rule : words[1]);
    }

    private static String text(String mark, List<String> lines) {
        return lines.stream()
                .filter(line -> line.equals(mark) || line.startsWith(mark + " "))
                .map(line -> line.substring(mark.length()).strip())
                .collect(Collectors.joining("\n"));
    }

    private static List<String> after(String mark, List<String> lines) {
        return lines.stream()
                .filter(line -> line.startsWith(mark))
                .map(line -> line.substring(mark.length()).strip())
                .toList();
    }
}
