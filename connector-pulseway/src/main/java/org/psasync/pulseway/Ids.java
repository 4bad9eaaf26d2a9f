package org.psasync.pulseway;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.psasync.model.AssetKind;
import org.psasync.model.AssetRef;
import org.psasync.model.RemoteId;
import org.psasync.model.RemoteRef;

/** The ids of records: numbers, and for locations, which are read below their account, two. */
final class Ids {
    private Ids() {}

    /** A location and the account below which it is. */
    record Location(long account, long location) {
        RemoteId remote() {
            return new RemoteId(account + "/" + location);
        }

        RemoteRef ref() {
            return new RemoteRef(AssetKind.LOCATION, remote());
        }
    }

    static RemoteId of(long number) {
        return new RemoteId(Long.toString(number));
    }

    /** Empty when it is no id of this PSA. */
    static Optional<Long> number(RemoteId id) {
        return number(id.value());
    }

    private static Optional<Long> number(String text) {
        return text.matches("[1-9]\\d{0,17}") ? Optional.of(Long.parseLong(text)) : Optional.empty();
    }

    /** Empty when it is no id of a location. */
    static Optional<Location> location(RemoteId id) {
        String[] parts = id.value().split("/", -1);
        if (parts.length != 2) {
            return Optional.empty();
        }
        return number(parts[0]).flatMap(account -> number(parts[1]).map(location -> new Location(account, location)));
    }

    /** The number by which a record is named in bodies; null when there is none. */
    static @Nullable Long number(@Nullable AssetRef ref) {
        if (!(ref instanceof RemoteRef remote)) {
            return null;
        }
        return remote.kind() == AssetKind.LOCATION
                ? location(remote.id()).map(Location::location).orElse(null)
                : number(remote.id()).orElse(null);
    }
}
