package org.psasync.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * The last edit of a record in the host.
 *
 * @param origin what kind of actor made it
 * @param actor who made it, as the host names people and programs; appears in the event log
 * @param at when, by the host's clock
 */
public record Edit(Origin origin, String actor, Instant at) {
    public Edit {
        requireNonNull(origin, "origin");
        requireNonNull(actor, "actor");
        requireNonNull(at, "at");
    }
}
