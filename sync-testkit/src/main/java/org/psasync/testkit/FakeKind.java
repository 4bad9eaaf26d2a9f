package org.psasync.testkit;

import java.time.Duration;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.psasync.model.AssetKind;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.ContactFields;
import org.psasync.model.Field;
import org.psasync.model.Fields;
import org.psasync.model.LocationFields;
import org.psasync.model.OrganizationFields;
import org.psasync.spi.FieldRule;
import org.psasync.spi.FieldRule.Direction;
import org.psasync.spi.KindDescriptor;
import org.psasync.spi.KindDescriptor.Reading;

/**
 * How a fake PSA behaves for one kind.
 *
 * <p>From the start a kind is read by delta, can be listed, searched and written, and maps all known fields both ways,
 * but for the activity, which is pulled. Name and organization are needed to make a record, and the type of a
 * configuration. Organizations are kept with a flag when they are deleted; other records vanish. Tickets are pulled only.
 */
public final class FakeKind {
    private enum Ability {
        DELTA_COMPLETE,
        LISTS_IDS,
        KEEPS_DELETED,
        TELLS_CREATION,
        CREATE,
        UPDATE,
        FIND,
        STAMPS,
        ANSWERS_WITH_RECORD,
        MARKS
    }

    private final AssetKind kind;
    private final Set<Ability> abilities = EnumSet.allOf(Ability.class);
    private final Map<Field<?>, FieldRule> rules = new LinkedHashMap<>();
    private final Set<Field<?>> unique = new HashSet<>();
    private final Set<Field<?>> moreKeys = new LinkedHashSet<>();
    private final Set<Field<?>> row = new HashSet<>();
    private Reading reading = Reading.DELTA;
    private Duration visibilityDelay = Duration.ZERO;

    FakeKind(AssetKind kind) {
        this.kind = kind;
        without(Ability.MARKS);
        for (Field<?> field : Fields.of(kind)) {
            boolean pulled = kind == AssetKind.TICKET || field.equals(Fields.active(kind));
            rules.put(field, new FieldRule(field, pulled ? Direction.PULL : Direction.BOTH, 0, false));
        }
        required(needed(kind));
        row.addAll(List.of(needed(kind)));
        if (kind != AssetKind.ORGANIZATION) {
            vanishing();
        }
        if (kind == AssetKind.TICKET) {
            readOnly();
        }
    }

    private static Field<?>[] needed(AssetKind kind) {
        return switch (kind) {
            case ORGANIZATION -> new Field<?>[] {OrganizationFields.NAME};
            case LOCATION -> new Field<?>[] {LocationFields.ORGANIZATION, LocationFields.NAME};
            case CONTACT -> new Field<?>[] {ContactFields.ORGANIZATION, ContactFields.FIRST_NAME};
            case CONFIGURATION ->
                new Field<?>[] {ConfigurationFields.ORGANIZATION, ConfigurationFields.NAME, ConfigurationFields.TYPE};
            case TICKET -> new Field<?>[] {};
        };
    }

    /** Sets how changes are read. */
    public FakeKind reading(Reading way) {
        if (way == Reading.LIST_PER_PARENT && kind == AssetKind.ORGANIZATION) {
            throw new IllegalArgumentException("Organizations cannot be listed per organization");
        }
        this.reading = way;
        return this;
    }

    /** Lists rows that hold these fields only, and needed ones; the other fields come with the details. */
    public FakeKind rowsAndDetails(Field<?>... rowFields) {
        row.addAll(List.of(rowFields));
        return reading(Reading.ROWS_AND_DETAILS);
    }

    /** Says that the delta can miss changes, and allows {@link FakePsa#editUnstamped}. */
    public FakeKind incompleteDelta() {
        return without(Ability.DELTA_COMPLETE);
    }

    /** Cannot list ids. */
    public FakeKind withoutIds() {
        return without(Ability.LISTS_IDS);
    }

    /** Keeps deleted records with a flag. */
    public FakeKind keepingDeleted() {
        abilities.add(Ability.KEEPS_DELETED);
        return this;
    }

    /** Forgets deleted records. */
    public FakeKind vanishing() {
        return without(Ability.KEEPS_DELETED);
    }

    /** Does not tell when a record was made. */
    public FakeKind withoutCreationTimes() {
        return without(Ability.TELLS_CREATION);
    }

    /** Does not tell when a record changed. */
    public FakeKind withoutChangeTimes() {
        return without(Ability.STAMPS);
    }

    /** Cannot make records. */
    public FakeKind withoutCreate() {
        return without(Ability.CREATE);
    }

    /** Cannot change records. */
    public FakeKind withoutUpdate() {
        return without(Ability.UPDATE);
    }

    /** Cannot make or change records; all fields are pulled only. */
    public FakeKind readOnly() {
        pullOnly(rules.keySet().toArray(Field<?>[]::new));
        return withoutCreate().withoutUpdate();
    }

    /** Cannot search. */
    public FakeKind withoutFind() {
        return without(Ability.FIND);
    }

    /** Answers writes with the id only, so that the record has to be read back (PUSH-12). */
    public FakeKind answeringWithoutRecord() {
        return without(Ability.ANSWERS_WITH_RECORD);
    }

    /** Marks a draft, so that what a create without answer made is found by the mark alone (C9.2). */
    public FakeKind marking() {
        abilities.add(Ability.MARKS);
        return this;
    }

    /** Lets lists and searches miss a new record for that long. */
    public FakeKind visibilityDelay(Duration delay) {
        this.visibilityDelay = delay;
        return this;
    }

    /** Does not map these fields. */
    public FakeKind unmapped(Field<?>... fields) {
        for (Field<?> field : fields) {
            rules.remove(field);
        }
        return this;
    }

    /** Maps custom fields, both ways. */
    public FakeKind mapping(Field<?>... fields) {
        for (Field<?> field : fields) {
            rules.put(field, new FieldRule(field, Direction.BOTH, 0, false));
        }
        return this;
    }

    /** Cannot write these fields. */
    public FakeKind pullOnly(Field<?>... fields) {
        return change(
                rule -> new FieldRule(rule.field(), Direction.PULL, rule.maxLength(), rule.requiredOnCreate()), fields);
    }

    /** Holds at most that many characters in a field. */
    public FakeKind maxLength(Field<String> field, int characters) {
        return change(
                rule -> new FieldRule(rule.field(), rule.direction(), characters, rule.requiredOnCreate()), field);
    }

    /** Makes no record without these fields. */
    public FakeKind required(Field<?>... fields) {
        return change(rule -> new FieldRule(rule.field(), rule.direction(), rule.maxLength(), true), fields);
    }

    /** Makes records without these fields too. */
    public FakeKind optional(Field<?>... fields) {
        return change(rule -> new FieldRule(rule.field(), rule.direction(), rule.maxLength(), false), fields);
    }

    /** Lets records be recognised by these fields too, such as a location by its country (MATCH-1). */
    public FakeKind recognisedBy(Field<?>... fields) {
        moreKeys.addAll(List.of(fields));
        return this;
    }

    /** Refuses a second record with the same value of one of these fields, whatever its case. */
    public FakeKind unique(Field<?>... fields) {
        unique.addAll(List.of(fields));
        return this;
    }

    private FakeKind change(UnaryOperator<FieldRule> edit, Field<?>... fields) {
        for (Field<?> field : fields) {
            FieldRule rule = rules.get(field);
            if (rule == null) {
                throw new IllegalArgumentException("\"" + field + "\" of a " + kind + " is not mapped");
            }
            rules.put(field, edit.apply(rule));
        }
        return this;
    }

    private FakeKind without(Ability ability) {
        abilities.remove(ability);
        return this;
    }

    FakeSchema schema() {
        KindDescriptor descriptor = new KindDescriptor(
                kind,
                reading,
                abilities.contains(Ability.DELTA_COMPLETE),
                abilities.contains(Ability.LISTS_IDS),
                abilities.contains(Ability.KEEPS_DELETED),
                abilities.contains(Ability.TELLS_CREATION),
                abilities.contains(Ability.CREATE),
                abilities.contains(Ability.UPDATE),
                abilities.contains(Ability.FIND),
                visibilityDelay,
                List.copyOf(rules.values()),
                List.copyOf(moreKeys));
        return new FakeSchema(
                descriptor,
                Set.copyOf(rules.keySet()),
                Set.copyOf(row),
                Set.copyOf(unique),
                abilities.contains(Ability.STAMPS) && reading != Reading.ROWS_AND_DETAILS,
                abilities.contains(Ability.ANSWERS_WITH_RECORD),
                abilities.contains(Ability.MARKS));
    }
}
