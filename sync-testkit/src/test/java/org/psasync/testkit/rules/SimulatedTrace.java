package org.psasync.testkit.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.psasync.model.AssetKind.CONFIGURATION;
import static org.psasync.model.AssetKind.CONTACT;
import static org.psasync.model.AssetKind.ORGANIZATION;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.psasync.engine.Brake;
import org.psasync.engine.Decided;
import org.psasync.engine.Disposition;
import org.psasync.engine.Explanation;
import org.psasync.engine.Mode;
import org.psasync.engine.OngoingRun;
import org.psasync.engine.RunReport;
import org.psasync.engine.SyncEngine;
import org.psasync.engine.Verb;
import org.psasync.model.Asset;
import org.psasync.model.AssetKind;
import org.psasync.model.AssetRef;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.Field;
import org.psasync.model.FieldValues;
import org.psasync.model.LocalRef;
import org.psasync.model.OrganizationFields;
import org.psasync.model.Origin;
import org.psasync.model.RemoteRef;
import org.psasync.spi.RemoteRecord;
import org.psasync.store.Pair;
import org.psasync.store.PairQuery;
import org.psasync.store.StateStore;
import org.psasync.testkit.Call;

/**
 * One trace: a world, fifty steps, and what must hold at its end. Each step draws from the seed and its own number, so that
 * steps can be left out and the others stay what they are.
 */
final class SimulatedTrace {
    /** The depth of the hierarchy, an organization and its configurations, and three more (P2). */
    private static final int RUNS_TO_SETTLE = 2 + 3;

    private final long seed;
    private final List<Integer> steps;
    private final Coverage coverage;
    private final DrawnFaults faults;
    private final Random random;
    private final Stage stage;
    private final Set<RemoteRef> madeInPsa = new HashSet<>();
    private final Set<LocalRef> madeLocally = new HashSet<>();
    private final List<String> said = new ArrayList<>();
    private final List<RemoteRef> companies = new ArrayList<>();
    private final Lineage lineage;
    private final boolean managed;
    private final boolean strict;
    private final boolean picky;
    private final SimulatedPeople people;
    private final SimulatedManager manager;
    private SyncEngine otherNode;

    SimulatedTrace(long seed, List<Integer> steps, Coverage coverage, StateStore memory) {
        this.seed = seed;
        this.steps = steps;
        this.coverage = coverage;
        this.faults = new DrawnFaults(coverage);
        this.random = new Random(seed);
        boolean marks = random.nextBoolean();
        this.managed = random.nextInt(4) != 0;
        this.strict = managed && random.nextInt(5) == 0;
        this.picky = random.nextInt(5) == 0;
        boolean demanding = random.nextInt(6) == 0;
        this.stage = new Stage(
                psa -> psa.kind(CONFIGURATION, kind -> {
                    if (demanding) {
                        kind.required(ConfigurationFields.LOCATION);
                    }
                    if (marks) {
                        kind.marking();
                    }
                }),
                host -> {
                    if (picky) {
                        host.refusing(SimulatedPeople::refusals);
                    }
                },
                memory);
        this.otherNode = stage.newEngine();
        this.lineage = new Lineage(stage, madeInPsa, madeLocally);
        this.people = new SimulatedPeople(stage, random, this::say, companies, madeInPsa, madeLocally, demanding);
        this.manager = new SimulatedManager(stage, random, this::say, people::somebody, strict);
    }

    void play() {
        // Three are enough to know the instance by, whatever else is deleted (SAFE-2).
        SimulatedPeople.COMPANIES.forEach(name -> companies.add(stage.company(name)));
        if (random.nextBoolean()) {
            new SimulatedStart(stage, random).make(companies, SimulatedPeople.COMPANIES, madeInPsa, madeLocally);
        }
        if (strict) {
            // Kinds with fewer than 20 links have no brakes.
            for (int i = 0; i < 22; i++) {
                madeInPsa.add(stage.server(companies.get(i % 2), "PC-" + i));
            }
        }
        stage.twoWay();
        if (strict) {
            stage.configure(settings -> settings.brake(Brake.LEAVING, 1, 0)
                    .brake(Brake.LOCAL_UPDATES, 2, 0)
                    .brake(Brake.PSA_WRITES, 1, 0)
                    .pushesPerHour(3));
        }
        stage.psa.faults().choose(faults);
        stage.engine.subscribe((integration, event) -> coverage.happened(event));
        for (int number : steps) {
            random.setSeed(seed * 1_000_003 + number);
            stage.later(Duration.ofSeconds(random.nextInt(240)));
            step();
            lineage.observe();
            lookAtOne();
        }
        random.setSeed(seed);
        stage.psa.faults().clear();
        if (faults.refusedCredentials() && stage.engine.mode() != Mode.DISCONNECTED) {
            stage.engine.as(Stage.MANAGER).connect();
        }
        settle();
        check();
    }

    /** P18: whatever happened, there is one answer for a record. */
    private void lookAtOne() {
        stage.psa.faults().choose(null);
        List<Asset> servers = stage.all(CONFIGURATION);
        List<RemoteRecord> there = stage.psa.all(CONFIGURATION);
        if (!servers.isEmpty() && random.nextBoolean()) {
            coverage.stood(stage.engine.explain(any(servers).ref()));
        } else if (!there.isEmpty()) {
            coverage.stood(stage.engine.explain(any(there).ref()));
        }
        decideOne();
        stage.psa.faults().choose(faults);
    }

    /** Looks what would be decided about a pair, of those that are to be decided if there are any. */
    private void decideOne() {
        AssetKind kind = random.nextInt(4) == 0 ? ORGANIZATION : CONFIGURATION;
        List<Pair> pairs = stage.state().pairs(new PairQuery.Dirty(kind), null, 10);
        if (pairs.isEmpty()) {
            pairs = stage.state().pairs(new PairQuery.OfKind(kind), null, 100);
        }
        if (!pairs.isEmpty() && stage.engine.mode() != Mode.DISCONNECTED) {
            Decided.about(stage.engine, any(pairs)).ifPresent(coverage::decided);
        }
    }

    private void step() {
        switch (random.nextInt(managed ? 25 : 18)) {
            case 0 -> people.newInPsa();
            case 1 -> people.editInPsa();
            case 2, 3 -> people.saveLocally(Origin.USER, true);
            case 4 -> people.saveLocally(Origin.IMPORT, random.nextBoolean());
            case 5 -> people.saveLocally(Origin.USER, false);
            case 6 -> people.newLocally();
            case 7 -> people.changeType();
            case 8, 9 -> said(random.nextInt(4) == 0 ? inSlices() : inOnePiece());
            case 10, 13 -> say("fault " + faults.draw(random));
            case 11 -> {
                stage.engine = stage.newEngine();
                say("restart");
            }
            case 12 -> {
                SyncEngine that = stage.engine;
                stage.engine = otherNode;
                otherNode = that;
                say("the other node");
            }
            case 14 -> crash();
            case 15 -> people.movesInPsa();
            case 16 -> people.deletedLocally();
            case 17 -> people.newCompany();
            case 18 -> {
                switch (random.nextInt(5)) {
                    case 0 -> people.fromElsewhere();
                    case 1 -> people.garbledInPsa();
                    default -> people.deletedInPsa();
                }
            }
            default -> manager.act();
        }
    }

    /** The process dies after one of its next commits, in a run or in a push, and starts again. */
    private void crash() {
        int commits = 1 + random.nextInt(12);
        SyncEngine here = stage.engine;
        stage.engine = stage.newEngine(new Mortal(commits).memory(stage.state()));
        try {
            if (random.nextBoolean()) {
                said(stage.engine.run());
            } else {
                people.saveLocally(Origin.USER, true);
            }
        } catch (Mortal.Died asDrawn) {
            say("died after commit " + commits);
        } finally {
            stage.engine = here == otherNode ? here : stage.newEngine();
        }
    }

    /** A run, held against what it may not do however the world is. */
    private RunReport inOnePiece() {
        Set<String> alone = manager.leftAlone();
        List<Asset> here = stage.all(CONFIGURATION);
        int calls = stage.psa.journal().calls().size();
        int writes = stage.psa.journal().writes().size();
        boolean twoWay = stage.engine.settings().twoWay();
        RunReport report = stage.engine.run();
        if (stage.engine.mode() != Mode.ACTIVE) {
            assertThat(stage.psa.journal().calls()).as("P10 paused").hasSize(calls);
            assertThat(stage.all(CONFIGURATION)).as("P10 paused").isEqualTo(here);
        }
        if (!twoWay) {
            assertThat(stage.psa.journal().writes()).as("P8").hasSize(writes);
        }
        assertThat(manager.leftAlone()).as("P10").containsAll(alone);
        return report;
    }

    private void said(RunReport report) {
        say("run " + report.status() + " " + report.message());
    }

    /** A run in short slices (RUN-7), with edits and saves between them; now and then it is given up. */
    private RunReport inSlices() {
        try (OngoingRun run = stage.engine.begin()) {
            for (int slice = 0; slice < 200; slice++) {
                Optional<Instant> next = run.step(Duration.ZERO);
                if (next.isEmpty()) {
                    break;
                }
                if (random.nextInt(6) == 0) {
                    stage.later(Duration.ofSeconds(random.nextInt(60)));
                    between();
                }
            }
            return run.report().orElseGet(() -> run.stop("given up"));
        }
    }

    private void between() {
        if (!managed) {
            people.somebody();
            return;
        }
        switch (random.nextInt(8)) {
            case 0 -> onTheOtherNode(() -> people.saveLocally(Origin.USER, true));
            case 1 ->
                onTheOtherNode(() -> {
                    RunReport report = stage.engine.run();
                    said(report);
                    assertThat(report.status()).as("RUN-1").isNotEqualTo(RunReport.Status.OK);
                });
            case 2 -> say("cancel: " + otherNode.as(Stage.MANAGER).cancel());
            case 3 -> onTheOtherNode(manager::act);
            default -> people.somebody();
        }
    }

    private void onTheOtherNode(Runnable what) {
        SyncEngine here = stage.engine;
        stage.engine = otherNode;
        try {
            what.run();
        } finally {
            stage.engine = here;
        }
    }

    /** Users and faults have stopped; everybody comes back to the sync. */
    private void settle() {
        for (RemoteRef company : companies) {
            stage.psaEdits(
                    company, OrganizationFields.TYPES, Set.of(stage.choice(OrganizationFields.TYPES, "Customer")));
        }
        if (managed) {
            manager.restore();
        } else {
            // A local record in review is searched for in the PSA again in a full check only.
            stage.engine.as(Stage.MANAGER).fullCheck();
        }
        for (int i = 0; i < RUNS_TO_SETTLE; i++) {
            stage.later(Duration.ofMinutes(30));
            said(managed ? manager.runWithoutLimits() : inOnePiece());
            lineage.observe();
        }
    }

    private void check() {
        stage.psa.journal().clear();
        stage.later(Duration.ofMinutes(30));
        RunReport rest = inOnePiece();
        if (rest.message().contains("SAFE-2")) {
            return; // every record by which the PSA was known was deleted, so it is not to be told from another one
        }
        if (rest.message().contains("answered with nothing")
                && stage.all(CONFIGURATION).isEmpty()) {
            return; // people deleted all that the host had, and an empty answer proves nothing (STATE-11)
        }
        assertThat(rest.status()).as(() -> "P2 " + rest.print()).isIn(RunReport.Status.OK, RunReport.Status.INCOMPLETE);
        assertThat(stage.psa.journal().writes()).as("P1: the PSA rests").isEmpty();
        assertThat(rest.count(Verb.UPDATE_LOCALLY) + rest.count(Verb.CREATE_LOCALLY))
                .as("P1: the host rests")
                .isZero();
        Set<Object> ids = new HashSet<>();
        for (AssetKind kind : List.of(ORGANIZATION, CONFIGURATION, CONTACT)) {
            List<Pair> pairs = stage.state().pairs(new PairQuery.OfKind(kind), null, 10_000);
            assertThat(rest.kind(kind).seen()).as("P18").isEqualTo(pairs.size());
            for (Pair pair : pairs) {
                assertThat(pair.local() == null || ids.add(pair.localRef()))
                        .as("P5 %s", pair)
                        .isTrue();
                assertThat(pair.remote() == null || ids.add(pair.remoteRef()))
                        .as("P5 %s", pair)
                        .isTrue();
                explained(pair);
                agreed(pair);
            }
        }
        assertThat(stage.psa.journal().calls()).as("P13").noneMatch(SimulatedTrace::deletes);
        lineage.check();
    }

    private static boolean deletes(Call call) {
        return call.toString().toLowerCase(java.util.Locale.ROOT).contains("delete");
    }

    /** P18: one answer for every record, the same from both sides, and nobody is left waiting for nothing. */
    private void explained(Pair pair) {
        if (pair.localRef() != null) {
            Explanation why = stage.engine.explain(pair.localRef());
            // One that is only in the host, and at rest, is held against new PSA records when it changes or is asked
            // about.
            if (pair.remoteRef() != null || why.disposition() != Disposition.IN_REVIEW) {
                assertThat(why.disposition())
                        .as(() -> "P18 " + pair + "\n" + why.print())
                        .isEqualTo(pair.standing());
            }
        }
        if (pair.remoteRef() != null) {
            Explanation why = stage.engine.explain(pair.remoteRef());
            assertThat(why.disposition())
                    .as(() -> "P18 " + pair + "\n" + why.print())
                    .isEqualTo(pair.standing());
        }
        assertThat(pair.standing())
                .as("P2 %s", pair)
                .isNotIn(Disposition.CHANGE_WAITING, Disposition.RETRYING, Disposition.HELD_BY_BRAKE);
    }

    /** P2: each field of each syncing pair is the same on both sides, unless somebody must confirm or decide. */
    private void agreed(Pair pair) {
        LocalRef local = pair.localRef();
        RemoteRef remote = pair.remoteRef();
        if (!pair.linked() || pair.leftAlone() || local == null || remote == null || pair.kind() != CONFIGURATION) {
            return;
        }
        Explanation why = stage.engine.explain(local);
        if (why.disposition() == Disposition.ORPHANED
                && (stage.psa.get(remote).isEmpty() || belongsToOneLeftAlone(remote))) {
            return;
        }
        if (why.disposition() == Disposition.WAITING_FOR_RECORD && belongsToOneLeftAlone(remote)) {
            return; // to a company that is in review
        }
        assertThat(why.disposition())
                .as(() -> "P2 " + pair + "\n" + why.print())
                .isIn(
                        Disposition.IN_SYNC,
                        Disposition.AWAITING_CONFIRMATION,
                        Disposition.OSCILLATING,
                        Disposition.REFUSED_BY_PSA,
                        Disposition.CONFLICT_TO_DECIDE,
                        Disposition.OWNED_ELSEWHERE,
                        picky ? Disposition.REFUSED_BY_HOST : Disposition.IN_SYNC);
        if (why.disposition() == Disposition.IN_SYNC) {
            FieldValues here = stage.host.get(local).orElseThrow().values();
            FieldValues there = stage.psa.get(remote).orElseThrow().values();
            for (Field<String> field : SimulatedPeople.FIELDS) {
                assertThat(here.get(field)).as("P2 %s of %s", field, pair).isEqualTo(there.get(field));
            }
        }
    }

    private boolean belongsToOneLeftAlone(RemoteRef server) {
        AssetRef company = stage.inPsa(server, ConfigurationFields.ORGANIZATION);
        return company instanceof RemoteRef ref
                && stage.state()
                        .byRemote(ref)
                        .map(pair -> !pair.linked() || pair.leftAlone())
                        .orElse(true);
    }

    private <T> T any(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** What happened, line by line. */
    List<String> said() {
        return said;
    }

    private void say(String text) {
        said.add(stage.clock.instant() + " " + text);
    }
}
