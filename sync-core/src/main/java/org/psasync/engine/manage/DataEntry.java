package org.psasync.engine.manage;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.psasync.model.AssetKind;
import org.psasync.model.LocalRef;
import org.psasync.model.PairId;
import org.psasync.model.RemoteRef;
import org.psasync.model.SyncIcon;
import org.psasync.model.SyncState;

/**
 * A linked record in a list.
 *
 * @param pair identifies the link; a selection of records names it
 * @param kind the kind of record
 * @param title what a person would call it, as the PSA last showed it; empty when it showed no name
 * @param local the host's record; it may be gone when the link is disabled
 * @param remote the PSA's record
 * @param address where a person opens it in the PSA; null when there is none, or no connector is open yet:
 *     {@link org.psasync.engine.ManageData#addressOf} opens one
 * @param state where the link stands
 * @param reasons why it is an orphan, and which other integration has its local record, in words; empty otherwise
 * @param icon the sign to show
 * @param error what to do about the last failed attempt; null when there is none
 * @param preselected whether a list of what may be deleted begins with it selected. What is only not visible is not
 *     (STATE-5), nor what another integration has (SET-9)
 */
public record DataEntry(
        PairId pair,
        AssetKind kind,
        String title,
        LocalRef local,
        RemoteRef remote,
        @Nullable URI address,
        SyncState state,
        List<String> reasons,
        SyncIcon icon,
        @Nullable String error,
        boolean preselected) {
    public DataEntry {
        requireNonNull(pair, "pair");
        requireNonNull(kind, "kind");
        requireNonNull(title, "title");
        requireNonNull(local, "local");
        requireNonNull(remote, "remote");
        requireNonNull(state, "state");
        reasons = List.copyOf(reasons);
        requireNonNull(icon, "icon");
    }
}
