package org.psasync.pulseway;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.psasync.model.AssetKind;
import org.psasync.model.Field;
import org.psasync.model.LocationFields;
import org.psasync.spi.ConnectorDescriptor;
import org.psasync.spi.KindDescriptor;
import org.psasync.spi.KindDescriptor.Reading;

/**
 * What the connector can do.
 *
 * <p>No delta is complete: nothing tells of deletes, and whether each change moves the stamp is not documented. A location
 * can be made with its account; alone, and changed, only where the older interface may be used (FIELD-8).
 */
final class Descriptor {
    private static final Duration SHORTEST_DELAY = Duration.ofSeconds(30);

    private Descriptor() {}

    static ConnectorDescriptor of(Product product, Kinds kinds, boolean writesLocations, Duration deadline) {
        Duration delay = deadline.compareTo(SHORTEST_DELAY) > 0 ? deadline : SHORTEST_DELAY;
        Map<AssetKind, KindDescriptor> described = new EnumMap<>(AssetKind.class);
        for (AssetKind kind : AssetKind.values()) {
            List<Field<?>> moreKeys = kind == AssetKind.LOCATION ? List.of(LocationFields.COUNTRY) : List.of();
            described.put(
                    kind,
                    new KindDescriptor(
                            kind,
                            reading(kind),
                            kind == AssetKind.LOCATION,
                            false,
                            false,
                            kind != AssetKind.CONFIGURATION,
                            kind.twoWay(),
                            kind.twoWay() && (kind != AssetKind.LOCATION || writesLocations),
                            kind.twoWay(),
                            delay,
                            kinds.of(kind).map().rules(),
                            moreKeys));
        }
        return new ConnectorDescriptor(product.id(), product.displayName(), described, Options.ALL, deadline);
    }

    private static Reading reading(AssetKind kind) {
        return switch (kind) {
            case ORGANIZATION, CONTACT, TICKET -> Reading.DELTA;
            case LOCATION -> Reading.FULL_LIST;
            case CONFIGURATION -> Reading.ROWS_AND_DETAILS;
        };
    }
}
