package org.psasync.engine.run;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.ProgressListener.Phase;
import org.psasync.engine.decide.Gate;
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
    private final Gate gate;
    private final Map<PairId, Long> stuck = new HashMap<>();
    private final Map<AssetKind, ConnectorException.Forbidden> forbidden = new EnumMap<>(AssetKind.class);

    Sweep(Desk desk, Processor processor) {
        this.desk = desk;
        this.processor = processor;
        this.gate = new Gate(desk.policy());
    }

    void sweep() {
        for (int round = 0; round < ROUNDS; round++) {
            boolean any = false;
            for (AssetKind kind : AssetKind.values()) {
                any |= kind == AssetKind.ORGANIZATION ? organizations() : settle(kind);
            }
            if (!any) {
                return;
            }
        }
    }

    /**
     * Level by level, because a parent is made before its children. When no fewer have to wait than before, no parent is
     * made any more: it goes round in a circle, or must not be made now; the rest is decided as it is.
     */
    private boolean organizations() {
        boolean any = false;
        long waiting = Long.MAX_VALUE;
        while (true) {
            Pass pass = pass(AssetKind.ORGANIZATION, true);
            any |= pass.processed > 0;
            if (pass.deferred == 0) {
                return settle(AssetKind.ORGANIZATION) || any;
            }
            if (pass.deferred >= waiting) {
                return settle(AssetKind.ORGANIZATION) || any;
            }
            waiting = pass.deferred;
        }
    }

    /** What is pulled may take a record out of the sync; that is seen before anything below it is made. */
    private boolean settle(AssetKind kind) {
        for (int round = 0; round < ROUNDS; round++) {
            if (pass(kind, false).processed == 0) {
                return round > 0;
            }
        }
        return true;
    }

    /** Returns the kinds that the PSA refused to show; their pairs stay to be decided (SAFE-3). */
    Map<AssetKind, ConnectorException.Forbidden> forbidden() {
        return forbidden;
    }

    /**
     * What one pass came to.
     *
     * @param processed how many pairs got on
     * @param deferred how many wait for their parents
     */
    private record Pass(long processed, long deferred) {}

    private Pass pass(AssetKind kind, boolean parentsFirst) {
        Instant began = desk.now();
        long processed = 0;
        long gotOn = 0;
        long deferred = 0;
        PairId after = null;
        while (true) {
            List<Pair> batch = desk.state().pairs(new PairQuery.Dirty(kind), after, Desk.BATCH);
            if (batch.isEmpty() || forbidden.containsKey(kind)) {
                return new Pass(gotOn, deferred);
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
            if (!now.isEmpty()) {
                try {
                    processor.process(kind, now);
                } catch (ConnectorException.Forbidden refusal) {
                    forbidden.put(kind, refusal);
                    return new Pass(gotOn, 0);
                }
                processed += now.size();
                gotOn += now.size() - noteStuck(kind, now, after);
                desk.tell(kind, Phase.APPLYING, processed, OptionalLong.empty(), began);
            }
            after = batch.get(batch.size() - 1).id();
        }
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
                && gate.judge(parent.remoteValues(), false).isEmpty();
    }
}
