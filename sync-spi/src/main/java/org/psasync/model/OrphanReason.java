package org.psasync.model;

/** Why a linked record is out of the sync (STATE-3); several can hold at once. */
public enum OrphanReason {
    /** The PSA's own flag or log, or repeated evidence, says that it was deleted there (STATE-5). */
    DELETED_IN_PSA("deleted in the PSA"),
    /** The PSA no longer shows it; that proves nothing more. */
    NOT_VISIBLE("no longer visible in the PSA"),
    /** Its type is not selected. */
    TYPE_NOT_SELECTED("its type is not selected"),
    /** Its status is not selected. */
    STATUS_NOT_SELECTED("its status is not selected"),
    /** It is inactive in the PSA. */
    INACTIVE("inactive in the PSA"),
    /** Its organization does not sync. */
    ORGANIZATION_NOT_SYNCING("its organization does not sync"),
    /** Records of this kind do not sync. */
    KIND_NOT_ENABLED("this kind of record does not sync");

    private final String words;

    OrphanReason(String words) {
        this.words = words;
    }

    /** Returns the reason as a part of a sentence. */
    public String words() {
        return words;
    }
}
