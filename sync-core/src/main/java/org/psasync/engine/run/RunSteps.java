package org.psasync.engine.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.RunReport.Status;
import org.psasync.engine.TrippedBrake;
import org.psasync.model.AssetKind;
import org.psasync.spi.ConnectionCheck;
import org.psasync.spi.ConnectorException;
import org.psasync.spi.KindDescriptor;
import org.psasync.spi.PickValue;
import org.psasync.spi.ReferenceData;
import org.psasync.store.Checks;
import org.psasync.store.Commit;
import org.psasync.store.PairQuery;
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
    private long check;
    private @Nullable Brakes brakes;
    private final Set<AssetKind> unreadable = EnumSet.noneOf(AssetKind.class);

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
        return check > 0;
    }

    boolean somethingMissing() {
        return !unreadable.isEmpty();
    }

    /** Checks the connection and reads the PSA's lists where it is time for it. */
    Desk prepare() {
        boolean due = FullCheck.isDue(
                desk.state().progress().checks(),
                desk.policy().settings().schedule().fullCheck(),
                desk.now());
        Setup setup = desk.setup();
        if (due || asksForRights(setup.connection())) {
            setup = setup.withConnection(patiently(() -> desk.psa().check()));
        }
        List<PickValue> renamed = List.of();
        ReferenceData before = setup.reference();
        if (due || before == null) {
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
                desk.tally(),
                desk.executor());
        beginCheck(due);
        if (current.reference() != null) {
            desk.picks().give(current.reference(), desk.assets());
        }
        return desk;
    }

    /** While something cannot be read, it is looked for the right to read it again (STATE-10). */
    private boolean asksForRights(@Nullable ConnectionCheck known) {
        return known == null
                || known.missing().stream().anyMatch(right -> !right.kinds().isEmpty())
                || !desk.state().progress().forbidden().isEmpty();
    }

    /** Begins a full check that is due, or that other rights ask for (PULL-3), or goes on with the interrupted one. */
    private void beginCheck(boolean due) {
        ConnectionCheck connection = desk.setup().connection();
        for (AssetKind kind : desk.state().progress().forbidden()) {
            if (connection != null && !connection.canRead(kind)) {
                desk.progress(kind, progress -> progress.forbidden(false)); // the rights show it themselves
            }
        }
        Checks.Rights rights = desk.state().progress().checks().rights();
        if (due || rights == null || !rights.text().equals(desk.rights())) {
            String now = desk.rights();
            desk.progress(progress -> progress.with(progress.checks().begin(now, desk.now())));
            check = desk.state().progress().checks().begun();
        }
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
                desk.keepLease();
            }
        }
    }

    private void logRenamed(List<PickValue> values) {
        Ledger ledger = new Ledger(desk);
        values.forEach(value -> ledger.log(PickLists.event(value, desk.now(), desk.run(), desk.actor())));
    }

    void all(Permit permit) {
        Marking marking = new Marking(desk);
        marking.forSettings();
        marking.doubts(check > 0);
        ConnectorException.Throttled pause = null;
        try {
            readKinds();
        } catch (ConnectorException.Throttled throttled) {
            pause = throttled; // what is stored already need not wait for the rest
        }
        new LocalFeed(desk).follow();
        marking.due();
        if (check > 0 && pause == null) {
            endCheck();
        }
        desk = desk.with(desk.policy().whileUnlisted(desk.state().progress().unlisted()));
        Brakes counted = patiently(() -> BrakeCount.look(desk, permit));
        brakes = counted;
        Sweep sweep = new Sweep(desk, new Processor(desk, permit, counted, Outcome.Sink.NONE));
        patiently(() -> {
            sweep.sweep();
            return true;
        });
        sweep.forbidden().forEach(this::forbidden);
        if (pause != null) {
            throw pause;
        }
    }

    /** Returns the brakes that are on; those that the last run left on, where this one did not come to count. */
    List<TrippedBrake> brakes() {
        return brakes != null && brakes.working() ? brakes.tripped() : Brakes.leftOn(desk.state());
    }

    private void readKinds() {
        List<KindDescriptor> kinds = new ArrayList<>();
        for (AssetKind kind : AssetKind.values()) {
            desk.policy().kind(kind).filter(this::isRead).ifPresent(kinds::add);
        }
        try {
            for (KindDescriptor kind : kinds) {
                if (!unreadable.contains(kind.kind())) {
                    read(kind);
                }
            }
        } catch (ConnectorException.Throttled throttled) {
            kinds.forEach(new KindReader(desk)::owe);
            throw throttled;
        }
    }

    private boolean isRead(KindDescriptor kind) {
        boolean enabled = desk.policy().settings().enabled(kind.kind());
        ConnectionCheck connection = desk.setup().connection();
        boolean readable = connection == null || connection.canRead(kind.kind());
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

    private void forbidden(AssetKind kind, ConnectorException.Forbidden refusal) {
        missing(kind, "The right \"" + refusal.right() + "\" is missing to read " + kind + ".");
        desk.progress(kind, progress -> progress.forbidden(true));
    }

    private void read(KindDescriptor kind) {
        try {
            patiently(() -> {
                new KindReader(desk).read(kind, check);
                return true;
            });
            desk.progress(kind.kind(), progress -> progress.forbidden(false));
        } catch (ConnectorException.Forbidden refusal) {
            forbidden(kind.kind(), refusal);
        }
    }

    private void endCheck() {
        FullCheck fullCheck = new FullCheck(desk);
        LocalFeed feed = new LocalFeed(desk);
        boolean rightsChanged = desk.state().progress().checks().rightsChanged();
        for (AssetKind kind : AssetKind.values()) {
            desk.policy().kind(kind).filter(this::isRead).ifPresent(each -> lookForAbsent(each, fullCheck));
            fullCheck.retryRefused(kind, rightsChanged);
            new Marks(desk).showAgain(kind);
            if (!desk.assets().hasChangeFeed()) {
                feed.listAll(kind);
                new Ledger(desk).markAll(new PairQuery.OfKind(kind));
            }
        }
        desk.progress(progress -> progress.with(progress.checks().end(desk.now())));
    }

    private void lookForAbsent(KindDescriptor kind, FullCheck fullCheck) {
        try {
            patiently(() -> {
                fullCheck.check(kind, new Scopes(desk).whole(kind), check);
                return true;
            });
        } catch (ConnectorException.Forbidden refusal) {
            forbidden(kind.kind(), refusal);
        }
    }

    /** Repeats a step when the PSA wants a pause that is short enough; throttling never fails a run (SAFE-4). */
    private <T> T patiently(Supplier<T> step) {
        for (int pauses = 0; ; pauses++) {
            try {
                desk.keepLease();
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
