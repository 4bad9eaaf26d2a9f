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
    private final MappedFields fields;
    private final Set<AssetKind> unlisted;
    private final boolean locationsEnter;
    private final @Nullable Instant forbiddenSince;
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
        this(settings, connector, ticketsSince, firstRunEnded, new MappedFields(connector, settings));
    }

    private Policy(
            SyncSettings settings,
            ConnectorDescriptor connector,
            Instant ticketsSince,
            @Nullable Instant firstRunEnded,
            MappedFields fields) {
        this(settings, connector, ticketsSince, firstRunEnded, fields, Set.of(), false, null);
    }

    private Policy(
            SyncSettings settings,
            ConnectorDescriptor connector,
            Instant ticketsSince,
            @Nullable Instant firstRunEnded,
            MappedFields fields,
            Set<AssetKind> unlisted,
            boolean locationsEnter,
            @Nullable Instant forbiddenSince) {
        this.settings = requireNonNull(settings, "settings");
        this.connector = requireNonNull(connector, "connector");
        this.ticketsSince = requireNonNull(ticketsSince, "ticketsSince");
        this.firstRunEnded = firstRunEnded;
        this.fields = fields;
        this.unlisted = Set.copyOf(unlisted);
        this.locationsEnter = locationsEnter;
        this.forbiddenSince = forbiddenSince;
        this.excluded = List.copyOf(settings.mapping().excluded());
    }

    /** Returns the policy of another moment; what it takes over of this one need not be worked out again. */
    public Policy after(
            SyncSettings newSettings,
            ConnectorDescriptor newConnector,
            Instant newTicketsSince,
            @Nullable Instant newFirstRunEnded) {
        return new Policy(
                newSettings, newConnector, newTicketsSince, newFirstRunEnded, fields.of(newConnector, newSettings));
    }

    /** Returns the same policy while these kinds were not read to their end yet (MATCH-4). */
    public Policy whileUnlisted(Set<AssetKind> kinds) {
        return with(settings, kinds, locationsEnter, forbiddenSince);
    }

    /** Returns the same policy in the run that turns locations on, if the settings do that to those done before (SET-5). */
    public Policy turnedFrom(@Nullable SyncSettings done) {
        boolean enter = done != null && !done.locations() && settings.locations();
        return with(settings, unlisted, enter, forbiddenSince);
    }

    /**
     * Returns the same policy while the host forbids two-way, which counts as off then (SET-6).
     *
     * @param twoWaySince since when it is set
     */
    public Policy whileForbidden(Instant twoWaySince) {
        return with(settings.oneWay(), unlisted, locationsEnter, twoWaySince);
    }

    private Policy with(SyncSettings current, Set<AssetKind> kinds, boolean enter, @Nullable Instant forbidden) {
        return new Policy(
                current,
                connector,
                ticketsSince,
                firstRunEnded,
                fields.of(connector, current),
                kinds,
                enter,
                forbidden);
    }

    /** Returns since when two-way is set while the host forbids it; null when it does not, or two-way is not set. */
    public @Nullable Instant forbiddenSince() {
        return forbiddenSince;
    }

    /** Returns whether a reference without a base is replaced by the PSA's, also by none (SET-5). */
    boolean replacesByBlank(Field<?> reference) {
        return locationsEnter && connector.locationsReplaced().contains(reference);
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
        return settings.twoWay() && canCreate(kind);
    }

    /** Returns whether what a save says of a new record is remembered: it goes to the PSA, or says that it must not (SET-6). */
    public boolean remembersNew(AssetKind kind) {
        return (settings.twoWay() || forbiddenSince != null) && canCreate(kind);
    }

    private boolean canCreate(AssetKind kind) {
        return kind.twoWay()
                && connector.kind(kind).filter(KindDescriptor::create).isPresent();
    }

    /** Returns whether a local change of the field may go to the PSA. */
    public boolean pushes(FieldRule rule) {
        return fields.isPushed(rule.field());
    }

    /** Returns by which fields records of a kind are recognised, serial number and MAC aside (MATCH-1). */
    List<Field<?>> keys(AssetKind kind) {
        return fields.keysOf(kind);
    }

    /** Returns what the connector can do with a kind, if it knows it. */
    public Optional<KindDescriptor> kind(AssetKind kind) {
        return connector.kind(kind);
    }
}
