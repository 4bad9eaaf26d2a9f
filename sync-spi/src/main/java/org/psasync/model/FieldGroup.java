package org.psasync.model;

/** Fields that only make sense together and are therefore merged together (MERGE-3). */
public enum FieldGroup {
    /** The lines of one postal address. */
    ADDRESS
}
