package org.psasync.engine.observe;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import org.psasync.engine.ProgressListener.Phase;
import org.psasync.engine.RunReport.Status;
import org.psasync.engine.desk.Desk;
import org.psasync.engine.desk.RunStopped;
import org.psasync.model.AssetKind;
import org.psasync.model.RemoteId;
import org.psasync.spi.KindDescriptor;
import org.psasync.spi.ReadScope;
import org.psasync.spi.RemoteCursor;
import org.psasync.spi.RemotePage;
import org.psasync.spi.RemoteRead;
import org.psasync.spi.RemoteRecord;
import org.psasync.store.Commit;
import org.psasync.store.KindProgress;
import org.psasync.store.Pair;
import org.psasync.store.Progress;
import org.psasync.store.StaleStateException;

/** Reads the PSA and stores what it shows, page by page, together with the place to go on (PULL-5). */
public final class Observer {
    private final Desk desk;
    private final Sightings sightings;

    public Observer(Desk desk) {
        this.desk = desk;
        this.sightings = new Sightings(desk);
    }

    /** Who has a say in how pages are stored. */
    public interface Pages {
        /** Stores what is seen, and no more. */
        Pages ONLY_SEEN = new Pages() {
            @Override
            public List<Pair> toStore(List<Pair> fresh) {
                return fresh;
            }

            @Override
            public void stored() {}
        };

        /** Returns the pairs of records never seen before as they are to be stored; asked anew when it is tried again. */
        List<Pair> toStore(List<Pair> fresh);

        /** Is told when a page is stored. */
        void stored();
    }

    /**
     * Begins to read what changed of a kind.
     *
     * @param check the number of the full check that every record seen is stamped with; 0 for none
     */
    public Reading changes(KindDescriptor kind, ReadScope scope, long check, Pages pages) {
        return new Reading(kind, scope, check, pages, desk.progress(kind.kind()).cursor(), true);
    }

    /** Begins to read all records of a part of a kind; the next run reads a part again that was not read to its end. */
    public Reading part(KindDescriptor kind, ReadScope scope, long check, Pages pages) {
        return new Reading(kind, scope, check, pages, RemoteCursor.start(), false);
    }

    /** Pages read one after the other; an interrupted reading goes on with the page that it stopped at. */
    public final class Reading {
        private final KindDescriptor kind;
        private final long check;
        private final Pages pages;
        private final boolean storesPlace;
        private final ReadAhead ahead;
        private RemoteCursor cursor;
        private List<RemoteRecord> before = List.of();
        private long records;

        private Reading(
                KindDescriptor kind,
                ReadScope scope,
                long check,
                Pages pages,
                RemoteCursor begin,
                boolean storesPlace) {
            this.kind = kind;
            this.check = check;
            this.pages = pages;
            this.storesPlace = storesPlace;
            this.ahead = new ReadAhead(desk, kind.kind(), scope);
            this.cursor = begin;
        }

        /** Reads to the end. */
        public void finish() {
            Instant began = desk.now();
            long recordsBefore = records;
            boolean rows = kind.reading() == KindDescriptor.Reading.ROWS_AND_DETAILS;
            while (true) {
                desk.keepLease();
                ReadAhead.Fetched fetched = ahead.page(cursor);
                RemotePage page = fetched.page();
                requireProgress(page);
                boolean firstReading = !desk.progress(kind.kind()).complete();
                store(
                        kind.kind(),
                        page,
                        Sightings.Look.page(fetched.from(), check, rows, firstReading),
                        progress -> storesPlace ? progress.at(page.next()) : progress,
                        pages);
                cursor = page.next();
                before = page.records();
                pages.stored();
                records += page.records().size();
                desk.tell(kind.kind(), Phase.OBSERVING, records, records - recordsBefore, page.expected(), began);
                if (page.last()) {
                    return;
                }
                desk.safePoint();
            }
        }

        private void requireProgress(RemotePage page) {
            boolean repeats = page.next().equals(cursor)
                    || !before.isEmpty() && page.records().equals(before);
            if (!page.last() && repeats) {
                throw new RunStopped(
                        Status.ERROR,
                        "Reading " + kind.kind() + " does not get on: "
                                + desk.policy().psa() + " repeats the same page. What was read so far is stored.",
                        null,
                        null);
            }
        }
    }

    /** Reads records by their ids and stores what they show; returns their pairs. */
    public Map<RemoteId, Pair> read(AssetKind kind, Collection<RemoteId> ids) {
        return read(kind, ids, 0);
    }

    /** Does the same for a full check, whose number stamps what is found. */
    public Map<RemoteId, Pair> read(AssetKind kind, Collection<RemoteId> ids, long check) {
        if (ids.isEmpty()) {
            return Map.of();
        }
        Map<RemoteId, Pair> earlier = desk.state().byRemote(kind, ids);
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
                new RemotePage(found, unreadable, RemoteCursor.start(), true, OptionalLong.empty()),
                Sightings.Look.byId(from, earlier, check),
                UnaryOperator.identity(),
                Pages.ONLY_SEEN);
        new Proofs(desk, this).weigh(kind, answers, from);
        return desk.state().byRemote(kind, ids);
    }

    /** Stores records that a search found. */
    public void found(AssetKind kind, List<RemoteRecord> records, Instant from) {
        store(
                kind,
                RemotePage.of(records, RemoteCursor.start(), true),
                Sightings.Look.page(from, 0, false, false),
                UnaryOperator.identity(),
                Pages.ONLY_SEEN);
    }

    private void store(
            AssetKind kind, RemotePage page, Sightings.Look look, UnaryOperator<KindProgress> progress, Pages pages) {
        Map<RemoteId, RemoteRecord> records = new LinkedHashMap<>();
        page.records().forEach(record -> records.put(record.id(), record));
        desk.picks().rename(page.records().stream().map(RemoteRecord::values).toList(), desk.assets());
        Map<RemoteId, String> unreadable = new LinkedHashMap<>();
        page.unreadable().forEach(record -> unreadable.put(record.id(), record.text()));
        unreadable.keySet().removeAll(records.keySet());
        while (true) {
            Map<RemoteId, Pair> known = desk.state().byRemote(kind, records.keySet());
            Commit.Builder commit = Commit.builder().lease(desk.lease());
            List<Pair> fresh = new ArrayList<>();
            records.values().forEach(record -> {
                Pair pair = known.get(record.id());
                if (pair == null) {
                    fresh.add(sightings.first(record, look, commit));
                } else {
                    sightings.note(record, pair, look, commit);
                }
            });
            pages.toStore(fresh).forEach(commit::put);
            sightings.unreadable(kind, unreadable, look, commit);
            Progress before = desk.state().progress();
            Progress after = before.with(kind, progress.apply(before.kind(kind)));
            if (!after.equals(before)) {
                commit.progress(after);
            }
            Commit whole = commit.build();
            try {
                if (!whole.isEmpty()) {
                    desk.state().commit(whole);
                }
                return;
            } catch (StaleStateException stale) {
                desk.keepLease();
            }
        }
    }
}
