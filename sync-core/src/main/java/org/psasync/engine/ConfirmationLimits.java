package org.psasync.engine;

/** From when on a change that a person wishes needs a second yes: where a brake would hold it (BRAKE-2). */
final class ConfirmationLimits {
    private static final long FEWEST_LINKS = 20;

    private ConfirmationLimits() {}

    /** Returns how many records of a kind with so many links may become orphans without being asked about. */
    static long orphaned(long links) {
        return Math.max(25, links / 10);
    }

    /** Returns how many may be overwritten without being asked about. */
    static long overwritten(long links) {
        return Math.max(200, links / 2);
    }

    /** Returns whether so many are too many; a kind with few links is never asked about. */
    static boolean isAbove(long count, long limit, long links) {
        return links >= FEWEST_LINKS && count > limit;
    }
}
