package org.psasync.model;

/** Who or what made an edit in the host; decides whether the edit confirms the record (PUSH-3). */
public enum Origin {
    /** A person, in the host's user interface. */
    USER,
    /** A program, through the host's API. */
    API,
    /** A bulk import or a bulk edit. */
    IMPORT,
    /** A remote monitoring and management tool. */
    RMM,
    /** The Active Directory integration. */
    ACTIVE_DIRECTORY,
    /** The Microsoft 365 integration. */
    MICROSOFT_365,
    /** The sync engine itself. */
    SYNC
}
