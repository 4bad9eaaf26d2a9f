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
import org.psasync.engine.SyncSettings;
import org.psasync.engine.decide.Policy;
import org.psasync.spi.AssetRepository;
import org.psasync.spi.ConnectorConfig.Pause;
import org.psasync.spi.ConnectorDescriptor;
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
 * @param policies the policies made so far
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
        Policies policies,
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
                policies,
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
        return refuse(state, psa.credentials(), reason);
    }

    /**
     * Does the same for credentials that the caller knows.
     *
     * @param credentials as {@link Setup#credentials} counts them
     */
    public static boolean refuse(IntegrationState state, long credentials, String reason) {
        while (true) {
            Setup setup = state.setup();
            if (credentials < setup.credentials()) {
                return false;
            }
            if (reason.equals(setup.refusal())) {
                return true;
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

    /** What the host answers, and else why it cannot tell. */
    private record Allowed(Entitlements now, @Nullable String unsure) {}

    private Allowed allowed() {
        try {
            return new Allowed(requireNonNull(entitlements.get(), "it answered null"), null);
        } catch (RuntimeException failure) {
            String unsure = "The host could not tell whether it is allowed: " + FailureText.of(failure);
            return new Allowed(Entitlements.oneWay(unsure), unsure);
        }
    }

    /** Returns what the host allows now; when it cannot tell, nothing goes to the PSA (SET-6). */
    public Entitlements entitled() {
        return allowed().now();
    }

    /**
     * Returns why the host cannot tell what it allows; null when it does. Then nothing goes to the PSA, and what is to go there
     * waits: it is not taken for forbidden, because then local values would be put back for a disturbance (PUSH-1).
     */
    public @Nullable String unsure() {
        return allowed().unsure();
    }

    /** Returns the settings as they count for decisions: two-way is off while the host forbids it. */
    public SyncSettings inForce(SyncSettings settings) {
        Allowed allowed = allowed();
        return allowed.unsure() == null ? allowed.now().applied(settings) : settings;
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
    public Policy policy(Setup setup, ConnectorDescriptor connector) {
        Instant now = clock.instant();
        Duration window = setup.settings().tickets().changedWithin();
        Progress progress = state.progress();
        SyncSettings stored = setup.currentSettings();
        SyncSettings inForce = inForce(stored);
        Policy policy = policies.policy(inForce, connector, now.minus(window), progress.firstRunEnded())
                .whileUnlisted(progress.unlisted())
                .turnedFrom(progress.settingsDone());
        Instant since = stored.twoWaySince();
        return since == null || inForce.twoWay() ? policy : policy.whileForbidden(since);
    }

    /** Returns the host's records, guarded, until all links are cut. */
    public AssetRepository assets(Setup setup) {
        return new GuardedAssets(host, () -> Desk.requireConnected(state, setup));
    }

    /** Returns the connector, which asks no more of the PSA than the settings allow (SAFE-4). */
    private PsaConnector opened(Setup setup) {
        PsaConnector connector = psa.connector();
        int percent = setup.settings().schedule().requestPercent();
        if (percent > 0) {
            connector.budgetShare(percent / 100.0);
        }
        return connector;
    }

    /** Returns the desk of a run. */
    public Desk desk(String run, @Nullable String actor, Setup setup, @Nullable Lease lease) {
        return desk(run, run, actor, setup, new GuardedPsa(opened(setup)), lease, listener);
    }

    /**
     * Returns the desk of a push: no lease, and the share of the budget that is kept for pushes. While the connector cannot be
     * opened, what is only stored can still be done, and whatever asks the PSA fails in the way the opening did.
     *
     * @throws ConnectorException when it cannot be opened and nothing is remembered of it
     */
    public Desk pushDesk(@Nullable String actor) {
        PsaConnector connector;
        try {
            connector = new GuardedPsa(opened(state.setup()).forPushes(), this::requireSameInstance);
        } catch (ConnectorException failure) {
            ConnectorDescriptor remembered = state.setup().connector();
            if (remembered == null) {
                throw failure;
            }
            connector = new UnopenedPsa(remembered, () -> failure);
        }
        return desk(newName(), null, actor, state.setup(), connector, null, ProgressListener.NONE);
    }

    /**
     * Returns the desk of what is stored and shown in the host without a question to the PSA; nothing is opened for it.
     *
     * @throws ConnectorException when nothing is remembered of the connector and it cannot be opened
     */
    public Desk deskAlone(String name, @Nullable String run, @Nullable String actor, @Nullable Lease lease) {
        PsaConnector none = new UnopenedPsa(
                psa.descriptor(),
                () -> new ConnectorException.Unavailable("The PSA is not asked for this", false, null));
        return desk(name, run, actor, state.setup(), none, lease, ProgressListener.NONE);
    }

    private Desk desk(
            String name,
            @Nullable String run,
            @Nullable String actor,
            Setup setup,
            PsaConnector connector,
            @Nullable Lease lease,
            ProgressListener hears) {
        return new Desk(
                this,
                name,
                run,
                actor,
                state,
                connector,
                assets(setup),
                picks,
                setup,
                policy(setup, connector.descriptor()),
                lease,
                hears,
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
        PsaConnector connector = new RehearsalPsa(new GuardedPsa(opened(setup)));
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
                policy(setup, connector.descriptor()),
                null,
                listener,
                new Tally(true),
                new Slice());
    }
}
