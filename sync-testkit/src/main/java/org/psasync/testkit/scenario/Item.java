package org.psasync.testkit.scenario;

import org.jspecify.annotations.Nullable;
import org.psasync.model.AssetKind;
import org.psasync.model.LocalRef;
import org.psasync.model.RemoteRef;

/**
 * A record that a scenario talks about, on whichever side it is by now. It knows its other side as soon as the engine has
 * linked it, and keeps what it knew. Belongs to its scenario.
 */
public final class Item {
    private final AssetKind kind;
    private final String name;
    private @Nullable LocalRef local;
    private @Nullable RemoteRef remote;

    Item(AssetKind kind, String name) {
        this.kind = kind;
        this.name = name;
    }

    /** Returns the kind of record. */
    public AssetKind kind() {
        return kind;
    }

    /** Returns what it was called at first. */
    public String name() {
        return name;
    }

    @Nullable
    LocalRef local() {
        return local;
    }

    @Nullable
    RemoteRef remote() {
        return remote;
    }

    Item local(LocalRef ref) {
        this.local = ref;
        return this;
    }

    Item remote(RemoteRef ref) {
        this.remote = ref;
        return this;
    }

    /** Returns the name. */
    @Override
    public String toString() {
        return name;
    }
}
