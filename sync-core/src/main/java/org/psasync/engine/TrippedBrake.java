package org.psasync.engine;

import static java.util.Objects.requireNonNull;

import java.util.Locale;
import org.psasync.model.AssetKind;

/**
 * A brake that is on: nothing of its verbs is done to records of its kind, until a manager approves that or its reason is
 * gone (BRAKE-1). Immutable.
 *
 * @param kind the kind of record
 * @param brake what is held
 * @param count how many records it would be; when some were done already, at least so many
 * @param done how many were done before the limit was reached (BRAKE-4); 0 when it tripped before the first write
 * @param links how many links the kind has
 * @param limit how many would have passed
 * @param emptied whether it is on because one side would be empty afterwards, whatever the limit
 */
public record TrippedBrake(
        AssetKind kind, Brake brake, long count, long done, long links, long limit, boolean emptied) {
    public TrippedBrake {
        requireNonNull(kind, "kind");
        requireNonNull(brake, "brake");
    }

    /** Returns what it holds and why, as the part of a sentence. */
    public String text() {
        String records = kind.name().toLowerCase(Locale.ROOT) + "s";
        String would = done == 0
                ? count + " " + records + " would be " + brake.words()
                : count + " " + records + " or more would be " + brake.words() + ", of which " + done + " were";
        return would + ", and " + links + " are linked; "
                + (emptied ? "one side would be empty" : "at most " + limit + " may be at once");
    }
}
