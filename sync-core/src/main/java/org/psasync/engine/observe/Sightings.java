package org.psasync.engine.observe;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.psasync.engine.Disposition;
import org.psasync.engine.decide.Matching;
import org.psasync.engine.decide.Words;
import org.psasync.engine.desk.Desk;
import org.psasync.engine.desk.Ledger;
import org.psasync.model.AssetKind;
import org.psasync.model.AssetRef;
import org.psasync.model.Field;
import org.psasync.model.FieldValues;
import org.psasync.model.Fields;
import org.psasync.model.Problem;
import org.psasync.model.RemoteId;
import org.psasync.model.RemoteRef;
import org.psasync.model.SyncState;
import org.psasync.spi.RemoteRecord;
import org.psasync.store.Commit;
import org.psasync.store.Event;
import org.psasync.store.Observation;
import org.psasync.store.Pair;
import org.psasync.store.Trouble;

/** Notes what the PSA showed of records with their pairs; of two sightings of one the later one counts (MERGE-8). */
final class Sightings {
    /** So long may the PSA go on showing an older version. */
    private static final Duration LONGEST_LAG = Duration.ofDays(1);

    private final Desk desk;
    private final Ledger ledger;
    private final Matching matching;

    Sightings(Desk desk) {
        this.desk = desk;
        this.ledger = new Ledger(desk);
        this.matching = new Matching(desk.policy());
    }

    /**
     * How records were come by.
     *
     * @param from when the request began
     * @param byId whether these very records were asked for
     * @param earlier the pairs that were stored before they were asked for; empty for pages and searches
     * @param check the number of the full check that stamps them; 0 for none
     * @param rows whether they are list rows, whose other fields come with the details
     * @param firstReading whether the kind is read for the first time, so that details must wait
     */
    record Look(
            Instant from, boolean byId, Map<RemoteId, Pair> earlier, long check, boolean rows, boolean firstReading) {
        /** The look of a page. */
        static Look page(Instant from, long check, boolean rows, boolean firstReading) {
            return new Look(from, false, Map.of(), check, rows, firstReading);
        }

        /** The look of records that were asked for by their ids. */
        static Look byId(Instant from, Map<RemoteId, Pair> earlier, long check) {
            return new Look(from, true, earlier, check, false, false);
        }

        /**
         * Returns when the request began that showed a record: not before what had been stored by then, whatever the
         * clock of the node says that stored it (MERGE-8).
         */
        Instant begun(Pair known) {
            Pair then = earlier.get(known.remote());
            if (then == null) {
                return from;
            }
            Instant begun = from;
            if (known.lastWrite() != null && known.lastWrite().equals(then.lastWrite())) {
                begun = later(begun, known.lastWrite().plusMillis(1));
            }
            if (known.observed() != null && known.observed().equals(then.observed())) {
                begun = later(begun, known.observed().from());
            }
            return begun;
        }

        private static Instant later(Instant one, Instant other) {
            return one.isAfter(other) ? one : other;
        }
    }

    /** Returns the pair of a record that the PSA shows for the first time. */
    Pair first(RemoteRecord record, Look look, Commit.Builder commit) {
        Observation seen = Observation.of(record, look.from());
        Pair fresh = Pair.ofRemote(desk.newPairId(), record.ref()).toBuilder()
                .observed(look.rows() ? seen.asRow() : seen)
                .matchText(matching.text(record.values()))
                .seenIn(look.check())
                .mustRead(look.rows() && !look.firstReading())
                .dirty(true)
                .build();
        tell(record, fresh, commit);
        return fresh;
    }

    /** Notes a record that the PSA showed again. */
    void note(RemoteRecord record, Pair known, Look look, Commit.Builder commit) {
        Instant from = look.begun(known);
        long check = look.check();
        Observation before = known.observed();
        Observation now = look.rows() && before != null
                ? Observation.of(record, from).over(before)
                : Observation.of(record, from);
        if (look.rows() && (before == null || look.firstReading())) {
            now = now.asRow();
        }
        if (known.leftAlone()) {
            return;
        }
        boolean newer = before != null && isNewer(before, now);
        boolean knowsOurWrite =
                before != null && known.lastWrite() != null && !before.from().isBefore(known.lastWrite());
        boolean maybeBeforeOurWrite =
                known.lastWrite() != null && !from.isAfter(known.lastWrite()) && !(newer && knowsOurWrite);
        boolean maybeEarlier = before != null && before.from().isAfter(from) && !newer;
        if (maybeBeforeOurWrite || maybeEarlier) {
            // A request for this very record, begun after all this, tells (MERGE-8).
            if (before == null || !before.saysTheSameAs(now)) {
                commit.put(known.toBuilder().mustRead(true).dirty(true).build());
            }
            return;
        }
        if (before != null && isStale(before, now, known.mustRead() && look.byId())) {
            commit.put(known.toBuilder().mustRead(true).dirty(true).build());
            return;
        }
        String matchText = known.linked() ? null : matching.text(now.values());
        boolean marked = look.rows() && before != null && !before.version().equals(now.version());
        if (before != null
                && before.saysTheSameAs(now)
                && before.row() == now.row()
                && !known.mustRead()
                && !marked
                && Objects.equals(matchText, known.matchText())) {
            boolean later = look.byId() && now.from().isAfter(before.from()); // an earlier page may still come
            if (!before.version().equals(now.version()) || check > known.seenIn() || later) {
                commit.put(known.toBuilder()
                        .observed(shared(now, before))
                        .seenIn(Math.max(check, known.seenIn()))
                        .build());
            }
            return;
        }
        commit.put(known.toBuilder()
                .trouble(look.rows() ? known.trouble() : readable(known.trouble()))
                .observed(before == null ? now : shared(now, before))
                .matchText(matchText)
                .seenIn(Math.max(check, known.seenIn()))
                .mustRead(look.rows() && !look.firstReading())
                .dirty(true)
                .build());
        tell(record, known, commit);
        if (known.linked() && before != null) {
            tellOfMove(before.values(), now.values(), commit);
        }
    }

    /**
     * What moves to another organization is noted of the one that it leaves, so that it is found there whatever else
     * happens: that one may be merged into the other (STATE-8).
     */
    private void tellOfMove(FieldValues before, FieldValues now, Commit.Builder commit) {
        Field<AssetRef> field = Fields.organization(now.kind());
        AssetRef after = field == null ? null : now.get(field);
        if (field != null && after != null && before.get(field) instanceof RemoteRef left && !left.equals(after)) {
            desk.state()
                    .byRemote(left)
                    .ifPresent(organization -> commit.event(ledger.event(
                            Event.Type.NOTED,
                            organization,
                            List.of(new Event.Change(field, left, after)),
                            "a " + Words.of(now.kind()) + " moved from it to another organization (FIELD-10)")));
        }
    }

    /** The PSA's own order goes before the times of our requests: the clocks of nodes differ, and are set back. */
    private static boolean isNewer(Observation before, Observation now) {
        Instant seen = before.version().changedAt();
        Instant shown = now.version().changedAt();
        return seen != null && shown != null && shown.isAfter(seen);
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
                now.values().sharing(before.values()),
                now.version(),
                now.deleted(),
                now.from(),
                now.absence(),
                now.row());
    }

    private void tell(RemoteRecord record, Pair pair, Commit.Builder commit) {
        if (record.note() != null) {
            commit.event(ledger.event(Event.Type.NOTED, pair, List.of(), record.note()));
        }
    }

    /**
     * A record that cannot be understood is set aside with its error; the others go on (PULL-4). It must be read before
     * its fields are decided again, because what is known of it is older. A link that is to be decided stays so: its
     * organization, or its local record, may be gone.
     */
    void unreadable(AssetKind kind, Map<RemoteId, String> texts, Look look, Commit.Builder commit) {
        Map<RemoteId, Pair> known = desk.state().byRemote(kind, texts.keySet());
        texts.forEach((id, text) -> {
            Pair pair = known.get(id);
            if (pair != null && pair.leftAlone()) {
                return;
            }
            Pair read = pair == null ? Pair.ofRemote(desk.newPairId(), new RemoteRef(kind, id)) : pair;
            Problem problem = Problem.ofRecord(Problem.Code.INVALID, text);
            Trouble.Failure failure = new Trouble.Failure(Trouble.Side.PSA, List.of(problem), 1, null);
            boolean out = read.state() == SyncState.ORPHANED;
            Pair aside = read.toBuilder()
                    .trouble(read.trouble().withFailure(failure))
                    .disposition(out ? read.disposition() : Disposition.REFUSED_BY_PSA)
                    .seenIn(Math.max(look.check(), read.seenIn()))
                    .mustRead(true)
                    .dirty(read.linked() && read.dirty())
                    .build();
            if (!aside.equals(read) || pair == null) {
                commit.put(aside);
            }
            if (!failure.equals(read.trouble().failure())) {
                commit.event(ledger.event(Event.Type.FAILED, read, List.of(), text));
            }
            desk.tally().problem(kind + " " + id + ": " + text);
        });
    }
}
