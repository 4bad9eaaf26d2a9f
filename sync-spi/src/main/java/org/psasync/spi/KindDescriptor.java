package org.psasync.spi;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.psasync.model.AssetKind;
import org.psasync.model.Field;

/**
 * What a connector can do with one kind.
 *
 * @param kind the kind
 * @param reading how changes are read (PULL-2)
 * @param deltaComplete whether reading changes shows every change; if not, a full check reads all values (PULL-3)
 * @param listsIds whether {@link PsaConnector#ids} works for the kind
 * @param keepsDeleted whether the PSA keeps deleted records with a flag, so that only the flag proves a deletion
 *     (STATE-5)
 * @param tellsCreation whether records carry the time they were made (SAFE-1)
 * @param create whether records can be made
 * @param update whether records can be changed
 * @param find whether {@link PsaConnector#find} works for the kind
 * @param visibilityDelay how long after a write a search may miss its result (SAFE-1), and a read show the record as it was
 *     before (MERGE-8)
 * @param fields the mapped fields with their rules, in order
 * @param moreKeys mapped fields by which records without a link are recognised beside the usual ones, such as the country
 *     of a location (MATCH-1): records that differ in one are not the same; empty for none. They are part of each
 *     {@link MatchKey}
 */
public record KindDescriptor(
        AssetKind kind,
        Reading reading,
        boolean deltaComplete,
        boolean listsIds,
        boolean keepsDeleted,
        boolean tellsCreation,
        boolean create,
        boolean update,
        boolean find,
        Duration visibilityDelay,
        List<FieldRule> fields,
        List<Field<?>> moreKeys) {

    /** How changes of a kind are read. */
    public enum Reading {
        /** Records that changed since a point, oldest or lowest id first. */
        DELTA,
        /** All records, every time. */
        FULL_LIST,
        /** All records below one organization after the other. */
        LIST_PER_PARENT,
        /** List rows as change marks, then the details of those that changed. */
        ROWS_AND_DETAILS
    }

    public KindDescriptor {
        requireNonNull(kind, "kind");
        requireNonNull(reading, "reading");
        requireNonNull(visibilityDelay, "visibilityDelay");
        fields = List.copyOf(fields);
        for (FieldRule rule : fields) {
            if (rule.field().kind() != kind) {
                throw new IllegalArgumentException(rule.field() + " is not a field of a " + kind);
            }
        }
        moreKeys = List.copyOf(moreKeys);
        for (Field<?> key : moreKeys) {
            if (fields.stream().noneMatch(rule -> rule.field().equals(key))) {
                throw new IllegalArgumentException(
                        key + " is not a mapped field of a " + kind + ", so nothing can be recognised by it");
            }
        }
    }

    /** Describes a kind whose records are recognised by the usual fields only. */
    public KindDescriptor(
            AssetKind kind,
            Reading reading,
            boolean deltaComplete,
            boolean listsIds,
            boolean keepsDeleted,
            boolean tellsCreation,
            boolean create,
            boolean update,
            boolean find,
            Duration visibilityDelay,
            List<FieldRule> fields) {
        this(
                kind,
                reading,
                deltaComplete,
                listsIds,
                keepsDeleted,
                tellsCreation,
                create,
                update,
                find,
                visibilityDelay,
                fields,
                List.of());
    }

    /** Returns the rule of a field, if the field is mapped. */
    public Optional<FieldRule> rule(Field<?> field) {
        return fields.stream().filter(rule -> rule.field().equals(field)).findFirst();
    }

    /** Returns whether the field is mapped. */
    public boolean maps(Field<?> field) {
        return rule(field).isPresent();
    }
}
