package org.psasync.engine.review;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.apply.Adoption;
import org.psasync.engine.apply.CreateSettlement;
import org.psasync.engine.apply.Parts;
import org.psasync.engine.desk.Desk;
import org.psasync.engine.desk.Ledger;
import org.psasync.engine.desk.RunStopped;
import org.psasync.engine.manage.ReviewAnswer;
import org.psasync.engine.manage.ReviewAnswer.Refused;
import org.psasync.engine.manage.ReviewItem;
import org.psasync.engine.observe.Observer;
import org.psasync.engine.pair.After;
import org.psasync.model.Asset;
import org.psasync.model.AssetKind;
import org.psasync.model.AssetRef;
import org.psasync.model.LocalId;
import org.psasync.model.LocalRef;
import org.psasync.model.RemoteId;
import org.psasync.model.RemoteRef;
import org.psasync.spi.ConnectorException;
import org.psasync.spi.RemoteRead;
import org.psasync.store.Base;
import org.psasync.store.Event;
import org.psasync.store.InFlight;
import org.psasync.store.Observation;
import org.psasync.store.Pair;

/** Links two records because a person says that they are the same (MATCH-5). */
final class ReviewLinks {
    private final Desk desk;
    private final String actor;
    private final Ledger ledger;
    private final ReviewDecisions decisions;

    ReviewLinks(Desk desk, String actor, ReviewDecisions decisions) {
        this.desk = desk;
        this.actor = actor;
        this.ledger = new Ledger(desk);
        this.decisions = decisions;
    }

    /** Two records that exist now; the pair of the PSA's is as it was just read. */
    private record Both(Asset local, Pair remote) {
        LocalId localId() {
            return local.id();
        }

        RemoteId remoteId() {
            return Objects.requireNonNull(remote.remote());
        }
    }

    ReviewAnswer link(ReviewItem item, AssetRef other) {
        if (item.question() instanceof ReviewItem.Conflict) {
            return new Refused("It is linked already. Take one side's values.");
        }
        boolean sameSide = item.local() != null ? other instanceof LocalRef : other instanceof RemoteRef;
        if (sameSide || other.kind() != item.kind()) {
            return new Refused("It can be linked with a record of the other side and of the same kind only, not with "
                    + other + ".");
        }
        LocalRef local = item.local() != null ? item.local() : (LocalRef) other;
        RemoteRef remote = item.local() != null ? (RemoteRef) other : Objects.requireNonNull(item.remote());
        try {
            return link(item, local, remote);
        } catch (ConnectorException | RunStopped failure) {
            decisions.failed(failure);
            return new Refused("It could not be looked at, so nothing was linked: " + failure.getMessage());
        }
    }

    private ReviewAnswer link(ReviewItem item, LocalRef local, RemoteRef remote) {
        if (!decisions.isReachable()) {
            return new Refused("It cannot be looked at now, so nothing was linked: " + decisions.unreachable());
        }
        Asset here = find(local);
        if (here == null) {
            return new Refused("The host has no " + local + " any more.");
        }
        Pair there = read(remote);
        if (there == null) {
            return new Refused(desk.policy().psa() + " does not show " + remote + ".");
        }
        Pair ours = new Adoption(desk).adopt(here);
        String taken = taken(there, item, local);
        if (taken == null && ours != null) {
            taken = taken(ours, item, remote);
        }
        if (taken != null) {
            return new Refused(taken);
        }
        Pair pair = decisions.asShown(item).orElse(null);
        return pair == null ? ReviewDecisions.CHANGED : link(pair, new Both(here, there));
    }

    private @Nullable Asset find(LocalRef local) {
        return desk.assets().find(local.kind(), List.of(local.id())).stream()
                .findFirst()
                .orElse(null);
    }

    private @Nullable Pair read(RemoteRef remote) {
        Pair lost = desk.state().byRemote(remote).filter(Pair::localLost).orElse(null);
        if (lost != null) {
            return read(remote, lost);
        }
        Pair pair = new Observer(desk).read(remote.kind(), List.of(remote.id())).get(remote.id());
        Observation observed = pair == null ? null : pair.observed();
        return observed == null || !observed.visible() || observed.deleted() ? null : pair;
    }

    /** The record of a link that is left alone is looked at for this only. */
    private @Nullable Pair read(RemoteRef remote, Pair lost) {
        Instant from = desk.now();
        RemoteRead read = desk.psa().read(remote.kind(), List.of(remote.id())).get(remote.id());
        return read instanceof RemoteRead.Found found && !found.record().deleted()
                ? lost.toBuilder()
                        .observed(Observation.of(found.record(), from))
                        .build()
                : null;
    }

    /** Returns what keeps a pair's record from being linked; null when nothing does. */
    private static @Nullable String taken(Pair pair, ReviewItem item, AssetRef with) {
        if (pair.linked() && !pair.localLost()) {
            return (with instanceof LocalRef ? pair.remoteRef() : pair.localRef()) + " is linked already, with "
                    + (with instanceof LocalRef ? pair.localRef() : pair.remoteRef()) + ".";
        }
        return pair.inFlight() != null && !pair.id().equals(item.pair())
                ? "A write of " + (pair.local() == null ? pair.remoteRef() : pair.localRef())
                        + " is under way; try again when it has ended."
                : null;
    }

    private ReviewAnswer link(Pair pair, Both both) {
        AssetKind kind = pair.kind();
        InFlight.CreatingRemote lost = pair.inFlight() instanceof InFlight.CreatingRemote write ? write : null;
        Observation shown = Objects.requireNonNull(both.remote().observed());
        Base arrived = lost == null
                ? Base.none(kind)
                : CreateSettlement.arrived(lost.draft().values(), lost.local(), shown.values());
        Pair named =
                pair.toBuilder().local(both.localId()).remote(both.remoteId()).build();
        Event event =
                ledger.event(Event.Type.LINKED, named, List.of(), actor + " decided that they are the same (MATCH-5)");
        Pair target = both.remote().localLost() ? both.remote() : pair;
        List<Ledger.Entry> entries = new ArrayList<>();
        entries.add(new Ledger.Entry(
                target,
                read -> {
                    Pair free = read.localLost() ? freed(read, pair) : read;
                    return After.agreed(After.linked(free, both.localId(), both.remoteId()), arrived).toBuilder()
                            .observed(free.remote() == null || free.observed() == null ? shown : free.observed())
                            .inFlight(null)
                            .dueAt(null)
                            .dirty(true)
                            .build();
                },
                List.of(event)));
        if (lost != null) {
            entries.addAll(new Parts(desk).found(lost, new RemoteRef(kind, both.remoteId()), shown.values()));
        }
        Pair link = ledger.storeUnchanged(entries).get(target.id());
        if (link == null || !link.linked()) {
            return ReviewDecisions.CHANGED;
        }
        return decisions.carriedOut(link.id());
    }

    /** A link whose local record was deleted goes on with another one, which takes the PSA's values (MATCH-8). */
    private static Pair freed(Pair lost, Pair with) {
        return lost.toBuilder().base(null).grant(with.grant()).build();
    }
}
