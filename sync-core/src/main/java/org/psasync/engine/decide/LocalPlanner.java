package org.psasync.engine.decide;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.Disposition;
import org.psasync.model.Asset;
import org.psasync.model.AssetKind;
import org.psasync.model.AssetRef;
import org.psasync.model.Field;
import org.psasync.model.FieldValues;
import org.psasync.model.Fields;
import org.psasync.model.Problem;
import org.psasync.spi.FieldRule;
import org.psasync.spi.KindDescriptor;
import org.psasync.store.Grant;
import org.psasync.store.Trouble.Failure;
import org.psasync.store.Trouble.Review;
import org.psasync.store.Trouble.Side;

/** Decides what to do about a local record that has no link (PUSH-7). */
final class LocalPlanner {
    private static final Because LIKE_NO_OTHER =
            new Because("PUSH-7", "it is confirmed and is like no PSA record, so one is made");

    private static final Because SAME =
            new Because("PUSH-7", "the PSA has exactly this record, so it is linked and not made again");

    private final Policy policy;
    private final Gate gate;
    private final GateWords words;
    private final Recognition recognition;

    LocalPlanner(Policy policy, Recognition recognition) {
        this.policy = policy;
        this.gate = new Gate(policy);
        this.words = new GateWords(policy);
        this.recognition = recognition;
    }

    Decision decide(PairFacts facts) {
        Decision decision = decideAlone(facts);
        return facts.local() == null
                ? decision
                : hangingOn(organizationRef(facts.local().values()), decision);
    }

    /** Nothing else tells a record without a link that its organization left the sync or came back (STATE-3). */
    private static Decision hangingOn(Set<AssetRef> organization, Decision decision) {
        if (decision instanceof Decision.Leave leave) {
            return new Decision.Leave(leave.verdict(), leave.gate(), joined(leave.awaited(), organization));
        }
        if (decision instanceof Decision.Doubt doubt) {
            return new Decision.Doubt(doubt.verdict(), doubt.review(), joined(doubt.awaited(), organization));
        }
        if (decision instanceof Decision.Refuse refuse) {
            return new Decision.Refuse(
                    refuse.verdict(), refuse.problems(), refuse.refused(), joined(refuse.awaited(), organization));
        }
        return decision;
    }

    private static Set<AssetRef> joined(Set<AssetRef> some, Set<AssetRef> more) {
        Set<AssetRef> all = new HashSet<>(some);
        all.addAll(more);
        return all;
    }

    private Decision decideAlone(PairFacts facts) {
        Asset local = facts.local();
        if (local == null) {
            return new Decision.Forget(
                    Verdict.of(Situation.LOCAL_GONE, Disposition.UNKNOWN, "STATE-11", "the local record is gone"));
        }
        FieldValues values = local.values();
        Gate.Organization organization = gate.organization(values, facts.links());
        Set<GateReason> reasons = gate.reasons(values, false, organization);
        if (!policy.pushesCreates(local.kind()) || !reasons.isEmpty()) {
            return turnedAway(values, reasons);
        }
        if (organization == Gate.Organization.PENDING) {
            return leave(
                    Verdict.of(
                            Situation.LOCAL_ORGANIZATION_PENDING,
                            Disposition.WAITING_FOR_RECORD,
                            "FIELD-6",
                            "it waits until its organization is linked"),
                    Set.of());
        }
        if (!confirmed(facts.pair().grant(), local)) {
            return leave(
                    Verdict.of(
                                    Situation.LOCAL_UNCONFIRMED,
                                    Disposition.AWAITING_CONFIRMATION,
                                    "PUSH-4",
                                    "not pushed to " + policy.psa() + " yet, saving it will")
                            .remedy("Save the record."),
                    Set.of());
        }
        if (facts.heldFor() != null) {
            return Recognition.held(
                    Situation.LOCAL_HELD,
                    facts.heldFor(),
                    "another record like it is being made in " + policy.psa() + ", and the answer was lost");
        }
        return toMatch(facts, local);
    }

    /** Names everything that keeps the record out of the PSA, one-way included (GATE-5). */
    private Decision turnedAway(FieldValues values, Set<GateReason> reasons) {
        boolean oneWay = !policy.pushesCreates(values.kind());
        List<Because> because = new ArrayList<>();
        List<String> steps = new ArrayList<>();
        boolean never = false;
        if (oneWay && !canCreate(values.kind())) {
            never = true;
            because.add(
                    new Because("FIELD-8", policy.psa() + " lets this connector make no " + Words.of(values.kind())));
        } else if (oneWay) {
            because.add(new Because("PUSH-1", "two-way is off, so nothing goes to " + policy.psa()));
            steps.add("turn two-way on in the settings, then save the record");
        }
        because.addAll(words.because(reasons, values));
        steps.addAll(words.steps(reasons, values, false));
        Verdict verdict = new Verdict(
                oneWay ? Situation.LOCAL_ONE_WAY : Situation.LOCAL_NOT_SELECTED,
                Disposition.NOT_SELECTED,
                because,
                never ? null : Words.sentence(String.join("; ", steps)));
        return new Decision.Leave(verdict, reasons, Set.of());
    }

    private boolean canCreate(AssetKind kind) {
        return kind.twoWay() && policy.kind(kind).filter(each -> each.create()).isPresent();
    }

    private static Set<AssetRef> organizationRef(FieldValues values) {
        Field<AssetRef> field = Fields.organization(values.kind());
        AssetRef ref = field == null ? null : values.get(field);
        return ref == null ? Set.of() : Set.of(ref);
    }

    /** A new record is confirmed by a save that left it as it is now (PUSH-5). */
    private boolean confirmed(@Nullable Grant grant, Asset local) {
        return grant != null
                && policy.rules(local.kind()).stream()
                        .map(FieldRule::field)
                        .filter(local.values()::has)
                        .allMatch(field -> policy.confirms(grant, field, local.values()));
    }

    private Decision toMatch(PairFacts facts, Asset local) {
        FieldValues values = local.values();
        boolean searched =
                policy.kind(local.kind()).filter(KindDescriptor::find).isPresent();
        if (!searched && !policy.isListed(local.kind()) && recognition.recognises(values)) {
            return recognition.waitForListing(Situation.LOCAL_TO_MATCH);
        }
        if (recognition.wantsRivals(facts, values)) {
            return Recognition.needRivals(Situation.LOCAL_TO_MATCH);
        }
        Translation toPsa = Translation.toPsa(policy, facts.links(), facts.pair(), values);
        Translation.Translated draft = draft(facts, values);
        return recognition.decide(
                facts,
                local.ref(),
                toPsa.all(values, policy::isRead).values(),
                new Recognition.Case(
                        Situation.LOCAL_TO_MATCH, SAME, LIKE_NO_OTHER, because -> toCreate(facts, draft, because)));
    }

    /** Returns whether something is missing without which the PSA record cannot be made (PUSH-8). */
    boolean isIncomplete(PairFacts facts) {
        Asset local = facts.local();
        return local != null
                && !Requirements.onCreate(draft(facts, local.values()), policy).isEmpty();
    }

    private Translation.Translated draft(PairFacts facts, FieldValues values) {
        return Translation.toPsa(policy, facts.links(), facts.pair(), values).all(values, this::isSent);
    }

    private boolean isSent(Field<?> field) {
        FieldRule rule = policy.rule(field);
        return rule != null
                && rule.writable()
                && !policy.settings().mapping().pullOnly().contains(field);
    }

    private Decision toCreate(PairFacts facts, Translation.Translated draft, Because because) {
        List<Problem> problems = Requirements.onCreate(draft, policy);
        Failure failure = facts.pair().trouble().failure();
        Failure refusal = facts.pair().trouble().refusal();
        boolean sameAgain = refusal != null && draft.values().equals(refusal.refused());
        if (!problems.isEmpty()) {
            String text = problems.stream().map(Problem::text).collect(Collectors.joining(" "));
            Verdict verdict = refused("PUSH-8", text).remedy(text + " Then save the record.");
            return sameAgain
                    ? leave(verdict, draft.awaited())
                    : new Decision.Refuse(verdict, problems, draft.values(), draft.awaited());
        }
        if (Requirements.waits(draft, policy)) {
            return leave(
                    Verdict.of(
                            Situation.LOCAL_RECORD_PENDING,
                            Disposition.WAITING_FOR_RECORD,
                            "FIELD-6",
                            "it waits until the records that it must name are linked: " + Words.of(draft.pending())),
                    draft.awaited());
        }
        if (refusal != null && sameAgain) {
            return refusedBefore(facts.pair().trouble().review(), refusal, draft);
        }
        List<Because> reasons = new ArrayList<>(List.of(because));
        if (failure != null && failure.side() == Side.PSA && failure.refused() == null) {
            reasons.add(MergeWords.retrying(failure));
        }
        Disposition disposition = reasons.size() > 1 ? Disposition.RETRYING : Disposition.CHANGE_WAITING;
        return new Decision.CreateRemote(
                new Verdict(Situation.LOCAL_TO_MATCH, disposition, reasons, null), draft.values(), draft.awaited());
    }

    /** A refusal because the PSA has such a record already is for a person to decide (PUSH-7). */
    private static Decision refusedBefore(@Nullable Review review, Failure failure, Translation.Translated draft) {
        if (review == null || !failure.isDuplicate()) {
            return leave(refused("PUSH-13", failure.text()), draft.awaited());
        }
        return new Decision.Doubt(
                Verdict.of(Situation.LOCAL_REFUSED, Disposition.IN_REVIEW, "PUSH-7", review.reason())
                        .remedy(Recognition.DECIDE),
                review,
                draft.awaited());
    }

    private static Verdict refused(String rule, String text) {
        return Verdict.of(Situation.LOCAL_REFUSED, Disposition.REFUSED_BY_PSA, rule, text)
                .remedy("Change the record so that it is accepted, and save it: " + text);
    }

    private static Decision leave(Verdict verdict, Set<AssetRef> awaited) {
        return new Decision.Leave(verdict, Set.of(), awaited);
    }
}
