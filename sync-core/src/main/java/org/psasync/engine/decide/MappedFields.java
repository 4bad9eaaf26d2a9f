package org.psasync.engine.decide;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.SyncSettings;
import org.psasync.model.AssetKind;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.ContactFields;
import org.psasync.model.Field;
import org.psasync.model.LocationFields;
import org.psasync.model.OrganizationFields;
import org.psasync.spi.ConnectorDescriptor;
import org.psasync.spi.FieldRule;
import org.psasync.spi.KindDescriptor;

/**
 * Which fields are synced and which way, and by which ones records are recognised. It follows from the connector and the
 * mapping alone, so it is worked out once and shared by all policies of the same two. Immutable.
 */
final class MappedFields {
    private final ConnectorDescriptor connector;
    private final SyncSettings.Mapping mapping;
    private final boolean twoWay;
    private final Map<AssetKind, List<FieldRule>> rules = new EnumMap<>(AssetKind.class);
    private final Map<Field<?>, FieldRule> byField = new HashMap<>();
    private final Set<Field<?>> read = new HashSet<>();
    private final Set<Field<?>> pushed = new HashSet<>();
    private final Map<AssetKind, List<Field<?>>> keys = new EnumMap<>(AssetKind.class);

    MappedFields(ConnectorDescriptor connector, SyncSettings settings) {
        this.connector = connector;
        this.mapping = settings.mapping();
        this.twoWay = settings.twoWay();
        connector.kinds().forEach(this::add);
        for (AssetKind kind : AssetKind.values()) {
            keys.put(kind, keys(kind));
        }
    }

    /** Returns the fields of a connector and settings: these, if they are the same. */
    MappedFields of(ConnectorDescriptor otherConnector, SyncSettings settings) {
        boolean same =
                twoWay == settings.twoWay() && mapping.equals(settings.mapping()) && connector.equals(otherConnector);
        return same ? this : new MappedFields(otherConnector, settings);
    }

    private void add(AssetKind kind, KindDescriptor descriptor) {
        boolean updates = twoWay && kind.twoWay() && descriptor.update();
        descriptor.fields().forEach(rule -> read.add(rule.field()));
        List<FieldRule> synced = descriptor.fields().stream()
                .filter(rule -> !mapping.excluded().contains(rule.field()))
                .toList();
        rules.put(kind, synced);
        for (FieldRule rule : synced) {
            byField.put(rule.field(), rule);
            if (updates && rule.writable() && !mapping.pullOnly().contains(rule.field())) {
                pushed.add(rule.field());
            }
        }
    }

    private List<Field<?>> keys(AssetKind kind) {
        List<Field<?>> more = connector.kind(kind).map(KindDescriptor::moreKeys).orElse(List.of());
        return Stream.concat(usualKeys(kind).stream(), more.stream())
                .filter(read::contains)
                .distinct()
                .toList();
    }

    /** The fields by which every PSA's records of a kind are recognised, serial number and MAC aside (MATCH-1). */
    private static List<Field<?>> usualKeys(AssetKind kind) {
        return switch (kind) {
            case ORGANIZATION -> List.of(OrganizationFields.NAME);
            case CONTACT -> List.of(ContactFields.ORGANIZATION, ContactFields.FIRST_NAME, ContactFields.LAST_NAME);
            case LOCATION ->
                List.of(
                        LocationFields.ORGANIZATION,
                        LocationFields.NAME,
                        LocationFields.ADDRESS_1,
                        LocationFields.ADDRESS_2,
                        LocationFields.CITY,
                        LocationFields.REGION);
            case CONFIGURATION ->
                List.of(ConfigurationFields.ORGANIZATION, ConfigurationFields.TYPE, ConfigurationFields.NAME);
            case TICKET -> List.of();
        };
    }

    /** Returns the rules of the fields of a kind that are synced, in the connector's order. */
    List<FieldRule> rules(AssetKind kind) {
        return rules.getOrDefault(kind, List.of());
    }

    /** Returns the rule of a field that is synced, or null. */
    @Nullable
    FieldRule rule(Field<?> field) {
        return byField.get(field);
    }

    /** Returns whether the connector maps a field, even if the settings leave it out (FIELD-1). */
    boolean isRead(Field<?> field) {
        return read.contains(field);
    }

    /** Returns whether a local change of the field may go to the PSA. */
    boolean isPushed(Field<?> field) {
        return pushed.contains(field);
    }

    /** Returns the fields by which records of a kind are recognised, serial number and MAC aside (MATCH-1, MATCH-2). */
    List<Field<?>> keysOf(AssetKind kind) {
        return keys.getOrDefault(kind, List.of());
    }
}
