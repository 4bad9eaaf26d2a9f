package org.psasync.engine.decide;

import static org.psasync.engine.decide.Situation.*;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.Disposition;
import org.psasync.engine.decide.Decision.Standing;
import org.psasync.model.Asset;
import org.psasync.model.AssetKind;
import org.psasync.model.AssetRef;
import org.psasync.model.Field;
import org.psasync.model.FieldValues;
import org.psasync.model.Fields;
import org.psasync.model.LocalRef;
import org.psasync.model.OrganizationFields;
import org.psasync.model.OrphanReason;
import org.psasync.model.Problem;
import org.psasync.model.RemoteRef;
import org.psasync.model.SyncState;
import org.psasync.spi.KindDescriptor;
import org.psasync.store.Grant;
import org.psasync.store.InFlight;
import org.psasync.store.Observation;
import org.psasync.store.Pair;
import org.psasync.store.Trouble;

/**
 * Decides what to do about a pair: first its situation, then, for a link, its fields.
 *
 * <p>A pure function of its arguments. A run, a push after a save, a rehearsal and {@code explain} all ask it, so they
 * cannot disagree (WHY-3).
 */
public final class Planner {
    private static final Because AGREED = new Because("MERGE-1", "both sides agree");
    private static final Verdict MADE_LOCALLY = Verdict.of(
            REMOTE_TO_MATCH,
            Disposition.CHANGE_WAITING,
            "PULL-1",
            "it passes the gate and is like no local record, so one is made");
    private static final Verdict IN_SYNC = new Verdict(LINKED_GATE_OPEN, Disposition.IN_SYNC, List.of(AGREED), null);

    private final Policy policy;
    private final Gate gate;
    private final Matching matching;

    /** Makes the planner of a policy. */
    public Planner(Policy policy) {
        this.policy = policy;
        this.gate = new Gate(policy);
        this.matching = new Matching(policy);
    }

    /** Decides one pair. */
    public Decision decide(PairFacts facts) {
        Pair pair = facts.pair();
        if (pair.leftAlone()) {
            return leftAlone(pair);
        }
        InFlight inFlight = pair.inFlight();
        if (inFlight != null) {
            return new Decision.Settle(
                    Verdict.of(
                            WRITE_IN_FLIGHT,
                            Disposition.UNCERTAIN,
                            inFlight instanceof InFlight.UpdatingRemote ? "MERGE-9" : "SAFE-1",
                            "a write was begun whose outcome is not known; it is looked for"),
                    inFlight);
        }
        if (pair.linked()) {
            return linked(facts);
        }
        return pair.remote() != null ? remoteOnly(facts) : localOnly(facts);
    }

    private Decision leftAlone(Pair pair) {
        boolean disabled = pair.state() == SyncState.DISABLED;
        Verdict verdict = Verdict.of(
                        LEFT_ALONE,
                        disabled ? Disposition.DISABLED : Disposition.DISCONNECTED,
                        "STATE-7",
                        disabled ? "it was taken out of the sync" : "it was cut from the PSA")
                .remedy("Reconnect it.");
        return new Decision.Keep(
                verdict,
                new Standing(Objects.requireNonNull(pair.state()), pair.reasons()),
                Merge.nothing(pair.kind()));
    }

    // A link ---------------------------------------------------------------------------------------------------------

    private Decision linked(PairFacts facts) {
        Pair pair = facts.pair();
        Asset local = facts.local();
        if (local == null) {
            return new Decision.Disable(Verdict.of(
                            LINKED_LOCAL_GONE,
                            Disposition.DISABLED,
                            "STATE-6",
                            "the local record was deleted, so the PSA's is not pulled again")
                    .remedy("Reconnect it."));
        }
        Observation observed = pair.observed();
        if (observed == null || observed.deleted() || !observed.visible()) {
            return gone(pair, observed);
        }
        FieldValues remote = observed.values();
        Merge merge = PairMerge.of(policy, facts.links(), pair, local, remote, facts.inCircle());
        FieldValues remoteThen = remote.overlaidWith(merge.push());
        Gate.Organization organizationThen = gate.organization(remoteThen, facts.links());
        if (organizationThen == Gate.Organization.PENDING) {
            return new Decision.Keep(
                    Verdict.of(
                            LINKED_ORGANIZATION_PENDING,
                            Disposition.WAITING_FOR_RECORD,
                            "FIELD-10",
                            "it moved to an organization that is not linked yet"),
                    new Standing(Objects.requireNonNull(pair.state()), pair.reasons()),
                    onlyAwaiting(merge, organizationRef(remoteThen)));
        }
        Set<GateReason> then = reasons(remoteThen, true, organizationThen);
        if (!then.isEmpty()
                && (merge.push().isEmpty()
                        || !reasons(remote, true, gate.organization(remote, facts.links()))
                                .isEmpty())) {
            return closed(pair, then, merge);
        }
        return open(facts, merge, then);
    }

    private Decision gone(Pair pair, @Nullable Observation observed) {
        boolean deleted = observed != null
                && (observed.deleted()
                        || observed.absence() != null && observed.absence().proven());
        OrphanReason reason = deleted ? OrphanReason.DELETED_IN_PSA : OrphanReason.NOT_VISIBLE;
        String text = deleted
                ? "it was deleted in " + policy.psa()
                : policy.psa() + " no longer shows it; that does not prove that it was deleted";
        Verdict verdict = Verdict.of(LINKED_REMOTE_GONE, Disposition.ORPHANED, "STATE-5", text)
                .remedy(
                        deleted
                                ? "Restore it in " + policy.psa() + "."
                                : "Give the integration's user in " + policy.psa() + " the right to see it again.");
        return new Decision.Keep(verdict, orphan(Set.of(reason)), Merge.nothing(pair.kind()));
    }

    private Decision closed(Pair pair, Set<GateReason> reasons, Merge merge) {
        EnumSet<OrphanReason> orphan = EnumSet.noneOf(OrphanReason.class);
        List<Because> because = new ArrayList<>();
        for (GateReason reason : reasons) {
            if (reason.orphan() != null) {
                orphan.add(reason.orphan());
            }
            because.add(new Because(reason.rule(), reason.words()));
        }
        Verdict verdict = new Verdict(LINKED_GATE_CLOSED, Disposition.ORPHANED, because, remedy(pair.kind(), reasons));
        // It goes on following activity, type and status, and nothing else (PULL-6).
        return new Decision.Keep(verdict, orphan(orphan), merge.pullOnly(Planner::isFollowed));
    }

    private Decision open(PairFacts facts, Merge merge, Set<GateReason> then) {
        Pair pair = facts.pair();
        if (!merge.push().isEmpty() && !facts.remoteFresh()) {
            return new Decision.Need(
                    Verdict.of(
                            LINKED_GATE_OPEN,
                            Disposition.CHANGE_WAITING,
                            "MERGE-6",
                            "a confirmed change waits to be pushed; the PSA's record is read first"),
                    Decision.What.FRESH_REMOTE);
        }
        if (merge.isSilent() && then.isEmpty()) {
            return new Decision.Keep(IN_SYNC, Standing.SYNCING, merge);
        }
        List<Because> because = new ArrayList<>();
        Disposition disposition = describe(pair, merge, because);
        if (!then.isEmpty()) {
            because.add(new Because("GATE-6", "once its change is pushed it leaves the sync"));
        }
        return new Decision.Keep(
                new Verdict(LINKED_GATE_OPEN, disposition, because, remedy(disposition, pair)),
                Standing.SYNCING,
                merge);
    }

    /** Names everything that can be said about the fields, and returns what weighs most. */
    private Disposition describe(Pair pair, Merge merge, List<Because> because) {
        Disposition result = Disposition.IN_SYNC;
        if (!merge.unconfirmed().isEmpty()) {
            result = Disposition.AWAITING_CONFIRMATION;
            because.add(new Because(
                    "PUSH-4", "not pushed to " + policy.psa() + " yet, saving it will: " + names(merge.unconfirmed())));
        }
        Trouble.Failure failure = pair.trouble().failure();
        if (!merge.refusals().isEmpty()) {
            result = failure != null && failure.side() == Trouble.Side.HOST
                    ? Disposition.REFUSED_BY_HOST
                    : Disposition.REFUSED_BY_PSA;
            for (Problem problem : merge.refusals()) {
                because.add(new Because("PUSH-13", problem.toString()));
            }
        }
        if (!merge.oscillating().isEmpty()) {
            result = Disposition.OSCILLATING;
            because.add(new Because(
                    "MERGE-7",
                    "what the engine wrote was undone twice, so it is left alone: " + names(merge.oscillating())));
        }
        if (!merge.frozen().isEmpty()) {
            result = Disposition.CONFLICT_TO_DECIDE;
            because.add(new Because("MERGE-5", "both sides changed " + names(merge.frozen()) + "; a person decides"));
        }
        if (merge.writes()) {
            result = Disposition.CHANGE_WAITING;
            because.add(new Because("MERGE-1", waiting(merge)));
            if (failure != null && failure.refused() == null) {
                result = Disposition.RETRYING;
                because.add(new Because("PUSH-13", "the last attempt failed and is repeated: " + failure.text()));
            }
        }
        for (AssetRef missing : merge.awaited()) {
            because.add(new Because("FIELD-6", "a reference is left out until " + missing + " is linked"));
        }
        if (!merge.foreign().isEmpty()) {
            because.add(new Because("FIELD-6", names(merge.foreign()) + " belongs to another organization"));
        }
        if (because.isEmpty()) {
            because.add(AGREED);
        }
        return result;
    }

    private static String waiting(Merge merge) {
        String pull =
                merge.pull().isEmpty() ? "" : "to pull: " + names(merge.pull().fields());
        String push =
                merge.push().isEmpty() ? "" : "to push: " + names(merge.push().fields());
        return pull + (pull.isEmpty() || push.isEmpty() ? "" : "; ") + push;
    }

    private static Merge onlyAwaiting(Merge merge, @Nullable AssetRef organization) {
        return organization == null
                ? merge.pullOnly(field -> false)
                : merge.pullOnly(field -> false).awaiting(organization);
    }

    private static Standing orphan(Set<OrphanReason> reasons) {
        return new Standing(SyncState.ORPHANED, reasons);
    }

    private static boolean isFollowed(Field<?> field) {
        return field.equals(Fields.active(field.kind()))
                || field.equals(Fields.status(field.kind()))
                || field.equals(OrganizationFields.TYPES)
                || field.equals(org.psasync.model.ConfigurationFields.TYPE);
    }

    // A PSA record alone ---------------------------------------------------------------------------------------------

    private Decision remoteOnly(PairFacts facts) {
        Pair pair = facts.pair();
        Observation observed = pair.observed();
        Trouble.Failure failure = pair.trouble().failure();
        if (observed == null && failure != null) {
            return leave(REMOTE_REFUSED, Disposition.REFUSED_BY_PSA, "PULL-4", failure.text());
        }
        if (observed == null || !observed.visible()) {
            return new Decision.Forget(
                    Verdict.of(REMOTE_GONE, Disposition.UNKNOWN, "STATE-5", policy.psa() + " does not show it"));
        }
        if (observed.deleted()) {
            return leave(REMOTE_GONE, Disposition.NOT_SELECTED, "STATE-5", "it is deleted in " + policy.psa());
        }
        if (facts.held()) {
            return leave(
                    REMOTE_HELD,
                    Disposition.UNCERTAIN,
                    "SAFE-1",
                    "it may be the result of a create whose answer was lost, and is held until that is known");
        }
        Gate.Organization organization = gate.organization(observed.values(), facts.links());
        Set<GateReason> reasons = reasons(observed.values(), false, organization);
        if (!reasons.isEmpty()) {
            return notSelected(REMOTE_NOT_SELECTED, pair.kind(), reasons);
        }
        if (organization == Gate.Organization.PENDING) {
            return waitForOrganization(REMOTE_ORGANIZATION_PENDING, observed.values());
        }
        return toMatchLocally(facts, observed.values());
    }

    private Decision toMatchLocally(PairFacts facts, FieldValues remote) {
        if (!policy.isListed(remote.kind()) && matching.recognises(remote)) {
            return waitForListing(REMOTE_TO_MATCH);
        }
        if (wantsRivals(facts, remote)) {
            return needRivals(REMOTE_TO_MATCH);
        }
        References.Translated translated =
                References.across(remote, facts.links(), field -> policy.maps(field) && !leftOut(field, facts));
        Trouble.Failure failure = facts.pair().trouble().failure();
        if (failure != null
                && failure.side() == Trouble.Side.HOST
                && translated.values().equals(failure.refused())) {
            return leave(
                    REMOTE_REFUSED, Disposition.REFUSED_BY_HOST, "PULL-4", "the host refuses it: " + failure.text());
        }
        Matching.Result result = match(
                facts,
                new Matching.Entrant(
                        new RemoteRef(
                                remote.kind(),
                                Objects.requireNonNull(facts.pair().remote())),
                        remote,
                        true));
        if (result instanceof Matching.Result.One one) {
            return new Decision.LinkLocal(
                    Verdict.of(
                            REMOTE_TO_MATCH,
                            Disposition.CHANGE_WAITING,
                            "MATCH-4",
                            "it is the same as exactly one local record, and is linked with it"),
                    ((LocalRef) one.match().ref()).id());
        }
        if (result instanceof Matching.Result.Doubt doubt) {
            return doubt(REMOTE_TO_MATCH, doubt, facts, translated);
        }
        return new Decision.CreateLocal(MADE_LOCALLY, translated.values(), translated.awaited());
    }

    private static boolean leftOut(Field<?> field, PairFacts facts) {
        return facts.inCircle() && field.equals(OrganizationFields.PARENT);
    }

    // A local record alone -------------------------------------------------------------------------------------------

    private Decision localOnly(PairFacts facts) {
        Asset local = facts.local();
        if (local == null) {
            return new Decision.Forget(
                    Verdict.of(LOCAL_GONE, Disposition.UNKNOWN, "STATE-11", "the local record is gone"));
        }
        AssetKind kind = local.kind();
        if (!policy.pushesCreates(kind)) {
            return policy.settings().twoWay()
                    ? leave(
                            LOCAL_ONE_WAY,
                            Disposition.NOT_SELECTED,
                            "FIELD-8",
                            policy.psa() + " lets this connector make no " + Words.of(kind))
                    : new Decision.Leave(
                            Verdict.of(
                                            LOCAL_ONE_WAY,
                                            Disposition.NOT_SELECTED,
                                            "PUSH-1",
                                            "two-way is off, so nothing goes to " + policy.psa())
                                    .remedy("Turn two-way on in the settings, then save the record."),
                            Set.of(),
                            Set.of());
        }
        Gate.Organization organization = gate.organization(local.values(), facts.links());
        Set<GateReason> reasons = reasons(local.values(), false, organization);
        if (!reasons.isEmpty()) {
            return notSelected(LOCAL_NOT_SELECTED, kind, reasons);
        }
        if (organization == Gate.Organization.PENDING) {
            return waitForOrganization(LOCAL_ORGANIZATION_PENDING, local.values());
        }
        if (!confirmed(facts.pair().grant(), local)) {
            return new Decision.Leave(
                    Verdict.of(
                                    LOCAL_UNCONFIRMED,
                                    Disposition.AWAITING_CONFIRMATION,
                                    "PUSH-4",
                                    "not pushed to " + policy.psa() + " yet, saving it will")
                            .remedy("Save the record."),
                    Set.of(),
                    Set.of());
        }
        return toMatchInPsa(facts, local);
    }

    /** A new record is confirmed by a save that left it as it is now (PUSH-5). */
    private boolean confirmed(@Nullable Grant grant, Asset local) {
        return grant != null
                && policy.rules(local.kind()).stream()
                        .map(rule -> rule.field())
                        .filter(local.values()::has)
                        .allMatch(field -> grant.values().has(field)
                                && Objects.equals(
                                        grant.values().get(field),
                                        local.values().get(field)));
    }

    private Decision toMatchInPsa(PairFacts facts, Asset local) {
        boolean searched =
                policy.kind(local.kind()).filter(KindDescriptor::find).isPresent();
        if (!searched && !policy.isListed(local.kind()) && matching.recognises(local.values())) {
            return waitForListing(LOCAL_TO_MATCH);
        }
        if (wantsRivals(facts, local.values())) {
            return needRivals(LOCAL_TO_MATCH);
        }
        References.Translated translated = References.across(
                local.values(),
                facts.links(),
                field -> policy.rules(local.kind()).stream()
                        .anyMatch(rule -> rule.field().equals(field)
                                && rule.writable()
                                && !policy.settings().mapping().pullOnly().contains(field)));
        Trouble.Failure failure = facts.pair().trouble().failure();
        if (failure != null
                && failure.side() == Trouble.Side.PSA
                && translated.values().equals(failure.refused())) {
            return new Decision.Leave(
                    Verdict.of(LOCAL_REFUSED, Disposition.REFUSED_BY_PSA, "PUSH-13", failure.text())
                            .remedy("Change the record as it says and save it."),
                    Set.of(),
                    translated.awaited());
        }
        Matching.Result result = match(
                facts,
                new Matching.Entrant(
                        local.ref(),
                        References.across(local.values(), facts.links(), policy::maps)
                                .values(),
                        true));
        if (result instanceof Matching.Result.One one) {
            return new Decision.LinkRemote(
                    Verdict.of(
                            LOCAL_TO_MATCH,
                            Disposition.CHANGE_WAITING,
                            "PUSH-7",
                            "the PSA has exactly this record, so it is linked and not made again"),
                    ((RemoteRef) one.match().ref()).id());
        }
        if (result instanceof Matching.Result.Doubt doubt) {
            return doubt(LOCAL_TO_MATCH, doubt, facts, translated);
        }
        List<Problem> problems = Requirements.onCreate(translated.values(), policy);
        if (!problems.isEmpty()) {
            return new Decision.Refuse(
                    Verdict.of(
                                    LOCAL_REFUSED,
                                    Disposition.REFUSED_BY_PSA,
                                    "PUSH-8",
                                    String.join(
                                            " ",
                                            problems.stream().map(Problem::text).toList()))
                            .remedy("Change the record as it says and save it."),
                    problems,
                    translated.values());
        }
        return new Decision.CreateRemote(
                Verdict.of(
                        LOCAL_TO_MATCH,
                        Disposition.CHANGE_WAITING,
                        "PUSH-7",
                        "it is confirmed and is like no PSA record, so one is made"),
                translated.values(),
                translated.awaited());
    }

    // What the situations share --------------------------------------------------------------------------------------

    private boolean wantsRivals(PairFacts facts, FieldValues values) {
        return facts.rivals() == null && matching.recognises(values);
    }

    private Matching.Result match(PairFacts facts, Matching.Entrant self) {
        return facts.rivals() == null
                ? new Matching.Result.None()
                : matching.match(self, facts.rivals().peers(), facts.rivals().others());
    }

    private Decision doubt(
            Situation situation, Matching.Result.Doubt doubt, PairFacts facts, References.Translated translated) {
        Matching.Entrant best = doubt.entrants().get(0);
        return switch (policy.settings().matching().onDoubt()) {
            case LINK -> {
                Verdict verdict = Verdict.of(
                        situation,
                        Disposition.CHANGE_WAITING,
                        "MATCH-5",
                        "it may be several records, and the settings say to link the first");
                yield best.ref() instanceof LocalRef local
                        ? new Decision.LinkLocal(verdict, local.id())
                        : new Decision.LinkRemote(verdict, ((RemoteRef) best.ref()).id());
            }
            case CREATE -> {
                Verdict verdict = Verdict.of(
                        situation,
                        Disposition.CHANGE_WAITING,
                        "MATCH-5",
                        "it may be another record, and the settings say to make a new one");
                yield facts.pair().remote() != null
                        ? new Decision.CreateLocal(verdict, translated.values(), translated.awaited())
                        : new Decision.CreateRemote(verdict, translated.values(), translated.awaited());
            }
            case ASK ->
                new Decision.Doubt(
                        Verdict.of(situation, Disposition.IN_REVIEW, "MATCH-5", doubt.reason())
                                .remedy("Decide in the review queue whether it is one of the candidates."),
                        new Trouble.Review(doubt.reason(), doubt.candidates()));
        };
    }

    /** Returns every reason against a record, its organization included, the most telling first. */
    private Set<GateReason> reasons(FieldValues values, boolean linked, Gate.Organization organization) {
        Set<GateReason> reasons = gate.judge(values, linked);
        if (organization == Gate.Organization.NOT_SYNCING) {
            reasons.add(GateReason.ORGANIZATION_NOT_SYNCING);
        } else if (organization == Gate.Organization.NONE) {
            reasons.add(GateReason.NO_ORGANIZATION);
        }
        return reasons;
    }

    private static @Nullable AssetRef organizationRef(FieldValues values) {
        Field<AssetRef> field = Fields.organization(values.kind());
        return field == null ? null : values.get(field);
    }

    private Decision notSelected(Situation situation, AssetKind kind, Set<GateReason> reasons) {
        List<Because> because = reasons.stream()
                .map(reason -> new Because(reason.rule(), reason.words()))
                .toList();
        return new Decision.Leave(
                new Verdict(situation, Disposition.NOT_SELECTED, because, remedy(kind, reasons)), reasons, Set.of());
    }

    private static Decision waitForOrganization(Situation situation, FieldValues values) {
        AssetRef organization = organizationRef(values);
        return new Decision.Leave(
                Verdict.of(
                        situation,
                        Disposition.WAITING_FOR_RECORD,
                        "FIELD-6",
                        "it waits until its organization is linked"),
                Set.of(),
                organization == null ? Set.of() : Set.of(organization));
    }

    private static Decision leave(Situation situation, Disposition disposition, String rule, String text) {
        return new Decision.Leave(Verdict.of(situation, disposition, rule, text), Set.of(), Set.of());
    }

    private Decision waitForListing(Situation situation) {
        return leave(
                situation,
                Disposition.CHANGE_WAITING,
                "MATCH-4",
                "it waits until " + policy.psa() + " was read to the end, so that everything like it is known");
    }

    private static Decision needRivals(Situation situation) {
        return new Decision.Need(
                Verdict.of(
                        situation, Disposition.CHANGE_WAITING, "MATCH-4", "its like is looked for on the other side"),
                Decision.What.RIVALS);
    }

    private static String names(List<Field<?>> fields) {
        return String.join(", ", fields.stream().map(Words::of).toList());
    }

    /** Returns the smallest change that opens the gate. */
    private String remedy(AssetKind kind, Set<GateReason> reasons) {
        List<String> steps = new ArrayList<>();
        for (GateReason reason : reasons) {
            steps.add(
                    switch (reason) {
                        case KIND_NOT_ENABLED -> "enable " + Words.of(kind) + "s in the settings";
                        case NO_TYPE -> "give the record a type that is selected";
                        case TYPE_NOT_SELECTED ->
                            "select its type in the settings, or give it one of "
                                    + (kind == AssetKind.ORGANIZATION
                                            ? policy.settings().organizations().types()
                                            : policy.settings().configurations().types());
                        case STATUS_NOT_SELECTED ->
                            "select its status in the settings, or give it one of "
                                    + (kind == AssetKind.ORGANIZATION
                                            ? policy.settings().organizations().statuses()
                                            : policy.settings().configurations().statuses());
                        case CLASSIFICATION_NOT_SELECTED -> "select its classification in the settings";
                        case BOARD_NOT_SELECTED -> "select its board in the settings";
                        case TOO_OLD -> "lengthen the time for which tickets are pulled";
                        case INACTIVE -> "make it active in " + policy.psa();
                        case NO_ORGANIZATION -> "give it an organization in " + policy.psa();
                        case ORGANIZATION_NOT_SYNCING -> "let its organization sync";
                    });
        }
        String text = String.join("; ", steps);
        return text.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + text.substring(1) + ".";
    }

    private @Nullable String remedy(Disposition disposition, Pair pair) {
        return switch (disposition) {
            case AWAITING_CONFIRMATION -> "Save the record.";
            case CONFLICT_TO_DECIDE -> "Decide the conflict, or save the record as it should be.";
            case OSCILLATING -> "Find out who else writes the field, then save the record.";
            case REFUSED_BY_PSA, REFUSED_BY_HOST ->
                pair.trouble().failure() == null
                        ? "Change the record as it says and save it."
                        : "Change the record so that it is accepted: "
                                + pair.trouble().failure().text();
            default -> null;
        };
    }
}
