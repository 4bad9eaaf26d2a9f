package org.psasync.model;

/** Where a linked record stands (SPEC 9). */
public enum SyncState {
    /** Linked and in the sync. */
    SYNCING(SyncIcon.GRAY_PLUG),
    /** Linked, but out of the sync for the reasons given with it. */
    ORPHANED(SyncIcon.ORANGE_PLUG),
    /** A person took this record out, or the local record was deleted; the link is kept. */
    DISABLED(SyncIcon.RED_PLUG),
    /** Cut by a bulk action; both ids are remembered, never matched or pulled until reconnected. */
    DISCONNECTED(SyncIcon.NO_PLUG);

    private final SyncIcon icon;

    SyncState(SyncIcon icon) {
        this.icon = icon;
    }

    /** Returns the sign that stands for the state in lists. */
    public SyncIcon icon() {
        return icon;
    }
}
