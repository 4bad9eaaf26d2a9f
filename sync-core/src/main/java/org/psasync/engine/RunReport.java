package org.psasync.engine;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.psasync.model.AssetKind;

/**
 * What a run did.
 *
 * @param id identifies the run; events name it
 * @param status how it ended
 * @param message why it did not end well, with the way out; empty when it did
 * @param started when it began
 * @param ended when it ended
 * @param fullCheck whether it was a full check too (PULL-3)
 * @param kinds what happened to the records of each kind, and where they stand
 * @param requests how many requests it made to the PSA
 * @param problems what a person should know, at most 100 sentences
 * @param brakes the brakes that are on at its end; empty when none is (BRAKE-1)
 * @param goesOnAt when the pause is over that the PSA wanted and that ended the run; null when it ended otherwise
 */
public record RunReport(
        String id,
        Status status,
        String message,
        Instant started,
        Instant ended,
        boolean fullCheck,
        Map<AssetKind, KindReport> kinds,
        long requests,
        List<String> problems,
        List<TrippedBrake> brakes,
        @Nullable Instant goesOnAt) {

    /** How an integration, or its last run, is (RUN-2). */
    public enum Status {
        /** Every record in scope was looked at, and none failed. */
        OK,
        /** A run is going on. */
        SYNCING,
        /** A run is to begin. */
        QUEUED,
        /** Runs are paused. */
        PAUSED,
        /** The run ended; some records failed or wait, or a right is missing for a kind. */
        INCOMPLETE,
        /** A brake or another instance stopped the run. */
        STOPPED,
        /** The run could not go on. */
        ERROR,
        /** The integration is disconnected. */
        DISCONNECTED
    }

    /**
     * What happened to the records of one kind.
     *
     * @param seen how many records are known; the sum over all dispositions (RUN-5)
     * @param dispositions how many records stood where at the end of the run, whether it had to look at them or not;
     *     each counts once, by its last
     * @param done how often what was done in this run
     * @param turnedAway how many records, linked or not, the gate turns away, by reason; a record counts for each of its
     *     reasons (GATE-5)
     */
    public record KindReport(
            long seen, Map<Disposition, Long> dispositions, Map<Verb, Long> done, Map<String, Long> turnedAway) {
        public KindReport {
            dispositions = Map.copyOf(dispositions);
            done = Map.copyOf(done);
            turnedAway = Map.copyOf(turnedAway);
        }

        /** Returns how many records ended there. */
        public long count(Disposition disposition) {
            return dispositions.getOrDefault(disposition, 0L);
        }

        /** Returns how often that was done. */
        public long count(Verb verb) {
            return done.getOrDefault(verb, 0L);
        }
    }

    /**
     * So many calls of its connector a run makes at most for each record that changed on either side, the reading of changes
     * aside: a look for the like of a new record, a look at the record or its parent before the write, the write, and a look at
     * what became of it (P19). How many requests a call takes is the connector's matter; an update of one record is mostly one.
     */
    public static final int CALLS_PER_CHANGE = 4;

    /** So many it makes at most beside, a full check aside: the check of the connection and of the instance (P19). */
    public static final int CALLS_BESIDE = 2;

    public RunReport {
        requireNonNull(id, "id");
        requireNonNull(status, "status");
        kinds = Map.copyOf(kinds);
        problems = List.copyOf(problems);
        brakes = List.copyOf(brakes);
    }

    /** Returns what happened to the records of a kind. */
    public KindReport kind(AssetKind kind) {
        return kinds.getOrDefault(kind, new KindReport(0, Map.of(), Map.of(), Map.of()));
    }

    /** Returns how often that was done, over all kinds. */
    public long count(Verb verb) {
        return kinds.values().stream().mapToLong(kind -> kind.count(verb)).sum();
    }

    /** Returns how many records are known, over all kinds. */
    public long seen() {
        return kinds.values().stream().mapToLong(KindReport::seen).sum();
    }

    /** Returns how long it took. */
    public Duration duration() {
        return Duration.between(started, ended);
    }

    /** Returns the report as a person reads it, several lines. */
    public String print() {
        StringBuilder text = new StringBuilder("Run " + status + (message.isEmpty() ? "" : ": " + message) + "\n");
        for (AssetKind kind : AssetKind.values()) {
            KindReport report = kinds.get(kind);
            if (report != null && report.seen() > 0) {
                text.append(CountTable.line(kind, report));
            }
        }
        brakes.forEach(brake -> text.append("  held: ").append(brake.text()).append('\n'));
        text.append("  requests to the PSA: ").append(requests).append('\n');
        problems.forEach(problem -> text.append("  ! ").append(problem).append('\n'));
        return text.toString();
    }
}
