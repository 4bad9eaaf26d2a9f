package org.psasync.testkit.scenario;

/** What can be wrong with one page; see {@link PsaBench#disturb}. */
public enum PageTrouble {
    /** The page has fewer records than it could; the others are still to come. */
    SHORT,
    /** The records of the page come twice. */
    REPEATED,
    /** The records of the page come in another order. */
    SHUFFLED
}
