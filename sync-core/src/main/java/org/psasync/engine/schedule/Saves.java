package org.psasync.engine.schedule;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.PushResult;
import org.psasync.model.LocalRef;
import org.psasync.model.Revision;

/**
 * Saves of one integration that wait to be pushed: one per record, whose later saves join it (PUSH-9), and one at a time
 * per record. Guarded by the scheduler's lock.
 */
final class Saves {
    private final int most;
    private final Map<LocalRef, Save> waiting = new LinkedHashMap<>();
    private final Set<LocalRef> going = new HashSet<>();
    /** How many of those that wait are of records that are being pushed. */
    private int blocked;

    /** Makes an empty queue; so many are pushed at a time. */
    Saves(int most) {
        this.most = most;
    }

    /**
     * One or more saves of a record, which become one push.
     *
     * @param record the record
     * @param revision the last one that was named; null when none was
     * @param answer what comes of the push
     */
    record Save(LocalRef record, @Nullable Revision revision, CompletableFuture<PushResult> answer) {}

    /** Adds a save; returns what will come of it. */
    CompletableFuture<PushResult> add(LocalRef record, @Nullable Revision revision) {
        Save before = waiting.get(record);
        if (before == null && going.contains(record)) {
            blocked++;
        }
        Save save = before == null
                ? new Save(record, revision, new CompletableFuture<>())
                : new Save(record, revision == null ? before.revision() : revision, before.answer());
        waiting.put(record, save);
        return save.answer();
    }

    /** Returns how many could be begun now. */
    int ready() {
        return Math.max(0, Math.min(most - going.size(), waiting.size() - blocked));
    }

    int waiting() {
        return waiting.size();
    }

    /** Takes the next one to be begun; null when none can be. */
    @Nullable
    Save take() {
        if (ready() == 0) {
            return null;
        }
        for (Save save : waiting.values()) {
            if (!going.contains(save.record())) {
                waiting.remove(save.record());
                going.add(save.record());
                return save;
            }
        }
        return null;
    }

    /** Takes notice that a push has ended. */
    void done(Save save) {
        going.remove(save.record());
        if (waiting.containsKey(save.record())) {
            blocked--;
        }
    }

    /** Takes all that wait. */
    List<Save> takeAll() {
        List<Save> all = new ArrayList<>(waiting.values());
        waiting.clear();
        blocked = 0;
        return all;
    }
}
