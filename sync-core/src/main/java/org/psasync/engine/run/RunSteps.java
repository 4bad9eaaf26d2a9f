package org.psasync.engine.run;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.RunReport.Status;
import org.psasync.engine.TrippedBrake;
import org.psasync.engine.apply.Brakes;
import org.psasync.engine.apply.Outcome;
import org.psasync.engine.apply.Permit;
import org.psasync.engine.apply.Processor;
import org.psasync.engine.desk.Desk;
import org.psasync.engine.desk.InstanceCheck;
import org.psasync.engine.desk.Ledger;
import org.psasync.engine.desk.Parties;
import org.psasync.engine.desk.PickLists;
import org.psasync.engine.desk.RunStopped;
import org.psasync.engine.desk.SliceOver;
import org.psasync.engine.observe.FullCheck;
import org.psasync.model.AssetKind;
import org.psasync.spi.ConnectionCheck;
import org.psasync.spi.ConnectorException;
import org.psasync.spi.KindDescriptor;
import org.psasync.spi.KindDescriptor.Reading;
import org.psasync.spi.PickValue;
import org.psasync.spi.ReferenceData;
import org.psasync.store.Checks;
import org.psasync.store.Commit;
import org.psasync.store.PsaInstance;
import org.psasync.store.Setup;
import org.psasync.store.StaleStateException;

/**
 * The steps of a run or of its rehearsal. A run may pause between them, and within those that take long; then it goes on
 * where it stopped, and reads nothing twice (RUN-7).
 */
public final class RunSteps {
    /** A pause longer than this ends the run; the next one goes on where it stopped. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final int MOST_PAUSES = 60;

    private final Parties parties;
    private final Permit permit;
    private final Steps steps = new Steps(this::betweenSteps);
    private final Map<AssetKind, KindReader> readers = new EnumMap<>(AssetKind.class);
    private final Map<AssetKind, Details> details = new EnumMap<>(AssetKind.class);
    private final Set<AssetKind> unreadable = EnumSet.noneOf(AssetKind.class);
    private final Set<AssetKind> unproven = EnumSet.noneOf(AssetKind.class);
    private final Set<AssetKind> unread = EnumSet.noneOf(AssetKind.class);
    private final Set<AssetKind> unchecked = EnumSet.noneOf(AssetKind.class);
    private Desk desk;
    private long check;
    private int pauses;
    private boolean owed;
    private @Nullable ConnectionCheck checked;
    private @Nullable Steps parts;
    private @Nullable FullCheck fullCheck;
    private @Nullable Sweep sweep;
    private ConnectorException.@Nullable Throttled tooLong;
    private @Nullable BrakeCount brakeCount;
    private @Nullable Brakes brakes;

    public RunSteps(Parties parties, Desk desk, Permit permit) {
        this(parties, desk, permit, prepared -> {});
    }

    /** Makes steps of which the first, once all is prepared, is one more. */
    public RunSteps(Parties parties, Desk desk, Permit permit, Consumer<Desk> first) {
        this.parties = parties;
        this.desk = desk;
        this.permit = permit;
        steps.add(this::prepare);
        steps.add(() -> first.accept(this.desk));
        inParts(() -> new Marking(this.desk).linksAnew());
        inParts(() -> new Marking(this.desk).forSettings());
        forEachKind(this::read);
        steps.add(() -> new LocalFeed(this.desk).follow());
        steps.add(() -> new LocalFeed(this.desk).lookAtNoted());
        steps.add(() -> new Marking(this.desk).due());
        forEachKind(this::lookForAbsent);
        forEachKind(this::lookAgain);
        forEachKind(this::listHost);
        steps.add(this::endCheck);
        forEachKind(this::readDetails);
        steps.add(this::countForBrakes);
        steps.add(this::beginSweep);
        steps.add(this::sweep);
        forEachKind(this::readOwedDetails);
        steps.add(() -> owed = owed && beginSweep());
        steps.add(this::sweepAgain);
    }

    private void forEachKind(Consumer<AssetKind> step) {
        for (AssetKind kind : AssetKind.values()) {
            steps.add(() -> step.accept(kind));
        }
    }

    /** Adds a step that is made of others, so that it goes on where it stopped. */
    private void inParts(Supplier<Steps> beginning) {
        steps.add(() -> goOn(beginning));
    }

    private void goOn(Supplier<Steps> beginning) {
        Steps begun = parts == null ? beginning.get() : parts;
        parts = begun;
        begun.goOn();
        parts = null;
    }

    private void betweenSteps() {
        pauses = 0;
        desk.safePoint();
    }

    /**
     * Does what is left to do.
     *
     * @throws SliceOver when it is to go on later
     */
    void goOn() {
        try {
            steps.goOn();
        } catch (ConnectorException.Throttled throttled) {
            if (isTooLong(throttled)) {
                throw throttled;
            }
            pauses++;
            throw new SliceOver(desk.now().plus(throttled.retryAfter())); // throttling never fails a run (SAFE-4)
        }
        if (tooLong != null) {
            throw tooLong;
        }
    }

    private boolean isTooLong(ConnectorException.Throttled throttled) {
        return throttled.retryAfter().compareTo(PATIENCE) > 0 || pauses == MOST_PAUSES;
    }

    /** Does all that is left to do; waits in this thread where the PSA wants a pause. */
    public void toTheEnd() {
        while (true) {
            try {
                goOn();
                return;
            } catch (SliceOver pause) {
                sleep(Duration.between(desk.now(), pause.notBefore()));
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

    /** Returns what the steps work with now; the first one may learn something. */
    public Desk desk() {
        return desk;
    }

    /** Returns whether this run is a full check too. */
    boolean isFullCheck() {
        return check > 0;
    }

    boolean somethingMissing() {
        return !unreadable.isEmpty() || !unproven.isEmpty();
    }

    // Preparing ------------------------------------------------------------------------------------------------------

    /** Checks the connection and reads the PSA's lists where it is time for it. */
    private void prepare() {
        desk.keepLease();
        boolean due = FullCheck.isDue(
                desk.state().progress().checks(),
                desk.policy().settings().schedule().fullCheck(),
                desk.now());
        Setup setup = desk.setup();
        boolean unseen = !parties.psa().instanceSeen();
        if (due
                || unseen
                || asksForRights(setup.connection())
                || setup.instance().other() != null) {
            setup = checked(setup);
        }
        List<PickValue> renamed = List.of();
        ReferenceData before = setup.reference();
        if (due || before == null) {
            ReferenceData read = desk.psa().reference();
            setup = setup.withReference(read, desk.now());
            renamed = PickLists.renamed(before, read);
        }
        setup = setup.with(desk.psa().descriptor());
        if (setup.version() == desk.setup().version() && !setup.equals(desk.setup())) {
            store(setup);
            logRenamed(renamed);
        }
        Setup current = desk.state().setup();
        desk = desk.with(current, parties.policy(current, desk.psa().descriptor()));
        beginCheck(due);
        if (current.reference() != null) {
            desk.picks().give(current.reference(), desk.assets());
        }
    }

    /** Nothing goes on with another instance of the PSA, and nothing of it is stored (SAFE-2). */
    private Setup checked(Setup setup) {
        ConnectionCheck answered = checked == null ? desk.psa().check() : checked;
        checked = answered;
        PsaInstance instance = new InstanceCheck(desk.state(), desk.psa()).of(answered);
        if (instance.other() != null) {
            store(setup.with(instance));
            throw new RunStopped(Status.STOPPED, instance.other(), null, null);
        }
        parties.psa().seeInstance();
        return setup.withConnection(answered).with(instance);
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
            try {
                desk.state()
                        .commit(Commit.builder()
                                .setup(now.learning(learned))
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

    // Reading --------------------------------------------------------------------------------------------------------

    /** When the PSA wants a long pause, what is stored already need not wait for the rest. */
    private void read(AssetKind kind) {
        KindDescriptor described = desk.policy().kind(kind).filter(this::isRead).orElse(null);
        if (described == null) {
            return;
        }
        KindReader reader = readers.computeIfAbsent(kind, key -> new KindReader(desk, described, check, permit));
        if (tooLong != null) {
            putOff(reader);
            return;
        }
        try {
            reader.read();
            desk.progress(kind, progress -> progress.forbidden(false));
        } catch (ConnectorException.Forbidden refusal) {
            forbidden(kind, refusal);
        } catch (ConnectorException.Throttled throttled) {
            waitLonger(throttled);
            putOff(reader);
        }
    }

    /** The next run reads the rest; until then it is not known how much changed. */
    private void putOff(KindReader reader) {
        reader.owe();
        if (!reader.hasReadChanges()) {
            unread.add(reader.kind());
        }
    }

    /** What lists do not show is read last, so that it takes nothing from what else is to be read. */
    private void readDetails(AssetKind kind) {
        readDetails(kind, Details::read);
    }

    private void readOwedDetails(AssetKind kind) {
        readDetails(kind, each -> owed |= each.readOwed());
    }

    private void readDetails(AssetKind kind, Consumer<Details> reading) {
        KindReader rows = readers.get(kind);
        KindDescriptor described = desk.policy().kind(kind).filter(this::isRead).orElse(null);
        if (rows == null || described == null || described.reading() != Reading.ROWS_AND_DETAILS || tooLong != null) {
            return;
        }
        try {
            reading.accept(details.computeIfAbsent(kind, key -> new Details(desk, key, check > 0, rows.pages())));
        } catch (ConnectorException.Forbidden refusal) {
            forbidden(kind, refusal);
        } catch (ConnectorException.Throttled throttled) {
            waitLonger(throttled);
            owed = true; // something may have been read before
        }
    }

    /** After a long pause the next run goes on; what needs nothing more of the PSA is done in this one (SAFE-4). */
    private void waitLonger(ConnectorException.Throttled throttled) {
        if (!isTooLong(throttled)) {
            throw throttled;
        }
        tooLong = throttled;
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

    // The full check -------------------------------------------------------------------------------------------------

    private boolean isChecking() {
        return check > 0 && tooLong == null;
    }

    private void lookForAbsent(AssetKind kind) {
        KindDescriptor described = desk.policy().kind(kind).orElse(null);
        if (check == 0 || described == null || !isRead(described)) {
            return;
        }
        if (tooLong != null) {
            unchecked.add(kind);
            return;
        }
        FullCheck begun = fullCheck == null ? new FullCheck(desk) : fullCheck;
        fullCheck = begun;
        try {
            desk.keepLease();
            if (!begun.check(described, new Scopes(desk).whole(described), check)) {
                unproven.add(kind);
            }
        } catch (ConnectorException.Forbidden refusal) {
            forbidden(kind, refusal);
        } catch (ConnectorException.Throttled throttled) {
            waitLonger(throttled);
            unchecked.add(kind);
        }
        fullCheck = null;
    }

    private void lookAgain(AssetKind kind) {
        if (isChecking()) {
            boolean rightsChanged = desk.state().progress().checks().rightsChanged();
            goOn(() -> new Marking(desk).lookAgain(kind, rightsChanged));
        }
    }

    private void listHost(AssetKind kind) {
        if (!isChecking() || desk.assets().hasChangeFeed()) {
            return;
        }
        goOn(() -> {
            LocalFeed feed = new LocalFeed(desk);
            Steps all = new Marking(desk).all(kind);
            Steps both = new Steps(() -> {});
            both.add(() -> feed.listAll(kind));
            both.add(all::goOn);
            return both;
        });
    }

    /** A check in which not all could be listed stays under way, and the next run lists again (RUN-2). */
    private void endCheck() {
        if (isChecking() && unproven.isEmpty()) {
            desk.progress(progress -> progress.with(progress.checks().end(desk.now())));
        }
    }

    // Deciding and writing -------------------------------------------------------------------------------------------

    /** The whole plan is looked at before the first write (BRAKE-1). */
    private void countForBrakes() {
        desk = desk.with(desk.policy().whileUnlisted(desk.state().progress().unlisted()));
        desk.keepLease();
        BrakeCount begun = brakeCount == null ? new BrakeCount(desk, permitNow(), unreadable, doubts()) : brakeCount;
        brakeCount = begun;
        begun.look(this::waitLonger);
        begun.forbidden().forEach(this::forbidden);
        brakes = begun.brakes();
    }

    private Doubts doubts() {
        return new Doubts(check > 0);
    }

    private Permit permitNow() {
        return unread.isEmpty() && unchecked.isEmpty() ? permit : new PartlyRead(permit, unread, unchecked);
    }

    /** Returns the brakes that are on; those that the last run left on, where this one did not come to count. */
    List<TrippedBrake> brakes() {
        return brakes != null && brakes.working() ? brakes.tripped() : Brakes.leftOn(desk.state());
    }

    private boolean beginSweep() {
        Processor processor = new Processor(desk, permitNow(), requireNonNull(brakes), Outcome.Sink.NONE);
        sweep = new Sweep(desk, processor, doubts(), requireNonNull(brakeCount).leftOut(), this::waitLonger);
        return true;
    }

    /** What the details hold was never agreed on, so the brakes have nothing to count of it (BRAKE-2). */
    private void sweepAgain() {
        if (owed) {
            sweep();
        }
    }

    private void sweep() {
        desk.keepLease();
        Sweep begun = requireNonNull(sweep, "sweep");
        begun.sweep();
        begun.forbidden().forEach(this::forbidden);
    }
}
