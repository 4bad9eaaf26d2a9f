package org.psasync.engine;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.bulk.BulkActions;
import org.psasync.engine.bulk.SingleRecords;
import org.psasync.engine.desk.Parties;
import org.psasync.engine.manage.BulkAction;
import org.psasync.engine.manage.BulkPreview;
import org.psasync.engine.manage.BulkReport;
import org.psasync.engine.manage.BulkTarget;
import org.psasync.engine.manage.DataFilter;
import org.psasync.engine.manage.DataPage;
import org.psasync.engine.manage.PreviewExpiredException;
import org.psasync.engine.manage.RecordPage;
import org.psasync.engine.manage.RecordResult;
import org.psasync.engine.manage.Row;
import org.psasync.engine.manage.SyncedRow;
import org.psasync.model.AssetKind;
import org.psasync.model.AssetRef;
import org.psasync.model.Choice;
import org.psasync.model.LocalRef;
import org.psasync.model.OrphanReason;
import org.psasync.model.PairId;
import org.psasync.model.RemoteRef;
import org.psasync.spi.ConnectorException;
import org.psasync.spi.PsaConnector;
import org.psasync.store.Pair;

/**
 * What syncs, what left the sync and what was taken out, in rows and lists, and what a manager does about it (SPEC 10);
 * made by {@link Managing#manageData}.
 *
 * <p>Rows and lists are read from what the engine remembers, so they are quick, and complete while the PSA is down; to take
 * out of the sync, to disconnect and to delete need no PSA either. Whatever is done to many records takes two steps: a preview
 * shows what would happen, and only just that is done when it is confirmed. Nothing is ever deleted in the PSA.
 *
 * <p>Safe for use by several threads.
 */
public final class ManageData {
    private final SyncEngine engine;
    private final Parties parties;
    private final Actor actor;
    private final Runnable mayDelete;

    /** Makes it for a manager; {@code mayDelete} throws unless the person may delete many records. */
    ManageData(SyncEngine engine, Parties parties, Actor actor, Runnable mayDelete) {
        this.engine = engine;
        this.parties = parties;
        this.actor = actor;
        this.mayDelete = mayDelete;
    }

    // Looking --------------------------------------------------------------------------------------------------------

    /**
     * Returns the rows of what is linked, in the order of the kinds: organizations and configurations per type and per
     * status, whether it is selected or not, then one row for each other kind (DATA-1).
     */
    public List<SyncedRow> syncedItems() {
        return engine.using(each -> new SyncedRows(parties.state(), untyped(each)).all());
    }

    /**
     * Returns a page of the records in a row, whatever their state.
     *
     * @param from {@link DataPage#next} of the page before; null for the first page
     * @param limit the most records to return, 1 to 1000
     * @throws IllegalArgumentException when {@code from} is no such text or the limit is another
     */
    public DataPage view(Row row, @Nullable String from, int limit) {
        return view(row, DataFilter.ALL, from, limit);
    }

    /**
     * Returns a page of the records in a row that a filter wants: behind each of its counts is a list of just so many.
     *
     * @param from {@link DataPage#next} of the page before, with the same filter; null for the first page
     * @param limit the most records to return, 1 to 1000
     * @throws IllegalArgumentException when {@code from} is no such text or the limit is another
     */
    public DataPage view(Row row, DataFilter filter, @Nullable String from, int limit) {
        requireNonNull(row, "row");
        requireNonNull(filter, "filter");
        return lists(address -> new DataLists(parties.state(), mode(), address).inRow(row, filter, from, limit));
    }

    /**
     * Returns a page of the orphans of a kind (DATA-3).
     *
     * @param kind organizations, configurations, contacts or locations
     * @param reason only those for this reason; null for all
     * @param from {@link DataPage#next} of the page before; null for the first page
     * @param limit the most records to return, 1 to 1000
     * @throws IllegalArgumentException when {@code from} is no such text, or the kind or limit is another
     */
    public DataPage orphaned(AssetKind kind, @Nullable OrphanReason reason, @Nullable String from, int limit) {
        return orphaned(kind, reason, DataFilter.ALL, from, limit);
    }

    /** Does the same for those that a filter wants. */
    public DataPage orphaned(
            AssetKind kind, @Nullable OrphanReason reason, DataFilter filter, @Nullable String from, int limit) {
        requireOrphanKind(kind);
        requireNonNull(filter, "filter");
        return lists(
                address -> new DataLists(parties.state(), mode(), address).orphaned(kind, reason, filter, from, limit));
    }

    /**
     * Returns a page of what is disabled or disconnected of a kind (DATA-3).
     *
     * @param from {@link DataPage#next} of the page before; null for the first page
     * @param limit the most records to return, 1 to 1000
     * @throws IllegalArgumentException when {@code from} is no such text or the limit is another
     */
    public DataPage disconnected(AssetKind kind, @Nullable String from, int limit) {
        return disconnected(kind, DataFilter.ALL, from, limit);
    }

    /** Does the same for those that a filter wants. */
    public DataPage disconnected(AssetKind kind, DataFilter filter, @Nullable String from, int limit) {
        requireNonNull(kind, "kind");
        requireNonNull(filter, "filter");
        return lists(
                address -> new DataLists(parties.state(), mode(), address).disconnected(kind, filter, from, limit));
    }

    /**
     * Returns a page of the records of a kind that stand somewhere, linked or not: the list behind {@link SyncEngine#counts}.
     * Those in sync are looked for among all that sync, those with a change waiting among all that are to be decided, 1,000
     * for each page; the others are found at once.
     *
     * @param from {@link RecordPage#next} of the page before, with the same filter; null for the first page
     * @param limit the most records to return, 1 to 1000
     * @throws IllegalArgumentException when {@code from} is no such text or the limit is another
     */
    public RecordPage standing(
            AssetKind kind, Disposition disposition, DataFilter filter, @Nullable String from, int limit) {
        requireNonNull(kind, "kind");
        requireNonNull(disposition, "disposition");
        requireNonNull(filter, "filter");
        return lists(address ->
                new StandingLists(parties.state(), mode(), address).standing(kind, disposition, filter, from, limit));
    }

    /**
     * Returns a page of the records of a kind that are turned away, or are orphans, for a reason: the list behind {@link
     * RunReport.KindReport#turnedAway}. It is looked for among all that are turned away, 1,000 for each page.
     *
     * @param reason the reason, as the report has it; for any other one nothing is found
     * @param from {@link RecordPage#next} of the page before, with the same filter; null for the first page
     * @param limit the most records to return, 1 to 1000
     * @throws IllegalArgumentException when {@code from} is no such text or the limit is another
     */
    public RecordPage turnedAway(AssetKind kind, String reason, DataFilter filter, @Nullable String from, int limit) {
        requireNonNull(kind, "kind");
        requireNonNull(reason, "reason");
        requireNonNull(filter, "filter");
        return lists(address ->
                new StandingLists(parties.state(), mode(), address).turnedAway(kind, reason, filter, from, limit));
    }

    /** Rows can be seen even if nothing is known of the connector yet and it cannot be opened. */
    private static @Nullable Choice untyped(Parties each) {
        try {
            return each.psa().descriptor().untyped();
        } catch (ConnectorException notOpened) {
            return null;
        }
    }

    private Mode mode() {
        return parties.state().setup().mode();
    }

    /** Lists tell the addresses that can be told without waiting for the PSA. */
    private <P> P lists(Function<Function<RemoteRef, @Nullable URI>, P> list) {
        return engine.using(each -> {
            PsaConnector open = each.psa().ifOpen();
            return list.apply(remote -> open == null ? null : address(open, remote));
        });
    }

    /** A connector that fails to tell an address keeps nobody from seeing the list. */
    private static @Nullable URI address(PsaConnector connector, RemoteRef record) {
        try {
            return connector.address(record.kind(), record.id()).orElse(null);
        } catch (RuntimeException broken) {
            return null;
        }
    }

    // Rows -----------------------------------------------------------------------------------------------------------

    /**
     * Takes the row's type or status out of the selection. <i>Sync Active</i> turns to No at once; the records leave the
     * sync at the next run, never in one that is going on (SET-2). Where all values were selected, all others that the PSA
     * has now are. A row that is not selected stays as it is.
     *
     * @return the settings in force
     * @throws ConfirmationNeededException when so many records would become orphans that a person has to see it first;
     *     saving its preview with {@link Managing#save} stops the row, and nothing is changed before
     * @throws IllegalStateException when nothing is known of the PSA yet, and it cannot be asked
     * @throws IllegalArgumentException when the row is of a whole kind, which is turned off in the settings
     */
    public SyncSettings pause(Row row) {
        requireChoice(row);
        return engine.answering(each -> new Configuring(each, actor).pause(requireNonNull(row.place())));
    }

    /**
     * Shows what disconnecting a row does: its links are cut, both records stay, and the row stops as by
     * {@link #pause}. What belongs to a disconnected organization stays linked and becomes an orphan. What goes on syncing
     * by another selected type is left, and so is what is disabled or disconnected already.
     *
     * @throws IllegalArgumentException when the row is of a whole kind
     */
    public BulkPreview previewDisconnect(Row row) {
        requireChoice(row);
        return preview(BulkAction.DISCONNECT, new BulkTarget.OfRow(row));
    }

    /**
     * Shows what deleting a row does: it stops as by {@link #pause}, and its local records are deleted for good, with all
     * linked records that belong to them. The PSA keeps its records; when the value is selected again they are pulled
     * anew. What goes on syncing by another selected type is left, and so is what is disabled or disconnected, only not
     * visible any more (STATE-5), or being written.
     *
     * @throws IllegalArgumentException when the row is of a whole kind
     * @throws NotAllowedException when the person may not delete many records
     * @throws UnsupportedOperationException when the host does not let the engine delete
     */
    public BulkPreview previewDelete(Row row) {
        mayDelete.run();
        requireChoice(row);
        return preview(BulkAction.DELETE, new BulkTarget.OfRow(row));
    }

    private static void requireChoice(Row row) {
        if (row.place() == null) {
            throw new IllegalArgumentException(
                    "The row of all " + row.kind() + " records can only be viewed; turn the kind off in the settings");
        }
    }

    // Orphans --------------------------------------------------------------------------------------------------------

    /**
     * Shows what deleting picked orphans does, with the linked records that belong to them. What is no orphan is left; it
     * is never deleted one by one (DATA-5). Pairs that are not of the kind, or not there any more, are not counted.
     *
     * @param pairs at most 1000, from a list
     * @throws IllegalArgumentException when the kind is another than {@link #orphaned} lists, or there are more
     * @throws NotAllowedException when the person may not delete many records
     * @throws UnsupportedOperationException when the host does not let the engine delete
     */
    public BulkPreview previewDelete(AssetKind kind, Set<PairId> pairs) {
        mayDelete.run();
        requireOrphanKind(kind);
        return preview(BulkAction.DELETE, new BulkTarget.Picked(kind, pairs));
    }

    /**
     * Shows what deleting all orphans of a kind does, with the linked records that belong to them.
     *
     * @param reason only those for this reason; null for all but those that are only not visible any more (STATE-5)
     * @throws IllegalArgumentException when the kind is another than {@link #orphaned} lists
     * @throws NotAllowedException when the person may not delete many records
     * @throws UnsupportedOperationException when the host does not let the engine delete
     */
    public BulkPreview previewDeleteOrphans(AssetKind kind, @Nullable OrphanReason reason) {
        mayDelete.run();
        requireOrphanKind(kind);
        return preview(BulkAction.DELETE, new BulkTarget.Orphans(kind, reason));
    }

    private static void requireOrphanKind(AssetKind kind) {
        if (!kind.twoWay()) {
            throw new IllegalArgumentException("There is no list of orphans of kind " + kind);
        }
    }

    private BulkPreview preview(BulkAction action, BulkTarget target) {
        return engine.answering(each -> new BulkActions(each).preview(action, target));
    }

    /**
     * Does just what a preview showed, a page at a time. If it ends early, what is left can be previewed and confirmed
     * again; no record is left half done.
     *
     * @throws PreviewExpiredException when the preview does not show any more what is there, is older than an hour, was
     *     confirmed before, or is of another integration; nothing is done
     * @throws NotAllowedException when it deletes and the person may not delete many records
     * @throws IllegalStateException when the integration is disconnected, or the host cannot be read; nothing is done. The
     *     previews throw it too
     */
    public BulkReport confirm(BulkPreview preview) {
        if (preview.action() == BulkAction.DELETE) {
            mayDelete.run();
        }
        return engine.answering(each -> new BulkActions(each).confirm(preview, actor.name()));
    }

    // Single records -------------------------------------------------------------------------------------------------

    /** Takes a link out of the sync. Its base is kept, so that its merge goes on when it is reconnected (DATA-9). */
    public RecordResult disable(AssetRef record) {
        return single(each -> each.disable(requireNonNull(record, "record")));
    }

    /**
     * Takes a disabled or disconnected link back, if the PSA still has the record, which is asked now (DATA-4). A disabled
     * one goes on merging; of a disconnected one the PSA's values count. A local record that is gone is made anew. If its
     * type is not selected, it becomes an orphan.
     */
    public RecordResult reconnect(AssetRef record) {
        return single(each -> each.reconnect(requireNonNull(record, "record")));
    }

    /**
     * Reads a record on both sides and merges it at once (DATA-9). One that is not linked yet is linked, or made on the
     * other side, if the rules allow it.
     */
    public RecordResult syncNow(AssetRef record) {
        return single(each -> each.syncNow(requireNonNull(record, "record")));
    }

    /**
     * Returns where a person opens the record in the PSA; empty when it is not there, or the PSA has no addresses or cannot be
     * reached. The connector is opened for it if it is not open, which may take a while; lists wait for nothing.
     */
    public Optional<URI> addressOf(AssetRef record) {
        requireNonNull(record, "record");
        RemoteRef remote = record instanceof RemoteRef there
                ? there
                : parties.state()
                        .byLocal((LocalRef) record)
                        .map(Pair::remoteRef)
                        .orElse(null);
        if (remote == null) {
            return Optional.empty();
        }
        return engine.using(each -> {
            try {
                return Optional.ofNullable(address(each.psa().connector(), remote));
            } catch (ConnectorException notOpened) {
                return Optional.empty();
            }
        });
    }

    private <R> R single(Function<SingleRecords, R> work) {
        return engine.using(each -> work.apply(new SingleRecords(each, actor.name())));
    }
}
