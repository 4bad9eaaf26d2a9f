package org.psasync.engine.decide;

/** Where a pair is found, before it is decided what to do; exactly one holds. */
public enum Situation {
    /** A person or a bulk action took it out (STATE-7). */
    LEFT_ALONE,
    /** A write was begun whose end is not known (SAFE-1, MERGE-9). */
    WRITE_IN_FLIGHT,
    /** The local record belongs to another integration (SET-9). */
    OWNED_ELSEWHERE,
    /** Linked; the local record is gone (STATE-6). */
    LINKED_LOCAL_GONE,
    /** Linked; the PSA record is deleted or not visible (STATE-5). */
    LINKED_REMOTE_GONE,
    /** Linked; the PSA record cannot be understood any more, so nothing is decided about its fields (PULL-4). */
    LINKED_NOT_UNDERSTOOD,
    /** Linked; its organization is to be linked, but is not yet (FIELD-10). */
    LINKED_ORGANIZATION_PENDING,
    /** Linked; the gate is closed (GATE-3). */
    LINKED_GATE_CLOSED,
    /** Linked; the gate is open, or a confirmed change opens it (GATE-6). */
    LINKED_GATE_OPEN,
    /** Only in the PSA, and gone there. */
    REMOTE_GONE,
    /** Only in the PSA, and perhaps the result of a create whose answer was lost (SAFE-1). */
    REMOTE_HELD,
    /** Only in the PSA, and it could never be understood (PULL-4). */
    REMOTE_NOT_UNDERSTOOD,
    /** Only in the PSA; the gate is closed (GATE-3). */
    REMOTE_NOT_SELECTED,
    /** Only in the PSA; its organization is not linked yet. */
    REMOTE_ORGANIZATION_PENDING,
    /** Only in the PSA; the host refused it as it is (PULL-4). */
    REMOTE_REFUSED,
    /** Only in the PSA, and may be a local record (MATCH-4). */
    REMOTE_TO_MATCH,
    /** Only in the host, and gone there. */
    LOCAL_GONE,
    /** Only in the host, and cannot go to the PSA: one-way, or the connector cannot make it. */
    LOCAL_ONE_WAY,
    /** Only in the host; the gate is closed. */
    LOCAL_NOT_SELECTED,
    /** Only in the host; its organization is not linked yet. */
    LOCAL_ORGANIZATION_PENDING,
    /** Only in the host; a record that it must name is not linked yet (FIELD-6). */
    LOCAL_RECORD_PENDING,
    /** Only in the host, and nobody confirmed it (PUSH-3). */
    LOCAL_UNCONFIRMED,
    /** Only in the host, and like another one that is being made in the PSA with unknown outcome (SAFE-1). */
    LOCAL_HELD,
    /** Only in the host; the PSA refused it as it is, or something is missing (PUSH-8). */
    LOCAL_REFUSED,
    /** Only in the host, and may be a PSA record (PUSH-7). */
    LOCAL_TO_MATCH
}
