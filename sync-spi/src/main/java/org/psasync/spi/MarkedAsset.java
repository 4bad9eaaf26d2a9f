package org.psasync.spi;

import static java.util.Objects.requireNonNull;

import org.psasync.model.LocalRef;
import org.psasync.model.SyncMark;

/**
 * A record of the host and where it stands.
 *
 * @param asset the record
 * @param mark its state, reasons and problem
 */
public record MarkedAsset(LocalRef asset, SyncMark mark) {
    public MarkedAsset {
        requireNonNull(asset, "asset");
        requireNonNull(mark, "mark");
    }
}
