package org.psasync.spi;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The PSA's revision of a record.
 *
 * @param token the revision token; empty where the PSA has none, or only a change time
 * @param changedAt when the record last changed, by the PSA's clock; null where it does not tell
 */
public record RemoteVersion(String token, @Nullable Instant changedAt) {
    /** The version of a record of a PSA that has none. */
    public static final RemoteVersion UNKNOWN = new RemoteVersion("", null);

    public RemoteVersion {
        requireNonNull(token, "token");
    }

    /** Returns a version that is only a change time. */
    public static RemoteVersion changedAt(Instant time) {
        return new RemoteVersion("", time);
    }
}
