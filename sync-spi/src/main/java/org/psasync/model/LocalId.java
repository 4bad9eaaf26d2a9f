package org.psasync.model;

/**
 * The host's identifier of a record, unique within its kind.
 *
 * @param value never blank
 */
public record LocalId(String value) {
    public LocalId {
        if (value.isBlank()) {
            throw new IllegalArgumentException("A local id cannot be blank");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
