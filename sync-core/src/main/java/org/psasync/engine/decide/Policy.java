package org.psasync.engine.decide;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.SyncSettings;
import org.psasync.model.AssetKind;
import org.psasync.model.Field;
import org.psasync.spi.ConnectorDescriptor;
import org.psasync.spi.FieldRule;
import org.psasync.spi.KindDescriptor;

/**
 * Everything a decision depends on that is the same for all pairs of a run.
 *
 * @param settings the settings in force
 * @param connector what the connector can do
 * @param ticketsSince tickets that did not change after this time are left out
 * @param firstRunEnded when the first run completed; null before (PUSH-3)
 */
public record Policy(
        SyncSettings settings,
        ConnectorDescriptor connector,
        Instant ticketsSince,
        @Nullable Instant firstRunEnded) {
    public Policy {
        requireNonNull(settings, "settings");
        requireNonNull(connector, "connector");
        requireNonNull(ticketsSince, "ticketsSince");
    }

    /** Returns what people call the PSA. */
    public String psa() {
        return connector.displayName();
    }

    /** Returns the rules of the fields that are synced, in order. */
    public List<FieldRule> rules(AssetKind kind) {
        return connector
                .kind(kind)
                .map(descriptor -> descriptor.fields().stream()
                        .filter(rule -> !settings.mapping().excluded().contains(rule.field()))
                        .toList())
                .orElse(List.of());
    }

    /** Returns whether a field is synced. */
    public boolean maps(Field<?> field) {
        return connector.kind(field.kind()).filter(kind -> kind.maps(field)).isPresent()
                && !settings.mapping().excluded().contains(field);
    }

    /** Returns whether records of the kind can be changed in the PSA, with two-way on. */
    public boolean pushesUpdates(AssetKind kind) {
        return settings.twoWay()
                && kind.twoWay()
                && connector.kind(kind).filter(KindDescriptor::update).isPresent();
    }

    /** Returns whether records of the kind can be made in the PSA, with two-way on. */
    public boolean pushesCreates(AssetKind kind) {
        return settings.twoWay()
                && kind.twoWay()
                && connector.kind(kind).filter(KindDescriptor::create).isPresent();
    }

    /** Returns whether a local change of the field may go to the PSA. */
    public boolean pushes(FieldRule rule) {
        return rule.writable()
                && !settings.mapping().pullOnly().contains(rule.field())
                && pushesUpdates(rule.field().kind());
    }

    /** Returns what the connector can do with a kind, if it knows it. */
    public Optional<KindDescriptor> kind(AssetKind kind) {
        return connector.kind(kind);
    }
}
