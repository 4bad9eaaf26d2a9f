package org.psasync.engine.decide;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.psasync.engine.Disposition;
import org.psasync.model.AssetRef;
import org.psasync.model.Field;
import org.psasync.model.FieldValues;
import org.psasync.model.Fields;
import org.psasync.model.OrganizationFields;
import org.psasync.store.Observation;
import org.psasync.store.Pair;
import org.psasync.store.Trouble.Failure;
import org.psasync.store.Trouble.Ruling;
import org.psasync.store.Trouble.Side;

/** Decides what to do about a PSA record that has no link. */
final class RemotePlanner {
    private static final Because LIKE_NO_OTHER =
            new Because("PULL-1", "it passes the gate and is like no local record, so one is made");

    private static final Because SAME =
            new Because("MATCH-4", "it is the same as exactly one local record, and is linked with it");

    private final Policy policy;
    private final Gate gate;
    private final GateWords words;
    private final Recognition recognition;

    RemotePlanner(Policy policy, Recognition recognition) {
        this.policy = policy;
        this.gate = new Gate(policy);
        this.words = new GateWords(policy);
        this.recognition = recognition;
    }

    Decision decide(PairFacts facts) {
        Pair pair = facts.pair();
        Observation observed = pair.observed();
        Failure failure = pair.trouble().failure();
        if (observed == null && failure != null && failure.side() == Side.PSA) {
            return leave(
                    Verdict.of(Situation.REMOTE_NOT_UNDERSTOOD, Disposition.REFUSED_BY_PSA, "PULL-4", failure.text())
                            .remedy("Correct the record in " + policy.psa() + "."));
        }
        Ruling ruling = pair.trouble().ruling();
        if (observed != null && !observed.visible() && ruling != null) {
            return leave(Verdict.of(
                            Situation.REMOTE_GONE,
                            Disposition.NOT_SELECTED,
                            "MATCH-5",
                            policy.psa() + " does not show it; what " + ruling.actor()
                                    + " decided about it holds when it comes back")
                    .remedy("Give the integration's user in " + policy.psa() + " the right to see it again."));
        }
        if (observed == null || !observed.visible()) {
            return new Decision.Forget(Verdict.of(
                    Situation.REMOTE_GONE, Disposition.UNKNOWN, "STATE-5", policy.psa() + " does not show it"));
        }
        if (observed.deleted()) {
            return leave(Verdict.of(
                            Situation.REMOTE_GONE,
                            Disposition.NOT_SELECTED,
                            "STATE-5",
                            "it is deleted in " + policy.psa())
                    .remedy("Restore it in " + policy.psa() + "."));
        }
        if (facts.heldFor() != null) {
            return Recognition.held(
                    Situation.REMOTE_HELD,
                    facts.heldFor(),
                    "it may be the result of a create whose answer was lost, and is held until that is known");
        }
        FieldValues remote = observed.values();
        Gate.Organization organization = gate.organization(remote, facts.links());
        Set<GateReason> reasons = gate.reasonsOfNew(observed, organization);
        if (!reasons.isEmpty()) {
            return notSelected(facts, remote, reasons);
        }
        if (organization == Gate.Organization.PENDING) {
            return new Decision.Leave(
                    Verdict.of(
                            Situation.REMOTE_ORGANIZATION_PENDING,
                            Disposition.WAITING_FOR_RECORD,
                            "FIELD-6",
                            "it waits until its organization is linked"),
                    Set.of(),
                    organizationRef(remote));
        }
        return toMatch(facts, remote);
    }

    private Decision notSelected(PairFacts facts, FieldValues remote, Set<GateReason> reasons) {
        Verdict verdict = new Verdict(
                Situation.REMOTE_NOT_SELECTED,
                Disposition.NOT_SELECTED,
                words.because(reasons, remote),
                words.remedy(reasons, remote, true));
        return new Decision.Leave(verdict, reasons, unknownOrganization(facts, remote));
    }

    /** An organization without a pair wakes nobody below it, so it is awaited by name. */
    private static Set<AssetRef> unknownOrganization(PairFacts facts, FieldValues remote) {
        Set<AssetRef> organization = organizationRef(remote);
        return organization.stream().allMatch(ref -> facts.links().pair(ref) == null) ? organization : Set.of();
    }

    private static Set<AssetRef> organizationRef(FieldValues remote) {
        Field<AssetRef> field = Fields.organization(remote.kind());
        AssetRef ref = field == null ? null : remote.get(field);
        return ref == null ? Set.of() : Set.of(ref);
    }

    private Decision toMatch(PairFacts facts, FieldValues remote) {
        if (recognition.wantsRivals(facts, remote)) {
            return Recognition.needRivals(Situation.REMOTE_TO_MATCH);
        }
        if (!policy.isListed(remote.kind()) && Recognition.hasLike(facts)) {
            return recognition.waitForListing(Situation.REMOTE_TO_MATCH);
        }
        Merge made = made(facts, remote);
        Failure failure = facts.pair().trouble().failure();
        if (failure != null && failure.side() == Side.HOST && made.pull().equals(failure.refused())) {
            return leave(Verdict.of(
                            Situation.REMOTE_REFUSED,
                            Disposition.REFUSED_BY_HOST,
                            "PULL-4",
                            "the host refuses it: " + failure.text())
                    .remedy("Change it in " + policy.psa() + " so that the host accepts it: " + failure.text()));
        }
        AssetRef self = Objects.requireNonNull(facts.pair().remoteRef());
        return recognition.decide(
                facts,
                self,
                remote,
                new Recognition.Case(Situation.REMOTE_TO_MATCH, SAME, LIKE_NO_OTHER, because -> create(made, because)));
    }

    private Merge made(PairFacts facts, FieldValues remote) {
        Translation.Translated translated = Translation.toHost(policy, facts.links(), facts.pair(), remote)
                .all(remote, field -> policy.maps(field) && !isLeftOut(field, facts));
        return Merge.ofCreate(translated.values(), translated.held(), translated.awaited());
    }

    /** A circle of parents is left out, and seen again once the record is linked (FIELD-10). */
    private static boolean isLeftOut(Field<?> field, PairFacts facts) {
        return facts.inCircle() && field.equals(OrganizationFields.PARENT);
    }

    private static Decision create(Merge made, Because because) {
        return new Decision.CreateLocal(
                new Verdict(Situation.REMOTE_TO_MATCH, Disposition.CHANGE_WAITING, List.of(because), null), made);
    }

    private static Decision leave(Verdict verdict) {
        return new Decision.Leave(verdict, Set.of(), Set.of());
    }
}
