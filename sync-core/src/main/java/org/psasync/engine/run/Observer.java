package org.psasync.engine.run;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.ProgressListener;
import org.psasync.engine.RunReport.Status;
import org.psasync.engine.decide.Matching;
import org.psasync.model.AssetKind;
import org.psasync.model.Problem;
import org.psasync.model.RemoteId;
import org.psasync.model.RemoteRef;
import org.psasync.spi.ReadScope;
import org.psasync.spi.RemotePage;
import org.psasync.spi.RemoteRead;
import org.psasync.spi.RemoteRecord;
import org.psasync.store.Commit;
import org.psasync.store.Event;
import org.psasync.store.Observation;
import org.psasync.store.Pair;
import org.psasync.store.Progress;
import org.psasync.store.Progress.KindProgress;
import org.psasync.store.StaleStateException;
import org.psasync.store.Trouble;

/** Reads the PSA and stores what it shows, page by page, together with the place to go on (PULL-5). */
final class Observer {
    /** So long may the PSA go on showing an older version. */
    private static final Duration LONGEST_LAG = Duration.ofDays(1);

    private final Desk desk;
    private final Ledger ledger;
    private final Matching matching;

    Observer(Desk desk) {
        this.desk = desk;
        this.ledger = new Ledger(desk);
        this.matching = new Matching(desk.policy());
    }

    /**
     * Reads what changed of a kind, to the end.
     *
     * @param check the number of the full check that every record seen is stamped with; 0 for none
     */
    void observe(AssetKind kind, ReadScope scope, long check) {
        String scopeText = scope.boards().stream().sorted().toList().toString();
        Progress stored = desk.state().progress();
        KindProgress progress =
                stored.kind(kind).scope().equals(scopeText) ? stored.kind(kind) : KindProgress.startOf(scopeText);
        Instant began = desk.now();
        long records = 0;
        while (true) {
            Instant from = desk.now();
            RemotePage page = desk.psa().changes(kind, scope, progress.cursor(), Desk.PAGE);
            if (!page.last() && page.next().equals(progress.cursor())) {
                throw new RunStopped(
                        Status.ERROR,
                        "Reading " + kind + " does not get on: " + desk.policy().psa()
                                + " repeats the same page. What was read so far is stored.",
                        null,
                        null);
            }
            progress = progress.at(page.next(), page.last());
            store(kind, page, new Look(from, false, check), progress);
            records += page.records().size();
            tell(kind, records, page.expected(), began);
            if (page.last()) {
                return;
            }
        }
    }

    private void tell(AssetKind kind, long records, OptionalLong expected, Instant began) {
        double seconds = Duration.between(began, desk.now()).toMillis() / 1000.0;
        double perSecond = seconds == 0 ? 0 : records / seconds;
        Optional<Duration> left = expected.isPresent() && perSecond > 0
                ? Optional.of(Duration.ofSeconds((long) Math.max(0, (expected.getAsLong() - records) / perSecond)))
                : Optional.empty();
        desk.listener()
                .progress(new ProgressListener.RunProgress(
                        kind, ProgressListener.Phase.OBSERVING, records, expected, perSecond, left));
    }

    /** Reads records by their ids and stores what they show; returns their pairs. */
    Map<RemoteId, Pair> read(AssetKind kind, Collection<RemoteId> ids) {
        if (ids.isEmpty()) {
            return Map.of();
        }
        Instant from = desk.now();
        Map<RemoteId, RemoteRead> answers = desk.psa().read(kind, ids);
        List<RemoteRecord> found = new ArrayList<>();
        List<RemotePage.Unreadable> unreadable = new ArrayList<>();
        answers.forEach((id, answer) -> {
            if (answer instanceof RemoteRead.Found record) {
                found.add(record.record());
            } else if (answer instanceof RemoteRead.NotUnderstood text) {
                unreadable.add(new RemotePage.Unreadable(id, text.text()));
            }
        });
        store(
                kind,
                new RemotePage(found, unreadable, org.psasync.spi.RemoteCursor.start(), true, OptionalLong.empty()),
                new Look(from, true, 0),
                null);
        absent(kind, answers, from, !found.isEmpty());
        return desk.state().byRemote(kind, ids);
    }

    /** Stores records that a search found. */
    void found(AssetKind kind, List<RemoteRecord> records, Instant from) {
        store(kind, RemotePage.of(records, org.psasync.spi.RemoteCursor.start(), true), new Look(from, false, 0), null);
    }

    /**
     * How records were come by.
     *
     * @param from when the request began
     * @param byId whether these very records were asked for
     * @param check the number of the full check that stamps them; 0 for none
     */
    private record Look(Instant from, boolean byId, long check) {}

    private void store(AssetKind kind, RemotePage page, Look look, @Nullable KindProgress progress) {
        Map<RemoteId, RemoteRecord> records = new LinkedHashMap<>();
        page.records().forEach(record -> records.put(record.id(), record));
        desk.picks().rename(page.records().stream().map(RemoteRecord::values).toList(), desk.assets());
        while (true) {
            Map<RemoteId, Pair> known = desk.state().byRemote(kind, records.keySet());
            Commit.Builder commit = Commit.builder().lease(desk.lease());
            records.values().forEach(record -> observe(record, known.get(record.id()), look, commit));
            unreadable(kind, page.unreadable(), commit);
            if (progress != null) {
                commit.progress(desk.state().progress().with(kind, progress));
            }
            try {
                desk.state().commit(commit.build());
                return;
            } catch (StaleStateException stale) {
                if (desk.lease() != null) {
                    desk.state().renew(desk.lease(), RunSteps.LEASE, desk.now()); // throws when it was lost
                }
            }
        }
    }

    private void observe(RemoteRecord record, @Nullable Pair known, Look look, Commit.Builder commit) {
        Instant from = look.from();
        long check = look.check();
        Observation now = Observation.of(record, from);
        if (known == null) {
            Pair fresh = Pair.ofRemote(desk.newPairId(), record.ref()).toBuilder()
                    .observed(now)
                    .matchText(matching.text(record.values()))
                    .seenIn(check)
                    .dirty(true)
                    .build();
            commit.put(fresh);
            note(record, fresh, commit);
            return;
        }
        if (known.leftAlone()) {
            return;
        }
        if (known.lastWrite() != null && !from.isAfter(known.lastWrite())) {
            // It may show the record as it was before our own write: read it again (MERGE-8).
            Observation seen = known.observed();
            if (seen == null || !seen.saysTheSameAs(now)) {
                commit.put(known.toBuilder().mustRead(true).dirty(true).build());
            }
            return;
        }
        Observation before = known.observed();
        if (before != null && before.from().isAfter(from)) {
            return;
        }
        if (before != null && isStale(before, now, known.mustRead() && look.byId())) {
            commit.put(known.toBuilder().mustRead(true).dirty(true).build());
            return;
        }
        if (before != null && before.saysTheSameAs(now) && !known.mustRead()) {
            if (!before.version().equals(now.version()) || check > known.seenIn()) {
                commit.put(known.toBuilder()
                        .observed(shared(now, before))
                        .seenIn(Math.max(check, known.seenIn()))
                        .build());
            }
            return;
        }
        commit.put(known.toBuilder()
                .trouble(readable(known.trouble()))
                .observed(before == null ? now : shared(now, before))
                .matchText(known.linked() ? null : matching.text(record.values()))
                .seenIn(Math.max(check, known.seenIn()))
                .mustRead(false)
                .dirty(true)
                .build());
        note(record, known, commit);
    }

    /**
     * A PSA may answer from a copy that lags behind. An older version than the one that was seen is looked at again, and
     * believed only when it was asked for by its id and a day has passed: the PSA may have been set back.
     */
    private static boolean isStale(Observation before, Observation now, boolean secondLook) {
        Instant seen = before.version().changedAt();
        Instant shown = now.version().changedAt();
        boolean older = seen != null && shown != null && shown.isBefore(seen);
        return older && !(secondLook && now.from().isAfter(before.from().plus(LONGEST_LAG)));
    }

    /** A record that can be read again is not held against its earlier self. */
    private static Trouble readable(Trouble trouble) {
        Trouble.Failure failure = trouble.failure();
        boolean ofTheMoment = failure != null && failure.side() == Trouble.Side.PSA && failure.refused() == null;
        return ofTheMoment ? trouble.withFailure(null) : trouble;
    }

    private static Observation shared(Observation now, Observation before) {
        return new Observation(
                now.values().sharing(before.values()), now.version(), now.deleted(), now.from(), now.absence());
    }

    private void note(RemoteRecord record, Pair pair, Commit.Builder commit) {
        if (record.note() != null) {
            commit.event(ledger.event(Event.Type.NOTED, pair, List.of(), record.note()));
        }
    }

    /** A record that cannot be understood is set aside with its error; the others go on (PULL-4). */
    private void unreadable(AssetKind kind, List<RemotePage.Unreadable> records, Commit.Builder commit) {
        Map<RemoteId, Pair> known = desk.state()
                .byRemote(kind, records.stream().map(RemotePage.Unreadable::id).toList());
        for (RemotePage.Unreadable record : records) {
            Pair pair = known.get(record.id());
            Pair read = pair == null ? Pair.ofRemote(desk.newPairId(), new RemoteRef(kind, record.id())) : pair;
            Problem problem = Problem.ofRecord(Problem.Code.INVALID, record.text());
            Trouble.Failure failure = new Trouble.Failure(Trouble.Side.PSA, List.of(problem), 1, null);
            if (!failure.equals(read.trouble().failure())) {
                commit.put(read.toBuilder()
                        .trouble(read.trouble().withFailure(failure))
                        .disposition(org.psasync.engine.Disposition.REFUSED_BY_PSA)
                        .build());
                commit.event(ledger.event(Event.Type.FAILED, read, List.of(), record.text()));
            }
            desk.tally().problem(kind + " " + record.id() + ": " + record.text());
        }
    }

    /**
     * Notes records that a read did not find. Two such answers, an hour apart, each beside a record that was found,
     * prove a deletion where the PSA keeps no flag and the rights are the same as at the last check (STATE-5).
     */
    private void absent(AssetKind kind, Map<RemoteId, RemoteRead> answers, Instant from, boolean besideFound) {
        List<RemoteId> missing = answers.entrySet().stream()
                .filter(entry -> entry.getValue() instanceof RemoteRead.NotFound)
                .map(Map.Entry::getKey)
                .toList();
        if (missing.isEmpty()) {
            return;
        }
        boolean counts = besideFound || anotherIsThere(kind, missing);
        List<Ledger.Entry> entries = new ArrayList<>();
        for (Pair pair : desk.state().byRemote(kind, missing).values()) {
            entries.add(new Ledger.Entry(
                    pair, stored -> Absences.notFound(stored, from, counts && mayProve(kind)), List.of()));
        }
        ledger.store(entries);
    }

    private boolean mayProve(AssetKind kind) {
        boolean flagOnly =
                desk.policy().kind(kind).map(each -> each.keepsDeleted()).orElse(true);
        String seen = desk.state().progress().checkRights();
        return !flagOnly && (seen == null || seen.equals(desk.rights()));
    }

    /** Reads one linked record of the kind that was visible, so that an answer "not found" means something. */
    private boolean anotherIsThere(AssetKind kind, List<RemoteId> missing) {
        Optional<RemoteId> witness = desk
                .state()
                .pairs(
                        new org.psasync.store.PairQuery.InState(kind, org.psasync.model.SyncState.SYNCING, null),
                        null,
                        missing.size() + 1)
                .stream()
                .map(Pair::remote)
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .filter(id -> !missing.contains(id))
                .findFirst();
        return witness.isPresent()
                && desk.psa().read(kind, List.of(witness.get())).get(witness.get()) instanceof RemoteRead.Found;
    }
}
