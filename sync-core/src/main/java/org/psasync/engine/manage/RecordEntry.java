package org.psasync.engine.manage;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.Disposition;
import org.psasync.model.AssetKind;
import org.psasync.model.LocalRef;
import org.psasync.model.PairId;
import org.psasync.model.RemoteRef;
import org.psasync.model.SyncState;

/**
 * A record in a list, linked or not.
 *
 * @param pair what the engine knows the record by
 * @param kind the kind of record
 * @param title what a person would call it, as the PSA last showed it; empty when only the host has it, or it has no name
 * @param local the host's record; null when there is none
 * @param remote the PSA's record; null when there is none
 * @param address where a person opens it in the PSA; null when it is not there, there is no address, or no connector is open yet
 * @param state where the link stands; null when there is no link
 * @param standing where the record stands, as {@link org.psasync.engine.SyncEngine#explain} says it with all that led to it
 * @param reasons why it is an orphan or turned away, or what a person must decide about it, in words; empty otherwise
 * @param error what to do about the last failed attempt; null when there is none
 */
public record RecordEntry(
        PairId pair,
        AssetKind kind,
        String title,
        @Nullable LocalRef local,
        @Nullable RemoteRef remote,
        @Nullable URI address,
        @Nullable SyncState state,
        Disposition standing,
        List<String> reasons,
        @Nullable String error) {
    public RecordEntry {
        requireNonNull(pair, "pair");
        requireNonNull(kind, "kind");
        requireNonNull(title, "title");
        requireNonNull(standing, "standing");
        reasons = List.copyOf(reasons);
    }
}
