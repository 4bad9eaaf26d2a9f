package org.psasync.spi;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.psasync.model.RemoteId;

/**
 * A page of the listing of all identifiers of a kind.
 *
 * @param ids the identifiers of records that exist and are not deleted
 * @param deleted the identifiers of records that the PSA itself lists as deleted
 * @param next where to go on
 * @param last whether the listing ends here
 * @param complete whether the whole listing, up to here, is known to have missed nothing; only said on the last page
 */
public record IdPage(List<RemoteId> ids, List<RemoteId> deleted, RemoteCursor next, boolean last, boolean complete) {
    public IdPage {
        ids = List.copyOf(ids);
        deleted = List.copyOf(deleted);
        requireNonNull(next, "next");
    }
}
