package org.psasync.model;

/**
 * The PSA's identifier of a record, unique within its kind and integration.
 *
 * @param value never blank; its form is the connector's affair
 */
public record RemoteId(String value) {
    public RemoteId {
        if (value.isBlank()) {
            throw new IllegalArgumentException("A remote id cannot be blank");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
