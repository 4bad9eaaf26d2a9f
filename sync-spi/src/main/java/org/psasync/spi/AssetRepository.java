package org.psasync.spi;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.psasync.model.Asset;
import org.psasync.model.AssetKind;
import org.psasync.model.LocalId;
import org.psasync.model.LocalRef;

/**
 * The host's records.
 *
 * <p>Rules for every method:
 * <ul>
 *   <li>R0.1 It is safe for use by several threads.
 *   <li>R0.2 A failure of the repository itself, such as a lost database, is any unchecked exception: the run stops and
 *       nothing is held against a record (PULL-4).
 *   <li>R0.3 A field for which the host has no place is absent in its assets, and is ignored when written.
 * </ul>
 */
public interface AssetRepository {
    /**
     * Returns the records with these identifiers, in any order.
     * <ul>
     *   <li>R1.1 An identifier without an asset in the answer means that the record is gone (STATE-11).
     *   <li>R1.2 What {@link #write} stored is seen by a later call.
     * </ul>
     *
     * @param ids at most 1000
     */
    List<Asset> find(AssetKind kind, Collection<LocalId> ids);

    /**
     * Returns records that may match any of the keys, for matching (MATCH-2).
     * <ul>
     *   <li>R2.1 Every record that matches a key is returned; more may be.
     * </ul>
     *
     * @param keys of one kind, at most 1000
     */
    List<Asset> match(AssetKind kind, List<MatchKey> keys);

    /**
     * Lists all records of a kind, in an order that does not change.
     * <ul>
     *   <li>R3.1 A record that exists during the whole listing is in it exactly once.
     *   <li>R3.2 A page shorter than the limit is the last.
     * </ul>
     *
     * @param after the last record of the page before; null for the first page
     * @param limit the most records to return, 1 to 1000
     */
    List<Asset> list(AssetKind kind, @Nullable LocalId after, int limit);

    /** Returns whether {@link #changes} works. */
    default boolean hasChangeFeed() {
        return false;
    }

    /**
     * Returns what changed since a mark, so that a save whose notification was lost is found at the next run (PUSH-6).
     * <ul>
     *   <li>R4.1 Every record written or deleted after the mark was handed out is in the changes; more may be.
     *   <li>R4.2 Without a mark, nothing is returned but the mark of now.
     * </ul>
     *
     * @param mark of an earlier answer; null the first time
     * @throws UnsupportedOperationException when there is no feed
     */
    default LocalChanges changes(@Nullable String mark, int limit) {
        throw new UnsupportedOperationException("This repository has no change feed");
    }

    /**
     * Returns whether the host keeps the pair id of a record that the engine made, and answers a repeated create with
     * the record that exists (SAFE-7).
     */
    default boolean keepsPairIds() {
        return false;
    }

    /**
     * Writes changes, each on its own, and answers in the same order.
     * <ul>
     *   <li>R5.1 A write whose expected revision is not the record's is not carried out, and is answered with the
     *       record as it is.
     *   <li>R5.2 Only the fields of the change are written; a blank one is cleared.
     *   <li>R5.3 The answer holds the record as stored, with its new revision and {@code SYNC} as the origin of the
     *       last edit.
     *   <li>R5.4 One refused change does not keep the others from being written.
     *   <li>R5.5 If the host keeps pair ids, a create that carries the id of an existing record's pair is answered with
     *       that record and makes none.
     * </ul>
     *
     * @param changes at most 1000
     */
    List<LocalResult> write(List<LocalChange> changes);

    /** Returns whether {@link #delete} works. */
    default boolean deletes() {
        return false;
    }

    /**
     * Deletes records for good, each on its own, and answers in the same order. Only ever called for what a manager
     * confirmed (DATA-5), and for what belongs to an organization before the organization itself.
     * <ul>
     *   <li>R7.1 A record that is answered as deleted is not found any more (R1.1), and cannot be brought back by the
     *       engine.
     *   <li>R7.2 A record that is not there is answered as deleted, so that repeating is harmless.
     *   <li>R7.3 A record that the host keeps, for instance because others belong to it, is refused and stays as it is.
     *   <li>R7.4 One refused record does not keep the others from being deleted.
     *   <li>R7.5 Nothing else is deleted with a record but what has no meaning without it and is no asset.
     *   <li>R7.6 A record whose revision is not the expected one, or that is there although none is expected, stays as
     *       it is and is answered as changed.
     * </ul>
     *
     * @param records at most 1000
     * @throws UnsupportedOperationException when the host does not let the engine delete
     */
    default List<DeleteResult> delete(AssetKind kind, List<LocalDelete> records) {
        throw new UnsupportedOperationException("This repository does not let records be deleted");
    }

    /**
     * Takes values of pick lists that are new or renamed, before records that use them arrive (FIELD-9).
     * <ul>
     *   <li>R6.1 A value is recognised by its field and id; taking it twice is harmless.
     * </ul>
     */
    void pickLists(List<PickValue> values);

    /**
     * Shows where records stand, so that lists can show their state (STATE-9). By default the host keeps no marks and
     * asks the engine when it needs them. A failure stops a run; of what a save or a person did, nothing is taken back, and
     * the next full check shows it again.
     */
    default void mark(List<MarkedAsset> marks) {}

    /** Returns whether the record with that identifier is one of this repository; used to answer for strangers. */
    default boolean knows(LocalRef ref) {
        return !find(ref.kind(), List.of(ref.id())).isEmpty();
    }
}
