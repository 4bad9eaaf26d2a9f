package org.psasync.store;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.psasync.model.AssetKind;
import org.psasync.model.AssetRef;
import org.psasync.model.LocalRef;
import org.psasync.model.PairId;
import org.psasync.model.RemoteRef;

/**
 * Which events to return, and in which order; what is null does not restrict. A page goes on where the one before ended: for
 * the oldest first, {@link #after} its last event, and for the latest first, {@link #before} it.
 *
 * @param records only those that name one of these records; empty does not restrict
 * @param pair only those of this pair
 * @param run only those of this run
 * @param actor only those that this person or program caused
 * @param outsideRuns only those that belong to no run
 * @param kind only those of this kind
 * @param type only those of this type
 * @param since only those at this time or later
 * @param until only those before this time
 * @param after only those with a higher number; 0 does not restrict
 * @param before only those with a lower number; {@link Long#MAX_VALUE} does not restrict
 * @param latestFirst whether the latest come first, those with the highest numbers; otherwise the oldest
 * @param limit the most events to return, at least 1
 */
public record EventQuery(
        Set<AssetRef> records,
        @Nullable PairId pair,
        @Nullable String run,
        @Nullable String actor,
        boolean outsideRuns,
        @Nullable AssetKind kind,
        Event.@Nullable Type type,
        @Nullable Instant since,
        @Nullable Instant until,
        long after,
        long before,
        boolean latestFirst,
        int limit) {

    /** Every event, the oldest first, in pages of 1000. */
    public static final EventQuery ALL =
            new EventQuery(Set.of(), null, null, null, false, null, null, null, null, 0, Long.MAX_VALUE, false, 1000);

    public EventQuery {
        records = Set.copyOf(records);
        if (limit < 1) {
            throw new IllegalArgumentException("The limit must be at least 1: " + limit);
        }
    }

    /** Returns the same query for one pair. */
    public EventQuery ofPair(PairId newPair) {
        return new EventQuery(
                records, newPair, run, actor, outsideRuns, kind, type, since, until, after, before, latestFirst, limit);
    }

    /** Returns the same query for one run. */
    public EventQuery ofRun(String newRun) {
        return new EventQuery(
                records, pair, newRun, actor, outsideRuns, kind, type, since, until, after, before, latestFirst, limit);
    }

    /** Returns the same query for what one person or program caused. */
    public EventQuery ofActor(String newActor) {
        return new EventQuery(
                records, pair, run, newActor, outsideRuns, kind, type, since, until, after, before, latestFirst, limit);
    }

    /** Returns the same query for what happened outside of runs: saves and their pushes. */
    public EventQuery onlyOutsideRuns() {
        return new EventQuery(
                records, pair, run, actor, true, kind, type, since, until, after, before, latestFirst, limit);
    }

    /** Returns the same query for one kind. */
    public EventQuery ofKind(AssetKind newKind) {
        return new EventQuery(
                records, pair, run, actor, outsideRuns, newKind, type, since, until, after, before, latestFirst, limit);
    }

    /** Returns the same query for one type. */
    public EventQuery ofType(Event.Type newType) {
        return new EventQuery(
                records, pair, run, actor, outsideRuns, kind, newType, since, until, after, before, latestFirst, limit);
    }

    /** Returns the same query from a time on. */
    public EventQuery since(Instant newSince) {
        return new EventQuery(
                records, pair, run, actor, outsideRuns, kind, type, newSince, until, after, before, latestFirst, limit);
    }

    /** Returns the same query up to, and without, a time. */
    public EventQuery until(Instant newUntil) {
        return new EventQuery(
                records, pair, run, actor, outsideRuns, kind, type, since, newUntil, after, before, latestFirst, limit);
    }

    /** Returns the same query for the events that name one of these records, whichever pair they were in. */
    public EventQuery ofRecords(Set<AssetRef> newRecords) {
        return new EventQuery(
                newRecords, pair, run, actor, outsideRuns, kind, type, since, until, after, before, latestFirst, limit);
    }

    /** Returns the same query behind an event. */
    public EventQuery after(long number) {
        return new EventQuery(
                records, pair, run, actor, outsideRuns, kind, type, since, until, number, before, latestFirst, limit);
    }

    /** Returns the same query up to, and without, an event. */
    public EventQuery before(long number) {
        return new EventQuery(
                records, pair, run, actor, outsideRuns, kind, type, since, until, after, number, latestFirst, limit);
    }

    /** Returns the same query with the latest events first: its first page is the latest page. */
    public EventQuery fromLatest() {
        return new EventQuery(
                records, pair, run, actor, outsideRuns, kind, type, since, until, after, before, true, limit);
    }

    /** Returns the same query with another limit. */
    public EventQuery limit(int newLimit) {
        return new EventQuery(
                records, pair, run, actor, outsideRuns, kind, type, since, until, after, before, latestFirst, newLimit);
    }

    /** Returns whether the event is asked for, the limit aside. */
    public boolean wants(Event event) {
        return (pair == null || pair.equals(event.pair()))
                && (run == null || run.equals(event.run()))
                && (actor == null || actor.equals(event.actor()))
                && (!outsideRuns || event.run() == null)
                && (kind == null || kind == event.kind())
                && (type == null || type == event.type())
                && (since == null || !event.at().isBefore(since))
                && (until == null || event.at().isBefore(until))
                && (records.isEmpty() || records.stream().anyMatch(record -> names(event, record)))
                && event.number() > after
                && event.number() < before;
    }

    private static boolean names(Event event, AssetRef record) {
        return record.kind() == event.kind()
                && (record instanceof LocalRef local
                        ? local.id().equals(event.local())
                        : ((RemoteRef) record).id().equals(event.remote()));
    }
}
