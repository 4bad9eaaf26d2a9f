package org.psasync.engine;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.psasync.model.AssetKind;
import org.psasync.model.AssetRef;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.ContactFields;
import org.psasync.model.Field;
import org.psasync.model.FieldValues;
import org.psasync.model.LocalId;
import org.psasync.model.LocationFields;
import org.psasync.model.OrganizationFields;
import org.psasync.model.TicketFields;

/**
 * Finds records of one kind by organization and name, whatever the case of letters.
 *
 * <p>It keeps hashes instead of texts: 200,000 names cost little, and a collision only answers too much, which matching
 * allows (R2.1). Not safe for use by several threads; its owner guards it.
 */
final class RecordIndex {
    private final List<Field<?>> keys;
    private final Map<Integer, Collection<LocalId>> byHash = new HashMap<>();
    private final Set<LocalId> incomplete = new TreeSet<>(RecordShelf.ORDER);

    RecordIndex(AssetKind kind) {
        this.keys = keys(kind);
    }

    private static List<Field<?>> keys(AssetKind kind) {
        return switch (kind) {
            case ORGANIZATION -> List.of(OrganizationFields.NAME);
            case LOCATION -> List.of(LocationFields.ORGANIZATION, LocationFields.NAME);
            case CONTACT -> List.of(ContactFields.ORGANIZATION, ContactFields.FIRST_NAME, ContactFields.LAST_NAME);
            case CONFIGURATION -> List.of(ConfigurationFields.ORGANIZATION, ConfigurationFields.NAME);
            case TICKET -> List.of(TicketFields.NUMBER);
        };
    }

    /** A record that lacks a key field may match any key, because an absent field is not compared. */
    void add(LocalId id, FieldValues values) {
        if (covers(values)) {
            byHash.merge(hash(values), List.of(id), RecordIndex::joined);
        } else {
            incomplete.add(id);
        }
    }

    void remove(LocalId id, FieldValues values) {
        if (covers(values)) {
            byHash.computeIfPresent(hash(values), (hash, ids) -> without(ids, id));
        } else {
            incomplete.remove(id);
        }
    }

    /** Few records share a name, so one alone needs no set. */
    private static Collection<LocalId> joined(Collection<LocalId> some, Collection<LocalId> more) {
        Collection<LocalId> all = some instanceof Set ? some : new LinkedHashSet<>(some);
        all.addAll(more);
        return all;
    }

    private static @Nullable Collection<LocalId> without(Collection<LocalId> ids, LocalId id) {
        if (!(ids instanceof Set)) {
            return ids.contains(id) ? null : ids;
        }
        ids.remove(id);
        return ids.isEmpty() ? null : ids;
    }

    /** Returns whether these values have all fields that the index is made of. */
    boolean covers(FieldValues values) {
        return keys.stream().allMatch(values::has);
    }

    /** Adds what may match a key that the index covers. */
    void collect(FieldValues key, Collection<LocalId> found) {
        found.addAll(byHash.getOrDefault(hash(key), List.of()));
        found.addAll(incomplete);
    }

    private int hash(FieldValues values) {
        int result = 1;
        for (Field<?> key : keys) {
            result = 31 * result + hash(values.get(key));
        }
        return result;
    }

    private static int hash(@Nullable Object value) {
        if (value == null) {
            return 0;
        }
        String text = value instanceof AssetRef ref ? ref.idText() : value.toString();
        int result = 7;
        for (int i = 0; i < text.length(); i++) {
            // as String.equalsIgnoreCase compares
            result = 31 * result + Character.toLowerCase(Character.toUpperCase(text.charAt(i)));
        }
        return result;
    }
}
