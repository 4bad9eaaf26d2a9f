package org.psasync.testkit.scenario;

/** What can be wrong with a PSA, in words that every fake PSA understands; see {@link Scenario#psaFails}. */
public enum Trouble {
    /** Requests do not arrive: nothing is done, but of a write nobody can know that. */
    REQUEST_LOST,
    /** The PSA does what it is asked, and its answers do not arrive. */
    ANSWER_LOST,
    /** The PSA says that it cannot answer now; nothing is done. */
    UNAVAILABLE,
    /** The PSA wants a pause of 30 seconds; nothing is done. */
    THROTTLED,
    /** The PSA refuses what is to be written; nothing is done. Reading is not concerned. */
    REJECTED,
    /** The PSA refuses the credentials; nothing is done. */
    UNAUTHORIZED,
    /** The user of the integration lacks the right; nothing is done. */
    FORBIDDEN
}
