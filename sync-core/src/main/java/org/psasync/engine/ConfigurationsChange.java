package org.psasync.engine;

import java.util.List;
import org.psasync.model.ConfigurationFields;
import org.psasync.spi.ConnectorDescriptor;

/** Chooses which configurations sync. Not for use by several threads. */
public final class ConfigurationsChange {
    private final ConnectorDescriptor connector;
    private final PsaNames names;
    private final List<String> faults;
    private SyncSettings.Configurations configurations;

    ConfigurationsChange(
            SyncSettings.Configurations before, ConnectorDescriptor connector, PsaNames names, List<String> faults) {
        this.connector = connector;
        this.configurations = before;
        this.names = names;
        this.faults = faults;
    }

    /** Selects these types, by name or id, and no others. */
    public ConfigurationsChange types(String... types) {
        return set(
                names.select(ConfigurationFields.TYPE, configurations.types(), List.of(types), faults),
                configurations.statuses());
    }

    /** Selects every type. */
    public ConfigurationsChange allTypes() {
        return set(Selection.ALL, configurations.statuses());
    }

    /** Selects these statuses, by name or id, and no others. */
    public ConfigurationsChange statuses(String... statuses) {
        return set(
                configurations.types(),
                names.select(ConfigurationFields.STATUS, configurations.statuses(), List.of(statuses), faults));
    }

    /** Selects every status. */
    public ConfigurationsChange allStatuses() {
        return set(configurations.types(), Selection.ALL);
    }

    /** Takes those without a type in, where the PSA allows it, or leaves them out (GATE-4). */
    public ConfigurationsChange untyped(boolean in) {
        if (in && connector.untyped() == null) {
            faults.add(connector.displayName() + " does not allow configurations without a type");
        }
        configurations = new SyncSettings.Configurations(
                configurations.types(), configurations.statuses(), in, configurations.inactive());
        return this;
    }

    /** Takes inactive ones in, or leaves them out. */
    public ConfigurationsChange inactive(boolean in) {
        configurations = new SyncSettings.Configurations(
                configurations.types(), configurations.statuses(), configurations.untyped(), in);
        return this;
    }

    private ConfigurationsChange set(Selection types, Selection statuses) {
        configurations =
                new SyncSettings.Configurations(types, statuses, configurations.untyped(), configurations.inactive());
        return this;
    }

    /** Returns what was chosen. */
    SyncSettings.Configurations changed() {
        return configurations;
    }
}
