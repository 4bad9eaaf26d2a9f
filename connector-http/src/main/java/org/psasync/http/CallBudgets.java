package org.psasync.http;

import static java.util.Objects.requireNonNull;

import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/**
 * The budgets of the tenants that one process talks to, so that all its connectors to a tenant share one (SAFE-4).
 *
 * <p>A budget stays for as long as this object, whoever closes the connector: what was sent within the window still
 * counts when it is opened again. Safe for use by several threads.
 */
public final class CallBudgets {
    private static final CallBudgets OF_THIS_PROCESS = new CallBudgets();

    private final Map<Key, CallBudget> budgets = new ConcurrentHashMap<>();

    /** Makes a collection without budgets. */
    public CallBudgets() {}

    /** Budgets of different clocks are told apart: neither could wait for the other's windows. */
    private record Key(String tenant, InstantSource clock) {}

    /** Returns the collection that connectors share which were handed none. */
    public static CallBudgets ofThisProcess() {
        return OF_THIS_PROCESS;
    }

    /**
     * Returns the budget of a tenant, made the first time that it is asked for.
     *
     * @param tenant what tells the tenant from all others of all PSAs, such as {@code connectwise:} with server and
     *     company; no secret
     * @param limits sets the limits; not called when the budget is there already
     */
    public CallBudget of(String tenant, InstantSource clock, UnaryOperator<CallBudget.Builder> limits) {
        requireNonNull(limits, "limits");
        Key key = new Key(requireNonNull(tenant, "tenant"), requireNonNull(clock, "clock"));
        return budgets.computeIfAbsent(
                key, absent -> limits.apply(CallBudget.builder(clock)).build());
    }

    @Override
    public String toString() {
        return "CallBudgets of " + budgets.size() + " tenants";
    }
}
