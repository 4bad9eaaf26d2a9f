package org.psasync.engine;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is counted together per kind, because too much of it at once is a sign that something is wrong (BRAKE-2). */
public enum Brake {
    /** Links that leave the sync for a reason found in the PSA, or because their local record is gone. */
    LEAVING("orphaned or disabled"),
    /** Linked local records that are changed; what a new link brings with it is not counted. */
    LOCAL_UPDATES("changed in the host"),
    /** PSA records that are made or changed. */
    PSA_WRITES("created or changed in the PSA");

    private final String words;

    Brake(String words) {
        this.words = words;
    }

    /** Returns what would happen to the records, in words: <i>orphaned or disabled</i>. */
    public String words() {
        return words;
    }

    /** Returns the verbs that are counted together, and held together once the brake trips; at least one. */
    public Set<Verb> verbs() {
        return switch (this) {
            case LEAVING -> Set.of(Verb.ORPHAN, Verb.DISABLE);
            case LOCAL_UPDATES -> Set.of(Verb.UPDATE_LOCALLY);
            case PSA_WRITES -> Set.of(Verb.CREATE_IN_PSA, Verb.UPDATE_IN_PSA);
        };
    }

    /** Returns the brake that counts a verb; null when none does. */
    public static @Nullable Brake of(Verb verb) {
        return switch (verb) {
            case ORPHAN, DISABLE -> LEAVING;
            case UPDATE_LOCALLY -> LOCAL_UPDATES;
            case CREATE_IN_PSA, UPDATE_IN_PSA -> PSA_WRITES;
            case CREATE_LOCALLY, LINK, RETURN -> null;
        };
    }
}
