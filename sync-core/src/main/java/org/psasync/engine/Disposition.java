package org.psasync.engine;

/** The one answer to where a record stands (WHY-2). */
public enum Disposition {
    /** Both sides hold the same, as far as they can. */
    IN_SYNC("in sync"),
    /** A change waits to be pulled or pushed. */
    CHANGE_WAITING("change waiting"),
    /** A local value differs and nobody has confirmed it by saving. */
    AWAITING_CONFIRMATION("awaiting confirmation"),
    /** The gate turns it away, and it is not linked. */
    NOT_SELECTED("not selected"),
    /** Linked, but out of the sync. */
    ORPHANED("orphaned"),
    /** A person took it out, or the local record was deleted. */
    DISABLED("disabled"),
    /** Cut by a bulk action. */
    DISCONNECTED("disconnected"),
    /** The integration, or the record's row, is paused. */
    PAUSED("paused"),
    /** It may be the same as another record; a person must say. */
    IN_REVIEW("in review"),
    /** Both sides changed the same field; a person must choose. */
    CONFLICT_TO_DECIDE("conflict to decide"),
    /** It waits for another record to be linked first. */
    WAITING_FOR_RECORD("waiting for another record"),
    /** A brake holds it. */
    HELD_BY_BRAKE("held by a brake"),
    /** The PSA, or the connector for it, refuses it. */
    REFUSED_BY_PSA("refused by the PSA"),
    /** The host refuses it. */
    REFUSED_BY_HOST("refused by the host"),
    /** The last attempt failed for the moment; it is tried again. */
    RETRYING("retrying"),
    /** It is not known whether a write took effect. */
    UNCERTAIN("uncertain"),
    /** A field is written back and forth. */
    OSCILLATING("oscillating"),
    /** The local record belongs to another integration. */
    OWNED_ELSEWHERE("owned by another integration"),
    /** Nothing is known of it. */
    UNKNOWN("unknown to the integration");

    private final String words;

    Disposition(String words) {
        this.words = words;
    }

    /** Returns the disposition in words. */
    public String words() {
        return words;
    }

    /** Returns whether a record that ends a run like this keeps the run from being {@code OK} (RUN-2). */
    public boolean keepsRunIncomplete() {
        return switch (this) {
            case CHANGE_WAITING,
                    WAITING_FOR_RECORD,
                    HELD_BY_BRAKE,
                    REFUSED_BY_PSA,
                    REFUSED_BY_HOST,
                    RETRYING,
                    UNCERTAIN,
                    OSCILLATING -> true;
            default -> false;
        };
    }
}
