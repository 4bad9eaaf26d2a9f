package org.psasync.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.psasync.model.AssetKind;
import org.psasync.model.PairId;

/**
 * Which events to return, oldest first; what is null does not restrict.
 *
 * @param pair only those of this pair
 * @param run only those of this run
 * @param kind only those of this kind
 * @param type only those of this type
 * @param since only those at this time or later
 * @param after only those with a higher number
 * @param limit the most events to return, at least 1
 */
public record EventQuery(
        @Nullable PairId pair,
        @Nullable String run,
        @Nullable AssetKind kind,
        Event.@Nullable Type type,
        @Nullable Instant since,
        long after,
        int limit) {

    /** Every event, in pages of 1000. */
    public static final EventQuery ALL = new EventQuery(null, null, null, null, null, 0, 1000);

    public EventQuery {
        if (limit < 1) {
            throw new IllegalArgumentException("The limit must be at least 1: " + limit);
        }
    }

    /** Returns the same query for one pair. */
    public EventQuery ofPair(PairId newPair) {
        return new EventQuery(newPair, run, kind, type, since, after, limit);
    }

    /** Returns the same query for one run. */
    public EventQuery ofRun(String newRun) {
        return new EventQuery(pair, newRun, kind, type, since, after, limit);
    }

    /** Returns the same query for one kind. */
    public EventQuery ofKind(AssetKind newKind) {
        return new EventQuery(pair, run, newKind, type, since, after, limit);
    }

    /** Returns the same query for one type. */
    public EventQuery ofType(Event.Type newType) {
        return new EventQuery(pair, run, kind, newType, since, after, limit);
    }

    /** Returns the same query from a time on. */
    public EventQuery since(Instant newSince) {
        return new EventQuery(pair, run, kind, type, newSince, after, limit);
    }

    /** Returns the same query behind an event. */
    public EventQuery after(long number) {
        return new EventQuery(pair, run, kind, type, since, number, limit);
    }

    /** Returns the same query with another limit. */
    public EventQuery limit(int newLimit) {
        return new EventQuery(pair, run, kind, type, since, after, newLimit);
    }

    /** Returns whether the event is asked for, the limit aside. */
    public boolean wants(Event event) {
        return (pair == null || pair.equals(event.pair()))
                && (run == null || run.equals(event.run()))
                && (kind == null || kind == event.kind())
                && (type == null || type == event.type())
                && (since == null || !event.at().isBefore(since))
                && event.number() > after;
    }
}
