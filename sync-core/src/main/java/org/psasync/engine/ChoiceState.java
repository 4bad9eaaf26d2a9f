package org.psasync.engine;

import org.psasync.model.Choice;

/**
 * A type or status, and whether it is selected (SET-4).
 *
 * @param choice the value
 * @param state where it stands
 */
public record ChoiceState(Choice choice, State state) {

    /** Where a type or status stands. */
    public enum State {
        /** Selected. */
        ENABLED,
        /** Known from the PSA, and not selected. */
        DISABLED,
        /** Not known to the PSA, or not any more. */
        NOT_CONNECTED
    }
}
