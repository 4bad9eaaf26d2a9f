package org.psasync.engine.decide;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.psasync.model.Asset;
import org.psasync.model.LocalRef;
import org.psasync.store.Pair;

/**
 * Everything about one pair that a decision depends on.
 *
 * @param pair what the engine remembers
 * @param local the host's record as it is now; null when the pair has none or it is gone
 * @param remoteFresh whether what the pair shows of the PSA was read in this step (MERGE-6)
 * @param links the pairs of the records to which the two sides refer
 * @param rivals the unlinked records that share the key; null when they were not looked up
 * @param heldFor the local record whose open create may have made what this pair is about, so that nothing is decided
 *     before its outcome is known (SAFE-1); null when there is none
 * @param inCircle whether its parents in the PSA go round in a circle (FIELD-10)
 * @param localCircle whether they would if its local parent were pushed
 * @param owner the other integration to which the local record belongs; null when it belongs to none (SET-9)
 */
public record PairFacts(
        Pair pair,
        @Nullable Asset local,
        boolean remoteFresh,
        LinkTable links,
        @Nullable Rivals rivals,
        @Nullable LocalRef heldFor,
        boolean inCircle,
        boolean localCircle,
        @Nullable String owner) {

    /**
     * The unlinked records that share a key, in the PSA's terms.
     *
     * @param peers on the record's own side, itself left out
     * @param others on the other side
     */
    public record Rivals(List<Matching.Entrant> peers, List<Matching.Entrant> others) {
        public Rivals {
            peers = List.copyOf(peers);
            others = List.copyOf(others);
        }
    }

    /** Returns the same facts with the rivals looked up. */
    public PairFacts withRivals(Rivals found) {
        return new PairFacts(pair, local, remoteFresh, links, found, heldFor, inCircle, localCircle, owner);
    }

    /** Returns the same facts about a pair that an open create holds back. */
    public PairFacts heldFor(LocalRef creating) {
        return new PairFacts(pair, local, remoteFresh, links, rivals, creating, inCircle, localCircle, owner);
    }

    /** Returns the same facts as they are when what is known of the PSA's record is what it holds now. */
    public PairFacts asIfFresh() {
        return new PairFacts(pair, local, true, links, rivals, heldFor, inCircle, localCircle, owner);
    }

    /** Returns the same facts with other links. */
    public PairFacts withLinks(LinkTable newLinks) {
        return new PairFacts(pair, local, remoteFresh, newLinks, rivals, heldFor, inCircle, localCircle, owner);
    }

    /** Returns the same facts after the local record was written. */
    public PairFacts withLocal(Pair newPair, Asset newLocal) {
        return new PairFacts(newPair, newLocal, remoteFresh, links, rivals, heldFor, inCircle, localCircle, owner);
    }

    /** Returns the same facts about a local record that belongs to another integration. */
    public PairFacts ownedBy(@Nullable String integration) {
        return new PairFacts(pair, local, remoteFresh, links, rivals, heldFor, inCircle, localCircle, integration);
    }
}
