package org.psasync.engine;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.RunReport.Status;
import org.psasync.model.AssetKind;

/**
 * How an integration is (RUN-2). Immutable.
 *
 * @param status how it is now: what goes on, what keeps runs from beginning, or else how the last run ended
 * @param message why it is not well, with the way out; empty when there is nothing to say
 * @param lastRun the last run that ended; null before the first
 * @param nextRun when the next run is to begin; null where nobody schedules any, or none is to begin
 * @param runWanted whether settings, the connection or a wish for a full check wait for a run that takes them into account
 * @param dueAt when a run is to look at records again for which an earlier attempt failed, or is to go on after a pause that
 *     the PSA wanted; null when no such time is known
 * @param counts how many records of each kind stand where
 */
public record IntegrationStatus(
        Status status,
        String message,
        @Nullable RunReport lastRun,
        @Nullable Instant nextRun,
        boolean runWanted,
        @Nullable Instant dueAt,
        Map<AssetKind, Map<Disposition, Long>> counts) {
    public IntegrationStatus {
        requireNonNull(status, "status");
        requireNonNull(message, "message");
        Map<AssetKind, Map<Disposition, Long>> copy = new EnumMap<>(AssetKind.class);
        counts.forEach((kind, ofKind) -> copy.put(kind, Map.copyOf(ofKind)));
        counts = Map.copyOf(copy);
    }

    /** Returns whether runs may begin: not while they are paused, and not without a connection. */
    public boolean mayRun() {
        return status != Status.PAUSED && status != Status.DISCONNECTED;
    }

    /** Returns the same as a scheduler sees it. */
    public IntegrationStatus scheduled(Status newStatus, @Nullable Instant newNextRun) {
        return new IntegrationStatus(newStatus, message, lastRun, newNextRun, runWanted, dueAt, counts);
    }
}
