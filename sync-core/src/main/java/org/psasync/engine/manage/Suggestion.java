package org.psasync.engine.manage;

import static java.util.Objects.requireNonNull;

import org.psasync.model.AssetRef;

/**
 * A record with a similar name, which a person may link (MATCH-6). It is never applied by itself.
 *
 * @param record the record of the other side
 * @param title what a person would call it
 * @param score how alike the names are: 0 not at all, 1 the same but for case, accents and punctuation
 */
public record Suggestion(AssetRef record, String title, double score) {
    public Suggestion {
        requireNonNull(record, "record");
        requireNonNull(title, "title");
        if (!(score >= 0 && score <= 1)) {
            throw new IllegalArgumentException("A score is between 0 and 1: " + score);
        }
    }
}
