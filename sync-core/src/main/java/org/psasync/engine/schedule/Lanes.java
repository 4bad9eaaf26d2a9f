package org.psasync.engine.schedule;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The lanes of a scheduler in the order of their turns: those whose time has not come by time, those that are ready by
 * rank and then by how long they are ready. Guarded by the scheduler's lock.
 */
final class Lanes {
    private static final Comparator<Lane.Place> BY_TIME =
            Comparator.comparing(Lane.Place::at).thenComparingLong(Lane.Place::number);
    private static final Comparator<Lane.Place> BY_RANK =
            Comparator.comparing(Lane.Place::rank).thenComparingLong(Lane.Place::number);

    private final Map<String, Lane> byName = new HashMap<>();
    private final TreeSet<Waiting> later = new TreeSet<>(Comparator.comparing(Waiting::place, BY_TIME));
    private final TreeSet<Waiting> ready = new TreeSet<>(Comparator.comparing(Waiting::place, BY_RANK));
    private final Set<Lane> saving = new LinkedHashSet<>();
    private final long mostOngoing;
    private long places;

    /** Makes no lanes yet. When so many runs are going on, others begin only if a person asks for them. */
    Lanes(long mostOngoing) {
        this.mostOngoing = mostOngoing;
    }

    private record Waiting(Lane.Place place, Lane lane) {}

    @Nullable
    Lane named(String name) {
        return byName.get(name);
    }

    List<Lane> all() {
        return new ArrayList<>(byName.values());
    }

    /** Adds a lane; returns the one of the same name that was there before. */
    @Nullable
    Lane add(String name, Lane lane, Instant now) {
        Lane before = remove(name);
        byName.put(name, lane);
        place(lane, now);
        return before;
    }

    @Nullable
    Lane remove(String name) {
        Lane lane = byName.remove(name);
        if (lane != null) {
            takeOut(lane);
            saving.remove(lane);
        }
        return lane;
    }

    /** Puts a lane where it belongs now. One that is ready keeps its place unless it got a better rank. */
    void place(Lane lane, Instant now) {
        Instant due = lane.dueAt();
        Lane.Place before = lane.place;
        boolean wasReady = before != null && ready.contains(new Waiting(before, lane));
        if (wasReady && due != null && !due.isAfter(now) && before != null && before.rank() == lane.rank()) {
            return;
        }
        takeOut(lane);
        if (due != null && byName.get(lane.engine.integration()) == lane) {
            Lane.Place place = new Lane.Place(due, lane.rank(), ++places);
            lane.place = place;
            (due.isAfter(now) ? later : ready).add(new Waiting(place, lane));
        }
    }

    private void takeOut(Lane lane) {
        Lane.Place before = lane.place;
        if (before != null) {
            later.remove(new Waiting(before, lane));
            ready.remove(new Waiting(before, lane));
            lane.place = null;
        }
    }

    /** Makes those ready whose time has come, in the order of their times. */
    void makeReady(Instant now) {
        while (!later.isEmpty() && !later.first().place().at().isAfter(now)) {
            Lane lane = later.first().lane();
            takeOut(lane);
            place(lane, now);
        }
    }

    /** Returns when the next one becomes ready; null when none waits for its time. */
    @Nullable
    Instant nextTime() {
        return later.isEmpty() ? null : later.first().place().at();
    }

    /** Returns how many are ready and may have their turn. */
    int ready() {
        return (int) turns().count();
    }

    private Stream<Lane> turns() {
        boolean full = byName.values().stream().filter(Lane::isOngoing).count() >= mostOngoing;
        return ready.stream()
                .map(Waiting::lane)
                .filter(lane -> !full || lane.isOngoing() || lane.rank() == Lane.Rank.MANUAL);
    }

    boolean isReady(Lane lane) {
        Lane.Place place = lane.place;
        return place != null && ready.contains(new Waiting(place, lane));
    }

    /** Takes the one whose turn it is. */
    @Nullable
    Lane takeReady() {
        Lane lane = turns().findFirst().orElse(null);
        if (lane != null) {
            takeOut(lane);
        }
        return lane;
    }

    // Saves ----------------------------------------------------------------------------------------------------------

    void saves(Lane lane) {
        saving.add(lane);
    }

    int savesReady() {
        return saving.stream().mapToInt(lane -> lane.saves.ready()).sum();
    }

    int savesWaiting() {
        return saving.stream().mapToInt(lane -> lane.saves.waiting()).sum();
    }

    /**
     * A save whose turn it is.
     *
     * @param lane of which integration
     * @param save the save
     */
    record Turn(Lane lane, Saves.Save save) {}

    /** Takes the next save that can be pushed; integrations take turns. */
    @Nullable
    Turn takeSave() {
        Lane lane = saving.stream()
                .filter(each -> each.saves.ready() > 0)
                .findFirst()
                .orElse(null);
        Saves.Save save = lane == null ? null : lane.saves.take();
        if (lane == null || save == null) {
            return null;
        }
        saving.remove(lane);
        if (lane.saves.waiting() > 0) {
            saving.add(lane);
        }
        return new Turn(lane, save);
    }
}
