package org.psasync.testkit.autotask;

/** A condition that a record meets or not. Pure. */
@FunctionalInterface
interface Filter {
    boolean matches(Row row);
}
