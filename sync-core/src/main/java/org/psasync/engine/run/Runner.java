package org.psasync.engine.run;

import static java.util.Objects.requireNonNullElse;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.RunReport;
import org.psasync.engine.RunReport.Status;
import org.psasync.engine.SyncPlan;
import org.psasync.engine.Verb;
import org.psasync.engine.decide.PairFacts;
import org.psasync.model.AssetKind;
import org.psasync.model.PairId;
import org.psasync.spi.ConnectionCheck;
import org.psasync.spi.ConnectorException;
import org.psasync.spi.KindDescriptor;
import org.psasync.spi.KindDescriptor.Reading;
import org.psasync.spi.PickValue;
import org.psasync.spi.PsaConnector;
import org.psasync.spi.ReferenceData;
import org.psasync.store.Commit;
import org.psasync.store.Event;
import org.psasync.store.Lease;
import org.psasync.store.Observation;
import org.psasync.store.Pair;
import org.psasync.store.PairQuery;
import org.psasync.store.Progress;
import org.psasync.store.Progress.KindProgress;
import org.psasync.store.Setup;
import org.psasync.store.StaleStateException;

/** One pass: observe the PSA and the host, then decide and write, parents before children. */
public final class Runner {
    /** How long the right to run is taken; it is renewed with every step. */
    static final Duration LEASE = Duration.ofMinutes(10);
    /** A pause longer than this ends the run; the next one goes on where it stopped. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final int MOST_PAUSES = 60;

    private final Parties parties;

    /** Makes a runner. */
    public Runner(Parties parties) {
        this.parties = parties;
    }

    /**
     * Runs, unless another run is going on.
     *
     * @param actor who asked for it; null when it was the schedule
     */
    public RunReport run(@Nullable String actor) {
        return run(actor, Permit.ALL, List.of());
    }

    /** Does what a plan showed, and nothing else; what changed since is left out and named (RUN-4). */
    public RunReport apply(SyncPlan plan, @Nullable String actor) {
        PlannedItems items = new PlannedItems(plan);
        return run(actor, items, List.of(items));
    }

    private RunReport run(@Nullable String actor, Permit permit, List<PlannedItems> planned) {
        String name = parties.newName();
        Instant began = parties.clock().instant();
        Optional<Lease> lease = parties.state().lease(name, LEASE, began);
        if (lease.isEmpty()) {
            return empty(name, Status.SYNCING, "Another run is going on.", began);
        }
        try {
            String refusal = parties.state().setup().refusal();
            if (refusal != null) {
                return empty(
                        name, Status.ERROR, refusal + " Replace the credentials; nothing is tried until then.", began);
            }
            return new Pass(name, actor, lease.get(), began).run(permit, planned);
        } finally {
            parties.state().release(lease.get());
        }
    }

    private static RunReport empty(String name, Status status, String message, Instant at) {
        return new RunReport(name, status, message, at, at, false, Map.of(), 0, List.of());
    }

    /** Returns what a run would do; writes nothing, anywhere (RUN-4). */
    public SyncPlan plan() {
        Desk desk = parties.rehearsalDesk(parties.newName());
        long requests = desk.psa().requests();
        String message = "";
        String refusal = desk.setup().refusal();
        if (refusal != null) {
            message = refusal;
        } else {
            try {
                Steps steps = new Steps(desk);
                steps.prepare();
                steps.all(Permit.ALL);
            } catch (ConnectorException | RunStopped failure) {
                message = requireNonNullElse(failure.getMessage(), failure.toString());
            }
        }
        return new SyncPlan(
                desk.now(),
                desk.tally().items(),
                desk.tally().reports(),
                desk.psa().requests() - requests,
                message);
    }

    /** One run under its lease. */
    private final class Pass {
        private final String name;
        private final @Nullable String actor;
        private final Lease lease;
        private final Instant began;

        Pass(String name, @Nullable String actor, Lease lease, Instant began) {
            this.name = name;
            this.actor = actor;
            this.lease = lease;
            this.began = began;
        }

        RunReport run(Permit permit, List<PlannedItems> planned) {
            PsaConnector psa = parties.psa().get();
            long requests = psa.requests();
            Desk desk = parties.desk(name, actor, parties.state().setup(), lease);
            Steps steps = new Steps(desk);
            Status status = Status.ERROR;
            String message = "";
            boolean completed = false;
            try {
                desk = steps.prepare();
                steps.all(permit);
                completed = true;
                status = desk.tally().incomplete() || steps.somethingMissing() ? Status.INCOMPLETE : Status.OK;
            } catch (ConnectorException.Unauthorized refused) {
                message = requireNonNullElse(refused.getMessage(), "The credentials were refused.");
                refuse(message);
            } catch (ConnectorException.Throttled throttled) {
                status = Status.INCOMPLETE;
                message =
                        "The PSA wants a pause; the next run goes on where this one stopped. " + throttled.getMessage();
            } catch (ConnectorException failure) {
                message = requireNonNullElse(failure.getMessage(), failure.toString());
            } catch (RunStopped stopped) {
                status = stopped.status();
                message = requireNonNullElse(stopped.getMessage(), "");
            } catch (StaleStateException lost) {
                message = "The run was taken over: " + lost.getMessage();
            }
            desk = steps.desk;
            planned.forEach(plan -> plan.nameStale(steps.desk));
            RunReport report = new RunReport(
                    name,
                    status,
                    message,
                    began,
                    desk.now(),
                    steps.fullCheck,
                    desk.tally().reports(),
                    psa.requests() - requests,
                    desk.tally().problems());
            conclude(desk, report, completed);
            return report;
        }

        private void refuse(String reason) {
            Setup setup = parties.state().setup();
            parties.state()
                    .commit(Commit.builder().setup(setup.withRefusal(reason)).build());
        }

        private void conclude(Desk desk, RunReport report, boolean completed) {
            Event event = new Event(
                    0,
                    desk.now(),
                    name,
                    actor,
                    Event.Type.RUN_ENDED,
                    null,
                    null,
                    null,
                    null,
                    List.of(),
                    report.status() + (report.message().isEmpty() ? "" : ": " + report.message()));
            try {
                parties.state()
                        .commit(Commit.builder()
                                .lease(lease)
                                .event(event)
                                .progress(parties.state().progress().ranUntil(report, completed ? desk.now() : null))
                                .build());
            } catch (StaleStateException lost) {
                // The lease went to another run, whose report counts.
                desk.tally().problem("The run was taken over before its report was stored");
            }
        }
    }

    /** The steps of a run or of its rehearsal, each of which can be repeated. */
    private final class Steps {
        private Desk desk;
        private boolean fullCheck;
        private boolean rightsChanged;
        private final Set<AssetKind> unreadable = EnumSet.noneOf(AssetKind.class);
        private final Set<AssetKind> readFromStart = EnumSet.noneOf(AssetKind.class);

        Steps(Desk desk) {
            this.desk = desk;
        }

        boolean somethingMissing() {
            return !unreadable.isEmpty();
        }

        /** Checks the connection and reads the PSA's lists where it is time for it. */
        Desk prepare() {
            Progress progress = desk.state().progress();
            fullCheck = FullCheck.isDue(
                    progress, desk.policy().settings().schedule().fullCheck(), desk.now());
            Setup setup = desk.setup();
            if (setup.connection() == null || fullCheck) {
                ConnectionCheck check = patiently(() -> desk.psa().check());
                rightsChanged = progress.checkRights() != null
                        && !progress.checkRights().equals(check.rights());
                setup = setup.withConnection(check);
            }
            ReferenceData before = setup.reference();
            if (before == null || fullCheck) {
                setup = setup.withReference(patiently(() -> desk.psa().reference()), desk.now());
            }
            if (setup.version() == desk.setup().version() && !setup.equals(desk.setup())) {
                store(setup);
            }
            Setup current = desk.state().setup();
            desk = new Desk(
                    desk.name(),
                    desk.run(),
                    desk.actor(),
                    desk.state(),
                    desk.psa(),
                    desk.assets(),
                    desk.picks(),
                    desk.clock(),
                    desk.ids(),
                    current,
                    parties.policy(current, desk.psa()),
                    desk.lease(),
                    desk.listener(),
                    desk.tally());
            if (current.reference() != null) {
                renamed(desk.picks().give(current.reference(), desk.assets()));
            }
            return desk;
        }

        /** People may save settings meanwhile; what was learned is laid over theirs. */
        private void store(Setup learned) {
            while (true) {
                Setup now = desk.state().setup();
                Setup merged = new Setup(
                        now.version(),
                        now.settings(),
                        now.settingsVersion(),
                        learned.connection(),
                        learned.reference(),
                        learned.referenceAt(),
                        now.refusal());
                try {
                    desk.state()
                            .commit(Commit.builder()
                                    .setup(merged)
                                    .lease(desk.lease())
                                    .build());
                    return;
                } catch (StaleStateException stale) {
                    if (desk.lease() != null) {
                        desk.state().renew(desk.lease(), LEASE, desk.now());
                    }
                }
            }
        }

        private void renamed(List<PickValue> values) {
            Ledger ledger = new Ledger(desk);
            for (PickValue value : values) {
                ledger.log(new Event(
                        0,
                        desk.now(),
                        desk.run(),
                        null,
                        Event.Type.RENAMED,
                        value.field().kind(),
                        null,
                        null,
                        null,
                        List.of(),
                        value.field() + " " + value.choice().id() + " is called \""
                                + value.choice().name() + "\" now (SET-3)"));
            }
        }

        void all(Permit permit) {
            markForSettings();
            long number = fullCheck ? beginCheck() : 0;
            for (AssetKind kind : AssetKind.values()) {
                desk.policy().kind(kind).filter(this::isRead).ifPresent(each -> observe(each, number));
            }
            new LocalFeed(desk).follow();
            markDue();
            if (fullCheck) {
                endCheck(number);
            }
            Processor processor = new Processor(desk, permit, Outcome.Sink.NONE);
            patiently(() -> {
                new Sweep(desk, processor).sweep();
                return true;
            });
        }

        private boolean isRead(KindDescriptor kind) {
            boolean enabled = desk.policy().settings().enabled(kind.kind());
            ConnectionCheck check = desk.setup().connection();
            boolean readable = check == null || check.canRead(kind.kind());
            if (enabled && !readable) {
                missing(kind.kind(), "A right is missing to read " + kind.kind() + ".");
            }
            return enabled && readable && !unreadable.contains(kind.kind());
        }

        /** A missing right stops its kind and the kinds below it only (SAFE-3). */
        private void missing(AssetKind kind, String text) {
            desk.tally().problem(text);
            unreadable.add(kind);
            if (kind == AssetKind.ORGANIZATION) {
                unreadable.addAll(EnumSet.allOf(AssetKind.class));
            }
        }

        /** New settings may open or close any gate, so every pair is decided again (SET-10). */
        private void markForSettings() {
            Progress progress = desk.state().progress();
            long version = desk.setup().settingsVersion();
            if (progress.settingsSeen() == version) {
                return;
            }
            Ledger ledger = new Ledger(desk);
            FullCheck check = new FullCheck(desk);
            for (AssetKind kind : AssetKind.values()) {
                check.retryRefused(kind, true);
                ledger.markAll(new PairQuery.OfKind(kind));
            }
            desk.state()
                    .commit(Commit.builder()
                            .lease(desk.lease())
                            .progress(desk.state().progress().withSettingsSeen(version))
                            .build());
        }

        private void observe(KindDescriptor kind, long number) {
            try {
                patiently(() -> {
                    read(kind, number);
                    return true;
                });
            } catch (ConnectorException.Forbidden forbidden) {
                missing(kind.kind(), "The right \"" + forbidden.right() + "\" is missing to read " + kind.kind() + ".");
            }
        }

        private void read(KindDescriptor kind, long number) {
            Observer observer = new Observer(desk);
            boolean everything = number > 0;
            KindProgress before = desk.state().progress().kind(kind.kind());
            if (everything && before.complete() && !kind.deltaComplete()) {
                moveTo(kind, before.at(org.psasync.spi.RemoteCursor.start(), false));
            }
            Scopes.Share share = new Scopes(desk).of(kind, everything);
            if (kind.reading() == Reading.LIST_PER_PARENT
                    && share.scope().parents().isEmpty()) {
                moveTo(kind, before.at(before.cursor(), true));
                return;
            }
            if (desk.state().progress().kind(kind.kind()).cursor().isStart() && everything) {
                readFromStart.add(kind.kind());
            }
            observer.observe(kind.kind(), share.scope(), number);
            if (kind.reading() == Reading.LIST_PER_PARENT) {
                KindProgress now = desk.state().progress().kind(kind.kind());
                moveTo(kind, now.at(org.psasync.spi.RemoteCursor.start(), true).rotatedTo(share.rotation()));
            }
        }

        private void moveTo(KindDescriptor kind, KindProgress progress) {
            desk.state()
                    .commit(Commit.builder()
                            .lease(desk.lease())
                            .progress(desk.state().progress().with(kind.kind(), progress))
                            .build());
        }

        /** Pairs whose time has come are decided again; a record that was not found is looked for again. */
        private void markDue() {
            Ledger ledger = new Ledger(desk);
            Instant now = desk.now();
            while (true) {
                List<Pair> due = desk.state().pairs(new PairQuery.Due(now), null, Desk.PAGE);
                if (due.isEmpty()) {
                    return;
                }
                List<Ledger.Entry> entries = new ArrayList<>();
                for (Pair pair : due) {
                    entries.add(new Ledger.Entry(pair, Steps.this::dueNow, List.of()));
                }
                ledger.store(entries);
            }
        }

        private Pair dueNow(Pair pair) {
            Observation observed = pair.observed();
            boolean lookAgain = observed != null
                    && observed.absence() != null
                    && !observed.absence().proven();
            return pair.toBuilder()
                    .dirty(true)
                    .mustRead(pair.mustRead() || lookAgain)
                    .dueAt(null)
                    .build();
        }

        private long beginCheck() {
            Progress begun = desk.state().progress().checkBegun();
            desk.state()
                    .commit(Commit.builder().lease(desk.lease()).progress(begun).build());
            return begun.checks();
        }

        private void endCheck(long number) {
            FullCheck check = new FullCheck(desk);
            LocalFeed feed = new LocalFeed(desk);
            for (AssetKind kind : AssetKind.values()) {
                desk.policy()
                        .kind(kind)
                        .filter(this::isRead)
                        .ifPresent(each -> patiently(() -> {
                            check.check(
                                    each,
                                    new Scopes(desk).of(each, true).scope(),
                                    number,
                                    readFromStart.contains(each.kind()));
                            return true;
                        }));
                check.retryRefused(kind, rightsChanged);
                if (!desk.assets().hasChangeFeed()) {
                    feed.listAll(kind);
                    new Ledger(desk).markAll(new PairQuery.OfKind(kind));
                }
            }
            desk.state()
                    .commit(Commit.builder()
                            .lease(desk.lease())
                            .progress(desk.state().progress().checkEnded(desk.now(), desk.rights()))
                            .build());
        }

        /** Repeats a step when the PSA wants a pause that is short enough; throttling never fails a run (SAFE-4). */
        private <T> T patiently(java.util.function.Supplier<T> step) {
            for (int pauses = 0; ; pauses++) {
                try {
                    if (desk.lease() != null) {
                        desk.state().renew(desk.lease(), LEASE, desk.now());
                    }
                    return step.get();
                } catch (ConnectorException.Throttled throttled) {
                    if (throttled.retryAfter().compareTo(PATIENCE) > 0 || pauses == MOST_PAUSES) {
                        throw throttled;
                    }
                    sleep(throttled.retryAfter());
                }
            }
        }

        private void sleep(Duration duration) {
            try {
                parties.pause().sleep(duration);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new RunStopped(Status.INCOMPLETE, "The run was interrupted.", null, interrupted);
            }
        }
    }

    /** The items of a plan that is applied; each is allowed while its basis holds. */
    private static final class PlannedItems implements Permit {
        private final Map<Key, SyncPlan.Item> items = new HashMap<>();
        private final Set<PairId> begun = new java.util.HashSet<>();
        private final Map<Key, SyncPlan.Item> done = new HashMap<>();

        private record Key(AssetKind kind, Object record) {}

        PlannedItems(SyncPlan plan) {
            for (SyncPlan.Item item : plan.items()) {
                Object record = item.remote() != null ? item.remote() : item.local();
                if (record != null) {
                    items.putIfAbsent(new Key(item.kind(), record), item);
                }
            }
        }

        @Override
        public boolean allows(PairFacts facts, Verb verb) {
            Pair pair = facts.pair();
            if (begun.contains(pair.id())) {
                return true; // what follows from a thing that was planned
            }
            Object record = pair.remoteRef() != null ? pair.remoteRef() : pair.localRef();
            Key key = new Key(pair.kind(), java.util.Objects.requireNonNull(record));
            SyncPlan.Item item = items.get(key);
            boolean holds = item != null && item.verb() == verb && item.basis() == Permit.basis(facts);
            if (holds) {
                begun.add(pair.id());
                done.put(key, item);
            }
            return holds;
        }

        void nameStale(Desk desk) {
            items.forEach((key, item) -> {
                if (!done.containsKey(key)) {
                    desk.tally().problem("Left out, because it changed since the plan was made: " + item.print());
                }
            });
        }
    }
}
