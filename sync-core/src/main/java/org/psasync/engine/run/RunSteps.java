package org.psasync.engine.run;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.psasync.engine.RunReport.Status;
import org.psasync.model.AssetKind;
import org.psasync.spi.ConnectionCheck;
import org.psasync.spi.ConnectorException;
import org.psasync.spi.KindDescriptor;
import org.psasync.spi.KindDescriptor.Reading;
import org.psasync.spi.PickValue;
import org.psasync.spi.ReferenceData;
import org.psasync.spi.RemoteCursor;
import org.psasync.store.Commit;
import org.psasync.store.Observation;
import org.psasync.store.Pair;
import org.psasync.store.PairQuery;
import org.psasync.store.Progress;
import org.psasync.store.Progress.KindProgress;
import org.psasync.store.Setup;
import org.psasync.store.StaleStateException;

/** The steps of a run or of its rehearsal, each of which can be repeated. */
final class RunSteps {
    /** How long the right to run is taken; it is renewed with every step. */
    static final Duration LEASE = Duration.ofMinutes(10);
    /** A pause longer than this ends the run; the next one goes on where it stopped. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final int MOST_PAUSES = 60;

    private final Parties parties;
    private Desk desk;
    private boolean fullCheck;
    private boolean rightsChanged;
    private final Set<AssetKind> unreadable = EnumSet.noneOf(AssetKind.class);
    private final Set<AssetKind> readFromStart = EnumSet.noneOf(AssetKind.class);

    RunSteps(Parties parties, Desk desk) {
        this.parties = parties;
        this.desk = desk;
    }

    /** Returns what the steps work with now; {@link #prepare} may have learned something. */
    Desk desk() {
        return desk;
    }

    /** Returns whether this run is a full check too. */
    boolean isFullCheck() {
        return fullCheck;
    }

    boolean somethingMissing() {
        return !unreadable.isEmpty();
    }

    /** Checks the connection and reads the PSA's lists where it is time for it. */
    Desk prepare() {
        Progress progress = desk.state().progress();
        fullCheck =
                FullCheck.isDue(progress, desk.policy().settings().schedule().fullCheck(), desk.now());
        Setup setup = desk.setup();
        if (setup.connection() == null || fullCheck) {
            ConnectionCheck check = patiently(() -> desk.psa().check());
            rightsChanged =
                    progress.checkRights() != null && !progress.checkRights().equals(check.rights());
            setup = setup.withConnection(check);
        }
        List<PickValue> renamed = List.of();
        ReferenceData before = setup.reference();
        if (before == null || fullCheck) {
            ReferenceData read = patiently(() -> desk.psa().reference());
            setup = setup.withReference(read, desk.now());
            renamed = PickLists.renamed(before, read);
        }
        if (setup.version() == desk.setup().version() && !setup.equals(desk.setup())) {
            store(setup);
            logRenamed(renamed);
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
            desk.picks().give(current.reference(), desk.assets());
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

    private void logRenamed(List<PickValue> values) {
        Ledger ledger = new Ledger(desk);
        values.forEach(value -> ledger.log(PickLists.event(value, desk.now(), desk.run(), desk.actor())));
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
            moveTo(kind, before.at(RemoteCursor.start(), false));
        }
        Scopes.Share share = new Scopes(desk).of(kind, everything);
        if (kind.reading() == Reading.LIST_PER_PARENT && share.scope().parents().isEmpty()) {
            moveTo(kind, before.at(before.cursor(), true));
            return;
        }
        if (desk.state().progress().kind(kind.kind()).cursor().isStart() && everything) {
            readFromStart.add(kind.kind());
        }
        observer.observe(kind.kind(), share.scope(), number);
        if (kind.reading() == Reading.LIST_PER_PARENT) {
            KindProgress now = desk.state().progress().kind(kind.kind());
            moveTo(kind, now.at(RemoteCursor.start(), true).rotatedTo(share.rotation()));
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
                entries.add(new Ledger.Entry(pair, RunSteps::dueNow, List.of()));
            }
            ledger.store(entries);
        }
    }

    private static Pair dueNow(Pair pair) {
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
        desk.state().commit(Commit.builder().lease(desk.lease()).progress(begun).build());
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
            new Marks(desk).showAgain(kind);
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
    private <T> T patiently(Supplier<T> step) {
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
