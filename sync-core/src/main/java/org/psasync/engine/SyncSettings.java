package org.psasync.engine;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.psasync.model.AssetKind;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.Field;
import org.psasync.model.OrganizationFields;
import org.psasync.model.Origin;
import org.psasync.model.TicketFields;
import org.psasync.spi.ConnectorDescriptor;
import org.psasync.spi.ReferenceData;
import org.psasync.spi.WriteOptions;

/**
 * What an integration syncs, and how; made by {@link Managing#configure}.
 *
 * @param twoWaySince since when local changes go to the PSA; null while they do not
 * @param organizations which organizations sync
 * @param configurations which configurations sync
 * @param contacts whether contacts sync
 * @param locations whether locations sync
 * @param tickets which tickets are pulled
 * @param confirming which edits confirm a record, per origin (PUSH-3)
 * @param conflicts who wins when both sides changed a field
 * @param matching how records without a link are recognised
 * @param mapping how the connector's mapping is narrowed (FIELD-1)
 * @param options the connector's own settings
 * @param schedule how often runs and full checks take place, and how long events are kept
 * @param brakes how much is too much at once (BRAKE-2, BRAKE-3)
 */
public record SyncSettings(
        @Nullable Instant twoWaySince,
        Organizations organizations,
        Configurations configurations,
        boolean contacts,
        boolean locations,
        Tickets tickets,
        Map<Origin, Confirms> confirming,
        Conflicts conflicts,
        MatchingRules matching,
        Mapping mapping,
        WriteOptions options,
        Schedule schedule,
        Brakes brakes) {

    /** How the types of an organization with several must be selected (GATE-2). */
    public enum TypeMode {
        /** Every type of the record must be selected. */
        ALL,
        /** One selected type is enough. */
        ANY
    }

    /** Which edits of an origin confirm the record they change (PUSH-3). */
    public enum Confirms {
        /** Every edit. */
        ALWAYS,
        /** Only the edit that makes a contact. */
        NEW_CONTACTS,
        /** Edits of contacts, if the types of pushed e-mails and phones are set. */
        CONTACTS_WITH_TYPES,
        /** None. */
        NEVER
    }

    /** Who wins when both sides changed a field to different values. */
    public enum ConflictPolicy {
        /** The PSA's value replaces the local one. */
        PSA_WINS,
        /** The local value is pushed, if it is confirmed. */
        LOCAL_WINS,
        /** The value of the record that changed last; within two minutes, or without a time, the PSA's. */
        NEWEST_WINS,
        /** A person decides; the field is left alone until then. */
        ASK
    }

    /** What to do when a record may or may not be the same as another one (MATCH-5). */
    public enum OnDoubt {
        /** A person decides. */
        ASK,
        /** The best candidate is taken. */
        LINK,
        /** A new record is made. */
        CREATE
    }

    /**
     * Which organizations sync.
     *
     * @param types the types to select from
     * @param statuses the statuses to select from
     * @param typeMode how a record with several types is judged
     * @param classifications the classifications, where the PSA has them
     */
    public record Organizations(Selection types, Selection statuses, TypeMode typeMode, Selection classifications) {}

    /**
     * Which configurations sync.
     *
     * @param types the types to select from
     * @param statuses the statuses to select from
     * @param untyped whether those without type sync under a type of their own, where the PSA allows it (GATE-4)
     * @param inactive whether inactive ones sync
     */
    public record Configurations(Selection types, Selection statuses, boolean untyped, boolean inactive) {}

    /**
     * Which tickets are pulled.
     *
     * @param boards the boards or queues
     * @param changedWithin tickets that did not change for longer are left out; more than zero, at most 36,525 days
     */
    public record Tickets(Selection boards, Duration changedWithin) {
        public Tickets {
            requireNonNull(boards, "boards");
            requireTime("changedWithin", changedWithin);
        }
    }

    /** Longer times could not be counted with, and mean for ever. */
    private static final Duration LONGEST = Duration.ofDays(36_525);

    private static void requireTime(String name, Duration time) {
        requireNonNull(time, name);
        if (time.isNegative() || time.isZero() || time.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    name + " must be longer than zero and at most " + LONGEST.toDays() + " days: " + time);
        }
    }

    /**
     * Who wins a conflict.
     *
     * @param byDefault where nothing else is said
     * @param kinds per kind
     * @param fields per field; goes before the kind's
     */
    public record Conflicts(
            ConflictPolicy byDefault, Map<AssetKind, ConflictPolicy> kinds, Map<Field<?>, ConflictPolicy> fields) {
        public Conflicts {
            requireNonNull(byDefault, "byDefault");
            kinds = Map.copyOf(kinds);
            fields = Map.copyOf(fields);
        }

        /** Returns who wins a conflict about the field. */
        public ConflictPolicy of(Field<?> field) {
            ConflictPolicy ofKind = kinds.getOrDefault(field.kind(), byDefault);
            return fields.getOrDefault(field, ofKind);
        }
    }

    /**
     * How records without a link are recognised.
     *
     * @param ignoringCase whether texts that differ in case only are equal
     * @param onDoubt what to do when several records may be the same
     */
    public record MatchingRules(boolean ignoringCase, OnDoubt onDoubt) {}

    /**
     * How the connector's mapping is narrowed.
     *
     * @param excluded fields that are not synced at all
     * @param pullOnly fields that are only read from the PSA
     */
    public record Mapping(Set<Field<?>> excluded, Set<Field<?>> pullOnly) {
        public Mapping {
            excluded = Set.copyOf(excluded);
            pullOnly = Set.copyOf(pullOnly);
        }
    }

    /**
     * How often runs take place, what they may ask of the PSA, and how long it is remembered what they did; each time is more
     * than zero and at most 36,525 days.
     *
     * @param interval from one run to the next
     * @param fullCheck from one full check to the next (PULL-3)
     * @param eventsKept how long events stay in the log; older ones are forgotten at the end of a run (RUN-6);
     *     those of the last two hours never are
     * @param requestPercent which part of the requests that the PSA allows may be used, from 1 to 100; the rest is for the
     *     tenant's other tools (SAFE-4). 0 for that with which the host opens the connector, half if it says nothing
     */
    public record Schedule(Duration interval, Duration fullCheck, Duration eventsKept, int requestPercent) {
        public Schedule {
            if (requestPercent < 0 || requestPercent > 100) {
                throw new IllegalArgumentException("A share has 0 to 100 percent, not " + requestPercent);
            }
            requireTime("interval", interval);
            requireTime("fullCheck", fullCheck);
            requireTime("eventsKept", eventsKept);
        }
    }

    /**
     * How much is too much at once.
     *
     * @param leaving for {@link Brake#LEAVING}
     * @param localUpdates for {@link Brake#LOCAL_UPDATES}
     * @param psaWrites for {@link Brake#PSA_WRITES}
     * @param pushesPerHour how many writes to the PSA the saves of one actor may cause in an hour, runs aside; at least 1
     */
    public record Brakes(Limit leaving, Limit localUpdates, Limit psaWrites, int pushesPerHour) {
        /** A kind with fewer links has no brakes (BRAKE-2). */
        public static final int FEWEST_LINKS = 20;

        /** What holds while nobody sets anything else (BRAKE-2, BRAKE-3). */
        public static final Brakes DEFAULT = new Brakes(new Limit(25, 10), new Limit(200, 50), new Limit(50, 10), 100);

        public Brakes {
            requireNonNull(leaving, "leaving");
            requireNonNull(localUpdates, "localUpdates");
            requireNonNull(psaWrites, "psaWrites");
            if (pushesPerHour < 1) {
                throw new IllegalArgumentException("pushesPerHour must be at least 1: " + pushesPerHour);
            }
        }

        /** Returns the limit of a brake. */
        public Limit of(Brake brake) {
            return switch (brake) {
                case LEAVING -> leaving;
                case LOCAL_UPDATES -> localUpdates;
                case PSA_WRITES -> psaWrites;
            };
        }

        /** Returns whether a brake holds so many records of a kind with so many links. */
        public boolean holds(Brake brake, long records, long links) {
            return links >= FEWEST_LINKS && records > of(brake).of(links);
        }

        /** Returns the greatest number of records for which no brake trips, of however few links. */
        public int smallest() {
            return Math.min(leaving.number(), Math.min(localUpdates.number(), psaWrites.number()));
        }

        /** Returns the same with another limit for a brake. */
        public Brakes with(Brake brake, Limit limit) {
            return switch (brake) {
                case LEAVING -> new Brakes(limit, localUpdates, psaWrites, pushesPerHour);
                case LOCAL_UPDATES -> new Brakes(leaving, limit, psaWrites, pushesPerHour);
                case PSA_WRITES -> new Brakes(leaving, localUpdates, limit, pushesPerHour);
            };
        }
    }

    /**
     * How many records of a kind pass a brake: the greater of a number and a share of its links.
     *
     * @param number so many always pass; not negative
     * @param percent so many of a hundred links pass, rounded down; 0 to 100
     */
    public record Limit(int number, int percent) {
        public Limit {
            if (number < 0 || percent < 0 || percent > 100) {
                throw new IllegalArgumentException(
                        "A limit is a number from 0 and a share from 0 to 100 percent: " + number + ", " + percent);
            }
        }

        /** Returns how many pass, of a kind with so many links. */
        public long of(long links) {
            return Math.max(number, links * percent / 100);
        }
    }

    public SyncSettings {
        requireNonNull(brakes, "brakes");
        confirming = Map.copyOf(confirming);
    }

    /** Returns the settings of an integration that nobody has set up: nothing is selected, nothing is written. */
    public static SyncSettings defaults() {
        Map<Origin, Confirms> confirming = new EnumMap<>(Origin.class);
        confirming.put(Origin.USER, Confirms.ALWAYS);
        confirming.put(Origin.API, Confirms.NEW_CONTACTS);
        confirming.put(Origin.ACTIVE_DIRECTORY, Confirms.CONTACTS_WITH_TYPES);
        confirming.put(Origin.MICROSOFT_365, Confirms.CONTACTS_WITH_TYPES);
        return new SyncSettings(
                null,
                new Organizations(Selection.NONE, Selection.NONE, TypeMode.ALL, Selection.ALL),
                new Configurations(Selection.NONE, Selection.NONE, false, false),
                false,
                false,
                new Tickets(Selection.NONE, Duration.ofDays(90)),
                confirming,
                new Conflicts(ConflictPolicy.PSA_WINS, Map.of(), Map.of()),
                new MatchingRules(false, OnDoubt.ASK),
                new Mapping(Set.of(), Set.of()),
                WriteOptions.NONE,
                new Schedule(Duration.ofHours(1), Duration.ofHours(24), Duration.ofDays(365), 0),
                Brakes.DEFAULT);
    }

    /** Returns the same settings with every selected value called as it is in the PSA's lists now (SET-3). */
    public SyncSettings named(ReferenceData reference) {
        Map<Field<?>, List<ReferenceData.Entry>> lists = reference.choices();
        return new SyncSettings(
                twoWaySince,
                new Organizations(
                        organizations.types().named(lists.getOrDefault(OrganizationFields.TYPES, List.of())),
                        organizations.statuses().named(lists.getOrDefault(OrganizationFields.STATUS, List.of())),
                        organizations.typeMode(),
                        organizations
                                .classifications()
                                .named(lists.getOrDefault(OrganizationFields.CLASSIFICATION, List.of()))),
                new Configurations(
                        configurations.types().named(lists.getOrDefault(ConfigurationFields.TYPE, List.of())),
                        configurations.statuses().named(lists.getOrDefault(ConfigurationFields.STATUS, List.of())),
                        configurations.untyped(),
                        configurations.inactive()),
                contacts,
                locations,
                new Tickets(
                        tickets.boards().named(lists.getOrDefault(TicketFields.BOARD, List.of())),
                        tickets.changedWithin()),
                confirming,
                conflicts,
                matching,
                mapping,
                options,
                schedule,
                brakes);
    }

    /** Returns the same settings with other organizations and configurations selected. */
    public SyncSettings with(Organizations newOrganizations, Configurations newConfigurations) {
        return new SyncSettings(
                twoWaySince,
                newOrganizations,
                newConfigurations,
                contacts,
                locations,
                tickets,
                confirming,
                conflicts,
                matching,
                mapping,
                options,
                schedule,
                brakes);
    }

    /** Returns the same settings; with two-way on, earlier saves count no more (PUSH-3). */
    SyncSettings twoWaySince(Instant now) {
        return twoWaySince == null ? this : withTwoWay(now);
    }

    /** Returns the same settings with two-way off. */
    public SyncSettings oneWay() {
        return twoWaySince == null ? this : withTwoWay(null);
    }

    private SyncSettings withTwoWay(@Nullable Instant since) {
        return new SyncSettings(
                since,
                organizations,
                configurations,
                contacts,
                locations,
                tickets,
                confirming,
                conflicts,
                matching,
                mapping,
                options,
                schedule,
                brakes);
    }

    /**
     * Returns a proposal for a set-up page: two-way on where the connector can write, nothing selected (SET-7). It takes
     * effect only when a manager saves it (SET-8).
     *
     * @param connector what the connector can do
     * @param now since when two-way would be on
     */
    public static SyncSettings recommended(ConnectorDescriptor connector, Instant now) {
        return connector.canWrite() ? defaults().withTwoWay(now) : defaults();
    }

    /** Returns whether local changes go to the PSA. */
    public boolean twoWay() {
        return twoWaySince != null;
    }

    /** Returns whether records of the kind sync at all. */
    public boolean enabled(AssetKind kind) {
        return switch (kind) {
            case ORGANIZATION -> true;
            case LOCATION -> locations;
            case CONTACT -> contacts;
            case CONFIGURATION -> !configurations.types().isNone() || configurations.untyped();
            case TICKET -> !tickets.boards().isNone();
        };
    }

    /** Returns which edits of an origin confirm; the engine's own never do. */
    public Confirms confirms(Origin origin) {
        return origin == Origin.SYNC ? Confirms.NEVER : confirming.getOrDefault(origin, Confirms.NEVER);
    }

    /** Returns in words every setting that the other has otherwise, before and after; empty when none is. */
    public String differenceTo(SyncSettings after) {
        return SettingsText.difference(this, after);
    }
}
