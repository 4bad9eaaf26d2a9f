package org.psasync.jdbc;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.psasync.model.AssetRef;
import org.psasync.model.PairId;
import org.psasync.store.Pair;
import org.psasync.store.PairQuery;

/** The pairs that a fork changed, with the same lists as in the database. Not safe for use by several threads. */
final class ChangedPairs {
    private final TreeMap<PairId, Pair> byId = new TreeMap<>();
    private final Map<AssetRef, PairId> byRecord = new HashMap<>();
    private final Map<String, NavigableSet<PairId>> lists = new HashMap<>();

    @Nullable
    Pair get(PairId id) {
        return byId.get(id);
    }

    @Nullable
    Pair get(AssetRef record) {
        PairId id = byRecord.get(record);
        return id == null ? null : byId.get(id);
    }

    /** Stores a pair in place of the one with its id; null forgets it. */
    void change(PairId id, @Nullable Pair now) {
        Pair old = now == null ? byId.remove(id) : byId.put(id, now);
        if (old != null) {
            byRecord.remove(old.localRef(), id);
            byRecord.remove(old.remoteRef(), id);
        }
        if (now != null && now.localRef() != null) {
            byRecord.put(now.localRef(), id);
        }
        if (now != null && now.remoteRef() != null) {
            byRecord.put(now.remoteRef(), id);
        }
        Set<String> before = PairLists.of(old);
        Set<String> after = PairLists.of(now);
        for (String list : before) {
            NavigableSet<PairId> ids = after.contains(list) ? null : lists.get(list);
            if (ids != null) {
                ids.remove(id);
            }
        }
        for (String list : after) {
            lists.computeIfAbsent(list, key -> new TreeSet<>()).add(id);
        }
    }

    List<Pair> page(PairQuery query, @Nullable PairId after, int limit) {
        PairLists.Answer answering = PairLists.answering(query);
        NavigableSet<PairId> ids = answering == null ? byId.navigableKeySet() : inOneOf(answering.names());
        List<Pair> result = new ArrayList<>();
        for (PairId id : after == null ? ids : ids.tailSet(after, false)) {
            Pair pair = byId.get(id);
            if (pair != null && (answering != null || isAnswer(query, pair))) {
                result.add(pair);
                if (result.size() == limit) {
                    break;
                }
            }
        }
        return result;
    }

    private NavigableSet<PairId> inOneOf(Set<String> names) {
        if (names.size() == 1) {
            return lists.getOrDefault(names.iterator().next(), new TreeSet<>());
        }
        NavigableSet<PairId> result = new TreeSet<>();
        names.forEach(name -> result.addAll(lists.getOrDefault(name, new TreeSet<>())));
        return result;
    }

    private static boolean isAnswer(PairQuery query, Pair pair) {
        if (query instanceof PairQuery.Due due) {
            return pair.dueAt() != null && !pair.dueAt().isAfter(due.now());
        }
        if (query instanceof PairQuery.NotSeenIn notSeen) {
            return pair.kind() == notSeen.kind() && pair.remote() != null && pair.seenIn() < notSeen.check();
        }
        return pair.kind() == ((PairQuery.OfKind) query).kind();
    }
}
