package org.psasync.autotask;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import org.psasync.model.AssetKind;
import org.psasync.model.Choice;
import org.psasync.model.ConfigurationFields;
import org.psasync.spi.ConnectorDescriptor;
import org.psasync.spi.KindDescriptor;
import org.psasync.spi.KindDescriptor.Reading;

/**
 * What the connector can do.
 *
 * <p>Changes of a company's primary location and of a product move no stamp of the company or item, and whether all others do
 * is not documented: of companies, contacts and items, a full check reads all values. Locations have no stamp at all and are
 * read whole. Nothing but tickets leaves a trace when it is deleted.
 */
final class Descriptor {
    static final String ID = "autotask";
    static final String NAME = "Autotask";

    /** What items without a type are shown as (GATE-4). */
    static final Choice UNTYPED = new Choice("autotask-default", "Autotask Default");

    private static final Duration SHORTEST_DELAY = Duration.ofSeconds(30);

    private Descriptor() {}

    static ConnectorDescriptor of(Kinds kinds, Duration deadline) {
        Duration delay = deadline.compareTo(SHORTEST_DELAY) > 0 ? deadline : SHORTEST_DELAY;
        Map<AssetKind, KindDescriptor> described = new EnumMap<>(AssetKind.class);
        for (AssetKind kind : AssetKind.values()) {
            described.put(
                    kind,
                    new KindDescriptor(
                            kind,
                            kind == AssetKind.LOCATION ? Reading.FULL_LIST : Reading.DELTA,
                            kind == AssetKind.LOCATION || kind == AssetKind.TICKET,
                            true,
                            false,
                            kind != AssetKind.LOCATION,
                            kind.twoWay(),
                            kind.twoWay(),
                            kind.twoWay(),
                            delay,
                            kinds.of(kind).map().rules()));
        }
        return new ConnectorDescriptor(
                ID, NAME, described, Options.ALL, deadline, UNTYPED, Set.of(ConfigurationFields.LOCATION));
    }
}
