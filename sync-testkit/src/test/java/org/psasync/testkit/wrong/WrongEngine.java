package org.psasync.testkit.wrong;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An engine with one deliberate fault, and the tests that must notice it.
 *
 * @param rule the rule or property that it breaks
 * @param title what it does wrong
 * @param source the file at fault, below {@code org/psasync} of {@code sync-core}
 * @param right the text as it is, found there exactly once; line by line, whatever the indentation
 * @param wrong the text instead
 * @param killers the tests that must fail, each of them
 */
record WrongEngine(String rule, String title, String source, String right, String wrong, List<Killer> killers) {
    WrongEngine {
        requireNonNull(rule, "rule");
        requireNonNull(title, "title");
        requireNonNull(source, "source");
        requireNonNull(right, "right");
        requireNonNull(wrong, "wrong");
        killers = List.copyOf(killers);
    }

    /**
     * Tests that must notice a fault: those of a class whose display names name a rule.
     *
     * @param testClass the class, without {@code org.psasync}
     * @param rule the rule that the tests name; a property such as P4 where that is what notices the fault
     */
    record Killer(String testClass, String rule) {
        Killer {
            requireNonNull(testClass, "testClass");
            requireNonNull(rule, "rule");
        }

        String className() {
            return "org.psasync." + testClass;
        }

        @Override
        public String toString() {
            return testClass.substring(testClass.lastIndexOf('.') + 1) + " " + rule;
        }
    }

    /** Returns the source with the fault in it. */
    String applied(String text) {
        Matcher place = pattern().matcher(text);
        if (!place.find()) {
            throw new AssertionError(source + " has no such text any more:\n" + right);
        }
        String result = text.substring(0, place.start()) + wrong + text.substring(place.end());
        if (place.find()) {
            throw new AssertionError(source + " has this text more than once:\n" + right);
        }
        return result;
    }

    private Pattern pattern() {
        List<String> lines =
                right.lines().map(String::strip).map(Pattern::quote).toList();
        return Pattern.compile(String.join("\\s*\\n\\s*", lines));
    }

    @Override
    public String toString() {
        return rule + ": " + title;
    }
}
