package org.psasync.store;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.psasync.model.RemoteId;
import org.psasync.spi.RemoteCursor;

/**
 * How far a kind was read.
 *
 * @param cursor where reading goes on
 * @param scope what it is read with, boards and mapped fields, as a text; another scope begins anew
 * @param complete whether the kind was read to its end at least once with this scope
 * @param forbidden whether the PSA refused to show the kind when it was last asked (SAFE-3)
 * @param rereadFor the number of the full check for which it was last begun to be read from the start; 0 for none
 * @param listedFor the number of the last full check that saw all of its records; 0 for none
 * @param listing where the listing of all ids goes on; null when none is under way
 * @param rotation the parent, or the pair, after which the next share of a kind that is read in turn begins
 * @param owed for a kind that is listed per parent, parents that changed and were not listed since
 */
public record KindProgress(
        RemoteCursor cursor,
        String scope,
        boolean complete,
        boolean forbidden,
        long rereadFor,
        long listedFor,
        @Nullable Listing listing,
        @Nullable String rotation,
        List<RemoteId> owed) {
    /** Nothing was read. */
    public static final KindProgress NONE = startOf("");

    /**
     * A listing of ids that is under way.
     *
     * @param cursor where it goes on
     * @param check the number of the full check that it belongs to
     */
    public record Listing(RemoteCursor cursor, long check) {
        public Listing {
            requireNonNull(cursor, "cursor");
        }
    }

    public KindProgress {
        requireNonNull(cursor, "cursor");
        requireNonNull(scope, "scope");
        owed = List.copyOf(owed);
    }

    /** Returns a beginning with a scope. */
    public static KindProgress startOf(String scope) {
        return new KindProgress(RemoteCursor.start(), scope, false, false, 0, 0, null, null, List.of());
    }

    /** Returns the same at another place. */
    public KindProgress at(RemoteCursor newCursor) {
        return new KindProgress(newCursor, scope, complete, forbidden, rereadFor, listedFor, listing, rotation, owed);
    }

    /** Returns the same back at the start, for a full check. */
    public KindProgress againFor(long check) {
        return new KindProgress(
                RemoteCursor.start(), scope, complete, forbidden, check, listedFor, listing, null, List.of());
    }

    /** Returns the same after it was read to its end; if it was begun from the start for a check, all was seen for it. */
    public KindProgress ended(long check) {
        KindProgress ended =
                new KindProgress(cursor, scope, true, forbidden, rereadFor, listedFor, listing, rotation, owed);
        return check > 0 && rereadFor == check ? ended.allListedFor(check) : ended;
    }

    /** Returns the same after all ids were listed for a full check. */
    public KindProgress allListedFor(long check) {
        return new KindProgress(cursor, scope, complete, forbidden, rereadFor, check, null, rotation, owed);
    }

    /** Returns the same with the PSA refusing to show the kind, or not. */
    public KindProgress forbidden(boolean newForbidden) {
        return new KindProgress(cursor, scope, complete, newForbidden, rereadFor, listedFor, listing, rotation, owed);
    }

    /** Returns the same with the listing of ids at another place. */
    public KindProgress listing(@Nullable Listing newListing) {
        return new KindProgress(cursor, scope, complete, forbidden, rereadFor, listedFor, newListing, rotation, owed);
    }

    /** Returns the same with the rotation at another place. */
    public KindProgress rotatedTo(@Nullable String newRotation) {
        return new KindProgress(cursor, scope, complete, forbidden, rereadFor, listedFor, listing, newRotation, owed);
    }

    /** Returns the same with other parents to be listed. */
    public KindProgress owing(List<RemoteId> newOwed) {
        return new KindProgress(cursor, scope, complete, forbidden, rereadFor, listedFor, listing, rotation, newOwed);
    }
}
