package org.psasync.testkit;

import java.util.ArrayList;
import java.util.List;

/**
 * The calls that a fake PSA was asked to answer, in their order; failed ones too.
 *
 * <p>Safe for use by several threads.
 */
public final class Journal {
    private final List<Call> calls = new ArrayList<>();

    Journal() {}

    synchronized void add(Call call) {
        calls.add(call);
    }

    /** Returns all calls since the start or since {@link #clear}. */
    public synchronized List<Call> calls() {
        return List.copyOf(calls);
    }

    /** Returns the calls that were to change the PSA, whether they succeeded or not. */
    public List<Call> writes() {
        return calls().stream().filter(call -> call.operation().isWrite()).toList();
    }

    /** Returns how often an operation was asked for. */
    public int count(Operation operation) {
        return (int)
                calls().stream().filter(call -> call.operation() == operation).count();
    }

    /** Forgets all calls so far. */
    public synchronized void clear() {
        calls.clear();
    }

    /** Returns one call a line. */
    @Override
    public String toString() {
        return String.join("\n", calls().stream().map(Call::toString).toList());
    }
}
