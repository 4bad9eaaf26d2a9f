package org.psasync.engine.run;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.Disposition;
import org.psasync.engine.RunReport.KindReport;
import org.psasync.engine.SyncPlan;
import org.psasync.engine.Verb;
import org.psasync.engine.decide.GateReason;
import org.psasync.model.AssetKind;
import org.psasync.model.PairId;

/** Counts what a run does; a record counts once, by where it ended (RUN-5). Not safe for use by several threads. */
final class Tally {
    private static final int MOST_PROBLEMS = 100;

    private final Map<AssetKind, Map<PairId, Place>> places = new EnumMap<>(AssetKind.class);
    private final Map<AssetKind, Map<Verb, Long>> done = new EnumMap<>(AssetKind.class);
    private final List<String> problems = new ArrayList<>();
    private final List<SyncPlan.Item> items = new ArrayList<>();
    private final boolean keepsItems;

    /** Where a record ended, and why the gate turned it away. */
    private record Place(@Nullable Disposition disposition, Set<GateReason> turnedAway) {
        private static final Map<Disposition, Place> PASSED = new EnumMap<>(Disposition.class);

        static {
            for (Disposition disposition : Disposition.values()) {
                PASSED.put(disposition, new Place(disposition, Set.of()));
            }
        }

        static Place of(@Nullable Disposition disposition, Set<GateReason> turnedAway) {
            return disposition != null && turnedAway.isEmpty()
                    ? Objects.requireNonNull(PASSED.get(disposition))
                    : new Place(disposition, turnedAway);
        }
    }

    /** Makes an empty tally; a plan keeps what was done item by item. */
    Tally(boolean keepsItems) {
        this.keepsItems = keepsItems;
    }

    void place(AssetKind kind, PairId pair, @Nullable Disposition disposition, Set<GateReason> turnedAway) {
        of(kind).put(pair, Place.of(disposition, turnedAway));
    }

    /** Counts a record that was seen and needs no decision, unless it was decided already. */
    void seen(AssetKind kind, PairId pair, @Nullable Disposition disposition) {
        of(kind).putIfAbsent(pair, Place.of(disposition, Set.of()));
    }

    void forgotten(AssetKind kind, PairId pair) {
        of(kind).remove(pair);
    }

    /** Counts something that was done; a plan keeps the item, which is only made if it is kept. */
    void did(AssetKind kind, Verb verb, Supplier<SyncPlan.Item> item) {
        done.computeIfAbsent(kind, key -> new EnumMap<>(Verb.class)).merge(verb, 1L, Long::sum);
        if (keepsItems) {
            items.add(item.get());
        }
    }

    void problem(String text) {
        if (problems.size() < MOST_PROBLEMS && !problems.contains(text)) {
            problems.add(text);
        }
    }

    List<String> problems() {
        return List.copyOf(problems);
    }

    List<SyncPlan.Item> items() {
        return List.copyOf(items);
    }

    /** Returns whether a record failed or waits, so that the run is not {@code OK} (RUN-2). */
    boolean incomplete() {
        return places.values().stream()
                .flatMap(pairs -> pairs.values().stream())
                .anyMatch(place ->
                        place.disposition() == null || place.disposition().keepsRunIncomplete());
    }

    Map<AssetKind, KindReport> reports() {
        Map<AssetKind, KindReport> result = new EnumMap<>(AssetKind.class);
        for (AssetKind kind : AssetKind.values()) {
            Map<PairId, Place> pairs = places.getOrDefault(kind, Map.of());
            if (!pairs.isEmpty() || done.containsKey(kind)) {
                result.put(kind, report(pairs, done.getOrDefault(kind, Map.of())));
            }
        }
        return result;
    }

    private static KindReport report(Map<PairId, Place> pairs, Map<Verb, Long> verbs) {
        Map<Disposition, Long> dispositions = new EnumMap<>(Disposition.class);
        Map<String, Long> turnedAway = new HashMap<>();
        for (Place place : pairs.values()) {
            dispositions.merge(
                    Objects.requireNonNullElse(place.disposition(), Disposition.CHANGE_WAITING), 1L, Long::sum);
            place.turnedAway().forEach(reason -> turnedAway.merge(reason.words(), 1L, Long::sum));
        }
        return new KindReport(pairs.size(), dispositions, verbs, turnedAway);
    }

    private Map<PairId, Place> of(AssetKind kind) {
        return places.computeIfAbsent(kind, key -> new HashMap<>());
    }
}
