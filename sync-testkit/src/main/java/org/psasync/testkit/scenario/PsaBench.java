package org.psasync.testkit.scenario;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.psasync.model.AssetKind;
import org.psasync.model.Choice;
import org.psasync.model.Field;
import org.psasync.model.FieldValues;
import org.psasync.model.RemoteRef;
import org.psasync.spi.PsaConnector;
import org.psasync.spi.WebhookRequest;
import org.psasync.testkit.TestClock;

/**
 * A fake PSA as scenarios see it, in the words of the model, whatever it speaks to its connector: what its users do in it,
 * what is wrong with it, and a connector to it. Implement it for a fake of your own, and all scenarios run on it.
 *
 * <p>What its users do is done past the connector, and none of the troubles concerns it. Not for use by several threads.
 */
public interface PsaBench extends AutoCloseable {
    /** Opens a bench on a test's clock. */
    @FunctionalInterface
    interface Source {
        /** Returns an empty PSA, with the lists of types and statuses it begins with, whose time is that clock. */
        PsaBench open(TestClock clock);
    }

    /** Returns what people call the fake, for failure messages. */
    String name();

    /** Returns the connector to it, open, the same at every call; {@link #close} ends it. */
    PsaConnector connector();

    /**
     * Returns the value of that name from the PSA's list of a field; added if the list lacks it and can be added to.
     *
     * @throws IllegalArgumentException when there is no such value and none can be added, or the field has no list
     */
    Choice choice(Field<?> field, String name);

    /**
     * Returns the values of the connector's own settings without which the PSA takes no new records, by their keys
     * ({@code ConnectorOption}); empty when it needs none.
     */
    default Map<String, String> options() {
        return Map.of();
    }

    /**
     * Makes a record, as a user of the PSA does; what the PSA demands and the values lack is made up.
     *
     * @param values references as remote ones
     * @return the record, named as the connector names it
     * @throws IllegalArgumentException when the PSA has no place for one of the fields
     */
    RemoteRef put(FieldValues values);

    /**
     * Changes fields of a record, as a user of the PSA does; blank clears.
     *
     * @throws IllegalArgumentException when it is not there, or the PSA has no place for one of the fields
     */
    void edit(RemoteRef record, FieldValues changes);

    /**
     * Deletes a record, as a user of the PSA does.
     *
     * @throws IllegalArgumentException when it is not there
     */
    void delete(RemoteRef record);

    /** Returns the mapped values of a record as they are; empty when it is not there or is deleted. */
    Optional<FieldValues> get(RemoteRef record);

    /** Returns all records of a kind that are not deleted, in the order in which they were made. */
    List<RemoteRef> all(AssetKind kind);

    /**
     * Lets every request fail like this from now on, until {@link #recover}.
     *
     * @param doing what fails; never empty
     */
    void fail(Trouble trouble, Set<Doing> doing);

    /** Ends all troubles, and what {@link #withdraw}, {@link #disturb} and {@link #exhaust} began. */
    void recover();

    // For the contract of connectors: what a bench cannot play is skipped there, visibly. ---------------------------

    /**
     * Takes the right to read a kind from the connector's user.
     *
     * @throws UnsupportedOperationException when the bench cannot play it, as by default
     */
    default void withdraw(AssetKind kind) {
        throw cannot("take a right away");
    }

    /**
     * Makes a record such that no connector can understand it, though its id is there.
     *
     * @throws UnsupportedOperationException when the bench cannot play it, as by default
     */
    default void garble(RemoteRef record) {
        throw cannot("garble a record");
    }

    /**
     * Lets the next page that the connector reads, of records or of ids, come otherwise than asked.
     *
     * @throws UnsupportedOperationException when the bench cannot play it, as by default
     */
    default void disturb(PageTrouble trouble) {
        throw cannot("disturb pages");
    }

    /**
     * Uses up the connector's budget of requests for more than an hour, if time stands still.
     *
     * @throws UnsupportedOperationException when the bench cannot play it, as by default
     */
    default void exhaust() {
        throw cannot("use up a budget of requests");
    }

    /**
     * Returns the request by which the PSA tells its subscribers that a record changed.
     *
     * @throws UnsupportedOperationException when the PSA sends none, as by default
     */
    default WebhookRequest hook(RemoteRef record) {
        throw cannot("send webhooks");
    }

    /** Returns the secrets by which the connector is let in, which no text may show; none by default. */
    default Set<String> secrets() {
        return Set.of();
    }

    private UnsupportedOperationException cannot(String what) {
        return new UnsupportedOperationException(name() + " cannot " + what);
    }

    /** Ends the connector and the PSA. */
    @Override
    void close();
}
