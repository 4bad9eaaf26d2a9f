package org.psasync.engine.run;

import static java.util.Objects.requireNonNullElse;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.Disposition;
import org.psasync.engine.PushResult;
import org.psasync.engine.decide.Decision;
import org.psasync.engine.decide.PairFacts;
import org.psasync.engine.decide.Verdict;
import org.psasync.model.Asset;
import org.psasync.model.AssetKind;
import org.psasync.model.FieldValues;
import org.psasync.model.LocalRef;
import org.psasync.model.PairId;
import org.psasync.model.Problem;
import org.psasync.model.RemoteRef;
import org.psasync.model.Revision;
import org.psasync.spi.ConnectorException;
import org.psasync.spi.LocalChange;
import org.psasync.spi.LocalResult;
import org.psasync.store.Event;
import org.psasync.store.Grant;
import org.psasync.store.Pair;
import org.psasync.store.Setup;

/** Sends what a person saved, at once (PUSH-2). */
public final class Pushes {
    /** A push may take several steps: link, pull what the PSA has, send, look at the result. */
    private static final int STEPS = 6;

    private final Parties parties;

    /** Makes the pushes of an engine. */
    public Pushes(Parties parties) {
        this.parties = parties;
    }

    /**
     * Takes notice of a save and sends what it confirms.
     *
     * @param revision the revision that was saved; null when the caller does not know it
     */
    public PushResult saved(LocalRef ref, @Nullable Revision revision) {
        Desk desk = parties.pushDesk(null);
        List<Asset> found = desk.assets().find(ref.kind(), List.of(ref.id()));
        Pair known = parties.state().byLocal(ref).orElse(null);
        if (found.isEmpty()) {
            return gone(desk, known);
        }
        Asset asset = found.get(0);
        if (revision != null && !revision.equals(asset.revision())) {
            markDirty(desk, known);
            return new PushResult.Waiting(
                    Disposition.CHANGE_WAITING, "The host does not show the saved revision yet.", null);
        }
        Grant grant = Confirmation.of(asset, known, desk.policy());
        if (grant == null || known != null && known.leftAlone()) {
            markDirty(desk, known);
            return standing(desk, ref);
        }
        Pair pair = confirm(desk, ref, known, grant);
        Setup setup = desk.setup();
        if (setup.refusal() != null) {
            return new PushResult.Waiting(
                    Disposition.CHANGE_WAITING, "Kept until the credentials are replaced: " + setup.refusal(), null);
        }
        return push(desk, pair.id(), ref);
    }

    /**
     * Sends saved values after all that the PSA's newer ones had replaced.
     *
     * @param actor who wants it
     */
    public PushResult sendMine(LocalRef ref, PushResult.PsaHadNewer newer, String actor) {
        Desk desk = parties.pushDesk(actor);
        Pair pair = parties.state().byLocal(ref).orElse(null);
        List<Asset> found = desk.assets().find(ref.kind(), List.of(ref.id()));
        if (pair == null || found.isEmpty()) {
            return gone(desk, pair);
        }
        FieldValues.Builder mine = FieldValues.of(ref.kind());
        newer.fields().forEach(field -> set(mine, field.field(), field.saved()));
        Asset asset = found.get(0);
        LocalResult result = desk.assets()
                .write(List.of(new LocalChange(pair.id(), asset.id(), asset.revision(), mine.build())))
                .get(0);
        if (!(result instanceof LocalResult.Written written)) {
            return new PushResult.Waiting(
                    Disposition.CHANGE_WAITING, "The local record changed meanwhile; look at it again.", null);
        }
        confirm(desk, ref, pair, new Grant(written.asset().values(), actor, desk.now()));
        return push(desk, pair.id(), ref);
    }

    private PushResult gone(Desk desk, @Nullable Pair known) {
        markDirty(desk, known);
        return new PushResult.NothingToPush(
                known == null ? Disposition.UNKNOWN : Disposition.CHANGE_WAITING,
                known == null ? "The host has no such record." : "The local record is gone; the next run sees to it.");
    }

    private void markDirty(Desk desk, @Nullable Pair known) {
        if (known != null && !known.leftAlone()) {
            new Ledger(desk).store(new Ledger.Entry(known, Pair::madeDirty, List.of()));
        }
    }

    private static Pair confirm(Desk desk, LocalRef ref, @Nullable Pair known, Grant grant) {
        Ledger ledger = new Ledger(desk);
        Pair pair = known == null ? Pair.ofLocal(desk.newPairId(), ref) : known;
        Event event = ledger.event(Event.Type.CONFIRMED, pair, List.of(), "saved by " + grant.actor());
        return ledger.store(new Ledger.Entry(pair, stored -> LocalFeed.confirmed(stored, grant), List.of(event)));
    }

    private PushResult push(Desk desk, PairId id, LocalRef ref) {
        Outcome outcome = new Outcome();
        Processor processor = new Processor(desk, Permit.ALL, Outcome.collecting(outcome));
        PairId pair = id;
        try {
            for (int step = 0; step < STEPS; step++) {
                Optional<Pair> now = desk.state().byLocal(ref);
                if (now.isEmpty() || !now.get().dirty()) {
                    break;
                }
                processor.process(ref.kind(), List.of(now.get()));
                Optional<Pair> then = desk.state().byLocal(ref);
                if (then.isPresent() && then.get().version() == now.get().version()) {
                    break;
                }
            }
        } catch (ConnectorException.Unauthorized refused) {
            parties.refuse(requireNonNullElse(refused.getMessage(), "The credentials were refused."));
            return new PushResult.Waiting(
                    Disposition.RETRYING, "Kept until the credentials are replaced: " + refused.getMessage(), null);
        } catch (ConnectorException failure) {
            return new PushResult.Waiting(
                    Disposition.RETRYING,
                    "It is tried again: " + failure.getMessage(),
                    desk.state().pair(pair).map(Pair::dueAt).orElse(null));
        } catch (RunStopped stopped) {
            return new PushResult.Waiting(
                    Disposition.RETRYING, requireNonNullElse(stopped.getMessage(), ""), stopped.retryAt());
        }
        return result(desk, ref, outcome);
    }

    private PushResult result(Desk desk, LocalRef ref, Outcome outcome) {
        Pair pair = desk.state().byLocal(ref).orElse(null);
        RemoteRef remote = pair == null ? null : pair.remoteRef();
        if (!outcome.newer().isEmpty()) {
            return new PushResult.PsaHadNewer(outcome.newer());
        }
        if (!outcome.problems().isEmpty()) {
            return new PushResult.Refused(outcome.problems());
        }
        if (remote != null && (outcome.wasCreated() || !outcome.pushed().isEmpty())) {
            return new PushResult.Pushed(remote, outcome.wasCreated(), outcome.pushed());
        }
        return standing(desk, ref);
    }

    /** Says where a record stands for which nothing was sent. */
    private PushResult standing(Desk desk, LocalRef ref) {
        Pair pair = parties.state().byLocal(ref).orElse(null);
        Verdict verdict = verdict(desk, ref, pair);
        Disposition disposition = verdict.disposition();
        if (disposition == Disposition.REFUSED_BY_PSA) {
            List<Problem> problems = pair == null || pair.trouble().failure() == null
                    ? List.of(Problem.ofRecord(Problem.Code.REFUSED, verdict.text()))
                    : pair.trouble().failure().problems();
            return new PushResult.Refused(problems);
        }
        boolean waits = disposition.keepsRunIncomplete()
                || disposition == Disposition.IN_REVIEW
                || disposition == Disposition.CONFLICT_TO_DECIDE;
        return waits
                ? new PushResult.Waiting(disposition, verdict.text(), pair == null ? null : pair.dueAt())
                : new PushResult.NothingToPush(disposition, verdict.text());
    }

    private static Verdict verdict(Desk desk, LocalRef ref, @Nullable Pair pair) {
        Pair read = pair == null ? Pair.ofLocal(desk.newPairId(), ref) : pair;
        AssetKind kind = ref.kind();
        PairFacts facts = new FactsLoader(desk)
                .load(kind, List.of(read), java.util.Set.of())
                .get(0);
        Decision decision = desk.planner().decide(facts);
        return Objects.requireNonNull(decision.verdict());
    }

    @SuppressWarnings("unchecked") // the value was read from the same field
    private static <T> void set(FieldValues.Builder values, org.psasync.model.Field<T> field, @Nullable Object value) {
        values.set(field, (T) value);
    }
}
