package org.psasync.spi;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.psasync.model.AssetKind;
import org.psasync.model.Choice;
import org.psasync.model.Field;

/**
 * What a connector is and can do; the same for the whole life of the connector.
 *
 * @param id the provider's id, such as {@code connectwise}
 * @param displayName what people call the PSA, such as {@code ConnectWise}
 * @param kinds the kinds it knows; a kind that is missing cannot be enabled
 * @param options settings of its own
 * @param deadline the longest a single call may take
 * @param untyped the type that configurations without one carry in the host, which is never sent (GATE-4); null when they
 *     cannot sync
 * @param locationsReplaced references to locations that, when locations are turned on in an integration that has been in use,
 *     become what the PSA has, also none (SET-5); empty where blank leaves the local value alone
 */
public record ConnectorDescriptor(
        String id,
        String displayName,
        Map<AssetKind, KindDescriptor> kinds,
        List<ConnectorOption> options,
        Duration deadline,
        @Nullable Choice untyped,
        Set<Field<?>> locationsReplaced) {
    public ConnectorDescriptor {
        requireNonNull(id, "id");
        requireNonNull(displayName, "displayName");
        kinds = Map.copyOf(new EnumMap<>(kinds));
        options = List.copyOf(options);
        requireNonNull(deadline, "deadline");
        locationsReplaced = Set.copyOf(locationsReplaced);
    }

    /** Describes a connector of a PSA whose blank locations replace none. */
    public ConnectorDescriptor(
            String id,
            String displayName,
            Map<AssetKind, KindDescriptor> kinds,
            List<ConnectorOption> options,
            Duration deadline,
            @Nullable Choice untyped) {
        this(id, displayName, kinds, options, deadline, untyped, Set.of());
    }

    /** Describes a connector that syncs no configurations without type. */
    public ConnectorDescriptor(
            String id,
            String displayName,
            Map<AssetKind, KindDescriptor> kinds,
            List<ConnectorOption> options,
            Duration deadline) {
        this(id, displayName, kinds, options, deadline, null);
    }

    /** Returns what the connector can do with a kind, if it knows it. */
    public Optional<KindDescriptor> kind(AssetKind kind) {
        return Optional.ofNullable(kinds.get(kind));
    }

    /** Returns whether any kind can be written; a connector without any write refuses two-way (FIELD-8). */
    public boolean canWrite() {
        return kinds.values().stream().anyMatch(kind -> kind.create() || kind.update());
    }
}
