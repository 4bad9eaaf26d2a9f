package org.psasync.testkit.scenario;

/** What the engine does in the PSA, as far as troubles tell it apart. */
public enum Doing {
    /** It reads, lists or searches. */
    READING,
    /** It makes a record. */
    CREATING,
    /** It changes a record. */
    UPDATING
}
