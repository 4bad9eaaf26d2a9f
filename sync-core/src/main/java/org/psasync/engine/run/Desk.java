package org.psasync.engine.run;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.ProgressListener;
import org.psasync.engine.decide.Planner;
import org.psasync.engine.decide.Policy;
import org.psasync.model.AssetKind;
import org.psasync.model.PairId;
import org.psasync.spi.AssetRepository;
import org.psasync.spi.ConnectionCheck;
import org.psasync.spi.PsaConnector;
import org.psasync.spi.WriteOptions;
import org.psasync.store.Commit;
import org.psasync.store.IntegrationState;
import org.psasync.store.KindProgress;
import org.psasync.store.Lease;
import org.psasync.store.Progress;
import org.psasync.store.Setup;
import org.psasync.store.StaleStateException;

/**
 * Everything one run, one push or one rehearsal works with.
 *
 * @param name names the run or push; claims are made in this name
 * @param run the run's id for the event log; null outside of runs
 * @param actor the person who caused it; null when it was the schedule
 * @param state what the engine remembers
 * @param psa the PSA
 * @param assets the host
 * @param picks the pick-list values that the host was given
 * @param clock the time
 * @param ids makes identifiers of pairs
 * @param setup the setup in force at the beginning
 * @param policy what decisions depend on
 * @param lease under which a run stores; null outside of runs
 * @param listener hears how it gets on
 * @param tally counts what happens
 * @param executor runs what may run beside; null when everything runs in the calling thread
 */
record Desk(
        String name,
        @Nullable String run,
        @Nullable String actor,
        IntegrationState state,
        PsaConnector psa,
        AssetRepository assets,
        PickLists picks,
        InstantSource clock,
        PairIds ids,
        Setup setup,
        Policy policy,
        @Nullable Lease lease,
        ProgressListener listener,
        Tally tally,
        @Nullable Executor executor) {

    /** How many pairs are decided together. */
    static final int BATCH = 200;
    /** How many records are asked for in one request. */
    static final int PAGE = 1000;
    /** How long a pair may be claimed before others may go on. */
    static final Duration CLAIM = Duration.ofMinutes(5);

    Desk {
        requireNonNull(name, "name");
        requireNonNull(state, "state");
    }

    /** Returns the same desk for what that person caused. */
    Desk by(String person) {
        return new Desk(
                name, run, person, state, psa, assets, picks, clock, ids, setup, policy, lease, listener, tally,
                executor);
    }

    /** Returns the same desk for what belongs to a one-time push. */
    Desk of(String push) {
        return new Desk(
                name, push, actor, state, psa, assets, picks, clock, ids, setup, policy, lease, listener, tally,
                executor);
    }

    Planner planner() {
        return new Planner(policy);
    }

    Instant now() {
        return clock.instant();
    }

    PairId newPairId() {
        return ids.next();
    }

    WriteOptions options() {
        return policy.settings().options();
    }

    /** Returns the same desk with another policy. */
    Desk with(Policy newPolicy) {
        return new Desk(
                name, run, actor, state, psa, assets, picks, clock, ids, setup, newPolicy, lease, listener, tally,
                executor);
    }

    /** Returns the rights as they are known now: what the API shows of them, and what it refused to show (STATE-10). */
    String rights() {
        return setup.connection() == null ? "" : rights(setup.connection());
    }

    /** Returns the rights that a check of the connection shows. */
    String rights(ConnectionCheck check) {
        Set<AssetKind> forbidden = state.progress().forbidden();
        return forbidden.isEmpty() ? check.rights() : check.rights() + " without " + forbidden;
    }

    /** Returns how far a kind was read. */
    KindProgress progress(AssetKind kind) {
        return state.progress().kind(kind);
    }

    /** Changes the progress, whatever somebody else changes of it at the same time. */
    void progress(UnaryOperator<Progress> change) {
        while (true) {
            Progress before = state.progress();
            Progress after = change.apply(before);
            if (after.equals(before)) {
                return;
            }
            try {
                state.commit(Commit.builder().lease(lease).progress(after).build());
                return;
            } catch (StaleStateException stale) {
                keepLease();
            }
        }
    }

    /** Changes the progress of a kind. */
    void progress(AssetKind kind, UnaryOperator<KindProgress> change) {
        progress(progress -> progress.with(kind, change.apply(progress.kind(kind))));
    }

    /**
     * Keeps the right to run for another while; nothing outside of runs.
     *
     * @throws StaleStateException when it was lost
     */
    void keepLease() {
        if (lease != null) {
            state.renew(lease, RunSteps.LEASE, now());
        }
    }
}
