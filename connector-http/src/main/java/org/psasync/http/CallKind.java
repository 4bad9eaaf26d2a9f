package org.psasync.http;

/** What a call may change; decides whether it may be repeated. */
public enum CallKind {
    /** Changes nothing in the PSA; repeated when it fails for the moment. */
    READ,
    /** May change the PSA; never repeated unless it is certain that it was not carried out (SAFE-1). */
    WRITE
}
