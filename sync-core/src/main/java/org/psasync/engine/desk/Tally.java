package org.psasync.engine.desk;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.psasync.engine.Disposition;
import org.psasync.engine.RunReport.KindReport;
import org.psasync.engine.SyncPlan;
import org.psasync.engine.Verb;
import org.psasync.engine.decide.GateReason;
import org.psasync.model.AssetKind;
import org.psasync.model.PairId;
import org.psasync.store.IntegrationState;
import org.psasync.store.Pair;

/**
 * Counts what a run does. Where the records stand the state counts, each once; so nothing is kept per record here
 * (RUN-5). Not safe for use by several threads.
 */
public final class Tally {
    private static final int MOST_PROBLEMS = 99;

    private final Map<AssetKind, Map<Verb, Long>> done = new EnumMap<>(AssetKind.class);
    private final Set<String> problems = new LinkedHashSet<>();
    private final List<SyncPlan.Item> items = new ArrayList<>();
    private final Map<PairId, SyncPlan.Item> held = new LinkedHashMap<>();
    private final boolean keepsItems;
    private long moreProblems;

    /** Makes an empty tally; a plan keeps what was done item by item. */
    Tally(boolean keepsItems) {
        this.keepsItems = keepsItems;
    }

    /** Counts something that was done; a plan keeps the item, which is only made if it is kept. */
    public void did(AssetKind kind, Verb verb, Supplier<SyncPlan.Item> item) {
        done.computeIfAbsent(kind, key -> new EnumMap<>(Verb.class)).merge(verb, 1L, Long::sum);
        if (keepsItems) {
            items.add(item.get());
        }
    }

    /** Notes what a brake holds, once for each record; only a plan keeps it. */
    public void held(Pair pair, Supplier<SyncPlan.Item> item) {
        if (keepsItems && !held.containsKey(pair.id())) {
            held.put(pair.id(), item.get());
        }
    }

    /** Returns whether items are kept, as for a plan. */
    public boolean keepsItems() {
        return keepsItems;
    }

    public List<SyncPlan.Item> heldItems() {
        return List.copyOf(held.values());
    }

    public void problem(String text) {
        if (problems.size() < MOST_PROBLEMS) {
            problems.add(text);
        } else if (!problems.contains(text)) {
            moreProblems++;
        }
    }

    public List<String> problems() {
        List<String> result = new ArrayList<>(problems);
        if (moreProblems > 0) {
            result.add("… and " + moreProblems + " more, which the event log names");
        }
        return List.copyOf(result);
    }

    public List<SyncPlan.Item> items() {
        return List.copyOf(items);
    }

    /** Returns whether a record failed or waits, so that the run is not {@code OK} (RUN-2). */
    public static boolean incomplete(IntegrationState state) {
        return state.counts().values().stream()
                .flatMap(counts -> counts.keySet().stream())
                .anyMatch(Disposition::keepsRunIncomplete);
    }

    public Map<AssetKind, KindReport> reports(IntegrationState state) {
        Map<AssetKind, Map<Disposition, Long>> counts = state.counts();
        Map<AssetKind, Map<String, Long>> turnedAway = state.turnedAway();
        Map<AssetKind, KindReport> result = new EnumMap<>(AssetKind.class);
        for (AssetKind kind : AssetKind.values()) {
            Map<Disposition, Long> dispositions = counts.getOrDefault(kind, Map.of());
            Map<Verb, Long> verbs = done.getOrDefault(kind, Map.of());
            if (!dispositions.isEmpty() || !verbs.isEmpty()) {
                long seen = dispositions.values().stream()
                        .mapToLong(Long::longValue)
                        .sum();
                result.put(
                        kind,
                        new KindReport(seen, dispositions, verbs, words(turnedAway.getOrDefault(kind, Map.of()))));
            }
        }
        return result;
    }

    /** What the PSA does not show is not turned away by the gate. */
    private static Map<String, Long> words(Map<String, Long> reasons) {
        Map<String, Long> result = new HashMap<>();
        for (GateReason reason : GateReason.values()) {
            Long count = reasons.get(reason.name());
            if (count != null) {
                result.put(reason.words(), count);
            }
        }
        return result;
    }
}
