package org.psasync.engine.decide;

import java.util.Set;
import org.psasync.engine.Disposition;
import org.psasync.model.AssetRef;
import org.psasync.model.FieldValues;
import org.psasync.model.LocalRef;
import org.psasync.model.RemoteRef;
import org.psasync.store.Trouble;

/** Decides whether a record without a link is one that the other side has already (SPEC 5). */
final class Recognition {
    private final Policy policy;
    private final Matching matching;

    Recognition(Policy policy) {
        this.policy = policy;
        this.matching = new Matching(policy);
    }

    /** Returns whether the rivals must be looked up before anything can be decided. */
    boolean wantsRivals(PairFacts facts, FieldValues values) {
        return facts.rivals() == null && matching.recognises(values);
    }

    /** Returns whether the record has a name by which it could be recognised. */
    boolean recognises(FieldValues values) {
        return matching.recognises(values);
    }

    /** Returns whether the other side has a record like this one; if not, no record that is still to be read matters. */
    static boolean hasLike(PairFacts facts) {
        return facts.rivals() != null && !facts.rivals().others().isEmpty();
    }

    /** A record that is not read yet may be like this one too (MATCH-4). */
    Decision waitForListing(Situation situation) {
        return new Decision.Leave(
                Verdict.of(
                        situation,
                        Disposition.CHANGE_WAITING,
                        "MATCH-4",
                        "it waits until " + policy.psa() + " was read to the end, so that everything like it is known"),
                Set.of(),
                Set.of());
    }

    static Decision needRivals(Situation situation) {
        return new Decision.Need(
                Verdict.of(
                        situation, Disposition.CHANGE_WAITING, "MATCH-4", "its like is looked for on the other side"),
                Decision.What.RIVALS);
    }

    /**
     * Returns what matching came to.
     *
     * @param self names the record on its own side
     * @param values in the PSA's terms
     */
    Matching.Result match(PairFacts facts, AssetRef self, FieldValues values) {
        return facts.rivals() == null
                ? new Matching.Result.None()
                : matching.match(
                        new Matching.Entrant(self, values, true),
                        facts.rivals().peers(),
                        facts.rivals().others());
    }

    /** Returns the decision about a doubt; {@code create} is what makes a new record. */
    Decision doubt(Situation situation, Matching.Result.Doubt doubt, Decision create) {
        return switch (policy.settings().matching().onDoubt()) {
            case LINK -> best(situation, doubt.entrants().get(0).ref());
            case CREATE -> create;
            case ASK ->
                new Decision.Doubt(
                        Verdict.of(situation, Disposition.IN_REVIEW, "MATCH-5", doubt.reason())
                                .remedy("Decide in the review queue whether it is one of the candidates."),
                        new Trouble.Review(doubt.reason(), doubt.candidates()),
                        Set.of());
        };
    }

    private static Decision best(Situation situation, AssetRef best) {
        Verdict verdict = Verdict.of(
                situation,
                Disposition.CHANGE_WAITING,
                "MATCH-5",
                "it may be several records, and the settings say to link the best");
        return best instanceof LocalRef local
                ? new Decision.LinkLocal(verdict, local.id())
                : new Decision.LinkRemote(verdict, ((RemoteRef) best).id());
    }

    /** Returns why a record is made although it may be another one. */
    static Because madeAllTheSame() {
        return new Because("MATCH-5", "it may be another record, and the settings say to make a new one");
    }

    /** Nothing is decided about a record before it is known what became of the create of one like it (SAFE-1). */
    static Decision held(Situation situation, LocalRef creating, String text) {
        return new Decision.Leave(
                Verdict.of(situation, Disposition.UNCERTAIN, "SAFE-1", text), Set.of(), Set.of(creating));
    }
}
