package org.psasync.model;

/** The signs of the states (SPEC 9). */
public enum SyncIcon {
    /** Syncing. */
    GRAY_PLUG,
    /** Orphaned. */
    ORANGE_PLUG,
    /** Disabled. */
    RED_PLUG,
    /** Disconnected. */
    NO_PLUG,
    /** Laid over any of the others: the last attempt for this record failed. */
    RED_TRIANGLE
}
