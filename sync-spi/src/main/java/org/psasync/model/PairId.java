package org.psasync.model;

import java.util.UUID;

/**
 * Identifies a pair for ever, across restarts and nodes; a host keeps it with each record that the engine made (SAFE-7).
 *
 * <p>Ordered as their texts are.
 *
 * @param high the first half
 * @param low the second half
 */
public record PairId(long high, long low) implements Comparable<PairId> {
    /** Returns the identifier with these bits. */
    public static PairId of(UUID value) {
        return new PairId(value.getMostSignificantBits(), value.getLeastSignificantBits());
    }

    /**
     * Returns the identifier that {@link #toString} gave.
     *
     * @throws IllegalArgumentException when the text is not one
     */
    public static PairId parse(String text) {
        return of(UUID.fromString(text));
    }

    @Override
    public int compareTo(PairId other) {
        int order = Long.compareUnsigned(high, other.high);
        return order == 0 ? Long.compareUnsigned(low, other.low) : order;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(high * 31 + low);
    }

    /** Returns the identifier in the form of a UUID. */
    @Override
    public String toString() {
        return new UUID(high, low).toString();
    }
}
