package org.psasync.engine.decide;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.psasync.model.AssetKind;
import org.psasync.model.AssetRef;
import org.psasync.model.Choice;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.Field;
import org.psasync.model.FieldType;
import org.psasync.model.FieldValues;
import org.psasync.model.Fields;
import org.psasync.store.Pair;

/** Brings the values of one side's record into the other side's terms (FIELD-6, GATE-4). */
final class Translation {
    private final LinkTable links;
    private final Policy policy;
    private final @Nullable Choice untyped;
    private final @Nullable Field<AssetRef> organizationField;
    private final @Nullable Pair organization;
    private final boolean toHost;

    private Translation(Policy policy, LinkTable links, @Nullable Pair self, FieldValues values, boolean toHost) {
        this.policy = policy;
        this.links = links;
        this.untyped = policy.connector().untyped();
        this.organizationField = Fields.organization(values.kind());
        this.toHost = toHost;
        AssetRef ref = organizationField == null ? null : values.get(organizationField);
        this.organization = values.kind() == AssetKind.ORGANIZATION ? self : ref == null ? null : links.pair(ref);
    }

    /**
     * Translates what the PSA holds.
     *
     * @param self the record's own pair; null when it has none
     * @param remote the whole record, by whose organization its references are judged
     */
    static Translation toHost(Policy policy, LinkTable links, @Nullable Pair self, FieldValues remote) {
        return new Translation(policy, links, self, remote, true);
    }

    /**
     * Translates what the host holds.
     *
     * @param self the record's own pair; null when it has none
     * @param local the whole record, by whose organization its references are judged
     */
    static Translation toPsa(Policy policy, LinkTable links, @Nullable Pair self, FieldValues local) {
        return new Translation(policy, links, self, local, false);
    }

    /** Returns what one value is on the other side; a list of references is a case of its own. */
    Across of(Field<?> field, @Nullable Object value) {
        if (value instanceof AssetRef ref) {
            return links.across(ref, field.equals(organizationField) ? null : organization);
        }
        if (untyped != null && field.equals(ConfigurationFields.TYPE)) {
            Object type = toHost ? (value == null ? untyped : value) : untyped.equals(value) ? null : value;
            return new Across.Value(type);
        }
        return value == null ? Across.BLANK : new Across.Value(value);
    }

    /**
     * A list of references, as far as it can be translated.
     *
     * @param across the members in the other side's terms; null for none
     * @param held the members that can be translated, in their own side's terms; null for none
     * @param missing the members that cannot
     */
    record Listed(@Nullable Set<?> across, @Nullable Set<?> held, Set<AssetRef> missing) {}

    /** Returns the linked members of a list of references, and any other list as it is. */
    Listed list(@Nullable Set<?> values) {
        return list(values, links);
    }

    static Listed list(@Nullable Set<?> values, LinkTable links) {
        if (values == null || values.isEmpty() || !(values.iterator().next() instanceof AssetRef)) {
            return new Listed(values, values, Set.of());
        }
        Set<Object> across = new LinkedHashSet<>();
        Set<Object> held = new LinkedHashSet<>();
        Set<AssetRef> missing = new LinkedHashSet<>();
        for (Object each : values) {
            AssetRef ref = (AssetRef) each;
            if (links.across(ref, null) instanceof Across.Value linked && linked.value() != null) {
                across.add(linked.value());
                held.add(ref);
            } else {
                missing.add(ref);
            }
        }
        return new Listed(across.isEmpty() ? null : across, held.isEmpty() ? null : held, missing);
    }

    /**
     * A record in the other side's terms.
     *
     * @param values without the references that cannot be translated
     * @param held of lists of which members cannot be translated, the part that can, in the record's own terms
     * @param pending single references that wait for their record
     * @param awaited every record that a reference names in vain
     */
    record Translated(FieldValues values, FieldValues held, Set<Field<?>> pending, Set<AssetRef> awaited) {}

    /** Translates the fields of a record that pass. */
    Translated all(FieldValues values, Predicate<Field<?>> wanted) {
        FieldValues.Builder result = FieldValues.of(values.kind());
        FieldValues.Builder held = FieldValues.of(values.kind());
        Set<Field<?>> pending = new LinkedHashSet<>();
        Set<AssetRef> awaited = new LinkedHashSet<>();
        for (Field<?> field : values.fields()) {
            if (!wanted.test(field)) {
                continue;
            }
            if (field.type() == FieldType.REFERENCES) {
                Listed list = list((Set<?>) values.get(field));
                set(result, field, list.across());
                if (!list.missing().isEmpty()) {
                    set(held, field, list.held());
                    awaited.addAll(list.missing());
                }
                continue;
            }
            Across across = of(field, values.get(field));
            if (across instanceof Across.Value value) {
                set(result, field, value.value());
            } else if (across instanceof Across.Unlinked unlinked) {
                pending.add(field);
                awaited.add(unlinked.missing());
            } else if (across instanceof Across.Foreign foreign) {
                awaited.add(foreign.ref());
            }
        }
        awaited.removeIf(ref -> !policy.settings().enabled(ref.kind())); // it never comes; new settings decide all anew
        return new Translated(result.build(), held.build(), pending, awaited);
    }

    @SuppressWarnings("unchecked") // the value comes from the same field of the other side
    static <T> void set(FieldValues.Builder values, Field<T> field, @Nullable Object value) {
        values.set(field, (T) value);
    }
}
