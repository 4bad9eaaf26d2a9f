package org.psasync.store;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.Disposition;
import org.psasync.model.AssetKind;
import org.psasync.model.LocalId;
import org.psasync.model.LocalRef;
import org.psasync.model.PairId;
import org.psasync.model.RemoteId;
import org.psasync.model.RemoteRef;

/**
 * What the engine remembers about one integration. What cannot be read or written now is a {@link StoreException}.
 *
 * <p>Rules:
 * <ul>
 *   <li>S1 It is safe for use by several threads, and by several processes where the store is shared.
 *   <li>S2 A commit is stored whole or not at all, and is seen by every later question.
 *   <li>S3 A pair, setup or progress is stored only if its version is the stored one; its version then grows by one. A pair
 *       is forgotten only if its version is the stored one.
 *   <li>S4 No two pairs have the same local record, and no two the same PSA record (P5).
 *   <li>S5 A lease has one holder at a time; its epoch grows when it changes hands; a commit under a lost lease is
 *       refused.
 *   <li>S6 Answers are ordered by pair id, so that a list can be read in pages while it changes.
 *   <li>S7 No two integrations of an account hold the same local record (SET-9): a commit by which a pair begins to hold one
 *       ({@link Pair#holdsLocal}) that another integration holds, which is not disconnected, is refused. If two hold it
 *       because one of them was connected again, it belongs to the other.
 * </ul>
 */
public interface IntegrationState {
    /** Returns the pair with that id, if there is one. */
    Optional<Pair> pair(PairId id);

    /** Returns the pair of a local record, if there is one. */
    Optional<Pair> byLocal(LocalRef record);

    /** Returns the pair of a PSA record, if there is one. */
    Optional<Pair> byRemote(RemoteRef record);

    /** Returns the pairs of local records; records without pair have no entry. */
    Map<LocalId, Pair> byLocal(AssetKind kind, Collection<LocalId> ids);

    /** Returns the pairs of PSA records; records without pair have no entry. */
    Map<RemoteId, Pair> byRemote(AssetKind kind, Collection<RemoteId> ids);

    /**
     * Returns to which other integration of the account local records belong (S7); those that belong to none have no entry.
     */
    Map<LocalId, String> ownedElsewhere(AssetKind kind, Collection<LocalId> ids);

    /**
     * Returns pairs that answer a question, ordered by id.
     *
     * @param after the last pair of the page before; null for the first page
     * @param limit the most pairs to return, at least 1
     */
    List<Pair> pairs(PairQuery query, @Nullable PairId after, int limit);

    /** Returns the earliest time later than that one at which a pair must be decided again; nothing when there is none. */
    Optional<Instant> nextDue(Instant after);

    /** Returns how many pairs of each kind stand where; each pair counts once, by {@link Pair#standing}. */
    Map<AssetKind, Map<Disposition, Long>> counts();

    /**
     * Returns how many pairs of each kind are turned away, or are orphans, by the name of the reason; a pair counts for
     * each of its reasons.
     */
    Map<AssetKind, Map<String, Long>> turnedAway();

    /**
     * Returns how many links of each kind stand where. Like all counts it is kept with the pairs, in the same commit, and
     * agrees with the lists behind it.
     */
    Map<AssetKind, LinkCounts> links();

    /** Returns the same for each place; a link counts in each of its places, by what the PSA last showed (DATA-1). */
    Map<AssetKind, Map<Place, LinkCounts>> placed();

    /** Returns events in the order of their numbers, which is that of their commits, or the other way round. */
    List<Event> events(EventQuery query);

    /** Forgets events before a time (RUN-6). */
    void forgetEventsBefore(Instant time);

    /** Returns the setup. */
    Setup setup();

    /** Returns the progress. */
    Progress progress();

    /**
     * Stores changes.
     *
     * @return the number of the first of its events, behind all that were stored before; the others follow. Without meaning
     *     when it has none, and 0 in a copy that keeps no events
     * @throws StaleStateException when something has another version, or the lease is lost; nothing is stored
     */
    long commit(Commit commit);

    /** Takes the right to run the integration, unless somebody else has it. */
    Optional<Lease> lease(String holder, Duration duration, Instant now);

    /**
     * Renews a lease; the answer tells whether somebody wants its holder to stop.
     *
     * @throws StaleStateException when it was lost
     */
    Lease renew(Lease lease, Duration duration, Instant now);

    /** Gives a lease back; harmless when it was lost. */
    void release(Lease lease);

    /** Returns the lease of the run that is going on, on whatever node; empty when none is. */
    Optional<Lease> running(Instant now);

    /**
     * Asks the run that is going on to stop; its holder hears it when it renews the lease (DATA-7).
     *
     * @param actor who wants it
     * @return whether a run is going on
     */
    boolean cancel(String actor, Instant now);

    /** Takes the sole right to decide one pair for a short while; false when somebody else has it. */
    boolean claim(PairId pair, String holder, Instant until, Instant now);

    /** Gives a claim back; harmless when it was lost. */
    void unclaim(PairId pair, String holder);

    /**
     * Returns saves that the host noted in its own transactions and nobody looked at yet (PUSH-2); none where the store
     * takes no notes.
     *
     * @param limit the most to return, at least 1
     */
    default List<NotedSave> notedSaves(int limit) {
        return List.of();
    }

    /** Forgets notes, once what they tell is stored; harmless when they were forgotten before. */
    default void forgetSaves(List<NotedSave> saves) {}

    /** Returns a copy in memory that can be changed without changing this state; for rehearsals (RUN-4). */
    IntegrationState fork();
}
