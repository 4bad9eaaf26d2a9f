package org.psasync.store;

import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.psasync.model.AssetKind;
import org.psasync.model.PairId;

/** The pairs of all kinds of one integration. Not safe for use by several threads. */
final class MemoryKinds {
    private final Map<AssetKind, MemoryPairs> kinds = new EnumMap<>(AssetKind.class);

    MemoryKinds() {
        for (AssetKind kind : AssetKind.values()) {
            kinds.put(kind, new MemoryPairs());
        }
    }

    /** Copies the maps; the pairs are immutable. */
    MemoryKinds(MemoryKinds other) {
        other.kinds.forEach((kind, pairs) -> kinds.put(kind, new MemoryPairs(pairs)));
    }

    MemoryPairs of(AssetKind kind) {
        return Objects.requireNonNull(kinds.get(kind));
    }

    @Nullable
    Pair get(PairId id) {
        for (MemoryPairs pairs : kinds.values()) {
            Pair pair = pairs.get(id);
            if (pair != null) {
                return pair;
            }
        }
        return null;
    }

    /** Returns what is found of the ids, in their order. */
    static <I> Map<I, Pair> all(Collection<I> ids, Function<I, @Nullable Pair> found) {
        Map<I, Pair> result = new LinkedHashMap<>();
        for (I id : ids) {
            Pair pair = found.apply(id);
            if (pair != null) {
                result.put(id, pair);
            }
        }
        return result;
    }

    Optional<Instant> nextDue(Instant after) {
        return kinds.values().stream()
                .map(pairs -> pairs.nextDue(after))
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder());
    }

    List<Pair> pairs(PairQuery query, @Nullable PairId after, int limit) {
        if (query instanceof PairQuery.Dirty dirty) {
            return of(dirty.kind()).dirty(after, limit);
        }
        if (query instanceof PairQuery.Due due) {
            return ofAllKinds(pairs -> pairs.due(due.now(), after, limit), limit);
        }
        if (query instanceof PairQuery.Unlinked unlinked) {
            return of(unlinked.kind()).withMatchTexts(unlinked.matchTexts(), after, limit);
        }
        if (query instanceof PairQuery.Below below) {
            return of(below.kind()).below(below.organization(), after, limit);
        }
        if (query instanceof PairQuery.Awaiting awaiting) {
            return ofAllKinds(pairs -> pairs.awaiting(awaiting.records(), after, limit), limit);
        }
        if (query instanceof PairQuery.NotSeenIn notSeen) {
            return of(notSeen.kind())
                    .all(after, limit, pair -> pair.remote() != null && pair.seenIn() < notSeen.check());
        }
        if (query instanceof PairQuery.WithWriteInFlight inFlight) {
            return of(inFlight.kind()).inFlight(after, limit);
        }
        if (query instanceof PairQuery.InReview inReview) {
            return of(inReview.kind()).inReview(after, limit);
        }
        if (query instanceof PairQuery.Ignored ignored) {
            return of(ignored.kind()).ignored(after, limit);
        }
        if (query instanceof PairQuery.InState inState) {
            return of(inState.kind()).inState(inState.state(), inState.reason(), after, limit);
        }
        if (query instanceof PairQuery.Placed placed) {
            return of(placed.kind()).in(placed.place(), placed.state(), after, limit);
        }
        if (query instanceof PairQuery.Failed failed) {
            return of(failed.kind()).failed(failed.place(), after, limit);
        }
        if (query instanceof PairQuery.Standing standing) {
            return of(standing.kind()).standing(standing.disposition(), after, limit);
        }
        if (query instanceof PairQuery.TurnedAway away) {
            return of(away.kind()).away(after, limit);
        }
        if (query instanceof PairQuery.LeftAlone leftAlone) {
            return of(leftAlone.kind()).leftAlone(after, limit);
        }
        return of(((PairQuery.OfKind) query).kind()).all(after, limit, pair -> true);
    }

    private List<Pair> ofAllKinds(Function<MemoryPairs, List<Pair>> question, int limit) {
        List<Pair> result = List.of();
        for (MemoryPairs pairs : kinds.values()) {
            List<Pair> some = question.apply(pairs);
            if (!some.isEmpty()) {
                result = Stream.concat(result.stream(), some.stream())
                        .sorted(Comparator.comparing(Pair::id))
                        .limit(limit)
                        .toList();
            }
        }
        return result;
    }

    /** Returns what is known of each kind. */
    <T> Map<AssetKind, T> each(Function<MemoryPairs, T> question) {
        Map<AssetKind, T> result = new EnumMap<>(AssetKind.class);
        kinds.forEach((kind, pairs) -> result.put(kind, question.apply(pairs)));
        return result;
    }

    void store(Commit commit) {
        commit.delete().forEach(pair -> of(pair.kind()).remove(pair.id()));
        for (Pair pair : commit.put()) {
            of(pair.kind()).put(pair.versioned(pair.version() + 1));
        }
    }

    // What a commit must keep ---------------------------------------------------------------------------------------

    /** Refuses what was changed by somebody else (S3), and what would put a record into two pairs (S4). */
    void check(Commit commit) {
        commit.delete().forEach(this::requireVersion);
        Map<PairId, Pair> put = new HashMap<>();
        for (Pair pair : commit.put()) {
            requireVersion(pair);
            if (put.put(pair.id(), pair) != null) {
                throw new StaleStateException("Pair " + pair.id() + " is changed twice by one commit");
            }
        }
        requireOneHolder(commit, put, Pair::localRef, ref -> of(ref.kind()).get(ref.id()));
        requireOneHolder(commit, put, Pair::remoteRef, ref -> of(ref.kind()).get(ref.id()));
    }

    private void requireVersion(Pair pair) {
        Pair stored = of(pair.kind()).get(pair.id());
        if ((stored == null ? 0 : stored.version()) != pair.version()) {
            throw new StaleStateException("Pair " + pair.id() + " was changed by somebody else");
        }
    }

    /** No record is in two pairs once the commit is stored (S4). */
    private static <R> void requireOneHolder(
            Commit commit,
            Map<PairId, Pair> put,
            Function<Pair, @Nullable R> record,
            Function<R, @Nullable Pair> stored) {
        Map<R, PairId> holders = new HashMap<>();
        for (Pair pair : commit.put()) {
            R held = record.apply(pair);
            if (held == null) {
                continue;
            }
            PairId twin = holders.put(held, pair.id());
            Pair holder = stored.apply(held);
            boolean stays = holder != null
                    && !holder.id().equals(pair.id())
                    && commit.delete().stream().noneMatch(each -> each.id().equals(holder.id()))
                    && !put.containsKey(holder.id());
            if (twin != null || stays) {
                throw new StaleStateException("A record of pair " + pair.id() + " is in another pair");
            }
        }
    }
}
