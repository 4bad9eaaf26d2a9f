package org.psasync.engine.desk;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.Entitlements;
import org.psasync.engine.ProgressListener;
import org.psasync.engine.ProgressListener.Phase;
import org.psasync.engine.ProgressListener.RunProgress;
import org.psasync.engine.RunReport.Status;
import org.psasync.engine.SyncSettings;
import org.psasync.engine.decide.Planner;
import org.psasync.engine.decide.Policy;
import org.psasync.model.AssetKind;
import org.psasync.model.PairId;
import org.psasync.spi.AssetRepository;
import org.psasync.spi.ConnectionCheck;
import org.psasync.spi.PsaConnector;
import org.psasync.spi.WriteOptions;
import org.psasync.store.Checks;
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
 * @param parties what the engine was handed
 * @param name names the run or push; claims are made in this name
 * @param run the run's id for the event log; null outside of runs
 * @param actor the person who caused it; null when it was the schedule
 * @param state what the engine remembers, or a copy of it
 * @param psa the PSA, guarded
 * @param assets the host, guarded
 * @param picks the pick-list values that the host was given
 * @param setup the setup in force at the beginning
 * @param policy what decisions depend on
 * @param lease under which a run stores; null outside of runs
 * @param listener hears how it gets on
 * @param tally counts what happens
 * @param slice when a run is to pause or to stop
 */
public record Desk(
        Parties parties,
        String name,
        @Nullable String run,
        @Nullable String actor,
        IntegrationState state,
        PsaConnector psa,
        AssetRepository assets,
        PickLists picks,
        Setup setup,
        Policy policy,
        @Nullable Lease lease,
        ProgressListener listener,
        Tally tally,
        Slice slice) {

    /** How many pairs are decided together. */
    public static final int BATCH = 200;
    /** How many records are asked for in one request. */
    public static final int PAGE = 1000;
    /** How long the right to run is taken; it is renewed with every step. */
    public static final Duration LEASE = Duration.ofMinutes(10);
    /** How long a pair may be claimed before others may go on. */
    public static final Duration CLAIM = Duration.ofMinutes(5);

    public Desk {
        requireNonNull(name, "name");
        requireNonNull(state, "state");
    }

    /** Returns the same desk for what that person caused. */
    public Desk by(String person) {
        return with(person, setup, policy, lease, tally);
    }

    /** Returns the same desk under a lease, or under none, with a tally that keeps what is done item by item. */
    public Desk noting(@Nullable Lease newLease) {
        return with(actor, setup, policy, newLease, new Tally(true));
    }

    /** Returns the same desk with another policy. */
    public Desk with(Policy newPolicy) {
        return with(actor, setup, newPolicy, lease, tally);
    }

    /** Returns the same desk with another setup and the policy that comes of it. */
    public Desk with(Setup newSetup, Policy newPolicy) {
        return with(actor, newSetup, newPolicy, lease, tally);
    }

    private Desk with(
            @Nullable String newActor, Setup newSetup, Policy newPolicy, @Nullable Lease newLease, Tally newTally) {
        return new Desk(
                parties, name, run, newActor, state, psa, assets, picks, newSetup, newPolicy, newLease, listener,
                newTally, slice);
    }

    /** Returns whether what is done is written to copies only. */
    public boolean rehearses() {
        return psa instanceof RehearsalPsa;
    }

    /** Returns what runs things beside; null when everything runs in the calling thread. */
    @Nullable
    public Executor executor() {
        return parties.executor();
    }

    /** Returns what the host allows now (SET-6). */
    public Entitlements entitled() {
        return parties.entitled();
    }

    /** Returns the same desk for what belongs to a one-time push, or to a decision, of that name. */
    public Desk of(String push) {
        return new Desk(
                parties, name, push, actor, state, psa, assets, picks, setup, policy, lease, listener, tally, slice);
    }

    /** Returns what decisions depended on in the last run that came to its end; null when the same settings are in force. */
    public @Nullable Policy policyBefore() {
        SyncSettings done = state.progress().settingsDone();
        if (done == null) {
            return null;
        }
        Policy before = parties.policy(setup.withSettings(done), psa.descriptor());
        return before.settings().equals(policy.settings()) ? null : before;
    }

    public Planner planner() {
        return new Planner(policy);
    }

    public Instant now() {
        return parties.clock().instant();
    }

    public PairId newPairId() {
        return parties.ids().next();
    }

    public WriteOptions options() {
        return policy.settings().options();
    }

    /** Returns the rights as they are known now: what the API shows of them, and what it refused to show (STATE-10). */
    public String rights() {
        return setup.connection() == null ? "" : rights(setup.connection());
    }

    /** Asks the PSA for the rights as they are now; other ones than the last check saw make a full check (STATE-10). */
    public String rightsNow() {
        String now = rights(psa.check());
        Checks.Rights known = state.progress().checks().rights();
        if (known != null && !now.equals(known.text())) {
            progress(Progress::checkWanted);
        }
        return now;
    }

    private String rights(ConnectionCheck check) {
        Set<AssetKind> forbidden = state.progress().forbidden();
        return forbidden.isEmpty() ? check.rights() : check.rights() + " without " + forbidden;
    }

    /** Returns how far a kind was read. */
    public KindProgress progress(AssetKind kind) {
        return state.progress().kind(kind);
    }

    /** Changes the progress, whatever somebody else changes of it at the same time. */
    public void progress(UnaryOperator<Progress> change) {
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
    public void progress(AssetKind kind, UnaryOperator<KindProgress> change) {
        progress(progress -> progress.with(kind, change.apply(progress.kind(kind))));
    }

    /**
     * Keeps the right to run for another while; nothing outside of runs.
     *
     * @throws StaleStateException when it was lost
     * @throws RunStopped when the integration was disconnected meanwhile
     */
    public void keepLease() {
        if (lease != null) {
            slice.heard(state.renew(lease, LEASE, now()));
        }
        requireConnected(state, setup);
    }

    /** Nothing goes on once all links were cut (SET-10). */
    static void requireConnected(IntegrationState state, Setup since) {
        if (state.setup().cutSince(since)) {
            throw new RunStopped(
                    Status.DISCONNECTED, "The integration was disconnected while this was going on.", null, null);
        }
    }

    /**
     * Lets a run pause or stop here, where all that it did is stored. To be called after something was done, so that
     * each slice gets on; what is known of the lease was heard when it was last renewed.
     *
     * @throws SliceOver when the slice is over
     * @throws RunStopped when the run was cancelled
     */
    public void safePoint() {
        slice.end(now());
    }

    /**
     * Tells how far a run is with a kind (RUN-3).
     *
     * @param records how many were dealt with
     * @param lately how many of them since it began, or began again
     * @param expected how many there will be, where that is known
     */
    public void tell(AssetKind kind, Phase phase, long records, long lately, OptionalLong expected, Instant began) {
        double seconds = Duration.between(began, now()).toMillis() / 1000.0;
        double perSecond = seconds == 0 ? 0 : lately / seconds;
        Optional<Duration> left = expected.isPresent() && perSecond > 0
                ? Optional.of(Duration.ofSeconds((long) Math.max(0, (expected.getAsLong() - records) / perSecond)))
                : Optional.empty();
        listener.progress(new RunProgress(kind, phase, records, expected, perSecond, left));
    }
}
