package org.psasync.engine.manage;

/** What can be done to many records at once (DATA-2, DATA-3). */
public enum BulkAction {
    /** The links are cut; both records stay, and the local ones are copies that stand alone. */
    DISCONNECT,
    /** The local records are deleted for good, and the links forgotten; the PSA keeps its records. */
    DELETE
}
