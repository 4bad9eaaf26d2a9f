package org.psasync.testkit.connectwise;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One stored record: values in the order of its shape, stamps, and the bytes of its last rendering. */
final class Row {
    final int id;
    String lastUpdated = "";
    String updatedBy = "";
    String dateEntered = "";
    String enteredBy = "";
    private @Nullable Object[] values;
    private @Nullable Rendering whole;
    private @Nullable Rendering part;

    Row(int id, int size) {
        this.id = id;
        this.values = new Object[size];
    }

    @Nullable
    Object get(Field field) {
        return values[field.slot()];
    }

    void set(Field field, @Nullable Object value) {
        values[field.slot()] = value;
    }

    @Nullable
    Object[] copyOfValues() {
        return values.clone();
    }

    void replaceValues(@Nullable Object[] replacement) {
        values = replacement.clone();
        forgetRendering();
    }

    /** The id that a reference holds; 0 for none. */
    int pointer(Field field) {
        return get(field) instanceof Integer id ? id : 0;
    }

    boolean flag(Field field) {
        return Boolean.TRUE.equals(get(field));
    }

    String text(Field field) {
        Object value = get(field);
        return value == null ? "" : value.toString();
    }

    Map<?, ?> map(Field field) {
        return get(field) instanceof Map<?, ?> map ? map : Map.of();
    }

    void forgetRendering() {
        whole = null;
        part = null;
    }

    /** Bytes kept under {@code form} (empty for the whole record) since {@code epoch}, or null. */
    byte @Nullable [] rendering(String form, long epoch) {
        Rendering kept = form.isEmpty() ? whole : part;
        return kept != null && kept.epoch == epoch && kept.form.equals(form) ? kept.bytes : null;
    }

    void keepRendering(String form, long epoch, byte[] bytes) {
        Rendering kept = new Rendering(form, epoch, bytes);
        if (form.isEmpty()) {
            whole = kept;
        } else {
            part = kept;
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Rendering(String form, long epoch, byte[] bytes) {}
}
