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
import org.psasync.model.SyncState;
import org.psasync.spi.RemoteRecord;
import org.psasync.store.Pair;
import org.psasync.store.PairQuery;
import org.psasync.store.PsaInstance;
import org.psasync.store.StateStore;
import org.psasync.testkit.Call;

/**
 * One trace: a world, fifty steps, and what must hold at its end. Each step draws from the seed and its own number, so that
 * steps can be left out and the others stay what they are.
 */
final class SimulatedTrace {
    private static final List<String> NAMES = List.of("SRV-1", "SRV-2", "SRV-3");
    private static final List<String> TEXTS = List.of("a", "b", "c");
    private static final List<Field<String>> FIELDS =
            List.of(ConfigurationFields.NOTES, ConfigurationFields.SERIAL_NUMBER, ConfigurationFields.ASSET_TAG);
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
        this.stage = new Stage(
                psa -> psa.kind(CONFIGURATION, kind -> {
                    if (marks) {
                        kind.marking();
                    }
                }),
                host -> {},
                memory);
        this.otherNode = stage.newEngine();
        this.lineage = new Lineage(stage, madeInPsa, madeLocally);
        this.manager = new SimulatedManager(stage, random, this::say, this::somebody, strict);
    }

    void play() {
        companies.add(stage.company("Acme"));
        companies.add(stage.company("Globex"));
        companies.add(stage.company(
                "Initech")); // three are enough to know the instance by, whatever else is deleted (SAFE-2)
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
        stage.psa.faults().choose(faults);
    }

    private void step() {
        switch (random.nextInt(managed ? 21 : 15)) {
            case 0 -> newInPsa();
            case 1 -> editInPsa();
            case 2, 3 -> saveLocally(Origin.USER, true);
            case 4 -> saveLocally(Origin.IMPORT, random.nextBoolean());
            case 5 -> saveLocally(Origin.USER, false);
            case 6 -> newLocally();
            case 7 -> changeType();
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
            case 15 -> deletedInPsa();
            default -> manager.act();
        }
    }

    private void deletedInPsa() {
        List<RemoteRecord> servers = stage.psa.all(CONFIGURATION);
        if (!servers.isEmpty()) {
            RemoteRef ref = any(servers).ref();
            if (!tellsTheInstance(ref)) {
                say("PSA deletes " + ref);
                stage.psa.delete(ref);
            }
        }
    }

    /** A PSA of which every known record is deleted is not to be told from another one (SAFE-2). */
    private boolean tellsTheInstance(RemoteRef ref) {
        List<PsaInstance.Known> sample = stage.state().setup().instance().sample();
        List<Pair> links = stage.state().pairs(new PairQuery.InState(CONFIGURATION, SyncState.SYNCING, null), null, 1);
        return !sample.isEmpty() && sample.get(0).record().equals(ref)
                || !links.isEmpty() && ref.equals(links.get(0).remoteRef());
    }

    private void newInPsa() {
        RemoteRef ref = stage.server(any(companies), any(NAMES));
        madeInPsa.add(ref);
        say("new in PSA " + ref);
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
                saveLocally(Origin.USER, true);
            }
        } catch (Mortal.Died asDrawn) {
            say("died after commit " + commits);
        } finally {
            stage.engine = here == otherNode ? here : stage.newEngine();
        }
    }

    private void editInPsa() {
        List<RemoteRecord> servers = stage.psa.all(CONFIGURATION);
        if (!servers.isEmpty()) {
            RemoteRef ref = any(servers).ref();
            Field<String> field = any(FIELDS);
            String value = any(TEXTS);
            say("PSA " + ref + " " + field + "=" + value);
            stage.psaEdits(ref, field, value);
        }
    }

    private void saveLocally(Origin origin, boolean told) {
        List<Asset> servers = stage.all(CONFIGURATION);
        if (!servers.isEmpty()) {
            LocalRef ref = any(servers).ref();
            Field<String> field = any(FIELDS);
            String value = any(TEXTS);
            stage.edits(ref, field, value, origin);
            say(origin + " " + ref + " " + field + "=" + value
                    + (told ? ": " + stage.engine.saved(ref).text() : ", nobody told"));
        }
    }

    private void newLocally() {
        List<Asset> organizations = stage.all(ORGANIZATION);
        if (!organizations.isEmpty()) {
            AssetRef organization = any(organizations).ref();
            LocalRef ref = stage.creates(stage.serverValues(organization, any(NAMES)), Origin.USER)
                    .ref();
            madeLocally.add(ref);
            say("new locally " + ref + ": " + stage.engine.saved(ref).text());
        }
    }

    private void changeType() {
        RemoteRef company = any(companies);
        String type = random.nextInt(3) == 0 ? "Vendor" : "Customer";
        say(company + " becomes a " + type);
        stage.psaEdits(company, OrganizationFields.TYPES, Set.of(stage.choice(OrganizationFields.TYPES, type)));
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
            somebody();
            return;
        }
        switch (random.nextInt(8)) {
            case 0 -> onTheOtherNode(() -> saveLocally(Origin.USER, true));
            case 1 ->
                onTheOtherNode(() -> {
                    RunReport report = stage.engine.run();
                    said(report);
                    assertThat(report.status()).as("RUN-1").isNotEqualTo(RunReport.Status.OK);
                });
            case 2 -> say("cancel: " + otherNode.as(Stage.MANAGER).cancel());
            case 3 -> onTheOtherNode(manager::act);
            default -> somebody();
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

    private void somebody() {
        switch (random.nextInt(4)) {
            case 0 -> newInPsa();
            case 1 -> editInPsa();
            case 2 -> saveLocally(Origin.USER, true);
            default -> changeType();
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
            assertThat(why.disposition())
                    .as(() -> "P18 " + pair + "\n" + why.print())
                    .isEqualTo(pair.standing());
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
        assertThat(why.disposition())
                .as(() -> "P2 " + pair + "\n" + why.print())
                .isIn(
                        Disposition.IN_SYNC,
                        Disposition.AWAITING_CONFIRMATION,
                        Disposition.OSCILLATING,
                        Disposition.REFUSED_BY_PSA,
                        Disposition.CONFLICT_TO_DECIDE);
        if (why.disposition() == Disposition.IN_SYNC) {
            FieldValues here = stage.host.get(local).orElseThrow().values();
            FieldValues there = stage.psa.get(remote).orElseThrow().values();
            for (Field<String> field : FIELDS) {
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
