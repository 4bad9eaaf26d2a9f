package org.psasync.engine.desk;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.Entitlements;
import org.psasync.engine.ProgressListener;
import org.psasync.engine.RunReport;
import org.psasync.engine.decide.Policy;
import org.psasync.spi.AssetRepository;
import org.psasync.spi.ConnectorConfig.Pause;
import org.psasync.spi.ConnectorException;
import org.psasync.spi.PsaConnector;
import org.psasync.spi.ReferenceData.PsaUser;
import org.psasync.store.Commit;
import org.psasync.store.IntegrationState;
import org.psasync.store.Lease;
import org.psasync.store.Progress;
import org.psasync.store.PsaInstance;
import org.psasync.store.Setup;
import org.psasync.store.StaleStateException;

/**
 * What an engine stands between, and what it was handed to work with.
 *
 * @param integration the name of the integration
 * @param state what the engine remembers of it
 * @param psa what this operation works with
 * @param host the host's records
 * @param picks the pick-list values that the host was given
 * @param clock the time
 * @param random chance
 * @param ids makes identifiers of pairs
 * @param pause how to wait
 * @param listener hears how runs get on
 * @param executor runs what may run beside; null when everything runs in the calling thread
 * @param figures tells what things come to
 * @param entitlements what the host allows now (SET-6)
 * @param invitations invites people of the PSA (PSA-ALL-1); null when the host invites nobody
 */
public record Parties(
        String integration,
        IntegrationState state,
        ConnectorUse psa,
        AssetRepository host,
        PickLists picks,
        InstantSource clock,
        RandomGenerator random,
        PairIds ids,
        Pause pause,
        ProgressListener listener,
        @Nullable Executor executor,
        Figures figures,
        Supplier<Entitlements> entitlements,
        @Nullable Consumer<List<PsaUser>> invitations) {
    private static final Duration LONGEST_PAUSE = Duration.ofDays(1);

    public Parties {
        requireNonNull(integration, "integration");
        requireNonNull(state, "state");
        requireNonNull(entitlements, "entitlements");
        listener = GuardedListener.of(listener);
    }

    /** Returns the same for another operation. */
    public Parties with(ConnectorUse use) {
        return new Parties(
                integration,
                state,
                use,
                host,
                picks,
                clock,
                random,
                ids,
                pause,
                listener,
                executor,
                figures,
                entitlements,
                invitations);
    }

    /**
     * Notes that the credentials were refused, so that nothing is tried with them again (SAFE-3).
     *
     * @return whether they are still those in force
     */
    public boolean refuse(String reason) {
        while (true) {
            Setup setup = state.setup();
            if (replaced(setup)) {
                return false;
            }
            try {
                state.commit(Commit.builder().setup(setup.withRefusal(reason)).build());
                return true;
            } catch (StaleStateException stale) {
                // Somebody saved settings or replaced the credentials at the same time: look again.
            }
        }
    }

    /** Returns whether other credentials were accepted, on whatever node, since this operation opened its connector. */
    public boolean replaced(Setup setup) {
        return psa.credentials() < setup.credentials();
    }

    /** Returns what the host allows now; when it cannot tell, nothing goes to the PSA (SET-6). */
    public Entitlements entitled() {
        try {
            return requireNonNull(entitlements.get(), "it answered null");
        } catch (RuntimeException failure) {
            return Entitlements.oneWay("The host could not tell whether it is allowed: " + FailureText.of(failure));
        }
    }

    /** Returns when a pause is over that the PSA wants; it is asked again after a day at the latest. */
    public Instant over(ConnectorException.Throttled pause) {
        Duration wanted = pause.retryAfter();
        return clock.instant().plus(wanted.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : wanted);
    }

    /** Returns a new name for a run or push. */
    public String newName() {
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }

    /** Returns what decisions depend on with a setup. */
    public Policy policy(Setup setup, PsaConnector connector) {
        Instant now = clock.instant();
        Duration window = setup.settings().tickets().changedWithin();
        Progress progress = state.progress();
        return new Policy(
                        entitled().applied(setup.currentSettings()),
                        connector.descriptor(),
                        now.minus(window),
                        progress.firstRunEnded())
                .whileUnlisted(progress.unlisted());
    }

    /** Returns the host's records, guarded, until all links are cut. */
    public AssetRepository assets(Setup setup) {
        return new GuardedAssets(host, () -> Desk.requireConnected(state, setup));
    }

    /** Returns the desk of a run. */
    public Desk desk(String run, @Nullable String actor, Setup setup, @Nullable Lease lease) {
        PsaConnector connector = new GuardedPsa(psa.connector());
        return new Desk(
                this,
                run,
                run,
                actor,
                state,
                connector,
                assets(setup),
                picks,
                setup,
                policy(setup, connector),
                lease,
                listener,
                new Tally(false),
                new Slice());
    }

    /**
     * Returns the desk of a push: no lease, and the share of the budget that is kept for pushes.
     *
     * @throws RunStopped when the credentials were refused, and only a log-in would open the connector again (SAFE-3)
     */
    public Desk pushDesk(@Nullable String actor) {
        Setup setup = state.setup();
        if (setup.refusal() != null && !psa.opened()) {
            throw new RunStopped(RunReport.Status.ERROR, setup.refusal(), null, null);
        }
        PsaConnector connector = new GuardedPsa(psa.connector().forPushes(), this::requireSameInstance);
        return new Desk(
                this,
                newName(),
                null,
                actor,
                state,
                connector,
                assets(setup),
                picks,
                setup,
                policy(setup, connector),
                null,
                ProgressListener.NONE,
                new Tally(false),
                new Slice());
    }

    /** Before a push asks anything through a connector just opened, it is seen which PSA answers (SAFE-2). */
    private void requireSameInstance() {
        if (psa.instanceSeen()) {
            return;
        }
        PsaConnector opened = new GuardedPsa(psa.connector().forPushes());
        PsaInstance instance = new InstanceCheck(state, opened).of(opened.check());
        if (instance.other() != null) {
            stop(instance);
            throw new RunStopped(RunReport.Status.STOPPED, instance.other(), null, null);
        }
        psa.seeInstance();
    }

    private void stop(PsaInstance instance) {
        while (true) {
            try {
                state.commit(
                        Commit.builder().setup(state.setup().with(instance)).build());
                return;
            } catch (StaleStateException stale) {
                // Somebody saved settings at the same time: note it beside theirs.
            }
        }
    }

    /** Returns the desk of a rehearsal: everything is written to copies. */
    public Desk rehearsalDesk(String name) {
        Setup setup = state.setup();
        PsaConnector connector = new RehearsalPsa(new GuardedPsa(psa.connector()));
        return new Desk(
                this,
                name,
                name,
                null,
                state.fork(),
                connector,
                new GuardedAssets(new RehearsalAssets(host, clock), () -> {}),
                new PickLists(),
                setup,
                policy(setup, connector),
                null,
                listener,
                new Tally(true),
                new Slice());
    }
}
