package org.psasync.engine;

/** What a run does to records; plans and reports count by it. */
public enum Verb {
    /** Makes a local record. */
    CREATE_LOCALLY("create locally"),
    /** Changes a local record. */
    UPDATE_LOCALLY("update locally"),
    /** Makes a record in the PSA. */
    CREATE_IN_PSA("create in the PSA"),
    /** Changes a record of the PSA. */
    UPDATE_IN_PSA("update in the PSA"),
    /** Links two records that are the same. */
    LINK("link"),
    /** Takes a link out of the sync. */
    ORPHAN("orphan"),
    /** Takes an orphan back into the sync. */
    RETURN("return to the sync"),
    /** Takes a link out because its local record is gone. */
    DISABLE("disable");

    private final String words;

    Verb(String words) {
        this.words = words;
    }

    /** Returns the verb in words. */
    public String words() {
        return words;
    }
}
