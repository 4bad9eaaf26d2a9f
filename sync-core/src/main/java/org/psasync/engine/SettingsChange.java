package org.psasync.engine;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.SyncSettings.Confirms;
import org.psasync.engine.SyncSettings.ConflictPolicy;
import org.psasync.engine.SyncSettings.OnDoubt;
import org.psasync.model.AssetKind;
import org.psasync.model.Field;
import org.psasync.model.Origin;
import org.psasync.spi.ConnectorDescriptor;
import org.psasync.spi.ReferenceData;
import org.psasync.spi.WriteOptions;

/**
 * A change of settings as a person wishes it: types, statuses and boards by name or id. What is not said stays.
 *
 * <p>It is checked against the PSA's lists when it is saved. Not for use by several threads.
 */
public final class SettingsChange {
    private static final Duration LONGEST = Duration.ofDays(36_525);

    private final SyncSettings before;
    private final ConnectorDescriptor connector;
    private final PsaNames names;
    private final Entitlements entitlements;
    private final List<String> faults = new ArrayList<>();

    private @Nullable Boolean twoWay;
    private SyncSettings.Organizations organizations;
    private SyncSettings.Configurations configurations;
    private boolean contacts;
    private boolean locations;
    private SyncSettings.Tickets tickets;
    private final Map<Origin, Confirms> confirming = new EnumMap<>(Origin.class);
    private ConflictPolicy conflictDefault;
    private final Map<AssetKind, ConflictPolicy> conflictKinds = new EnumMap<>(AssetKind.class);
    private final Map<Field<?>, ConflictPolicy> conflictFields = new HashMap<>();
    private SyncSettings.MatchingRules matching;
    private final Set<Field<?>> excluded;
    private final Set<Field<?>> pullOnly;
    private final Map<String, String> options;
    private SyncSettings.Schedule schedule;
    private SyncSettings.Brakes brakes;

    SettingsChange(
            SyncSettings before, ConnectorDescriptor connector, ReferenceData reference, Entitlements entitlements) {
        this.before = before;
        this.entitlements = entitlements;
        this.connector = connector;
        this.names = new PsaNames(connector.displayName(), reference);
        this.organizations = before.organizations();
        this.configurations = before.configurations();
        this.contacts = before.contacts();
        this.locations = before.locations();
        this.tickets = before.tickets();
        this.confirming.putAll(before.confirming());
        this.conflictDefault = before.conflicts().byDefault();
        this.conflictKinds.putAll(before.conflicts().kinds());
        this.conflictFields.putAll(before.conflicts().fields());
        this.matching = before.matching();
        this.excluded = new HashSet<>(before.mapping().excluded());
        this.pullOnly = new HashSet<>(before.mapping().pullOnly());
        this.options = new HashMap<>(before.options().values());
        this.schedule = before.schedule();
        this.brakes = before.brakes();
    }

    /** Turns two-way on or off. Turning it on pushes nothing by itself (PUSH-4). */
    public SettingsChange twoWay(boolean on) {
        this.twoWay = on;
        if (on && !connector.canWrite()) {
            faults.add(connector.displayName() + " cannot be written through this connector, so two-way stays off");
        }
        String forbidden = entitlements.twoWayForbidden();
        if (on && !before.twoWay() && forbidden != null) {
            faults.add("Two-way cannot be turned on: " + forbidden);
        }
        return this;
    }

    /** Takes what is recommended to begin with: two-way on, where the connector can write and the host allows it (SET-8). */
    public SettingsChange recommended() {
        boolean writes = connector.canWrite() && entitlements.twoWayForbidden() == null;
        return writes || before.twoWay() ? twoWay(true) : this;
    }

    /** Chooses organizations. */
    public SettingsChange organizations(Consumer<OrganizationsChange> choice) {
        OrganizationsChange change = new OrganizationsChange(organizations, names, faults);
        choice.accept(change);
        this.organizations = change.changed();
        return this;
    }

    /** Chooses configurations. */
    public SettingsChange configurations(Consumer<ConfigurationsChange> choice) {
        requireKnown(AssetKind.CONFIGURATION, true);
        ConfigurationsChange change = new ConfigurationsChange(configurations, connector, names, faults);
        choice.accept(change);
        this.configurations = change.changed();
        return this;
    }

    /** Turns contacts on or off. */
    public SettingsChange contacts(boolean on) {
        this.contacts = requireKnown(AssetKind.CONTACT, on);
        return this;
    }

    /** Turns locations on or off. */
    public SettingsChange locations(boolean on) {
        this.locations = requireKnown(AssetKind.LOCATION, on);
        return this;
    }

    /** Chooses tickets. */
    public SettingsChange tickets(Consumer<TicketsChange> choice) {
        TicketsChange change = new TicketsChange(tickets, names, faults);
        choice.accept(change);
        this.tickets = change.changed();
        requireKnown(AssetKind.TICKET, !tickets.boards().isNone());
        return this;
    }

    /** Sets which edits of an origin confirm a record (PUSH-3). */
    public SettingsChange confirming(Origin origin, Confirms rule) {
        if (origin == Origin.SYNC && rule != Confirms.NEVER) {
            faults.add("The engine's own edits never confirm a record");
        }
        confirming.put(requireNonNull(origin, "origin"), requireNonNull(rule, "rule"));
        return this;
    }

    /** Sets who wins conflicts where nothing else is said. */
    public SettingsChange conflicts(ConflictPolicy policy) {
        this.conflictDefault = requireNonNull(policy, "policy");
        return this;
    }

    /** Sets who wins conflicts of a kind; null for whoever wins where nothing else is said. */
    public SettingsChange conflicts(AssetKind kind, @Nullable ConflictPolicy policy) {
        set(conflictKinds, requireNonNull(kind, "kind"), policy);
        return this;
    }

    /** Sets who wins conflicts about a field; null for whoever wins those of its kind. */
    public SettingsChange conflicts(Field<?> field, @Nullable ConflictPolicy policy) {
        set(conflictFields, requireNonNull(field, "field"), policy);
        return this;
    }

    /** Sets whether names that differ in case only are equal. */
    public SettingsChange matchingIgnoresCase(boolean ignore) {
        this.matching = new SyncSettings.MatchingRules(ignore, matching.onDoubt());
        return this;
    }

    /** Sets what to do when several records may be the same. */
    public SettingsChange onDoubt(OnDoubt action) {
        this.matching = new SyncSettings.MatchingRules(matching.ignoringCase(), requireNonNull(action, "action"));
        return this;
    }

    /** Leaves a field out of the sync, or takes it in again. */
    public SettingsChange exclude(Field<?> field, boolean out) {
        set(excluded, out ? requireMapped(field) : requireNonNull(field, "field"), out);
        return this;
    }

    /** Makes a field read-only from the PSA's side, or two-way again. */
    public SettingsChange pullOnly(Field<?> field, boolean only) {
        set(pullOnly, only ? requireMapped(field) : requireNonNull(field, "field"), only);
        return this;
    }

    /** Sets one of the connector's own settings; null unsets it. A choice can be given by name or id. */
    public SettingsChange option(String key, @Nullable String value) {
        if (value == null) {
            options.remove(key);
        } else {
            names.option(connector, key, value, faults).ifPresent(known -> options.put(key, known));
        }
        return this;
    }

    /** Sets the time from one run to the next: more than nothing, and at most 100 years. */
    public SettingsChange interval(Duration interval) {
        if (isSensible(faults, "The time from one run to the next", interval)) {
            this.schedule = new SyncSettings.Schedule(
                    interval, schedule.fullCheck(), schedule.eventsKept(), schedule.requestPercent());
        }
        return this;
    }

    /** Sets the time from one full check to the next: more than nothing, and at most 100 years. */
    public SettingsChange fullCheckInterval(Duration interval) {
        if (isSensible(faults, "The time from one full check to the next", interval)) {
            this.schedule = new SyncSettings.Schedule(
                    schedule.interval(), interval, schedule.eventsKept(), schedule.requestPercent());
        }
        return this;
    }

    /** Sets how long events stay in the log (RUN-6): more than nothing, and at most 100 years. */
    public SettingsChange keepEvents(Duration time) {
        if (isSensible(faults, "The time that events stay in the log", time)) {
            this.schedule = new SyncSettings.Schedule(
                    schedule.interval(), schedule.fullCheck(), time, schedule.requestPercent());
        }
        return this;
    }

    /**
     * Sets which part of the requests that the PSA allows this integration may use, in percent from 1 to 100; the rest is for
     * the tenant's other tools (SAFE-4).
     */
    public SettingsChange requestShare(int percent) {
        if (percent < 1 || percent > 100) {
            faults.add("The share of the requests must be from 1 to 100 percent, not " + percent);
        } else {
            this.schedule = new SyncSettings.Schedule(
                    schedule.interval(), schedule.fullCheck(), schedule.eventsKept(), percent);
        }
        return this;
    }

    /**
     * Sets how many records of a kind pass a brake: the greater of a number and a share of its links (BRAKE-2).
     *
     * @param number so many always pass; not negative
     * @param percent so many of a hundred links pass; 0 to 100
     */
    public SettingsChange brake(Brake brake, int number, int percent) {
        if (number < 0 || percent < 0 || percent > 100) {
            faults.add("A brake needs a number from 0 and a share from 0 to 100 percent, not " + number + " and "
                    + percent);
        } else {
            this.brakes = brakes.with(brake, new SyncSettings.Limit(number, percent));
        }
        return this;
    }

    /** Sets how many writes to the PSA the saves of one actor may cause in an hour; at least 1 (BRAKE-3). */
    public SettingsChange pushesPerHour(int writes) {
        if (writes < 1) {
            faults.add("At least one push an hour must be allowed to an actor, not " + writes);
        } else {
            this.brakes = new SyncSettings.Brakes(brakes.leaving(), brakes.localUpdates(), brakes.psaWrites(), writes);
        }
        return this;
    }

    /** Returns the settings as changed, or says everything that is wrong with the change. */
    SyncSettings saved(Instant now) {
        if (!faults.isEmpty()) {
            throw new InvalidSettingsException(faults);
        }
        boolean on = twoWay == null ? before.twoWay() : twoWay;
        return new SyncSettings(
                !on ? null : before.twoWaySince() != null ? before.twoWaySince() : now,
                organizations,
                configurations,
                contacts,
                locations,
                tickets,
                confirming,
                new SyncSettings.Conflicts(conflictDefault, conflictKinds, conflictFields),
                matching,
                new SyncSettings.Mapping(excluded, pullOnly),
                new WriteOptions(options),
                schedule,
                brakes);
    }

    /** Times are counted from now, so they must leave room in the calendar. */
    static boolean isSensible(List<String> faults, String what, Duration time) {
        boolean sensible = time.compareTo(Duration.ZERO) > 0 && time.compareTo(LONGEST) <= 0;
        if (!sensible) {
            faults.add(what + " must be more than nothing and at most 100 years, not " + time);
        }
        return sensible;
    }

    private boolean requireKnown(AssetKind kind, boolean on) {
        if (on && connector.kind(kind).isEmpty()) {
            faults.add(connector.displayName() + " has no " + PsaNames.word(kind) + "s to sync");
        }
        return on;
    }

    private Field<?> requireMapped(Field<?> field) {
        if (connector.kind(field.kind()).filter(kind -> kind.maps(field)).isEmpty()) {
            faults.add(connector.displayName() + " does not map the field \"" + field + "\" of "
                    + PsaNames.word(field.kind()) + "s");
        }
        return field;
    }

    private static <K> void set(Map<K, ConflictPolicy> policies, K key, @Nullable ConflictPolicy policy) {
        if (policy == null) {
            policies.remove(key);
        } else {
            policies.put(key, policy);
        }
    }

    private static void set(Set<Field<?>> fields, Field<?> field, boolean in) {
        if (in) {
            fields.add(field);
        } else {
            fields.remove(field);
        }
    }
}
