package org.psasync.testkit.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.psasync.model.AssetKind;
import org.psasync.model.AssetRef;
import org.psasync.model.LocalRef;
import org.psasync.model.RemoteRef;
import org.psasync.store.IntegrationState;
import org.psasync.store.Pair;

/** The records that a scenario talks about, and what the engine knows of their other sides. */
final class Items {
    private final Supplier<IntegrationState> state;
    private final List<Item> items = new ArrayList<>();

    Items(Supplier<IntegrationState> state) {
        this.state = state;
    }

    Item add(Item item) {
        items.add(item);
        return item;
    }

    Item found(AssetKind kind, String name, List<LocalRef> local, List<RemoteRef> remote) {
        for (Item item : items) {
            refresh(item);
            boolean same = !local.isEmpty() && local.get(0).equals(item.local())
                    || !remote.isEmpty() && remote.get(0).equals(item.remote());
            if (same) {
                return item;
            }
        }
        Item item = new Item(kind, name);
        local.forEach(item::local);
        remote.forEach(item::remote);
        return add(item);
    }

    Optional<Pair> pair(Item item) {
        LocalRef local = item.local();
        RemoteRef remote = item.remote();
        Optional<Pair> pair = local == null ? Optional.empty() : state.get().byLocal(local);
        return pair.isPresent() || remote == null ? pair : state.get().byRemote(remote);
    }

    /** Lets an item know its other side, as far as there is a link. */
    void refresh(Item item) {
        pair(item).filter(Pair::linked).ifPresent(pair -> {
            LocalRef local = pair.localRef();
            RemoteRef remote = pair.remoteRef();
            if (local != null && remote != null) {
                item.local(local).remote(remote);
            }
        });
    }

    LocalRef local(Item item) {
        refresh(item);
        LocalRef ref = item.local();
        if (ref == null) {
            throw new IllegalStateException(item + " is not in the host yet; a run may bring it there");
        }
        return ref;
    }

    RemoteRef remote(Item item) {
        refresh(item);
        RemoteRef ref = item.remote();
        if (ref == null) {
            throw new IllegalStateException(item + " is not in the PSA yet; a save may bring it there");
        }
        return ref;
    }

    /** Returns what the scenario calls a record; null when it does not talk about it. */
    @Nullable
    String name(AssetRef ref) {
        for (Item item : items) {
            if (ref.equals(item.local()) || ref.equals(item.remote())) {
                return item.name();
            }
        }
        return null;
    }
}
