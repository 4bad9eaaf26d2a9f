package org.psasync.engine.manage;

import static java.util.Objects.requireNonNull;

import org.psasync.engine.Disposition;

/** What became of a decision about one review. */
public sealed interface ReviewAnswer {
    /** Returns what a person is told, as sentences. */
    String text();

    /** Returns whether the decision was stored. */
    default boolean decided() {
        return this instanceof Decided;
    }

    /**
     * The decision is stored. What follows from it was done at once, as far as it could be; the next run does the rest.
     *
     * @param standing where the record stands now
     * @param text what a person is told
     */
    record Decided(Disposition standing, String text) implements ReviewAnswer {
        public Decided {
            requireNonNull(standing, "standing");
            requireNonNull(text, "text");
        }
    }

    /**
     * Nothing was decided, and nothing happened.
     *
     * @param text why, and what to do
     */
    record Refused(String text) implements ReviewAnswer {
        public Refused {
            requireNonNull(text, "text");
        }
    }
}
