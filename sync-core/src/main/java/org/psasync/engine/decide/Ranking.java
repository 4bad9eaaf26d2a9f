package org.psasync.engine.decide;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.decide.Matching.Entrant;

/** Ranks the candidates of a doubt, so that the outcome does not depend on the order in which they were found (MATCH-4). */
public final class Ranking {
    private final Matching matching;

    /** Makes the ranking of a matching. */
    public Ranking(Matching matching) {
        this.matching = matching;
    }

    /**
     * Returns the record to link a doubtful one with when nobody is to be asked (MATCH-5); null when there is none, or
     * another record of its own side is more like that one and goes first.
     *
     * @param self the record without a link
     * @param peers the unlinked records of its own side that share its key, itself left out
     * @param others the unlinked records of the other side that share its key
     */
    public @Nullable Entrant best(Entrant self, List<Entrant> peers, List<Entrant> others) {
        List<Entrant> likes = matching.likes(self, peers, others);
        if (likes.isEmpty()) {
            return null;
        }
        Entrant best = ranked(self, likes).get(0);
        boolean another = peers.stream().anyMatch(peer -> goesFirst(peer, self, best, peers, others));
        return another ? null : best;
    }

    /** The best candidate is the first, whatever the order in which they were found (MATCH-4). */
    List<Entrant> ranked(Entrant self, List<Entrant> entrants) {
        Comparator<Entrant> bestFirst = Comparator.<Entrant>comparingInt(entrant ->
                        matching.likeness(self.values(), entrant.values()).weight())
                .thenComparing(Entrant::selected)
                .reversed()
                .thenComparing(entrant -> entrant.ref().idText());
        return entrants.stream().sorted(bestFirst).toList();
    }

    /** Returns whether a record of the same side is more like a candidate, and has no better one itself. */
    private boolean goesFirst(
            Entrant peer, Entrant self, Entrant candidate, List<Entrant> peers, List<Entrant> others) {
        if (!peer.selected() || peer.ruling() != null) {
            return false;
        }
        int more = matching.likeness(peer.values(), candidate.values()).weight()
                - matching.likeness(self.values(), candidate.values()).weight();
        boolean nearer = more > 0
                || more == 0 && peer.ref().idText().compareTo(self.ref().idText()) < 0;
        if (!nearer || matching.relation(peer.values(), candidate.values()) == Matching.Relation.NO) {
            return false;
        }
        List<Entrant> its = matching.likes(peer, peersOf(peer, self, peers), others);
        return !its.isEmpty() && ranked(peer, its).get(0).ref().equals(candidate.ref());
    }

    private static List<Entrant> peersOf(Entrant peer, Entrant self, List<Entrant> peers) {
        List<Entrant> result = new ArrayList<>(peers);
        result.remove(peer);
        result.add(self);
        return result;
    }
}
