package org.psasync.engine.run;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.ProgressListener.Phase;
import org.psasync.engine.apply.Processor;
import org.psasync.engine.decide.Gate;
import org.psasync.engine.desk.Desk;
import org.psasync.model.AssetKind;
import org.psasync.model.AssetRef;
import org.psasync.model.OrganizationFields;
import org.psasync.model.PairId;
import org.psasync.model.RemoteRef;
import org.psasync.spi.ConnectorException;
import org.psasync.store.Pair;
import org.psasync.store.PairQuery;

/** Goes through the pairs that must be decided, parents before children, until nothing more comes of it (PULL-1). */
final class Sweep {
    /** A change travels from an organization to its children and back; more rounds than this are left to the next run. */
    private static final int ROUNDS = 8;

    private final Desk desk;
    private final Processor processor;
    private final Doubts doubts;
    private final Gate gate;
    private final Map<PairId, Long> stuck = new HashMap<>();
    private final Map<AssetKind, ConnectorException.Forbidden> forbidden = new EnumMap<>(AssetKind.class);
    private final Set<AssetKind> leftOut = EnumSet.noneOf(AssetKind.class);
    private final Consumer<ConnectorException.Throttled> pause;
    private @Nullable Round round;
    private int rounds;

    /**
     * Makes the sweep of a run.
     *
     * @param doubts what is decided beside what is marked, in the first round
     * @param leftOut kinds of which nothing is decided in this run
     * @param pause takes a pause that the PSA wants, and throws it again if it is short; else the kind is left out
     */
    Sweep(
            Desk desk,
            Processor processor,
            Doubts doubts,
            Set<AssetKind> leftOut,
            Consumer<ConnectorException.Throttled> pause) {
        this.doubts = doubts;
        this.desk = desk;
        this.processor = processor;
        this.leftOut.addAll(leftOut);
        this.pause = pause;
        this.gate = new Gate(desk.policy());
    }

    /** Goes through the pairs; after an interruption it goes on where it stopped. */
    void sweep() {
        for (boolean any = true; any && rounds < ROUNDS; rounds++) {
            Round begun = round == null ? new Round() : round;
            round = begun;
            any = begun.finish();
            round = null;
        }
    }

    /** Returns the kinds that the PSA refused to show; their pairs stay to be decided (SAFE-3). */
    Map<AssetKind, ConnectorException.Forbidden> forbidden() {
        return forbidden;
    }

    /** One round through all kinds. */
    private final class Round {
        private final Deque<KindRound> left = new ArrayDeque<>();
        private boolean any;

        Round() {
            for (AssetKind kind : AssetKind.values()) {
                left.add(new KindRound(kind));
            }
        }

        /** Returns whether anything came of it. */
        boolean finish() {
            for (KindRound kind = left.peek(); kind != null; kind = left.peek()) {
                any |= kind.finish();
                left.remove();
            }
            return any;
        }
    }

    /** One kind in one round. */
    private final class KindRound {
        private final AssetKind kind;
        private boolean parentsFirst;
        private long waiting = Long.MAX_VALUE;
        private boolean any;
        private int settled;
        private @Nullable Pass pass;
        private @Nullable DoubtfulPass doubtful;

        KindRound(AssetKind kind) {
            this.kind = kind;
            this.doubtful = rounds == 0 ? new DoubtfulPass(kind) : null;
            this.parentsFirst = kind == AssetKind.ORGANIZATION;
        }

        /** Returns whether anything came of it. */
        boolean finish() {
            levels();
            if (doubtful != null) {
                any |= doubtful.finish();
                doubtful = null;
            }
            // What is pulled may take a record out of the sync; that is seen before anything below it is made.
            while (settled < ROUNDS && next().gotOn > 0) {
                any = true;
                settled++;
            }
            return any;
        }

        /**
         * Level by level, because a parent is made before its children. When no fewer have to wait than before, no parent
         * is made any more: it goes round in a circle, or must not be made now; the rest is decided as it is.
         */
        private void levels() {
            while (parentsFirst) {
                Pass done = next();
                any |= done.gotOn > 0;
                parentsFirst = done.deferred > 0 && done.deferred < waiting;
                waiting = done.deferred;
            }
        }

        private Pass next() {
            Pass begun = pass == null ? new Pass(kind, parentsFirst) : pass;
            pass = begun;
            begun.finish();
            pass = null;
            return begun;
        }
    }

    /** One way through the pairs of a kind that must be decided. */
    private final class Pass {
        private final AssetKind kind;
        private final boolean parentsFirst;
        private final Instant began = desk.now();
        private @Nullable PairId after;
        private long processed;
        /** How many pairs got on. */
        private long gotOn;
        /** How many wait for their parents. */
        private long deferred;

        Pass(AssetKind kind, boolean parentsFirst) {
            this.kind = kind;
            this.parentsFirst = parentsFirst;
        }

        void finish() {
            while (!leftOut.contains(kind)) {
                List<Pair> batch = desk.state().pairs(new PairQuery.Dirty(kind), after, Desk.BATCH);
                if (batch.isEmpty()) {
                    return;
                }
                desk.keepLease();
                List<Pair> now = new ArrayList<>();
                for (Pair pair : batch) {
                    if (isStuck(pair)) {
                        continue;
                    }
                    if (parentsFirst && waitsForParent(pair)) {
                        deferred++;
                    } else {
                        now.add(pair);
                    }
                }
                process(now);
                after = batch.get(batch.size() - 1).id();
                if (!now.isEmpty()) {
                    desk.safePoint();
                }
            }
        }

        private void process(List<Pair> now) {
            if (now.isEmpty()) {
                return;
            }
            if (!decide(kind, now)) {
                deferred = 0;
                return;
            }
            processed += now.size();
            gotOn += now.size() - noteStuck(kind, now, after);
            desk.tell(kind, Phase.APPLYING, processed, processed, OptionalLong.empty(), began);
        }
    }

    /** One way through the pairs of a kind that are in doubt. */
    private final class DoubtfulPass {
        private final AssetKind kind;
        private final Deque<PairQuery> left;
        private @Nullable PairId after;
        private boolean any;

        DoubtfulPass(AssetKind kind) {
            this.kind = kind;
            this.left = new ArrayDeque<>(Doubts.queries(kind));
        }

        /** Returns whether anything came of it. */
        boolean finish() {
            for (PairQuery query = left.peek(); query != null; query = left.peek()) {
                List<Pair> page = desk.state().pairs(query, after, Desk.BATCH);
                if (page.isEmpty() || leftOut.contains(kind)) {
                    left.remove();
                    after = null;
                    continue;
                }
                desk.keepLease();
                List<Pair> now = new ArrayList<>();
                for (Pair pair : page) {
                    if (doubts.concerns(query, pair)) {
                        now.add(pair);
                    }
                }
                any |= !now.isEmpty() && decide(kind, now) && changed(query, now);
                after = page.get(page.size() - 1).id();
                if (!now.isEmpty()) {
                    desk.safePoint();
                }
            }
            return any;
        }

        private boolean changed(PairQuery query, List<Pair> before) {
            Map<PairId, Long> versions = new HashMap<>();
            desk.state().pairs(query, after, Desk.BATCH).forEach(pair -> versions.put(pair.id(), pair.version()));
            return before.stream().anyMatch(pair -> !Objects.equals(versions.get(pair.id()), pair.version()));
        }
    }

    /** Decides pairs and does what comes of it; returns whether the PSA showed what that takes, else the kind is left out. */
    private boolean decide(AssetKind kind, List<Pair> now) {
        try {
            processor.process(kind, now);
            return true;
        } catch (ConnectorException.Forbidden refusal) {
            forbidden.put(kind, refusal);
            leftOut.addAll(kind == AssetKind.ORGANIZATION ? EnumSet.allOf(AssetKind.class) : Set.of(kind)); // SAFE-3
        } catch (ConnectorException.Throttled throttled) {
            pause.accept(throttled);
            leftOut.add(kind);
        }
        return false;
    }

    /** A pair with which nothing could be done is not tried again before it changes, or the next run. */
    private boolean isStuck(Pair pair) {
        return Objects.equals(stuck.get(pair.id()), pair.version());
    }

    private long noteStuck(AssetKind kind, List<Pair> processed, @Nullable PairId after) {
        Map<PairId, Long> versions = new HashMap<>();
        processed.forEach(pair -> versions.put(pair.id(), pair.version()));
        long count = 0;
        for (Pair pair : desk.state().pairs(new PairQuery.Dirty(kind), after, Desk.BATCH)) {
            if (Objects.equals(versions.get(pair.id()), pair.version())) {
                stuck.put(pair.id(), pair.version());
                count++;
            }
        }
        return count;
    }

    /** Returns whether the record is to be made and its parent too. */
    private boolean waitsForParent(Pair pair) {
        if (pair.linked()) {
            return false;
        }
        AssetRef parent = pair.remoteValues().get(OrganizationFields.PARENT);
        return parent instanceof RemoteRef ref
                && desk.state().byRemote(ref).filter(this::isToBeMade).isPresent();
    }

    private boolean isToBeMade(Pair parent) {
        return parent.dirty()
                && !parent.linked()
                && parent.observed() != null
                && !parent.observed().deleted()
                && gate.judgeNew(parent.observed()).isEmpty();
    }
}
