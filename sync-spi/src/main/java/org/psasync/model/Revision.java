package org.psasync.model;

/**
 * The host's revision of a record: changes with every write of the record.
 *
 * @param token compared for equality, and by the host for order
 */
public record Revision(String token) {
    public Revision {
        if (token.isBlank()) {
            throw new IllegalArgumentException("A revision cannot be blank");
        }
    }

    @Override
    public String toString() {
        return token;
    }
}
