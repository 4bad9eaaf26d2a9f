package org.psasync.engine.bulk;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.psasync.engine.Disposition;
import org.psasync.engine.Explanation;
import org.psasync.engine.PushResult;
import org.psasync.engine.SyncPlan;
import org.psasync.engine.Verb;
import org.psasync.engine.apply.Brakes;
import org.psasync.engine.apply.Outcome;
import org.psasync.engine.apply.Permit;
import org.psasync.engine.apply.Processor;
import org.psasync.engine.decide.Matching;
import org.psasync.engine.desk.Desk;
import org.psasync.engine.desk.FailureText;
import org.psasync.engine.desk.Held;
import org.psasync.engine.desk.Ledger;
import org.psasync.engine.desk.Parties;
import org.psasync.engine.desk.RunStopped;
import org.psasync.engine.explain.Explainer;
import org.psasync.engine.manage.RecordResult;
import org.psasync.engine.observe.LocalRecords;
import org.psasync.engine.observe.Observer;
import org.psasync.engine.pair.Confirmation;
import org.psasync.engine.pair.Leaving;
import org.psasync.engine.push.Push;
import org.psasync.model.AssetRef;
import org.psasync.model.LocalId;
import org.psasync.model.LocalRef;
import org.psasync.model.RemoteId;
import org.psasync.model.RemoteRef;
import org.psasync.model.SyncState;
import org.psasync.spi.ConnectorException;
import org.psasync.spi.RemoteRead;
import org.psasync.store.Event;
import org.psasync.store.Grant;
import org.psasync.store.Lease;
import org.psasync.store.Observation;
import org.psasync.store.Pair;
import org.psasync.store.StaleStateException;
import org.psasync.store.Trouble;

/** What a person does with one record (DATA-4, DATA-9). Whatever stands against it is the answer, and never thrown. */
public final class SingleRecords {
    /** As many steps as a push may take. */
    private static final int STEPS = 6;

    private final Parties parties;
    private final String actor;

    /** Makes the actions of an engine, done by a person. */
    public SingleRecords(Parties parties, String actor) {
        this.parties = parties;
        this.actor = actor;
    }

    private Optional<Pair> known(AssetRef ref) {
        return ref instanceof LocalRef local
                ? parties.state().byLocal(local)
                : parties.state().byRemote((RemoteRef) ref);
    }

    private static RecordResult unknown() {
        return RecordResult.refused(Disposition.UNKNOWN, "The integration knows no such record.");
    }

    /** Turns what stands in the way into the answer. */
    private RecordResult answer(AssetRef ref, Supplier<RecordResult> work) {
        try {
            return work.get();
        } catch (ConnectorException.Unauthorized refused) {
            String reason = requireNonNullElse(refused.getMessage(), "The credentials were refused.");
            parties.refuse(reason);
            return refused(ref, "Replace the credentials first: " + reason);
        } catch (ConnectorException | RunStopped failure) {
            return refused(ref, "It could not be done now; try again later. " + failure.getMessage());
        } catch (StaleStateException busy) {
            return refused(ref, "Others keep changing the record; try again.");
        } catch (IllegalArgumentException malformed) {
            return refused(ref, "The connector cannot be opened: " + FailureText.of(malformed));
        }
    }

    private RecordResult refused(AssetRef ref, String text) {
        Disposition standing = known(ref).map(Pair::standing).orElse(Disposition.UNKNOWN);
        return RecordResult.refused(parties.state().setup().mode().seen(standing), text);
    }

    // Taking out -----------------------------------------------------------------------------------------------------

    /** Takes a link out of the sync; a write that is under way ends, and none begins any more (SET-10). */
    public RecordResult disable(AssetRef ref) {
        Pair pair = known(ref).orElse(null);
        if (pair == null) {
            return unknown();
        }
        if (!pair.linked()) {
            return refused(ref, "It is not linked, so nothing syncs that could be disabled.");
        }
        if (pair.leftAlone()) {
            return refused(ref, "It is out of the sync already.");
        }
        return answer(ref, () -> disable(parties.deskAlone(parties.newName(), null, actor, null), pair));
    }

    private RecordResult disable(Desk desk, Pair pair) {
        Ledger ledger = new Ledger(desk);
        Event event = ledger.event(Event.Type.DISABLED, pair, List.of(), "disabled by " + actor + " (DATA-9)");
        Pair stored = ledger.store(new Ledger.Entry(
                pair, now -> now.linked() && !now.leftAlone() ? Leaving.disabled(now) : now, List.of(event)));
        return new RecordResult(
                stored.leftAlone(),
                stored.standing(),
                "It is neither read nor written until somebody reconnects it (STATE-7).",
                List.of());
    }

    // Taking back ----------------------------------------------------------------------------------------------------

    /** Takes a link back, if the PSA still has the record (DATA-4). */
    public RecordResult reconnect(AssetRef ref) {
        Pair pair = known(ref).orElse(null);
        if (pair == null) {
            return unknown();
        }
        if (!pair.leftAlone()) {
            return refused(ref, "It is neither disabled nor disconnected.");
        }
        Held held = Held.push(parties.state().setup());
        return held == null ? answer(ref, () -> reconnect(parties.pushDesk(actor), pair)) : refused(ref, held.text());
    }

    private RecordResult reconnect(Desk desk, Pair pair) {
        RemoteRef remote = requireNonNull(pair.remoteRef());
        LocalId here = requireNonNull(pair.local());
        String owner = desk.state().ownedElsewhere(pair.kind(), List.of(here)).get(here);
        if (owner != null) {
            return refused(
                    remote,
                    "The local record belongs to the integration \"" + owner
                            + "\" (SET-9); disconnect it there first.");
        }
        String psa = desk.policy().psa();
        Instant from = desk.now();
        RemoteRead read = desk.psa().read(remote.kind(), List.of(remote.id())).get(remote.id());
        if (read instanceof RemoteRead.NotUnderstood text) {
            return refused(remote, psa + " has it, but it cannot be understood: " + text.text());
        }
        if (!(read instanceof RemoteRead.Found found) || found.record().deleted()) {
            return refused(remote, psa + " does not have the record any more, so it cannot be reconnected.");
        }
        boolean local = !new LocalRecords(desk)
                .find(remote.kind(), List.of(requireNonNull(pair.local())))
                .isEmpty();
        Observation shown = Observation.of(found.record(), from);
        Ledger ledger = new Ledger(desk);
        String how = !local
                ? "its local record is gone and is made anew"
                : pair.state() == SyncState.DISABLED
                        ? "its merge goes on where it stopped"
                        : "the values of " + psa + " count (MATCH-8)";
        Event event = ledger.event(
                Event.Type.RECONNECTED, pair, List.of(), "reconnected by " + actor + "; " + how + " (DATA-4)");
        ledger.store(new Ledger.Entry(pair, now -> back(desk, now, shown, local), List.of(event)));
        boolean isOut = desk.state().pair(pair.id()).map(Pair::leftAlone).orElse(true);
        return isOut ? refused(remote, "Others changed it at the same time; try again.") : decided(desk, remote);
    }

    private static Pair back(Desk desk, Pair pair, Observation shown, boolean local) {
        if (!pair.leftAlone()) {
            return pair; // somebody else was faster
        }
        boolean goesOn = local && pair.state() == SyncState.DISABLED;
        Pair.Builder back = pair.toBuilder()
                .state(SyncState.SYNCING)
                .observed(shown)
                .trouble(Trouble.NONE)
                .matchText(null)
                .awaited(Set.of())
                .disposition(null)
                .mustRead(false)
                .dirty(true);
        if (!goesOn || pair.isBeingDeleted()) {
            back.inFlight(null); // the read just now is what counts
        }
        if (!goesOn) {
            back.base(null).grant(null);
        }
        if (!local) {
            back.state(null).local(null).matchText(new Matching(desk.policy()).text(shown.values()));
        }
        return back.build();
    }

    // Now ------------------------------------------------------------------------------------------------------------

    /** Reads a record on both sides and merges it at once; a new one is made on the other side if it may be (DATA-9). */
    public RecordResult syncNow(AssetRef ref) {
        Pair pair = known(ref).orElse(null);
        if (pair != null && pair.leftAlone()) {
            return refused(ref, "It is out of the sync, so it is neither read nor written (STATE-7). Reconnect it.");
        }
        Held held = Held.push(parties.state().setup());
        if (held != null) {
            return refused(ref, held.text());
        }
        RemoteRef remote = ref instanceof RemoteRef there ? there : pair == null ? null : pair.remoteRef();
        return answer(ref, () -> remote == null ? localAlone((LocalRef) ref) : both(parties.pushDesk(actor), remote));
    }

    /** A record that only the host has is looked at as if it had been saved just now, which confirms nothing by itself. */
    private RecordResult localAlone(LocalRef ref) {
        PushResult push = new Push(parties, ref).saved(null);
        Pair pair = known(ref).orElse(null);
        return pair != null && pair.linked()
                ? new RecordResult(
                        true,
                        pair.standing(),
                        push.text(),
                        push.done().created()
                                ? List.of(new RecordResult.Step(Verb.CREATE_IN_PSA, List.of()))
                                : List.of())
                : RecordResult.refused(new Explainer(parties).explain(ref).disposition(), push.text());
    }

    private RecordResult both(Desk desk, RemoteRef remote) {
        if (desk.policy().kind(remote.kind()).isEmpty()) {
            return refused(remote, desk.policy().psa() + " has no records of this kind to sync.");
        }
        RemoteId id = remote.id();
        Pair pair = new Observer(desk).read(remote.kind(), List.of(id)).get(id);
        if (pair == null) {
            return refused(remote, desk.policy().psa() + " has no such record.");
        }
        new Ledger(desk).store(toDecide(desk, pair));
        return decided(desk, remote);
    }

    /** A save of which nobody told yet is taken notice of, as a run would. */
    private static Ledger.Entry toDecide(Desk desk, Pair pair) {
        if (pair.leftAlone()) {
            return new Ledger.Entry(pair, now -> now, List.of()); // taken out meanwhile
        }
        Grant grant = pair.local() == null
                ? null
                : desk.assets().find(pair.kind(), List.of(pair.local())).stream()
                        .findFirst()
                        .map(asset -> Confirmation.of(asset, pair, desk.policy()))
                        .orElse(null);
        return grant != null && grant.isAfter(pair.grant())
                ? Ledger.Entry.confirming(pair, grant, List.of())
                : new Ledger.Entry(pair, Pair::madeDirty, List.of());
    }

    // What both do ---------------------------------------------------------------------------------------------------

    /** Decides a record and carries the decision out, as far as it goes now. */
    private RecordResult decided(Desk desk, RemoteRef remote) {
        boolean linked = known(remote).filter(Pair::linked).isPresent();
        if (linked) {
            return decided(desk.noting(null), remote, "");
        }
        // Only a run makes local records, or what has the right to run: else one might be made twice (SAFE-7).
        Optional<Lease> lease = desk.state().lease(desk.name(), Desk.LEASE, desk.now());
        if (lease.isEmpty()) {
            return standing(remote, List.of(), "A run is going on, which sees to it, or the next one does. ");
        }
        try {
            return decided(desk.noting(lease.get()), remote, "");
        } finally {
            desk.state().release(lease.get());
        }
    }

    private RecordResult decided(Desk desk, RemoteRef remote, String before) {
        String hindered = before;
        try {
            process(desk, remote);
        } catch (ConnectorException.Unauthorized refused) {
            String reason = requireNonNullElse(refused.getMessage(), "The credentials were refused.");
            parties.refuse(reason);
            hindered = "The rest waits until the credentials are replaced: " + reason + " ";
        } catch (ConnectorException | RunStopped failure) {
            hindered = "The next run goes on with it. " + failure.getMessage() + " ";
        }
        return standing(remote, desk.tally().items(), hindered);
    }

    private static void process(Desk desk, RemoteRef remote) {
        Processor processor = new Processor(desk, Permit.ALL, Brakes.none(desk), Outcome.Sink.NONE);
        for (int step = 0; step < STEPS; step++) {
            Pair now = desk.state().byRemote(remote).orElse(null);
            if (now == null || !now.dirty()) {
                return;
            }
            processor.process(remote.kind(), List.of(now));
            Pair then = desk.state().byRemote(remote).orElse(null);
            if (then != null && then.version() == now.version()) {
                return;
            }
        }
    }

    private RecordResult standing(RemoteRef remote, List<SyncPlan.Item> items, String before) {
        Explanation now = new Explainer(parties).explain(remote);
        List<String> text = new ArrayList<>();
        now.reasons().forEach(reason -> text.add(reason.text()));
        String remedy = now.remedy() == null ? "" : ". " + now.remedy();
        return new RecordResult(
                true,
                now.disposition(),
                before + String.join("; ", text) + remedy,
                items.stream()
                        .map(item -> new RecordResult.Step(item.verb(), item.changes()))
                        .toList());
    }
}
