package org.psasync.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The rows of the result, as a Markdown table. */
final class Table {
    private final List<String> rows = new ArrayList<>();
    private boolean allMet = true;

    void ratio(String what, double value, double most) {
        row(what, String.format(Locale.ROOT, "%.2f", value), "≤ " + most, value <= most);
    }

    void share(String what, double value, double most) {
        row(what, String.format(Locale.ROOT, "%.3f %%", 100 * value), "≤ " + 100 * most + " %", value <= most);
    }

    void count(String what, long value, long most) {
        row(what, Long.toString(value), "≤ " + most, value <= most);
    }

    void rate(String what, double value, double least) {
        row(
                what,
                String.format(Locale.ROOT, "%,.0f", value),
                String.format(Locale.ROOT, "≥ %,.0f", least),
                value >= least);
    }

    void fact(String what, String value) {
        rows.add("| " + what + " | " + value + " | | |");
    }

    private void row(String what, String value, String target, boolean met) {
        allMet &= met;
        rows.add("| " + what + " | " + value + " | " + target + " | " + (met ? "met" : "**missed**") + " |");
        System.out.println(rows.get(rows.size() - 1));
    }

    boolean allMet() {
        return allMet;
    }

    @Override
    public String toString() {
        return "\n| what | measured | target | |\n|---|---|---|---|\n" + String.join("\n", rows) + "\n";
    }
}
