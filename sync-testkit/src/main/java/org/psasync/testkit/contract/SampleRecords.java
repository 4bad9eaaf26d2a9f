package org.psasync.testkit.contract;

import static java.util.Objects.requireNonNull;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.psasync.model.AssetKind;
import org.psasync.model.Choice;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.ContactFields;
import org.psasync.model.ContactPoint;
import org.psasync.model.Field;
import org.psasync.model.FieldType;
import org.psasync.model.FieldValues;
import org.psasync.model.Fields;
import org.psasync.model.LocationFields;
import org.psasync.model.OrganizationFields;
import org.psasync.model.PairId;
import org.psasync.model.RemoteId;
import org.psasync.model.RemoteRef;
import org.psasync.model.TicketFields;
import org.psasync.spi.ConnectorOption;
import org.psasync.spi.Draft;
import org.psasync.spi.FieldRule;
import org.psasync.spi.KindDescriptor;
import org.psasync.spi.ReadScope;
import org.psasync.spi.ReferenceData;
import org.psasync.spi.WriteOptions;
import org.psasync.testkit.scenario.PsaBench;

/** Records with invented values, such that any PSA takes them: what it maps, choices from its own lists. */
final class SampleRecords {
    private final PsaBench bench;
    private final Map<AssetKind, RemoteRef> firsts = new EnumMap<>(AssetKind.class);
    private @Nullable ReferenceData lists;
    private @Nullable WriteOptions options;
    private long pairs;

    SampleRecords(PsaBench bench) {
        this.bench = bench;
    }

    /** The field by which people tell records of a kind apart. */
    static Field<String> name(AssetKind kind) {
        return switch (kind) {
            case ORGANIZATION -> OrganizationFields.NAME;
            case LOCATION -> LocationFields.NAME;
            case CONTACT -> ContactFields.FIRST_NAME;
            case CONFIGURATION -> ConfigurationFields.NAME;
            case TICKET -> TicketFields.TITLE;
        };
    }

    private KindDescriptor descriptor(AssetKind kind) {
        return bench.connector().descriptor().kind(kind).orElseThrow();
    }

    private boolean knows(AssetKind kind) {
        return bench.connector().descriptor().kind(kind).isPresent();
    }

    /** A record of that name, below the first organization, made by a user of the PSA. */
    RemoteRef put(AssetKind kind, String name) {
        return bench.put(values(kind, name));
    }

    List<RemoteRef> put(AssetKind kind, String name, int count) {
        List<RemoteRef> refs = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            refs.add(put(kind, name + " " + i));
        }
        return refs;
    }

    /** The record of a kind that others refer to. */
    RemoteRef first(AssetKind kind) {
        RemoteRef known = firsts.get(kind);
        if (known == null) {
            known = put(kind, "First");
            firsts.put(kind, known);
        }
        return known;
    }

    /** What a record needs to be one: its name, whose it is, and what sorts it. */
    FieldValues values(AssetKind kind, String name) {
        FieldValues.Builder values = FieldValues.of(kind);
        for (FieldRule rule : descriptor(kind).fields()) {
            Field<?> field = rule.field();
            if (field.equals(name(kind))) {
                set(values, field, name);
            } else if (field.equals(Fields.organization(kind)) || rule.requiredOnCreate() || sorts(field)) {
                set(values, field, value(field, name, 0));
            }
        }
        return values.build();
    }

    private static boolean sorts(Field<?> field) {
        return Set.of(
                        OrganizationFields.TYPES,
                        OrganizationFields.STATUS,
                        ConfigurationFields.TYPE,
                        ConfigurationFields.STATUS,
                        ContactFields.LAST_NAME,
                        TicketFields.BOARD)
                .contains(field);
    }

    // Drafts ---------------------------------------------------------------------------------------------------------

    /** A draft with no more than a PSA can ask for. */
    Draft draft(AssetKind kind, String name) {
        FieldValues.Builder values = values(kind, name).only(field -> writes(kind, field)).toBuilder();
        for (FieldRule rule : descriptor(kind).fields()) {
            boolean reach =
                    rule.field().equals(ContactFields.EMAILS) || rule.field().equals(ContactFields.PHONES);
            if (rule.writable() && !rule.field().equals(name(kind)) && (rule.requiredOnCreate() || reach)) {
                set(values, rule.field(), value(rule.field(), name, 0));
            }
        }
        return draft(values.build());
    }

    /** A draft with a value for every field that can be written. */
    Draft fullDraft(AssetKind kind, String name) {
        FieldValues.Builder values = draft(kind, name).values().toBuilder();
        for (FieldRule rule : descriptor(kind).fields()) {
            Object value = rule.field().equals(name(kind)) ? name : value(rule.field(), name, 0);
            if (rule.writable() && value != null) {
                set(values, rule.field(), value);
            }
        }
        return draft(values.build());
    }

    Draft draft(FieldValues values) {
        List<Draft> parts = new ArrayList<>();
        if (values.kind() == AssetKind.ORGANIZATION && knows(AssetKind.LOCATION)) {
            FieldValues.Builder part = FieldValues.of(AssetKind.LOCATION);
            for (Field<?> field :
                    List.of(LocationFields.NAME, LocationFields.ADDRESS_1, LocationFields.CITY, LocationFields.PHONE)) {
                if (writes(AssetKind.LOCATION, field)) {
                    set(part, field, value(field, "Main", 0));
                }
            }
            parts.add(new Draft(pair(), part.build(), List.of(), Map.of(), options()));
        }
        return new Draft(pair(), values, parts, Map.of(), options());
    }

    private boolean writes(AssetKind kind, Field<?> field) {
        return descriptor(kind).rule(field).map(FieldRule::writable).orElse(false);
    }

    private PairId pair() {
        return new PairId(0x5a5aL << 48, ++pairs);
    }

    /** The settings of the connector: what it begins with, else the first that can be chosen. */
    WriteOptions options() {
        if (options == null) {
            first(AssetKind.ORGANIZATION);
            Map<String, List<ReferenceData.Entry>> choices =
                    bench.connector().reference().optionChoices();
            Map<String, String> values = new LinkedHashMap<>();
            for (ConnectorOption option : bench.connector().descriptor().options()) {
                List<ReferenceData.Entry> offered = choices.getOrDefault(option.key(), List.of());
                if (option.initial() != null) {
                    values.put(option.key(), option.initial());
                } else if (option.form() == ConnectorOption.Form.CHOICE && !offered.isEmpty()) {
                    values.put(option.key(), offered.get(0).choice().id());
                }
            }
            options = new WriteOptions(values);
        }
        return requireNonNull(options);
    }

    /** The PSA's lists, as they were when first asked for. */
    private ReferenceData lists() {
        if (lists == null) {
            lists = bench.connector().reference();
        }
        return requireNonNull(lists);
    }

    /** The scope in which all records of a kind are. */
    ReadScope scope(AssetKind kind) {
        if (kind == AssetKind.TICKET) {
            Set<String> boards = new HashSet<>();
            lists().choices()
                    .getOrDefault(TicketFields.BOARD, List.of())
                    .forEach(board -> boards.add(board.choice().id()));
            return new ReadScope(boards, null, List.of());
        }
        boolean perParent = descriptor(kind).reading() == KindDescriptor.Reading.LIST_PER_PARENT;
        List<RemoteId> parents = perParent
                ? bench.all(AssetKind.ORGANIZATION).stream().map(RemoteRef::id).toList()
                : List.of();
        return perParent ? ReadScope.below(parents) : ReadScope.ALL;
    }

    // Values ---------------------------------------------------------------------------------------------------------

    /**
     * Returns a value that the field can hold; null when there is none to invent.
     *
     * @param variant another number gives another value, where there is more than one
     */
    @Nullable
    Object value(Field<?> field, String name, int variant) {
        FieldType<?> type = field.type();
        if (type == FieldType.TEXT) {
            return cut(field, text(field, name, variant));
        } else if (type == FieldType.MAC) {
            return "00:1A:2B:3C:4D:5" + variant;
        } else if (type == FieldType.COUNTRY) {
            return "US";
        } else if (type == FieldType.REGION) {
            return "FL";
        } else if (type == FieldType.DATE) {
            return LocalDate.of(2025, 1, 2 + variant);
        } else if (type == FieldType.INSTANT) {
            return Instant.parse("2026-10-0" + (1 + variant) + "T08:00:00Z");
        } else if (type == FieldType.NUMBER) {
            return BigDecimal.valueOf(10L + variant);
        } else if (type == FieldType.FLAG) {
            return variant == 0;
        } else if (type == FieldType.EMAILS) {
            return Set.of(ContactPoint.primary("sample" + variant + "@client.example"));
        } else if (type == FieldType.PHONES) {
            return Set.of(ContactPoint.primary("81355501" + (10 + variant)));
        } else if (type == FieldType.CHOICE) {
            return choice(field, variant);
        } else if (type == FieldType.CHOICES) {
            return Set.of(choice(field, variant));
        }
        return reference(field, variant);
    }

    private static String text(Field<?> field, String name, int variant) {
        return switch (field.name()) {
            case "phone", "fax" -> "81355501" + (20 + variant);
            case "primaryIp" -> "10.0.0." + (5 + variant);
            case "defaultGateway" -> "10.0.0." + (1 + variant);
            case "postalCode" -> "3360" + (1 + variant);
            case "shortName" -> "S" + Integer.toHexString(name.hashCode()) + variant;
            default -> "Sample " + field + " " + variant;
        };
    }

    private String cut(Field<?> field, String text) {
        int most =
                descriptor(field.kind()).rule(field).map(FieldRule::maxLength).orElse(0);
        return most == 0 || text.length() <= most
                ? text
                : text.substring(0, most).strip();
    }

    private Choice choice(Field<?> field, int variant) {
        List<Choice> listed = lists().choices().getOrDefault(field, List.of()).stream()
                .filter(ReferenceData.Entry::active)
                .map(ReferenceData.Entry::choice)
                .toList();
        for (Choice usual : listed) {
            if (variant == 0 && usual.name().equals(usual(field))) {
                return usual;
            }
        }
        if (!listed.isEmpty()) {
            return listed.get(variant % listed.size());
        }
        try {
            return bench.choice(field, usual(field) + (variant == 0 ? "" : " " + variant));
        } catch (IllegalArgumentException none) {
            return Choice.named("Sample " + variant);
        }
    }

    private static String usual(Field<?> field) {
        return switch (field.name()) {
            case "types" -> "Customer";
            case "type" -> "Server";
            case "status" -> "Active";
            default -> "Sample";
        };
    }

    private @Nullable Object reference(Field<?> field, int variant) {
        if (field.equals(Fields.organization(field.kind()))) {
            return first(AssetKind.ORGANIZATION);
        } else if (field.equals(OrganizationFields.PARENT)) {
            return put(AssetKind.ORGANIZATION, "Parent " + variant + " " + pairs++);
        } else if (field.equals(ContactFields.LOCATION) || field.equals(ConfigurationFields.LOCATION)) {
            return other(AssetKind.LOCATION, variant);
        } else if (field.equals(ConfigurationFields.CONTACT) || field.equals(TicketFields.CONTACT)) {
            return other(AssetKind.CONTACT, variant);
        } else if (field.equals(TicketFields.CONFIGURATIONS)) {
            RemoteRef device = other(AssetKind.CONFIGURATION, variant);
            return device == null ? null : new LinkedHashSet<>(Set.of(device));
        }
        return null;
    }

    private @Nullable RemoteRef other(AssetKind kind, int variant) {
        if (!knows(kind)) {
            return null;
        }
        return variant == 0 ? first(kind) : put(kind, "Other " + pairs++);
    }

    @SuppressWarnings("unchecked") // the value was made for the field
    static void set(FieldValues.Builder values, Field<?> field, @Nullable Object value) {
        values.set((Field<Object>) field, value);
    }

    /** One field with a value, null for blank. */
    static FieldValues only(Field<?> field, @Nullable Object value) {
        FieldValues.Builder values = FieldValues.of(field.kind());
        set(values, field, value);
        return values.build();
    }
}
