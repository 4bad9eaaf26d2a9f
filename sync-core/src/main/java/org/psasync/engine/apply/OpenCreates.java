package org.psasync.engine.apply;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.decide.Matching;
import org.psasync.engine.desk.Desk;
import org.psasync.engine.desk.PairIds;
import org.psasync.model.AssetKind;
import org.psasync.model.AssetRef;
import org.psasync.model.Field;
import org.psasync.model.FieldValues;
import org.psasync.model.Fields;
import org.psasync.model.LocalRef;
import org.psasync.model.PairId;
import org.psasync.model.RemoteId;
import org.psasync.store.Candidate;
import org.psasync.store.InFlight;
import org.psasync.store.Pair;
import org.psasync.store.PairQuery;
import org.psasync.store.Trouble;

/** The records of a kind that are being made in the PSA with unknown outcome, and what that holds back (SAFE-1). */
final class OpenCreates {
    /** The clocks of the PSA and of several nodes may differ by so much. */
    static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

    private final Matching matching;
    private final List<Open> open;

    private OpenCreates(Matching matching, List<Open> open) {
        this.matching = matching;
        this.open = open;
    }

    /**
     * One open create.
     *
     * @param text the key of what was sent; null when it has no name
     * @param review why a person must decide; null while the engine still looks for it
     */
    private record Open(
            PairId pair,
            LocalRef local,
            InFlight.CreatingRemote write,
            @Nullable String text,
            Trouble.@Nullable Review review) {
        FieldValues sent() {
            return write.draft().values();
        }
    }

    static OpenCreates of(Desk desk, Matching matching, AssetKind kind) {
        List<Open> open = new ArrayList<>();
        PairId after = null;
        while (true) {
            List<Pair> batch = desk.state().pairs(new PairQuery.WithWriteInFlight(kind), after, Desk.PAGE);
            if (batch.isEmpty()) {
                return new OpenCreates(matching, open);
            }
            after = batch.get(batch.size() - 1).id();
            for (Pair pair : batch) {
                LocalRef local = pair.localRef();
                if (local != null && pair.inFlight() instanceof InFlight.CreatingRemote write) {
                    String text = matching.text(write.draft().values());
                    open.add(new Open(
                            pair.id(), local, write, text, pair.trouble().review()));
                }
            }
        }
    }

    /** Returns the local record whose open create may have made this PSA record, or null. */
    @Nullable
    LocalRef thatMayHaveMade(Pair remote) {
        for (Open each : open) {
            if (!remote.linked() && remote.local() == null && mayHaveMade(each, remote)) {
                return each.local();
            }
        }
        return null;
    }

    /**
     * Returns another local record that is being made and is like this one, or null.
     *
     * @param values of the local record, in the PSA's terms
     */
    @Nullable
    LocalRef thatMakesTheLikeOf(PairId pair, FieldValues values) {
        String text = matching.text(values);
        for (Open each : open) {
            if (text != null && text.equals(each.text()) && !each.pair().equals(pair) && alike(each.sent(), values)) {
                return each.local();
            }
        }
        return null;
    }

    /**
     * The PSA may have stored the record under another name. That holds every record of the organization that is new,
     * but only until it was looked for: a person may take days to decide.
     */
    private boolean mayHaveMade(Open each, Pair remote) {
        RemoteId id = Objects.requireNonNull(remote.remote());
        if (each.write().known().contains(id)) {
            return false;
        }
        if (each.text() != null
                && each.text().equals(remote.matchText())
                && alike(each.sent(), remote.remoteValues())) {
            return true;
        }
        if (each.review() != null) {
            return candidates(each.review()).contains(remote.remoteRef());
        }
        return isNew(remote, each.write().startedAt()) && sameOrganization(each.sent(), remote.remoteValues());
    }

    private static Set<AssetRef> candidates(Trouble.Review review) {
        return review.candidates().stream().map(Candidate::record).collect(Collectors.toSet());
    }

    /** Returns whether nobody saw the record before a time. */
    static boolean isNew(Pair remote, Instant time) {
        return !PairIds.madeAt(remote.id()).isBefore(time.minus(CLOCK_SKEW));
    }

    static boolean sameOrganization(FieldValues sent, FieldValues shown) {
        Field<AssetRef> field = Fields.organization(sent.kind());
        return field == null || Objects.equals(sent.get(field), shown.get(field));
    }

    /** Returns whether serial number and MAC address allow two records of the same key to be one (MATCH-3). */
    boolean alike(FieldValues sent, FieldValues shown) {
        FieldValues sameKey = shown.overlaidWith(matching.key(sent).values());
        return matching.relation(sent, sameKey) != Matching.Relation.NO;
    }
}
