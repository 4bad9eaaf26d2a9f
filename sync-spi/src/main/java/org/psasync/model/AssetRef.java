package org.psasync.model;

/** Names one asset on one of the two sides. Only the engine translates between the sides, through links. */
public sealed interface AssetRef permits LocalRef, RemoteRef {
    /** Returns the kind of the asset. */
    AssetKind kind();

    /** Returns the identifier as text. */
    String idText();
}
