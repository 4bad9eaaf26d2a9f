package org.psasync.model;

import static java.util.Objects.requireNonNull;

/** Names a record of the host. */
public record LocalRef(AssetKind kind, LocalId id) implements AssetRef {
    public LocalRef {
        requireNonNull(kind, "kind");
        requireNonNull(id, "id");
    }

    /** Returns a reference to the host's record with that identifier. */
    public static LocalRef of(AssetKind kind, String id) {
        return new LocalRef(kind, new LocalId(id));
    }

    @Override
    public String idText() {
        return id.value();
    }

    @Override
    public String toString() {
        return "local " + kind + " " + id;
    }
}
