package org.psasync.engine.explain;

import static java.util.Objects.requireNonNullElse;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.Disposition;
import org.psasync.engine.Explanation;
import org.psasync.engine.Mode;
import org.psasync.engine.RunReport;
import org.psasync.engine.apply.FactsLoader;
import org.psasync.engine.apply.MergedInto;
import org.psasync.engine.decide.BrakesOn;
import org.psasync.engine.decide.Braking;
import org.psasync.engine.decide.Decision;
import org.psasync.engine.decide.Matching;
import org.psasync.engine.decide.PairFacts;
import org.psasync.engine.decide.Verdict;
import org.psasync.engine.decide.Words;
import org.psasync.engine.desk.Desk;
import org.psasync.engine.desk.FailureText;
import org.psasync.engine.desk.Parties;
import org.psasync.engine.desk.RunStopped;
import org.psasync.engine.pair.Confirmation;
import org.psasync.model.Asset;
import org.psasync.model.AssetRef;
import org.psasync.model.FieldValues;
import org.psasync.model.Fields;
import org.psasync.model.LocalRef;
import org.psasync.model.RemoteId;
import org.psasync.model.RemoteRef;
import org.psasync.model.SyncState;
import org.psasync.spi.ConnectorException;
import org.psasync.spi.RemoteRead;
import org.psasync.spi.RemoteRecord;
import org.psasync.store.Grant;
import org.psasync.store.Observation;
import org.psasync.store.Pair;
import org.psasync.store.Setup;

/**
 * Says where a record stands and why, by the same functions that decide (WHY-3). It always answers: when a side cannot
 * be asked, that is the answer, and a record that is known stands where it last stood.
 */
public final class Explainer {
    /** So many levels up the hierarchy are explained with a record. */
    private static final int DEEPEST = 3;

    private final Parties parties;

    /** Makes the explainer of an engine. */
    public Explainer(Parties parties) {
        this.parties = parties;
    }

    /** Explains a record of either side. */
    public Explanation explain(AssetRef ref) {
        Pair known = ref instanceof LocalRef local
                ? parties.state().byLocal(local).orElse(null)
                : parties.state().byRemote((RemoteRef) ref).orElse(null);
        if (parties.state().setup().mode() == Mode.DISCONNECTED) {
            return disconnected(ref, known);
        }
        try {
            Desk desk = parties.pushDesk(null);
            return known != null ? explained(desk, known) : unknownPair(desk, ref);
        } catch (ConnectorException.Unauthorized refused) {
            String reason = requireNonNullElse(refused.getMessage(), "The credentials were refused.");
            parties.refuse(reason); // nothing is tried with them again (SAFE-3)
            return notAsked(ref, known, reason);
        } catch (ConnectorException | RunStopped failure) {
            return notAsked(ref, known, requireNonNullElse(failure.getMessage(), failure.toString()));
        } catch (IllegalArgumentException malformed) {
            return notAsked(ref, known, FailureText.of(malformed));
        }
    }

    /** Nobody is asked: neither side is read for an integration that is cut (DATA-6). */
    private static Explanation disconnected(AssetRef ref, @Nullable Pair known) {
        Explanation.Reason reason = new Explanation.Reason("DATA-6", "the integration is disconnected");
        if (known == null) {
            return explanation(ref, Disposition.UNKNOWN, reason, "Connect the integration again.");
        }
        boolean disabled = known.state() == SyncState.DISABLED;
        return new Explanation(
                known.kind(),
                known.localRef(),
                known.remoteRef(),
                requireNonNullElse(Fields.title(known.remoteValues()), ""),
                disabled ? Disposition.DISABLED : Disposition.DISCONNECTED,
                disabled
                        ? List.of(new Explanation.Reason("STATE-7", "it was taken out of the sync"), reason)
                        : List.of(reason),
                List.of(),
                "Connect the integration again.");
    }

    /** A record that no run has seen yet is looked at now. */
    private Explanation unknownPair(Desk desk, AssetRef ref) {
        if (desk.policy().kind(ref.kind()).isEmpty()) {
            return unknown(ref, desk.policy().psa() + " has no records of this kind to sync");
        }
        if (ref instanceof LocalRef local) {
            return desk.assets().find(ref.kind(), List.of(local.id())).isEmpty()
                    ? unknown(ref, "the host has no such record")
                    : explained(desk, Pair.ofLocal(desk.newPairId(), local));
        }
        RemoteRef remote = (RemoteRef) ref;
        String barred = desk.setup().refusal() == null
                ? desk.setup().instance().other()
                : desk.setup().refusal();
        if (barred != null) {
            return notAsked(ref, null, barred);
        }
        RemoteRead read = desk.psa().read(remote.kind(), List.of(remote.id())).get(remote.id());
        if (read instanceof RemoteRead.Found found) {
            return explained(desk, unread(desk, found.record()));
        }
        return read instanceof RemoteRead.NotUnderstood text
                ? explanation(
                        ref,
                        Disposition.REFUSED_BY_PSA,
                        new Explanation.Reason("PULL-4", "it cannot be understood: " + text.text()),
                        "Correct the record in " + desk.policy().psa() + ".")
                : unknown(ref, desk.policy().psa() + " has no such record");
    }

    private static Pair unread(Desk desk, RemoteRecord record) {
        return Pair.ofRemote(desk.newPairId(), record.ref()).toBuilder()
                .observed(Observation.of(record, desk.now()))
                .matchText(new Matching(desk.policy()).text(record.values()))
                .build();
    }

    private Explanation explained(Desk desk, Pair pair) {
        return explained(desk, pair, DEEPEST);
    }

    /** @param deep how many records further up may be explained with it */
    private Explanation explained(Desk desk, Pair pair, int deep) {
        FactsLoader loader = new FactsLoader(desk);
        // What is known counts as read just now: otherwise all there is to say of a push is that the PSA is read first.
        Set<RemoteId> fresh = pair.remote() == null ? Set.of() : Set.of(pair.remote());
        PairFacts facts =
                noticed(desk, loader.load(pair.kind(), List.of(pair), fresh).get(0));
        Decision decision = desk.planner().decide(facts);
        if (decision instanceof Decision.Need need && need.what() == Decision.What.RIVALS) {
            facts = loader.withRivals(pair.kind(), List.of(facts), null).get(0);
            decision = desk.planner().decide(facts);
        }
        RunReport last = desk.state().progress().lastRun();
        BrakesOn brakes = new BrakesOn(last == null ? List.of() : last.brakes());
        Verdict allowed =
                new Braking(desk.policy()).under(brakes, facts, decision).verdict();
        Verdict verdict = entitled(allowed).seen(parties.state().setup().mode());
        List<Explanation.Reason> reasons = new ArrayList<>();
        verdict.because().forEach(each -> reasons.add(new Explanation.Reason(each.rule(), each.text())));
        List<Explanation.Evidence> evidence = new EvidenceFinder(desk.policy(), facts).find();
        if (verdict.disposition().keepsRunIncomplete() && pair.dueAt() == null) {
            evidence.add(new Explanation.Evidence("looked at again", "in the next run"));
        }
        String remedy = verdict.remedy();
        new MergedInto(desk)
                .find(facts.pair(), verdict)
                .ifPresent(name -> reasons.add(new Explanation.Reason("STATE-8", "it was merged into ‹" + name + "›")));
        String barrier = new Barriers(desk).between(pair.kind(), verdict.disposition(), goesToPsa(decision), reasons);
        if (barrier != null) {
            remedy = barrier;
        } else if (deep > 0) {
            remedy = withUpstream(desk, new Upstream(desk, facts, decision).records(), remedy, evidence, deep);
        }
        FieldValues named =
                facts.local() == null ? pair.remoteValues() : facts.local().values();
        return new Explanation(
                pair.kind(),
                pair.localRef(),
                pair.remoteRef(),
                requireNonNullElse(Fields.title(named), ""),
                verdict.disposition(),
                reasons,
                evidence,
                remedy);
    }

    private static boolean goesToPsa(Decision decision) {
        return decision instanceof Decision.CreateRemote
                || decision instanceof Decision.Keep keep
                        && !keep.merge().push().isEmpty();
    }

    /** What a record waits for, or belongs to, is explained in its turn: there is the change that lets it sync. */
    private @Nullable String withUpstream(
            Desk desk, List<Pair> upstream, @Nullable String own, List<Explanation.Evidence> evidence, int deep) {
        String remedy = own;
        for (Pair pair : upstream) {
            Explanation why = explained(desk, pair, deep - 1);
            String name = Words.of(pair.kind()) + " \"" + why.title() + "\"";
            evidence.add(new Explanation.Evidence(
                    "depends on", name + ", " + why.disposition().words()));
            if (why.remedy() != null) {
                String further = "For the " + name + ": " + why.remedy();
                remedy = remedy == null ? further : remedy + " " + further;
            }
        }
        return remedy;
    }

    /** Where two-way is off because the host forbids it, no setting would help (SET-6). */
    private Verdict entitled(Verdict verdict) {
        String forbidden = parties.entitled().twoWayForbidden();
        if (forbidden == null || !parties.state().setup().settings().twoWay()) {
            return verdict;
        }
        boolean oneWay = verdict.because().stream().anyMatch(each -> each.rule().equals("PUSH-1"));
        return oneWay ? verdict.forbidden(forbidden) : verdict;
    }

    /** A save of which nobody told yet confirms the record all the same: the next run finds it (PUSH-6). */
    private static PairFacts noticed(Desk desk, PairFacts facts) {
        Pair pair = facts.pair();
        Asset local = facts.local();
        if (local == null || pair.grant() != null || pair.leftAlone()) {
            return facts;
        }
        Grant grant = Confirmation.of(local, pair, desk.policy());
        return grant == null
                ? facts
                : facts.withLocal(pair.toBuilder().grant(grant).build(), local);
    }

    private static Explanation unknown(AssetRef ref, String text) {
        return explanation(ref, Disposition.UNKNOWN, new Explanation.Reason("WHY-2", text), null);
    }

    private Explanation notAsked(AssetRef ref, @Nullable Pair known, String why) {
        boolean ofPsa = known == null && ref instanceof RemoteRef;
        String text = ofPsa ? "the PSA could not be asked: " + why : "it could not be looked at now: " + why;
        Explanation.Reason reason = new Explanation.Reason("WHY-2", text);
        Setup setup = parties.state().setup();
        String remedy = setup.refusal() != null
                ? Barriers.REPLACE_CREDENTIALS
                : setup.instance().other() != null
                        ? Barriers.CONNECT_THE_RIGHT_ONE
                        : "Ask again when it can be reached.";
        if (known == null) {
            return explanation(ref, Disposition.UNKNOWN, reason, remedy);
        }
        return new Explanation(
                known.kind(),
                known.localRef(),
                known.remoteRef(),
                requireNonNullElse(Fields.title(known.remoteValues()), ""),
                parties.state().setup().mode().seen(known.standing()),
                List.of(reason),
                List.of(),
                remedy);
    }

    private static Explanation explanation(
            AssetRef ref, Disposition disposition, Explanation.Reason reason, @Nullable String remedy) {
        return new Explanation(
                ref.kind(),
                ref instanceof LocalRef local ? local : null,
                ref instanceof RemoteRef remote ? remote : null,
                "",
                disposition,
                List.of(reason),
                List.of(),
                remedy);
    }
}
