package org.psasync.model;

import static java.util.Objects.requireNonNull;

import java.util.UUID;

/** Identifies a pair for ever, across restarts and nodes; a host keeps it with each record that the engine made (SAFE-7). */
public record PairId(UUID value) implements Comparable<PairId> {
    public PairId {
        requireNonNull(value, "value");
    }

    @Override
    public int compareTo(PairId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
