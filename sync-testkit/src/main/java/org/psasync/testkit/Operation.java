package org.psasync.testkit;

/** What a connector can be asked to do; one request each. */
public enum Operation {
    /** {@code check()}. */
    CHECK,
    /** {@code reference()}. */
    REFERENCE,
    /** One page of {@code changes}. */
    CHANGES,
    /** One page of {@code ids}. */
    IDS,
    /** {@code read}. */
    READ,
    /** {@code find} and {@code findCreated}. */
    FIND,
    /** {@code create}. */
    CREATE,
    /** {@code update}. */
    UPDATE;

    /** Returns whether the operation changes the PSA. */
    public boolean isWrite() {
        return this == CREATE || this == UPDATE;
    }
}
