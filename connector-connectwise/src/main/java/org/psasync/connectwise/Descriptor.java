package org.psasync.connectwise;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.psasync.model.AssetKind;
import org.psasync.spi.ConnectorDescriptor;
import org.psasync.spi.KindDescriptor;
import org.psasync.spi.KindDescriptor.Reading;

/**
 * What the connector can do.
 *
 * <p>No delta is complete. That of companies misses merges, which leave {@code lastUpdated} as it was; whether they move
 * that of the contacts, configurations and tickets that change their company, and whether a changed type or item does, is
 * not documented. So all kinds are read whole now and then.
 */
final class Descriptor {
    /** The database answers searches at once; the call that wrote may still be under way. */
    private static final Duration SHORTEST_DELAY = Duration.ofSeconds(30);

    private Descriptor() {}

    static ConnectorDescriptor of(Kinds kinds, Duration deadline) {
        Duration delay = deadline.compareTo(SHORTEST_DELAY) > 0 ? deadline : SHORTEST_DELAY;
        Map<AssetKind, KindDescriptor> described = new EnumMap<>(AssetKind.class);
        for (AssetKind kind : AssetKind.values()) {
            boolean site = kind == AssetKind.LOCATION;
            described.put(
                    kind,
                    new KindDescriptor(
                            kind,
                            site ? Reading.LIST_PER_PARENT : Reading.DELTA,
                            site,
                            true,
                            kind == AssetKind.ORGANIZATION,
                            !site && kind != AssetKind.CONTACT,
                            kind.twoWay(),
                            kind.twoWay(),
                            kind.twoWay(),
                            delay,
                            kinds.of(kind).rules()));
        }
        return new ConnectorDescriptor(
                ConnectWiseProvider.ID, ConnectWiseProvider.NAME, described, Options.ALL, deadline);
    }
}
