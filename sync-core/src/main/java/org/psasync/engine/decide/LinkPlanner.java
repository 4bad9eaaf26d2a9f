package org.psasync.engine.decide;

import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.Disposition;
import org.psasync.engine.decide.Decision.Standing;
import org.psasync.model.Asset;
import org.psasync.model.AssetRef;
import org.psasync.model.Field;
import org.psasync.model.FieldValues;
import org.psasync.model.Fields;
import org.psasync.model.OrphanReason;
import org.psasync.model.SyncState;
import org.psasync.store.Observation;
import org.psasync.store.Pair;

/** Decides what to do about a link. */
final class LinkPlanner {
    private static final Verdict IN_SYNC =
            new Verdict(Situation.LINKED_GATE_OPEN, Disposition.IN_SYNC, List.of(MergeWords.AGREED), null);
    private static final Because READ_FIRST =
            new Because("MERGE-6", "a confirmed change waits to be pushed; the PSA's record is read first");
    private static final Because LEAVES = new Because("GATE-6", "once its change is pushed it leaves the sync");

    private final Policy policy;
    private final Gate gate;
    private final GateWords gateWords;
    private final MergeWords mergeWords;

    LinkPlanner(Policy policy) {
        this.policy = policy;
        this.gate = new Gate(policy);
        this.gateWords = new GateWords(policy);
        this.mergeWords = new MergeWords(policy);
    }

    Decision decide(PairFacts facts) {
        Pair pair = facts.pair();
        Asset local = facts.local();
        if (local == null) {
            return new Decision.Disable(Verdict.of(
                            Situation.LINKED_LOCAL_GONE,
                            Disposition.DISABLED,
                            "STATE-6",
                            "the local record was deleted, so the PSA's is not pulled again")
                    .remedy("Reconnect it."));
        }
        Observation observed = pair.observed();
        if (observed == null || observed.deleted() || !observed.visible()) {
            return gone(pair, observed);
        }
        if (pair.setAside()) {
            return setAside(facts, observed.values());
        }
        FieldValues remote = observed.values();
        Merge merge = PairMerge.of(policy, facts, local, remote);
        FieldValues remoteThen = remote.overlaidWith(merge.push());
        Gate.Organization organizationThen = gate.organization(remoteThen, facts.links());
        Set<GateReason> then = gate.reasons(remoteThen, true, organizationThen);
        then.addAll(stillOut(pair, remoteThen));
        if (then.isEmpty() && organizationThen == Gate.Organization.PENDING) {
            return organizationPending(pair, merge, organizationRefs(remoteThen));
        }
        if (!then.isEmpty() && (merge.push().isEmpty() || isClosed(pair, remote, facts.links()))) {
            return closed(Situation.LINKED_GATE_CLOSED, then, remoteThen, merge);
        }
        return open(facts, merge, then);
    }

    /** An orphan does not return because the PSA does not show any more what keeps it out (FIELD-3). */
    private Set<GateReason> stillOut(Pair pair, FieldValues remote) {
        Set<GateReason> unshown = gate.unshown(remote);
        unshown.removeIf(reason -> !pair.reasons().contains(Objects.requireNonNull(reason.orphan())));
        return unshown;
    }

    /** What cannot be understood leaves and returns by what is known of it; its fields are left alone until it was read. */
    private Decision setAside(PairFacts facts, FieldValues known) {
        Pair pair = facts.pair();
        Merge nothing = Merge.nothing(pair.kind());
        Gate.Organization organization = gate.organization(known, facts.links());
        Set<GateReason> reasons = gate.reasons(known, true, organization);
        if (!reasons.isEmpty()) {
            return closed(Situation.LINKED_NOT_UNDERSTOOD, reasons, known, nothing);
        }
        Verdict verdict = Verdict.of(
                        Situation.LINKED_NOT_UNDERSTOOD,
                        Disposition.REFUSED_BY_PSA,
                        "PULL-4",
                        Objects.requireNonNull(pair.trouble().failure()).text())
                .remedy("Correct the record in " + policy.psa() + ".");
        return organization == Gate.Organization.PENDING
                ? new Decision.Keep(
                        verdict,
                        new Standing(Objects.requireNonNull(pair.state()), pair.reasons()),
                        nothing.awaiting(organizationRefs(known)))
                : new Decision.Keep(verdict, Standing.SYNCING, nothing);
    }

    private boolean isClosed(Pair pair, FieldValues remote, LinkTable links) {
        return !gate.reasons(remote, true, gate.organization(remote, links)).isEmpty()
                || !stillOut(pair, remote).isEmpty();
    }

    private Decision organizationPending(Pair pair, Merge merge, Set<AssetRef> organization) {
        return new Decision.Keep(
                Verdict.of(
                        Situation.LINKED_ORGANIZATION_PENDING,
                        Disposition.WAITING_FOR_RECORD,
                        "FIELD-10",
                        "it moved to an organization that is not linked yet"),
                new Standing(Objects.requireNonNull(pair.state()), pair.reasons()),
                merge.pullOnly(field -> false).awaiting(organization));
    }

    private Decision gone(Pair pair, @Nullable Observation observed) {
        boolean deleted = observed != null
                && (observed.deleted()
                        || observed.absence() != null && observed.absence().proven());
        OrphanReason reason = deleted ? OrphanReason.DELETED_IN_PSA : OrphanReason.NOT_VISIBLE;
        String text = deleted
                ? "it was deleted in " + policy.psa()
                : policy.psa() + " no longer shows it; that does not prove that it was deleted";
        Verdict verdict = Verdict.of(Situation.LINKED_REMOTE_GONE, Disposition.ORPHANED, "STATE-5", text)
                .remedy(
                        deleted
                                ? "Restore it in " + policy.psa() + "."
                                : "Give the integration's user in " + policy.psa() + " the right to see it again.");
        return new Decision.Keep(verdict, new Standing(SyncState.ORPHANED, Set.of(reason)), Merge.nothing(pair.kind()));
    }

    private Decision closed(Situation situation, Set<GateReason> reasons, FieldValues remote, Merge merge) {
        EnumSet<OrphanReason> orphan = EnumSet.noneOf(OrphanReason.class);
        for (GateReason reason : reasons) {
            if (reason.orphan() != null) {
                orphan.add(reason.orphan());
            }
        }
        Verdict verdict = new Verdict(
                situation,
                Disposition.ORPHANED,
                gateWords.because(reasons, remote),
                gateWords.remedy(reasons, remote, true));
        // It goes on following activity, type and status, and nothing else (PULL-6).
        return new Decision.Keep(verdict, new Standing(SyncState.ORPHANED, orphan), merge.pullOnly(Gate::isFollowed));
    }

    private Decision open(PairFacts facts, Merge merge, Set<GateReason> then) {
        boolean whole =
                facts.pair().observed() == null || !facts.pair().observed().row();
        if (merge.isSilent() && then.isEmpty() && whole) {
            return new Decision.Keep(IN_SYNC, Standing.SYNCING, merge);
        }
        if (!merge.push().isEmpty() && !facts.remoteFresh()) {
            return new Decision.Need(
                    mergeWords.verdict(facts.pair(), merge, List.of(READ_FIRST)), Decision.What.FRESH_REMOTE);
        }
        return new Decision.Keep(
                mergeWords.verdict(facts.pair(), merge, then.isEmpty() ? List.of() : List.of(LEAVES)),
                Standing.SYNCING,
                merge);
    }

    private static Set<AssetRef> organizationRefs(FieldValues values) {
        Field<AssetRef> field = Fields.organization(values.kind());
        AssetRef ref = field == null ? null : values.get(field);
        return ref == null ? Set.of() : Set.of(ref);
    }
}
