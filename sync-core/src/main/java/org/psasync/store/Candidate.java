package org.psasync.store;

import static java.util.Objects.requireNonNull;

import org.psasync.model.AssetRef;

/**
 * A record that may be the same as another one (MATCH-5).
 *
 * @param record the record
 * @param title what a person would call it
 * @param why what speaks for it, and what keeps it from being certain, as a sentence
 */
public record Candidate(AssetRef record, String title, String why) {
    public Candidate {
        requireNonNull(record, "record");
        requireNonNull(title, "title");
        requireNonNull(why, "why");
    }
}
