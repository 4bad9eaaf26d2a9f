package org.psasync.engine;

import static java.util.Objects.requireNonNull;

import java.util.OptionalLong;
import org.psasync.model.Choice;

/**
 * A type or status, and whether it is selected (SET-4).
 *
 * @param choice the value
 * @param state where it stands
 * @param active whether the PSA still offers it; false for one that it does not know
 * @param usedBy how many active records of the PSA use it, as last read; empty where the PSA does not tell
 */
public record ChoiceState(Choice choice, State state, boolean active, OptionalLong usedBy) {

    /** Where a type or status stands. */
    public enum State {
        /** Selected. */
        ENABLED,
        /** Known from the PSA, and not selected. */
        DISABLED,
        /** Not known to the PSA, or not any more. */
        NOT_CONNECTED
    }

    public ChoiceState {
        requireNonNull(choice, "choice");
        requireNonNull(state, "state");
        requireNonNull(usedBy, "usedBy");
    }

    /** Returns whether it is recommended to select it: active records use it (SET-7). */
    public boolean recommended() {
        return active && usedBy.orElse(0) > 0;
    }
}
