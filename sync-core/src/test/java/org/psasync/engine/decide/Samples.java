package org.psasync.engine.decide;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
        Map<AssetKind, KindDescriptor> kinds = new EnumMap<>(AssetKind.class);
        for (AssetKind kind : AssetKind.values()) {
            List<FieldRule> rules = new ArrayList<>();
            for (Field<?> field : Fields.of(kind)) {
                if (!unread.contains(field)) {
                    rules.add(
                            new FieldRule(field, Direction.BOTH, 0, field.name().equals("name")));
                }
            }
            boolean written = kind.twoWay();
            kinds.put(
                    kind,
                    new KindDescriptor(
                            kind,
                            KindDescriptor.Reading.DELTA,
                            true,
                            true,
                            false,
                            true,
                            written,
                            written,
                            true,
                            Duration.ZERO,
                            rules));
        }
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
        return settings -> new SyncSettings(
                settings.twoWaySince(),
                settings.organizations(),
                chosen,
                settings.contacts(),
                settings.locations(),
                settings.tickets(),
                settings.confirming(),
                settings.conflicts(),
                settings.matching(),
                settings.mapping(),
                settings.options(),
                settings.schedule(),
                settings.brakes());
    }

    /** The same settings with other types of organizations. */
    static UnaryOperator<SyncSettings> organizations(Selection types) {
        return settings -> new SyncSettings(
                settings.twoWaySince(),
                new SyncSettings.Organizations(types, settings.organizations().statuses(), TypeMode.ALL, Selection.ALL),
                settings.configurations(),
                settings.contacts(),
                settings.locations(),
                settings.tickets(),
                settings.confirming(),
                settings.conflicts(),
                settings.matching(),
                settings.mapping(),
                settings.options(),
                settings.schedule(),
                settings.brakes());
    }

    /** The same settings with another way to match. */
    static UnaryOperator<SyncSettings> matching(SyncSettings.MatchingRules rules) {
        return settings -> new SyncSettings(
                settings.twoWaySince(),
                settings.organizations(),
                settings.configurations(),
                settings.contacts(),
                settings.locations(),
                settings.tickets(),
                settings.confirming(),
                settings.conflicts(),
                rules,
                settings.mapping(),
                settings.options(),
                settings.schedule(),
                settings.brakes());
    }

    /** The same settings with two-way off. */
    static SyncSettings oneWay(SyncSettings settings) {
        return new SyncSettings(
                null,
                settings.organizations(),
                settings.configurations(),
                settings.contacts(),
                settings.locations(),
                settings.tickets(),
                settings.confirming(),
                settings.conflicts(),
                settings.matching(),
                settings.mapping(),
                settings.options(),
                settings.schedule(),
                settings.brakes());
    }

    static Asset asset(String id, FieldValues values) {
        return new Asset(new LocalId(id), values, new Revision("1"), new Edit(Origin.USER, "ursula", NOW), null);
    }

    static Observation observed(FieldValues values) {
        return new Observation(values, RemoteVersion.UNKNOWN, false, NOW, null);
    }
}
