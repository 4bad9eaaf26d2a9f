package org.psasync.engine.decide;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.psasync.model.AssetRef;
import org.psasync.model.Field;
import org.psasync.model.FieldType;
import org.psasync.model.FieldValues;
import org.psasync.model.Fields;
import org.psasync.store.Pair;

/** Brings whole records, and lists of references, into the other side's terms (FIELD-6). */
final class References {
    private References() {}

    /** Returns the linked members of a list of references, and any other list as it is. */
    static @Nullable Set<?> across(Set<?> values, LinkTable links) {
        if (values.isEmpty() || !(values.iterator().next() instanceof AssetRef)) {
            return values;
        }
        Set<Object> result = new LinkedHashSet<>();
        for (Object value : values) {
            if (links.across((AssetRef) value, null) instanceof LinkTable.Target.Linked linked) {
                result.add(linked.ref());
            }
        }
        return result.isEmpty() ? null : result;
    }

    /**
     * A record in the other side's terms.
     *
     * @param values without the references that cannot be translated
     * @param awaited the records that those references name
     */
    record Translated(FieldValues values, Set<AssetRef> awaited) {}

    /** Translates the fields that pass. */
    static Translated across(FieldValues values, LinkTable links, java.util.function.Predicate<Field<?>> wanted) {
        Field<AssetRef> organizationField = Fields.organization(values.kind());
        AssetRef organizationRef = organizationField == null ? null : values.get(organizationField);
        Pair organization = organizationRef == null ? null : links.pair(organizationRef);
        FieldValues.Builder result = FieldValues.of(values.kind());
        Set<AssetRef> awaited = new LinkedHashSet<>();
        for (Field<?> field : values.fields()) {
            if (!wanted.test(field)) {
                continue;
            }
            Object value = values.get(field);
            if (value == null) {
                result.copy(field, values);
            } else if (value instanceof AssetRef ref) {
                LinkTable.Target target = links.across(ref, field.equals(organizationField) ? null : organization);
                if (target instanceof LinkTable.Target.Linked linked) {
                    set(result, field, linked.ref());
                } else if (target instanceof LinkTable.Target.Unlinked unlinked) {
                    awaited.add(unlinked.missing());
                }
            } else if (field.type() == FieldType.REFERENCES) {
                set(result, field, across((Set<?>) value, links));
            } else {
                result.copy(field, values);
            }
        }
        return new Translated(result.build(), awaited);
    }

    @SuppressWarnings("unchecked") // the value comes from the same field of the other side
    private static <T> void set(FieldValues.Builder values, Field<T> field, @Nullable Object value) {
        values.set(field, (T) value);
    }
}
