package org.psasync.engine.run;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.ProgressListener;
import org.psasync.engine.decide.Planner;
import org.psasync.engine.decide.Policy;
import org.psasync.model.PairId;
import org.psasync.spi.AssetRepository;
import org.psasync.spi.PsaConnector;
import org.psasync.spi.WriteOptions;
import org.psasync.store.IntegrationState;
import org.psasync.store.Lease;
import org.psasync.store.Setup;

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
        Tally tally) {

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
                name, run, person, state, psa, assets, picks, clock, ids, setup, policy, lease, listener, tally);
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

    /** Returns the rights that were seen at the last check of the connection. */
    String rights() {
        return setup.connection() == null ? "" : setup.connection().rights();
    }
}
