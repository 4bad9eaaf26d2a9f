package org.psasync.spi;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The PSA's revision of a record.
 *
 * @param token the revision token; empty where the PSA has none, or only a change time
 * @param changedAt when the record last changed, by the PSA's clock; null where it does not tell
 * @param changedBy who changed it last, as the PSA names users and integrations; null where it does not tell. Many records
 *     share a name: let them share one text
 */
public record RemoteVersion(
        String token, @Nullable Instant changedAt, @Nullable String changedBy) {
    /** The version of a record of a PSA that has none. */
    public static final RemoteVersion UNKNOWN = new RemoteVersion("", null);

    public RemoteVersion {
        requireNonNull(token, "token");
    }

    /** Makes a version of a PSA that does not tell who changed a record. */
    public RemoteVersion(String token, @Nullable Instant changedAt) {
        this(token, changedAt, null);
    }

    /** Returns a version that is only a change time. */
    public static RemoteVersion changedAt(Instant time) {
        return new RemoteVersion("", time);
    }

    /** Returns the same version with the one who made it. */
    public RemoteVersion by(@Nullable String name) {
        return new RemoteVersion(token, changedAt, name);
    }
}
