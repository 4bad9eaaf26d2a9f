package org.psasync.examples.quickstart;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import org.psasync.engine.ProgressListener;

/** Prints what happens as a person reads it, and counts how often it was as the rules say. */
final class Screen implements ProgressListener {
    private final PrintStream out;
    private int shown;
    private int expected;
    private boolean showsProgress = true;

    Screen(PrintStream out) {
        this.out = out;
    }

    void title(String text) {
        out.printf("%n== %s%n", text);
    }

    void say(String text) {
        text.lines().forEach(line -> out.println("   " + line));
    }

    /** Shows an outcome of a rule, and whether it is the one that the rule demands. */
    void outcome(String rule, String text, boolean asExpected) {
        shown++;
        expected += asExpected ? 1 : 0;
        say((asExpected ? "✔ " : "✘ ") + text + "  [" + rule + "]");
    }

    /** Prints the last line; returns whether everything was as expected. */
    boolean finish() {
        out.printf("%nquickstart: %d of %d outcomes as expected%n", expected, shown);
        return expected == shown && shown > 0;
    }

    /** Shows, or stops showing, how runs get on. */
    void showProgress(boolean show) {
        showsProgress = show;
    }

    @Override
    public void progress(RunProgress progress) {
        if (!showsProgress || progress.phase() == Phase.CHECKING) {
            return;
        }
        String total =
                progress.expected().isPresent() ? " of " + progress.expected().getAsLong() : "";
        String left = progress.left()
                .filter(each -> each.compareTo(Duration.ofSeconds(1)) > 0)
                .map(each -> ", " + each.toSeconds() + " s left")
                .orElse("");
        say(String.format(
                Locale.ROOT,
                "%-9s %-13s %6d%s%s",
                progress.phase().name().toLowerCase(Locale.ROOT),
                progress.kind().name().toLowerCase(Locale.ROOT),
                progress.records(),
                total,
                left));
    }
}
