package org.psasync.engine.run;

import java.util.List;
import org.psasync.model.AssetKind;
import org.psasync.store.Pair;
import org.psasync.store.PairQuery;

/**
 * What was doubtful may be so no longer, once another record left the contest (MATCH-4), and what was left alone is asked about
 * again when a record appears that the person was not shown. So each run decides it again, marked or not; where that
 * changes nothing, nothing is stored (P1).
 *
 * @param localToo whether local records are looked at too, each of which is searched for in the PSA
 */
record Doubts(boolean localToo) {
    /** Returns the questions that find what may be in doubt. */
    static List<PairQuery> queries(AssetKind kind) {
        return List.of(new PairQuery.InReview(kind), new PairQuery.Ignored(kind));
    }

    /** Returns whether a pair that was found is to be decided; one that is marked is decided anyway. */
    boolean concerns(PairQuery query, Pair pair) {
        boolean local = localToo && query instanceof PairQuery.InReview;
        return !pair.dirty() && !pair.linked() && (local || pair.remote() != null);
    }
}
