package org.psasync.spi;

import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.psasync.model.AssetKind;
import org.psasync.model.RemoteId;

/**
 * The PSA, opened for one tenant.
 *
 * <p>Rules for every method:
 * <ul>
 *   <li>C0.1 A connector is safe for use by several threads and starts none of its own.
 *   <li>C0.2 Whatever a call cannot do is a {@link ConnectorException} whose type says what to do next; no message and
 *       no {@code toString} holds a secret.
 *   <li>C0.3 An operation that the descriptor does not offer throws {@link UnsupportedOperationException} and does
 *       nothing.
 *   <li>C0.4 Values are canonical, absent where they were not read, and blank only where the PSA really shows none.
 *   <li>C0.5 A read changes nothing in the PSA. There is no delete (PUSH-10).
 * </ul>
 */
public interface PsaConnector extends AutoCloseable {
    /**
     * Returns what this connector is and can do.
     * <ul>
     *   <li>C1.1 It is the same at every call and needs no request.
     *   <li>C1.2 A field is named once, and one that is needed on create can be written.
     * </ul>
     */
    ConnectorDescriptor descriptor();

    /**
     * Tries the credentials and tells what they open.
     * <ul>
     *   <li>C2.1 The tenant's identity is the same at every call and for every user of the tenant.
     *   <li>C2.2 A missing right is reported, not thrown.
     * </ul>
     *
     * @throws ConnectorException.Unauthorized when the credentials are wrong, naming the one at fault where the PSA
     *     tells
     */
    ConnectionCheck check();

    /**
     * Reads the PSA's lists.
     * <ul>
     *   <li>C3.1 Every value of a {@code CHOICE} or {@code CHOICES} field that {@link #changes} returns is in the list
     *       of its field, if the field has one, or was made since.
     * </ul>
     */
    ReferenceData reference();

    /**
     * Reads the next page of changes.
     * <ul>
     *   <li>C4.1 Reading again from the same cursor repeats records rather than missing any.
     *   <li>C4.2 From the start until a page says it is the last, every record of the scope is returned at least once,
     *       deleted ones only where the PSA keeps them with a flag.
     *   <li>C4.3 Reading on from the cursor of a last page returns every record that changed since, ties at the
     *       boundary included, as far as the descriptor says that the delta is complete.
     *   <li>C4.4 A record that cannot be understood is listed as unreadable; the others are returned.
     *   <li>C4.5 The reading ends: a page that is not the last moves on.
     * </ul>
     *
     * @param scope the same for all pages of one reading
     * @param cursor where to go on; {@link RemoteCursor#start()} for everything
     * @param limit the most records to return, 1 to 1000
     */
    RemotePage changes(AssetKind kind, ReadScope scope, RemoteCursor cursor, int limit);

    /**
     * Lists the identifiers of all records of a kind, for the full check (PULL-3).
     * <ul>
     *   <li>C5.1 A listing that may have missed a record is never called complete.
     *   <li>C5.2 A record that existed unchanged during the whole listing is in it.
     * </ul>
     *
     * @throws UnsupportedOperationException when the descriptor does not offer it
     */
    default IdPage ids(AssetKind kind, ReadScope scope, RemoteCursor cursor) {
        throw new UnsupportedOperationException("This connector cannot list the ids of " + kind);
    }

    /**
     * Reads records by their identifiers, as they are now.
     * <ul>
     *   <li>C6.1 The answer has one entry for each id that was asked for.
     *   <li>C6.2 A record is said to be not found only when the PSA said so for that record.
     *   <li>C6.3 The values are as complete as the PSA can show them.
     * </ul>
     *
     * @param ids at most 1000, without repetition
     */
    Map<RemoteId, RemoteRead> read(AssetKind kind, Collection<RemoteId> ids);

    /**
     * Looks for records that may be the one described.
     * <ul>
     *   <li>C7.1 Every record that matches the key is returned; more may be (MATCH-2).
     * </ul>
     *
     * @throws UnsupportedOperationException when the descriptor does not offer it
     */
    default List<RemoteRecord> find(MatchKey key) {
        throw new UnsupportedOperationException("This connector cannot search " + key.kind());
    }

    /**
     * Checks a draft and completes it with what must be fixed before the intent is stored.
     * <ul>
     *   <li>C8.1 Nothing is written. All that is missing or wrong is reported at once (PUSH-8).
     *   <li>C8.2 Preparing a prepared draft again changes nothing.
     * </ul>
     *
     * @throws ConnectorException.Rejected with every problem
     */
    default Draft prepare(Draft draft) {
        return draft;
    }

    /**
     * Looks for the results of a create whose answer was lost (SAFE-1).
     * <ul>
     *   <li>C9.1 Every record that the draft may have become is returned; more may be.
     *   <li>C9.2 If {@link #prepare} fixed values in the draft, exactly the records that bear them are returned: such a
     *       record is the result, whatever else it holds.
     * </ul>
     *
     * @param draft as prepared
     * @throws UnsupportedOperationException when the descriptor does not offer {@code find}
     */
    default List<RemoteRecord> findCreated(Draft draft) {
        return find(new MatchKey(draft.values(), false));
    }

    /**
     * Makes a record.
     * <ul>
     *   <li>C10.1 At most one record is made by one call; the call is never repeated inside the connector.
     *   <li>C10.2 When the outcome is not known, the failure says so.
     *   <li>C10.3 A field that could not be written is reported, not dropped.
     *   <li>C10.4 A request that was not sent within the descriptor's deadline, counted from the call, is not sent any
     *       more: waiting for the request budget or for a pause ends with a failure whose outcome is known.
     * </ul>
     *
     * @param draft as prepared
     * @throws ConnectorException.Rejected when the PSA refuses the record; nothing was made
     * @throws UnsupportedOperationException when the descriptor does not offer it
     */
    default WriteResult create(Draft draft) {
        throw new UnsupportedOperationException("This connector cannot create " + draft.kind());
    }

    /**
     * Changes a record.
     * <ul>
     *   <li>C11.1 Only the fields of the update are changed (FIELD-5).
     *   <li>C11.2 A field that could not be written is reported, not dropped; the others are written.
     *   <li>C11.3 When the update failed, its failure says why; nothing was written then, unless it says that the outcome
     *       is not known.
     * </ul>
     *
     * @throws ConnectorException.Gone when the record is not there
     * @throws UnsupportedOperationException when the descriptor does not offer it
     */
    default WriteResult update(RemoteUpdate update) {
        throw new UnsupportedOperationException("This connector cannot update " + update.kind());
    }

    /**
     * Verifies a request that claims to come from the PSA and says which records it is about.
     * <ul>
     *   <li>C12.1 A request without a valid signature or secret is refused.
     * </ul>
     *
     * @throws UnsupportedOperationException when the PSA sends none
     */
    default Webhook webhook(WebhookRequest request) {
        throw new UnsupportedOperationException("This connector knows no webhooks");
    }

    /** Returns the address at which a person opens the record in the PSA, if there is one. */
    default Optional<URI> address(AssetKind kind, RemoteId id) {
        return Optional.empty();
    }

    /**
     * Returns this connector with the share of the request budget that is kept for pushes (SAFE-4). C14.1 It is and sees
     * the same.
     */
    default PsaConnector forPushes() {
        return this;
    }

    /**
     * Sets which part of what the PSA allows its tenant may be used from now on, for runs and pushes together; the rest is for
     * the tenant's other tools (SAFE-4). It takes the place of {@link ConnectorConfig#budgetShare}, and may be called at any time.
     * A connector whose PSA has no limit has nothing to do.
     *
     * @param share above 0, at most 1
     */
    default void budgetShare(double share) {}

    /** Returns how many requests were made since the connector was opened, of every kind. C15.1 It only rises. */
    long requests();

    /** Ends the connector. C13.1 Closing twice is harmless; calls after it fail. */
    @Override
    void close();
}
