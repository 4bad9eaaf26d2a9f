package org.psasync.engine.decide;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.SyncSettings;
import org.psasync.model.AssetKind;
import org.psasync.model.Field;
import org.psasync.model.FieldValues;
import org.psasync.spi.ConnectorDescriptor;
import org.psasync.spi.FieldRule;
import org.psasync.spi.KindDescriptor;
import org.psasync.store.Grant;

/** Everything a decision depends on that is the same for all pairs of a run. Immutable. */
public final class Policy {
    private final SyncSettings settings;
    private final ConnectorDescriptor connector;
    private final Instant ticketsSince;
    private final @Nullable Instant firstRunEnded;
    private final Set<AssetKind> unlisted;
    private final MappedFields fields;
    private final List<Field<?>> excluded;

    /**
     * Makes a policy.
     *
     * @param settings the settings in force
     * @param connector what the connector can do
     * @param ticketsSince tickets that did not change after this time are left out
     * @param firstRunEnded when the first run completed; null before (PUSH-3)
     */
    public Policy(
            SyncSettings settings,
            ConnectorDescriptor connector,
            Instant ticketsSince,
            @Nullable Instant firstRunEnded) {
        this(
                settings,
                connector,
                ticketsSince,
                firstRunEnded,
                Set.of(),
                new MappedFields(connector, requireNonNull(settings, "settings")));
    }

    private Policy(
            SyncSettings settings,
            ConnectorDescriptor connector,
            Instant ticketsSince,
            @Nullable Instant firstRunEnded,
            Set<AssetKind> unlisted,
            MappedFields fields) {
        this.settings = requireNonNull(settings, "settings");
        this.connector = requireNonNull(connector, "connector");
        this.ticketsSince = requireNonNull(ticketsSince, "ticketsSince");
        this.firstRunEnded = firstRunEnded;
        this.excluded = List.copyOf(settings.mapping().excluded());
        this.unlisted = Set.copyOf(unlisted);
        this.fields = fields;
    }

    /** Returns the policy of another moment; what it takes over of this one need not be worked out again. */
    public Policy after(
            SyncSettings newSettings,
            ConnectorDescriptor newConnector,
            Instant newTicketsSince,
            @Nullable Instant newFirstRunEnded) {
        return new Policy(
                newSettings,
                newConnector,
                newTicketsSince,
                newFirstRunEnded,
                Set.of(),
                fields.fit(newConnector, newSettings) ? fields : new MappedFields(newConnector, newSettings));
    }

    /** Returns the same policy while these kinds were not read to their end yet (MATCH-4). */
    public Policy whileUnlisted(Set<AssetKind> kinds) {
        return new Policy(settings, connector, ticketsSince, firstRunEnded, kinds, fields);
    }

    /** Returns whether the kind was read to its end, so that what matches a record is known. */
    public boolean isListed(AssetKind kind) {
        return !unlisted.contains(kind);
    }

    /** Returns the settings in force. */
    public SyncSettings settings() {
        return settings;
    }

    /** Returns what the connector can do. */
    public ConnectorDescriptor connector() {
        return connector;
    }

    /** Returns the time since which tickets are pulled. */
    public Instant ticketsSince() {
        return ticketsSince;
    }

    /** Returns when the first run completed; null before. */
    public @Nullable Instant firstRunEnded() {
        return firstRunEnded;
    }

    /** Returns what people call the PSA. */
    public String psa() {
        return connector.displayName();
    }

    /** Returns the rules of the fields that are synced, in order. */
    public List<FieldRule> rules(AssetKind kind) {
        return fields.rules(kind);
    }

    /** Returns the rule of a field that is synced, or null. */
    public @Nullable FieldRule rule(Field<?> field) {
        return fields.rule(field);
    }

    /** Returns whether a field is synced. */
    public boolean maps(Field<?> field) {
        return fields.rule(field) != null;
    }

    /** Returns whether all fields that these values hold are synced. */
    boolean mapsAll(FieldValues values) {
        return excluded.stream().noneMatch(values::has);
    }

    /** Returns whether the connector maps a field, even if the settings leave it out (FIELD-1). */
    public boolean isRead(Field<?> field) {
        return fields.isRead(field);
    }

    /**
     * Returns whether a grant covers a field as the host holds it (PUSH-5).
     *
     * <p>A save from before two-way was last turned on confirms nothing (PUSH-3).
     *
     * @param grant what was confirmed; null when nothing was
     * @param local what the host holds now
     */
    boolean confirms(@Nullable Grant grant, Field<?> field, FieldValues local) {
        return grant != null
                && settings.twoWaySince() != null
                && !grant.at().isBefore(settings.twoWaySince())
                && grant.values().has(field)
                && Objects.equals(grant.values().get(field), local.get(field));
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
        return fields.isPushed(rule.field());
    }

    /** Returns the fields by which records of a kind are recognised, serial number and MAC aside (MATCH-1). */
    List<Field<?>> keys(AssetKind kind) {
        return fields.keysOf(kind);
    }

    /** Returns what the connector can do with a kind, if it knows it. */
    public Optional<KindDescriptor> kind(AssetKind kind) {
        return connector.kind(kind);
    }
}
