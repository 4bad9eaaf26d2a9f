package org.psasync.engine.push;

import static java.util.Objects.requireNonNullElse;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.Disposition;
import org.psasync.engine.Mode;
import org.psasync.engine.PushResult;
import org.psasync.engine.apply.Adoption;
import org.psasync.engine.apply.Brakes;
import org.psasync.engine.apply.FactsLoader;
import org.psasync.engine.apply.Outcome;
import org.psasync.engine.apply.Processor;
import org.psasync.engine.decide.Braking;
import org.psasync.engine.decide.Decision;
import org.psasync.engine.decide.PairFacts;
import org.psasync.engine.decide.Verdict;
import org.psasync.engine.desk.Desk;
import org.psasync.engine.desk.Held;
import org.psasync.engine.desk.Ledger;
import org.psasync.engine.desk.Parties;
import org.psasync.engine.desk.RunStopped;
import org.psasync.engine.pair.Confirmation;
import org.psasync.model.Asset;
import org.psasync.model.Field;
import org.psasync.model.FieldValues;
import org.psasync.model.LocalRef;
import org.psasync.model.Origin;
import org.psasync.model.Problem;
import org.psasync.model.RemoteRef;
import org.psasync.model.Revision;
import org.psasync.model.SyncState;
import org.psasync.spi.ConnectorException;
import org.psasync.spi.LocalChange;
import org.psasync.spi.LocalResult;
import org.psasync.store.Base;
import org.psasync.store.Event;
import org.psasync.store.Grant;
import org.psasync.store.InFlight;
import org.psasync.store.Pair;
import org.psasync.store.StaleStateException;

/** One push of one record, from the save to the answer. */
public final class Push {
    /** A push may take several steps: link, pull what the PSA has, send, look at the result. */
    private static final int STEPS = 6;

    private final Parties parties;
    private final LocalRef ref;
    private final Outcome outcome = new Outcome();

    public Push(Parties parties, LocalRef ref) {
        this.parties = parties;
        this.ref = ref;
    }

    public PushResult saved(@Nullable Revision revision) {
        return answer(() -> saved(parties.pushDesk(null), revision));
    }

    PushResult sendMine(List<PushResult.Newer> newer, String actor) {
        return answer(() -> sendMine(parties.pushDesk(actor), newer, actor));
    }

    /** Whatever fails on the way is tried again by the next run, which finds the pair dirty or the save in the feed. */
    private PushResult answer(Supplier<PushResult> push) {
        if (parties.state().setup().mode() == Mode.DISCONNECTED) {
            return disconnected();
        }
        try {
            return push.get();
        } catch (ConnectorException.Unauthorized refused) {
            String reason = requireNonNullElse(refused.getMessage(), "The credentials were refused.");
            parties.refuse(reason);
            return waiting(Disposition.RETRYING, "Kept until the credentials are replaced: " + reason);
        } catch (ConnectorException.Throttled throttled) {
            return new PushResult.Waiting(
                    Disposition.RETRYING,
                    "The PSA wants a pause first. " + throttled.getMessage(),
                    parties.over(throttled),
                    outcome.done());
        } catch (ConnectorException | RunStopped failure) {
            if (parties.state().setup().mode() == Mode.DISCONNECTED) {
                return disconnected();
            }
            return waiting(Disposition.RETRYING, "It is tried again: " + failure.getMessage());
        } catch (StaleStateException busy) {
            return waiting(Disposition.RETRYING, "Others keep changing the record; the next run sees to it.");
        }
    }

    private static PushResult disconnected() {
        return new PushResult.NothingToPush(
                Disposition.DISCONNECTED, "The integration is disconnected, so nothing goes to the PSA.");
    }

    private PushResult.Waiting waiting(Disposition disposition, String text) {
        Pair pair = parties.state().byLocal(ref).orElse(null);
        return new PushResult.Waiting(disposition, text, pair == null ? null : pair.dueAt(), outcome.done());
    }

    // A save ---------------------------------------------------------------------------------------------------------

    private PushResult saved(Desk desk, @Nullable Revision revision) {
        Asset asset = find(desk);
        Pair known = asset == null ? parties.state().byLocal(ref).orElse(null) : new Adoption(desk).adopt(asset);
        if (revision != null && (asset == null || !revision.equals(asset.revision()))) {
            expect(desk, known);
            return waiting(Disposition.CHANGE_WAITING, "The host does not show the saved revision yet.");
        }
        if (asset == null) {
            return gone(desk, known);
        }
        Grant grant = Confirmation.of(asset, known, desk.policy());
        if (known != null && known.leftAlone() || grant == null && !hasGrant(known)) {
            markDirty(desk, known);
            return standing(desk);
        }
        if (grant != null && grant.forbidden()) {
            remember(desk, known, grant);
            return standing(desk);
        }
        Desk theirs = asset.lastEdit().origin() == Origin.SYNC
                ? desk
                : desk.by(asset.lastEdit().actor());
        if (grant == null) {
            markDirty(theirs, known);
        } else {
            confirm(theirs, known, new PushBrake(theirs).onTerms(grant, known));
        }
        Held held = Held.push(theirs.setup());
        if (held != null) {
            return waiting(held.disposition(), "Kept for now. " + held.text());
        }
        String unsure = parties.unsure();
        return unsure == null ? push(theirs) : waiting(Disposition.CHANGE_WAITING, "Kept for now. " + unsure);
    }

    private static boolean hasGrant(@Nullable Pair known) {
        return known != null && known.grant() != null && !known.grant().values().isEmpty();
    }

    private @Nullable Asset find(Desk desk) {
        return desk.assets().find(ref.kind(), List.of(ref.id())).stream()
                .findFirst()
                .orElse(null);
    }

    private PushResult gone(Desk desk, @Nullable Pair known) {
        markDirty(desk, known);
        return known == null
                ? new PushResult.NothingToPush(Disposition.UNKNOWN, "The host has no such record.")
                : new PushResult.NothingToPush(
                        Disposition.CHANGE_WAITING, "The local record is gone; the next run sees to it.");
    }

    /** A save that the host does not show yet is looked for by the next run, which sees what it confirms. */
    private void expect(Desk desk, @Nullable Pair known) {
        boolean makes = known == null && desk.policy().pushesCreates(ref.kind());
        markDirty(desk, makes ? Pair.ofLocal(desk.newPairId(), ref) : known);
    }

    private static void markDirty(Desk desk, @Nullable Pair known) {
        if (known != null && !known.leftAlone()) {
            new Ledger(desk).store(new Ledger.Entry(known, Pair::madeDirty, List.of()));
        }
    }

    /** What is saved while the host forbids two-way is not confirmed by that, whatever the host allows later (SET-6). */
    private void remember(Desk desk, @Nullable Pair known, Grant grant) {
        if (known != null || desk.policy().remembersNew(ref.kind())) {
            Pair pair = known == null ? Pair.ofLocal(desk.newPairId(), ref) : known;
            new Ledger(desk).store(Ledger.Entry.confirming(pair, grant, List.of()));
        }
    }

    private void confirm(Desk desk, @Nullable Pair known, Grant grant) {
        Ledger ledger = new Ledger(desk);
        Pair pair = known == null ? Pair.ofLocal(desk.newPairId(), ref) : known;
        String held = grant.held() ? ", who saved too much within an hour; it waits for a manager (BRAKE-3)" : "";
        Event event = ledger.event(Event.Type.CONFIRMED, pair, List.of(), "saved by " + grant.actor() + held);
        ledger.store(Ledger.Entry.confirming(pair, grant, List.of(event)));
    }

    // Sending mine ---------------------------------------------------------------------------------------------------

    private PushResult sendMine(Desk desk, List<PushResult.Newer> newer, String actor) {
        Held held = Held.push(desk.setup());
        if (held != null) {
            return waiting(held.disposition(), "Nothing is sent now. " + held.text());
        }
        parties.state()
                .byLocal(ref)
                .filter(now -> now.inFlight() instanceof InFlight.UpdatingLocal)
                .ifPresent(now -> new Processor(desk, other -> outcome).process(ref.kind(), List.of(now)));
        Asset asset = find(desk);
        Pair pair = parties.state().byLocal(ref).orElse(null);
        if (pair == null || asset == null) {
            return gone(desk, pair);
        }
        List<PushResult.Newer> mine =
                newer.stream().filter(each -> mayPush(desk, each.field())).toList();
        if (!pair.linked() || pair.leftAlone() || mine.isEmpty()) {
            return standing(desk);
        }
        if (!mine.stream().allMatch(each -> holdsTheirs(asset, pair, each))) {
            return waiting(
                    Disposition.CHANGE_WAITING,
                    "The local record changed meanwhile; nothing was sent. Look at it again.");
        }
        FieldValues.Builder values = FieldValues.of(ref.kind());
        mine.forEach(each -> set(values, each.field(), each.saved()));
        return sendMine(desk, asset, pair, values.build(), actor);
    }

    private static boolean mayPush(Desk desk, Field<?> field) {
        return Optional.ofNullable(desk.policy().rule(field))
                .filter(desk.policy()::pushes)
                .isPresent();
    }

    /** Whether the host still holds the PSA's value, be it in its own way; a later save is not written over. */
    private static boolean holdsTheirs(Asset asset, Pair pair, PushResult.Newer newer) {
        Object held = asset.values().get(newer.field());
        Base base = pair.baseOrNone();
        return Objects.equals(held, newer.psa())
                || Objects.equals(held, base.local().get(newer.field()))
                        && Objects.equals(newer.psa(), base.remote().get(newer.field()));
    }

    private PushResult sendMine(Desk desk, Asset asset, Pair pair, FieldValues mine, String actor) {
        Ledger ledger = new Ledger(desk);
        FieldValues confirmed =
                pair.grant() == null ? mine : pair.grant().values().overlaidWith(mine);
        Event event = ledger.event(
                Event.Type.CONFIRMED,
                pair,
                Event.changes(asset.values(), mine),
                actor + " sends the saved values after all, over the newer ones of "
                        + desk.policy().psa() + " (PUSH-14)");
        Grant grant = new Grant(confirmed, actor, asset.lastEdit().at());
        ledger.store(Ledger.Entry.confirming(pair, new PushBrake(desk).onTerms(grant, pair), List.of(event)));
        LocalResult result = desk.assets()
                .write(List.of(new LocalChange(pair.id(), asset.id(), asset.revision(), mine)))
                .get(0);
        if (result instanceof LocalResult.Refused refused) {
            return PushResult.Refused.of(refused.problems());
        }
        if (!(result instanceof LocalResult.Written)) {
            return waiting(
                    Disposition.CHANGE_WAITING,
                    "The local record changed meanwhile; nothing was sent. Look at it again.");
        }
        return push(desk);
    }

    // What both do ---------------------------------------------------------------------------------------------------

    private PushResult push(Desk desk) {
        Processor processor = new Processor(desk, pair -> outcome);
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
        PushResult.Done done = outcome.done();
        RemoteRef remote = desk.state().byLocal(ref).map(Pair::remoteRef).orElse(null);
        if (!done.newer().isEmpty()) {
            return new PushResult.PsaHadNewer(done);
        }
        if (!done.refused().isEmpty()) {
            return new PushResult.Refused(done);
        }
        return remote != null && (done.created() || !done.pushed().isEmpty())
                ? new PushResult.Pushed(remote, done)
                : standing(desk);
    }

    /** Says where a record stands for which nothing was sent. */
    private PushResult standing(Desk desk) {
        Pair pair = parties.state().byLocal(ref).orElse(null);
        Verdict verdict = verdict(desk, pair);
        Disposition disposition = verdict.disposition();
        if (disposition == Disposition.REFUSED_BY_PSA) {
            List<Problem> problems = pair == null || pair.trouble().failure() == null
                    ? List.of(Problem.ofRecord(Problem.Code.REFUSED, verdict.text()))
                    : pair.trouble().failure().problems();
            return PushResult.Refused.of(problems);
        }
        boolean waits = disposition.keepsRunIncomplete()
                || disposition == Disposition.IN_REVIEW
                || disposition == Disposition.CONFLICT_TO_DECIDE
                || pair != null && pair.state() == SyncState.ORPHANED && hasGrant(pair); // kept until it returns
        return waits ? waiting(disposition, verdict.text()) : new PushResult.NothingToPush(disposition, verdict.text());
    }

    private Verdict verdict(Desk desk, @Nullable Pair pair) {
        Pair read = pair == null ? Pair.ofLocal(desk.newPairId(), ref) : pair;
        FactsLoader loader = new FactsLoader(desk);
        PairFacts facts = loader.load(ref.kind(), List.of(read), Set.of()).get(0);
        Decision decision = desk.planner().decide(facts);
        if (decision instanceof Decision.Need need && need.what() == Decision.What.RIVALS) {
            facts = loader.withRivals(ref.kind(), List.of(facts), null).get(0);
            decision = desk.planner().decide(facts);
        }
        return new Braking(desk.policy())
                .under(Brakes.none(desk), facts, decision)
                .verdict()
                .seen(parties.state().setup().mode());
    }

    @SuppressWarnings("unchecked") // the value was read from the same field
    private static <T> void set(FieldValues.Builder values, Field<T> field, @Nullable Object value) {
        values.set(field, (T) value);
    }
}
