package org.psasync.engine.decide;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.Disposition;
import org.psasync.engine.SyncSettings.OnDoubt;
import org.psasync.engine.decide.Matching.Entrant;
import org.psasync.engine.decide.Matching.Result;
import org.psasync.engine.decide.PairFacts.Rivals;
import org.psasync.model.AssetRef;
import org.psasync.model.FieldValues;
import org.psasync.model.LocalRef;
import org.psasync.model.RemoteRef;
import org.psasync.store.Trouble;
import org.psasync.store.Trouble.Ruling;
import org.psasync.store.Trouble.Ruling.Way;

/** Decides whether a record without a link is one that the other side has already (SPEC 5). */
final class Recognition {
    static final String DECIDE =
            "Decide in the review queue: link it with one of the candidates, make a new record, or leave it alone.";

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

    /** The words of one side, and what makes a record on the other. */
    record Case(Situation situation, Because same, Because likeNoOther, Function<Because, Decision> create) {}

    /**
     * Decides what a record without link is: one that the other side has, a doubt, or a new one.
     *
     * @param self names the record on its own side
     * @param values in the PSA's terms
     */
    Decision decide(PairFacts facts, AssetRef self, FieldValues values, Case words) {
        Ruling ruling = facts.pair().trouble().ruling();
        Entrant entrant = new Entrant(self, values, true, ruling);
        Rivals rivals = facts.rivals() == null ? new Rivals(List.of(), List.of()) : facts.rivals();
        List<Entrant> others = rivals.others().stream()
                .filter(other -> !isSettled(other, self, Way.CREATE))
                .toList();
        Result result = matching.match(entrant, rivals.peers(), others);
        List<Entrant> likes = likes(result);
        if (ruling != null && holds(ruling, values, likes)) {
            return ruling.way() == Way.CREATE
                    ? words.create().apply(decidedToMake(ruling))
                    : leftAlone(words.situation(), ruling, null);
        }
        if (ruling == null
                && !likes.isEmpty()
                && likes.stream().allMatch(other -> isSettled(other, self, Way.IGNORE))) {
            return leftAlone(words.situation(), requireNonNull(likes.get(0).ruling()), likes.get(0));
        }
        if (result instanceof Result.One one) {
            return isAbout(ruling, one.match().ref()) || isAbout(one.match().ruling(), self)
                    ? doubt(words, matching.decidedOtherwise(entrant, one.match()), () -> one.match())
                    : link(
                            new Verdict(words.situation(), Disposition.CHANGE_WAITING, List.of(words.same()), null),
                            one.match().ref());
        }
        return result instanceof Result.Doubt doubt
                ? doubt(words, doubt, () -> new Ranking(matching).best(entrant, rivals.peers(), others))
                : words.create().apply(words.likeNoOther());
    }

    private static List<Entrant> likes(Result result) {
        return result instanceof Result.One one
                ? List.of(one.match())
                : result instanceof Result.Doubt doubt ? doubt.entrants() : List.of();
    }

    /** A decision is about what the person was shown: another key, or another candidate, is a new question. */
    private boolean holds(Ruling ruling, FieldValues values, List<Entrant> likes) {
        return ruling.key().equals(matching.evidence(values))
                && likes.stream().allMatch(other -> ruling.about().contains(other.ref()));
    }

    /** Returns whether somebody decided, from the other side, about this record and that one. */
    private boolean isSettled(Entrant other, AssetRef self, Way way) {
        Ruling ruling = other.ruling();
        return ruling != null
                && isAbout(ruling, self)
                && ruling.way() == way
                && ruling.key().equals(matching.evidence(other.values()));
    }

    private static boolean isAbout(@Nullable Ruling ruling, AssetRef record) {
        return ruling != null && ruling.about().contains(record);
    }

    private static Because decidedToMake(Ruling ruling) {
        return new Because("MATCH-5", ruling.actor() + " decided to make a new record, at " + ruling.at());
    }

    /** The person did not say which it is, so nothing is made, linked or asked. */
    private static Decision leftAlone(Situation situation, Ruling ruling, @Nullable Entrant by) {
        String what = by == null ? "it" : "what it may be the same as, " + by.ref() + ",";
        return new Decision.Leave(
                Verdict.of(
                                situation,
                                Disposition.NOT_SELECTED,
                                "MATCH-5",
                                ruling.actor() + " decided to leave " + what + " alone, at " + ruling.at())
                        .remedy(
                                "Take it up again in the review queue, and decide whether it is one of the candidates."),
                Set.of(),
                Set.of());
    }

    /** Returns the decision about a doubt; the best is looked for only when it is wanted. */
    private Decision doubt(Case words, Result.Doubt doubt, Supplier<@Nullable Entrant> best) {
        OnDoubt set = policy.settings().matching().onDoubt();
        boolean onlyAPerson = doubt.entrants().stream().anyMatch(Entrant::localGone);
        return switch (set == OnDoubt.LINK && onlyAPerson ? OnDoubt.ASK : set) {
            case LINK -> best(words.situation(), doubt, best.get());
            case CREATE ->
                words.create()
                        .apply(new Because(
                                "MATCH-5", "it may be another record, and the settings say to make a new one"));
            case ASK ->
                new Decision.Doubt(
                        Verdict.of(words.situation(), Disposition.IN_REVIEW, "MATCH-5", doubt.reason())
                                .remedy(DECIDE),
                        new Trouble.Review(doubt.reason(), doubt.candidates()),
                        Set.of());
        };
    }

    private static Decision best(Situation situation, Result.Doubt doubt, @Nullable Entrant best) {
        if (best == null) {
            return new Decision.Leave(
                    Verdict.of(
                            situation,
                            Disposition.CHANGE_WAITING,
                            "MATCH-5",
                            "another record is more like "
                                    + doubt.entrants().get(0).ref() + " than it is, and is linked first"),
                    Set.of(),
                    Set.of(doubt.entrants().get(0).ref()));
        }
        return link(
                Verdict.of(
                        situation,
                        Disposition.CHANGE_WAITING,
                        "MATCH-5",
                        "it may be several records, and the settings say to link the best"),
                best.ref());
    }

    private static Decision link(Verdict verdict, AssetRef match) {
        return match instanceof LocalRef local
                ? new Decision.LinkLocal(verdict, local.id())
                : new Decision.LinkRemote(verdict, ((RemoteRef) match).id());
    }

    /** Nothing is decided about a record before it is known what became of the create of one like it (SAFE-1). */
    static Decision held(Situation situation, LocalRef creating, String text) {
        return new Decision.Leave(
                Verdict.of(situation, Disposition.UNCERTAIN, "SAFE-1", text), Set.of(), Set.of(creating));
    }
}
