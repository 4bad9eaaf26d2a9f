package org.psasync.engine.run;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.psasync.engine.ProgressListener.Phase;
import org.psasync.engine.decide.Decision;
import org.psasync.engine.decide.LinkTable;
import org.psasync.model.AssetKind;
import org.psasync.model.AssetRef;
import org.psasync.model.PairId;
import org.psasync.model.RemoteId;
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

    EarlyPulls(Desk desk, Permit permit) {
        this.desk =
                desk.with(desk.policy().whileUnlisted(desk.state().progress().unlisted()));
        this.loader = new FactsLoader(this.desk);
        this.processor = new Processor(this.desk, permit, Brakes.none(this.desk), Outcome.Sink.NONE);
    }

    /** Pulls what a page showed. Organizations are not pulled page by page, since parents come first (PULL-1). */
    void page(AssetKind kind, Collection<RemoteId> ids) {
        if (kind != AssetKind.ORGANIZATION) {
            pull(kind, desk.state().byRemote(kind, ids).values());
        }
    }

    /** Pulls organizations, level by level, once all of them were read; their records are read next. */
    void organizations() {
        Instant began = desk.now();
        long waiting = Long.MAX_VALUE;
        long deferred = organizationsOnce(began);
        while (deferred > 0 && deferred < waiting) {
            waiting = deferred;
            deferred = organizationsOnce(began);
        }
    }

    /** Returns how many have to wait for their parents. */
    private long organizationsOnce(Instant began) {
        long deferred = 0;
        long seen = 0;
        PairId after = null;
        while (true) {
            List<Pair> batch = desk.state().pairs(new PairQuery.Dirty(AssetKind.ORGANIZATION), after, Desk.BATCH);
            if (batch.isEmpty()) {
                return deferred;
            }
            after = batch.get(batch.size() - 1).id();
            deferred += pull(AssetKind.ORGANIZATION, batch);
            seen += batch.size();
            long done = seen - deferred;
            desk.tell(AssetKind.ORGANIZATION, Phase.APPLYING, done, done, OptionalLong.empty(), began);
        }
    }

    /** Returns how many could be pulled once other records are. */
    private int pull(AssetKind kind, Collection<Pair> pairs) {
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
        processor.processThose(kind, ready, EarlyPulls::isCertain);
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
