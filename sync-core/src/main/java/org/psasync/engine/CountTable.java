package org.psasync.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.psasync.model.AssetKind;

/** Prints the counts of a kind on one line, for plans and reports. */
final class CountTable {
    private CountTable() {}

    static String line(AssetKind kind, RunReport.KindReport report) {
        List<String> parts = new ArrayList<>();
        new TreeMap<>(report.done()).forEach((verb, count) -> parts.add(verb.words() + " " + count));
        new TreeMap<>(report.dispositions()).forEach((place, count) -> parts.add(place.words() + " " + count));
        String turnedAway = turnedAway(report.turnedAway());
        return String.format(
                Locale.ROOT,
                "  %-13s seen %-6d %s%s%n",
                kind.name().toLowerCase(Locale.ROOT),
                report.seen(),
                String.join(", ", parts),
                turnedAway.isEmpty() ? "" : " (turned away: " + turnedAway + ")");
    }

    private static String turnedAway(Map<String, Long> reasons) {
        List<String> parts = new ArrayList<>();
        new TreeMap<>(reasons).forEach((reason, count) -> parts.add(reason + " " + count));
        return String.join(", ", parts);
    }
}
