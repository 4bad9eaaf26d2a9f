package org.psasync.model;

import static java.util.Objects.requireNonNull;

/** Names a record of the PSA. */
public record RemoteRef(AssetKind kind, RemoteId id) implements AssetRef {
    public RemoteRef {
        requireNonNull(kind, "kind");
        requireNonNull(id, "id");
    }

    /** Returns a reference to the PSA's record with that identifier. */
    public static RemoteRef of(AssetKind kind, String id) {
        return new RemoteRef(kind, new RemoteId(id));
    }

    @Override
    public String idText() {
        return id.value();
    }

    @Override
    public String toString() {
        return "PSA " + kind + " " + id;
    }
}
