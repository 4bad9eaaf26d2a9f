package org.psasync.engine.run;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.ProgressListener.Phase;
import org.psasync.engine.apply.Beginnings;
import org.psasync.engine.apply.Brakes;
import org.psasync.engine.apply.FactsLoader;
import org.psasync.engine.apply.Outcome;
import org.psasync.engine.apply.Permit;
import org.psasync.engine.apply.Processor;
import org.psasync.engine.decide.Decision;
import org.psasync.engine.decide.LinkTable;
import org.psasync.engine.desk.Desk;
import org.psasync.engine.desk.Walk;
import org.psasync.model.AssetKind;
import org.psasync.model.AssetRef;
import org.psasync.store.Pair;
import org.psasync.store.PairQuery;

/**
 * Pulls what a kind's first reading shows while the reading goes on: a PSA record that is like no local one can have no
 * match, whatever the pages to come hold (MATCH-4). Everything else is left to the sweep.
 */
final class EarlyPulls {
    private final Desk desk;
    private final FactsLoader loader;
    private final Processor processor;
    private @Nullable Level level;
    private long waiting = Long.MAX_VALUE;

    EarlyPulls(Desk desk, Permit permit) {
        this.desk =
                desk.with(desk.policy().whileUnlisted(desk.state().progress().unlisted()));
        this.loader = new FactsLoader(this.desk);
        this.processor = new Processor(this.desk, permit, Brakes.none(this.desk), Outcome.Sink.NONE);
    }

    /**
     * Decides what a page shows for the first time, before it is stored; organizations alone refer to their own kind, and
     * are not pulled page by page, since parents come first (PULL-1).
     */
    Beginnings begin(AssetKind kind, List<Pair> fresh) {
        LinkTable links = loader.links(fresh, List.of());
        List<Pair> ready = fresh.stream()
                .filter(pair -> kind != AssetKind.ORGANIZATION && !pair.mustRead() && refersToDecided(pair, links))
                .toList();
        return processor.begin(kind, ready, EarlyPulls::isCertain);
    }

    /** Pulls what was begun, now that the page is stored. */
    void carryOut(Beginnings begun) {
        desk.keepLease();
        processor.carryOut(begun);
    }

    /**
     * Pulls organizations, level by level, once all of them were read; their records are read next. After an interruption
     * it goes on where it stopped.
     */
    void organizations() {
        do {
            Level begun = level == null ? new Level() : level;
            level = begun;
            begun.walk.each(begun::pull);
            level = null;
            waiting = begun.deferred < waiting ? begun.deferred : 0; // no fewer: they go round in a circle
        } while (waiting > 0);
    }

    /** One way through the organizations, which pulls those whose parents need not be pulled before. */
    private final class Level {
        private final Instant began = desk.now();
        private final Walk walk = new Walk(desk, new PairQuery.Dirty(AssetKind.ORGANIZATION), Desk.BATCH);
        private long deferred;
        private long seen;

        void pull(List<Pair> batch) {
            deferred += pullReady(batch);
            seen += batch.size();
            long done = seen - deferred;
            desk.tell(AssetKind.ORGANIZATION, Phase.APPLYING, done, done, OptionalLong.empty(), began);
        }
    }

    /** Returns how many organizations could be pulled once others are. */
    private int pullReady(List<Pair> pairs) {
        desk.keepLease();
        List<Pair> fresh = new ArrayList<>();
        for (Pair pair : pairs) {
            if (pair.local() == null && pair.dirty() && !pair.mustRead() && pair.observed() != null) {
                fresh.add(pair);
            }
        }
        LinkTable links = loader.links(fresh, List.of());
        List<Pair> ready =
                fresh.stream().filter(pair -> refersToDecided(pair, links)).toList();
        processor.processThose(AssetKind.ORGANIZATION, ready, EarlyPulls::isCertain);
        return fresh.size() - ready.size();
    }

    /** What it belongs to or refers to may be about to leave the sync, or to be made; then it waits its turn. */
    private static boolean refersToDecided(Pair pair, LinkTable links) {
        Set<AssetRef> refs = new HashSet<>();
        pair.remoteValues().forEachReference(refs::add);
        return refs.stream().map(links::pair).noneMatch(other -> other != null && other.dirty());
    }

    private static boolean isCertain(Decision decision) {
        return decision instanceof Decision.CreateLocal
                || decision instanceof Decision.Leave leave && !leave.gate().isEmpty();
    }
}
