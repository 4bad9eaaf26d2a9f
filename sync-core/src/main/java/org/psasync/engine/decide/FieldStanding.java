package org.psasync.engine.decide;

/** Why nothing is done about a field in which the two sides differ. */
public enum FieldStanding {
    /** Nobody confirmed the local value (PUSH-4). */
    UNCONFIRMED,
    /** There is no base, only the host has a value, and it does not go to the PSA (MATCH-8). */
    LEFT_ALONE,
    /** Both sides changed it, and a person must decide (MERGE-5). */
    FROZEN,
    /** It was written back and forth (MERGE-7). */
    OSCILLATING,
    /** It names a record of another organization (FIELD-6). */
    FOREIGN,
    /** It would make the parents go round in a circle (FIELD-10). */
    IN_CIRCLE,
    /** It names a record of a kind that does not sync (FIELD-6). */
    KIND_OFF
}
