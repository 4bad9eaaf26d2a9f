package org.psasync.http;

/** What a call may change; decides whether it may be repeated. */
public enum CallKind {
    /** Changes nothing in the PSA; repeated when it fails for the moment. */
    READ,
    /** May change the PSA; sent at most once, whatever the answer (SAFE-1). */
    WRITE
}
