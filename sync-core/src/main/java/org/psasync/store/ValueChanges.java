package org.psasync.store;

import java.util.AbstractList;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;
import org.psasync.model.Field;
import org.psasync.model.FieldValues;
import org.psasync.store.Event.Change;

/**
 * The fields in which one record differs from another, as a list that keeps nothing but the two.
 *
 * <p>A first pull logs every value of every record; what the log refers to is kept for the record anyway.
 */
final class ValueChanges extends AbstractList<Change> implements RandomAccess {
    private final FieldValues before;
    private final FieldValues after;
    private final int size;

    private ValueChanges(FieldValues before, FieldValues after, int size) {
        this.before = before;
        this.after = after;
        this.size = size;
    }

    static List<Change> of(FieldValues before, FieldValues after) {
        int size = 0;
        for (Field<?> field : after.fields()) {
            size += isChanged(field, before, after) ? 1 : 0;
        }
        return size == 0 ? List.of() : new ValueChanges(before, after, size);
    }

    private static boolean isChanged(Field<?> field, FieldValues before, FieldValues after) {
        return !Objects.equals(before.get(field), after.get(field));
    }

    @Override
    public Change get(int index) {
        int left = Objects.checkIndex(index, size);
        for (Field<?> field : after.fields()) {
            if (isChanged(field, before, after) && left-- == 0) {
                return new Change(field, before.get(field), after.get(field));
            }
        }
        throw new IndexOutOfBoundsException(index);
    }

    @Override
    public int size() {
        return size;
    }
}
