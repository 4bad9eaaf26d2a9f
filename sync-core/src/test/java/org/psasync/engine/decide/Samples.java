package org.psasync.engine.decide;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.Selection;
import org.psasync.engine.SyncSettings;
import org.psasync.engine.SyncSettings.TypeMode;
import org.psasync.model.Asset;
import org.psasync.model.AssetKind;
import org.psasync.model.Choice;
import org.psasync.model.Edit;
import org.psasync.model.Field;
import org.psasync.model.FieldValues;
import org.psasync.model.Fields;
import org.psasync.model.LocalId;
import org.psasync.model.Origin;
import org.psasync.model.Revision;
import org.psasync.spi.ConnectorDescriptor;
import org.psasync.spi.FieldRule;
import org.psasync.spi.FieldRule.Direction;
import org.psasync.spi.KindDescriptor;
import org.psasync.spi.RemoteVersion;
import org.psasync.store.Observation;

/** Policies and records for tests of decisions. */
final class Samples {
    static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    static final Choice SERVER = new Choice("1", "Server");
    static final Choice PRINTER = new Choice("2", "Printer");
    static final Choice CUSTOMER = new Choice("3", "Customer");
    static final Choice VENDOR = new Choice("4", "Vendor");
    static final Choice ACTIVE = new Choice("5", "Active");
    static final Choice INACTIVE = new Choice("6", "Inactive");
    static final Choice UNTYPED = Choice.named("Autotask Default");

    private Samples() {}

    /** Two-way, customers and servers that are active, everything mapped both ways. */
    static Policy policy() {
        return policy(settings -> settings, Set.of(), null);
    }

    static Policy policy(UnaryOperator<SyncSettings> change, Set<Field<?>> unread, @Nullable Choice untyped) {
        return policy(change, unread, untyped, rule -> rule);
    }

    /** @param rules what the connector says otherwise of its fields */
    static Policy policy(
            UnaryOperator<SyncSettings> change,
            Set<Field<?>> unread,
            @Nullable Choice untyped,
            UnaryOperator<FieldRule> rules) {
        Map<AssetKind, KindDescriptor> kinds = new EnumMap<>(AssetKind.class);
        for (AssetKind kind : AssetKind.values()) {
            List<FieldRule> mapped = new ArrayList<>();
            for (Field<?> field : Fields.of(kind)) {
                if (!unread.contains(field)) {
                    mapped.add(rules.apply(
                            new FieldRule(field, Direction.BOTH, 0, field.name().equals("name"))));
                }
            }
            kinds.put(kind, kind(kind, kind.twoWay(), true, mapped));
        }
        return policy(change, kinds, untyped);
    }

    /** A kind that is read by delta, and written or not, and can be searched or not. */
    static KindDescriptor kind(AssetKind kind, boolean written, boolean searched, List<FieldRule> rules) {
        return new KindDescriptor(
                kind,
                KindDescriptor.Reading.DELTA,
                true,
                true,
                false,
                true,
                written,
                written,
                searched,
                Duration.ZERO,
                rules);
    }

    /** The same policy of a connector that can do something else with a kind. */
    static Policy with(Policy policy, KindDescriptor other) {
        Map<AssetKind, KindDescriptor> kinds = new EnumMap<>(policy.connector().kinds());
        kinds.put(other.kind(), other);
        return policy(settings -> policy.settings(), kinds, policy.connector().untyped());
    }

    private static Policy policy(
            UnaryOperator<SyncSettings> change, Map<AssetKind, KindDescriptor> kinds, @Nullable Choice untyped) {
        ConnectorDescriptor connector =
                new ConnectorDescriptor("fake", "Fake PSA", kinds, List.of(), Duration.ofSeconds(30), untyped);
        return new Policy(change.apply(settings()), connector, NOW.minus(Duration.ofDays(90)), NOW);
    }

    static SyncSettings settings() {
        SyncSettings defaults = SyncSettings.defaults();
        Selection active = Selection.of(Set.of(ACTIVE));
        return new SyncSettings(
                NOW.minus(Duration.ofDays(1)),
                new SyncSettings.Organizations(Selection.of(Set.of(CUSTOMER)), active, TypeMode.ALL, Selection.ALL),
                new SyncSettings.Configurations(Selection.of(Set.of(SERVER)), active, false, false),
                true,
                true,
                new SyncSettings.Tickets(Selection.of(Set.of(ACTIVE)), Duration.ofDays(90)),
                defaults.confirming(),
                defaults.conflicts(),
                defaults.matching(),
                defaults.mapping(),
                defaults.options(),
                defaults.schedule(),
                defaults.brakes());
    }

    /** The same settings with another choice of configurations. */
    static UnaryOperator<SyncSettings> configurations(SyncSettings.Configurations chosen) {
        return changed(change -> change.configurations = chosen);
    }

    /** The same settings with other types of organizations. */
    static UnaryOperator<SyncSettings> organizations(Selection types) {
        return changed(change -> change.organizations =
                new SyncSettings.Organizations(types, change.organizations.statuses(), TypeMode.ALL, Selection.ALL));
    }

    /** The same settings with another way to match. */
    static UnaryOperator<SyncSettings> matching(SyncSettings.MatchingRules rules) {
        return changed(change -> change.matching = rules);
    }

    /** The same settings with another policy for conflicts. */
    static UnaryOperator<SyncSettings> conflicts(SyncSettings.ConflictPolicy chosen) {
        return changed(change -> change.conflicts = new SyncSettings.Conflicts(chosen, Map.of(), Map.of()));
    }

    /** The same settings with fields that are left out or only pulled. */
    static UnaryOperator<SyncSettings> mapping(Set<Field<?>> excluded, Set<Field<?>> pullOnly) {
        return changed(change -> change.mapping = new SyncSettings.Mapping(excluded, pullOnly));
    }

    /** The same settings with two-way off. */
    static SyncSettings oneWay(SyncSettings settings) {
        return changed(change -> change.twoWaySince = null).apply(settings);
    }

    /** Settings with something else in them. */
    static UnaryOperator<SyncSettings> changed(Consumer<Change> what) {
        return settings -> {
            Change change = new Change(settings);
            what.accept(change);
            return new SyncSettings(
                    change.twoWaySince,
                    change.organizations,
                    change.configurations,
                    change.contacts,
                    change.locations,
                    change.tickets,
                    settings.confirming(),
                    change.conflicts,
                    change.matching,
                    change.mapping,
                    settings.options(),
                    settings.schedule(),
                    settings.brakes());
        };
    }

    /** What tests change of settings. */
    static final class Change {
        @Nullable
        Instant twoWaySince;

        SyncSettings.Organizations organizations;
        SyncSettings.Configurations configurations;
        boolean contacts;
        boolean locations;
        SyncSettings.Tickets tickets;
        SyncSettings.Conflicts conflicts;
        SyncSettings.MatchingRules matching;
        SyncSettings.Mapping mapping;

        private Change(SyncSettings settings) {
            this.twoWaySince = settings.twoWaySince();
            this.organizations = settings.organizations();
            this.configurations = settings.configurations();
            this.contacts = settings.contacts();
            this.locations = settings.locations();
            this.tickets = settings.tickets();
            this.conflicts = settings.conflicts();
            this.matching = settings.matching();
            this.mapping = settings.mapping();
        }
    }

    static Asset asset(String id, FieldValues values) {
        return new Asset(new LocalId(id), values, new Revision("1"), new Edit(Origin.USER, "ursula", NOW), null);
    }

    static Observation observed(FieldValues values) {
        return new Observation(values, RemoteVersion.UNKNOWN, false, NOW, null);
    }
}
