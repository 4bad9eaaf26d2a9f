package org.psasync.http;

/**
 * What part of a tenant's limits this process may use.
 *
 * <p>One process has them whole. Several nodes hand in a share that is leased from a store they have in common, so that
 * their parts never sum up to more than 1. Asked before every request: an implementation answers from memory, and is
 * safe for use by several threads.
 */
@FunctionalInterface
public interface BudgetShare {
    /** Returns a number from 0 to 1. */
    double fraction();

    /** Returns the share of a process that is alone. */
    static BudgetShare whole() {
        return () -> 1;
    }
}
