package org.psasync.engine.run;

import java.util.ArrayDeque;
import java.util.Deque;

/** Work in steps. One that was interrupted is called again, to do what is left of it. */
final class Steps {
    private final Deque<Runnable> left = new ArrayDeque<>();
    private final Runnable between;

    /**
     * Makes an empty list of steps.
     *
     * @param between is called when a step is done; what it throws interrupts the work before the next one
     */
    Steps(Runnable between) {
        this.between = between;
    }

    /** Adds a last step. */
    void add(Runnable step) {
        left.add(step);
    }

    /** Does what is left. */
    void goOn() {
        for (Runnable step = left.peek(); step != null; step = left.peek()) {
            step.run();
            left.remove();
            between.run();
        }
    }
}
