package org.psasync.store;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Changes that become part of the state together or not at all.
 *
 * @param put pairs new or changed; each must still have the version it was read with
 * @param delete pairs to forget; each must still have the version it was read with
 * @param events to append to the log
 * @param setup changed setup; null when it did not change
 * @param progress changed progress; null when it did not change
 * @param lease under which the changes are made, refused when it is lost; null when none is needed
 */
public record Commit(
        List<Pair> put,
        List<Pair> delete,
        List<Event> events,
        @Nullable Setup setup,
        @Nullable Progress progress,
        @Nullable Lease lease) {
    public Commit {
        put = List.copyOf(put);
        delete = List.copyOf(delete);
        events = List.copyOf(events);
    }

    /** Starts to collect changes. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns whether there is nothing to store. */
    public boolean isEmpty() {
        return put.isEmpty() && delete.isEmpty() && events.isEmpty() && setup == null && progress == null;
    }

    /** Collects changes. Not for use by several threads. */
    public static final class Builder {
        private final List<Pair> put = new ArrayList<>();
        private final List<Pair> delete = new ArrayList<>();
        private final List<Event> events = new ArrayList<>();
        private @Nullable Setup setup;
        private @Nullable Progress progress;
        private @Nullable Lease lease;

        private Builder() {}

        /** Adds a new or changed pair. */
        public Builder put(Pair pair) {
            put.add(pair);
            return this;
        }

        /** Adds a pair to forget. */
        public Builder delete(Pair pair) {
            delete.add(pair);
            return this;
        }

        /** Adds an event. */
        public Builder event(Event event) {
            events.add(event);
            return this;
        }

        /** Adds events. */
        public Builder events(List<Event> more) {
            events.addAll(more);
            return this;
        }

        /** Sets the changed setup. */
        public Builder setup(Setup newSetup) {
            this.setup = newSetup;
            return this;
        }

        /** Sets the changed progress. */
        public Builder progress(Progress newProgress) {
            this.progress = newProgress;
            return this;
        }

        /** Sets the lease under which the changes are made. */
        public Builder lease(@Nullable Lease newLease) {
            this.lease = newLease;
            return this;
        }

        /** Returns the changes. */
        public Commit build() {
            return new Commit(put, delete, events, setup, progress, lease);
        }
    }
}
