package org.psasync.engine;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
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
    private static final Comparator<Entry> ORDER =
            Comparator.comparingInt(Entry::hash).thenComparing(Entry::id, RecordShelf.ORDER);

    private final List<Field<?>> keys;
    private final TreeSet<Entry> entries = new TreeSet<>(ORDER);
    private final TreeSet<LocalId> incomplete = new TreeSet<>(RecordShelf.ORDER);

    private record Entry(int hash, LocalId id) {}

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
            entries.add(new Entry(hash(values), id));
        } else {
            incomplete.add(id);
        }
    }

    void remove(LocalId id, FieldValues values) {
        if (covers(values)) {
            entries.remove(new Entry(hash(values), id));
        } else {
            incomplete.remove(id);
        }
    }

    /** Returns whether these values have all fields that the index is made of. */
    boolean covers(FieldValues values) {
        return keys.stream().allMatch(values::has);
    }

    /** Adds what may match a key that the index covers. */
    void collect(FieldValues key, Collection<LocalId> found) {
        int hash = hash(key);
        for (Entry entry : entries.tailSet(new Entry(hash, RecordShelf.LOWEST))) {
            if (entry.hash != hash) {
                break;
            }
            found.add(entry.id);
        }
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
