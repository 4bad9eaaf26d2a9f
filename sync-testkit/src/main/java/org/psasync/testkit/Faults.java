package org.psasync.testkit;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.psasync.model.AssetKind;
import org.psasync.model.RemoteRef;

/**
 * What is wrong with a fake PSA: faults that hit the next calls, and conditions that last until they are taken back.
 *
 * <p>Safe for use by several threads.
 */
public final class Faults {
    private final List<Pending> pending = new ArrayList<>();
    private final Set<AssetKind> withdrawn = EnumSet.noneOf(AssetKind.class);
    private final Set<RemoteRef> hidden = new HashSet<>();
    private final Set<RemoteRef> garbled = new HashSet<>();
    private @Nullable Chooser chooser;
    private @Nullable String tenant;

    Faults() {}

    /** Chooses what happens to each call, such as a simulation by its seed. */
    @FunctionalInterface
    public interface Chooser {
        /**
         * Returns the fault that hits this call, null for none; one that makes no sense for the call does nothing.
         *
         * <p>It is asked before the call does anything, and may itself edit the PSA, as another user would do between
         * two requests. What it throws leaves the call.
         *
         * @param kind null for {@code CHECK} and {@code REFERENCE}
         */
        @Nullable
        Fault choose(Operation operation, @Nullable AssetKind kind);
    }

    private static final class Pending {
        private final Fault fault;
        private int left;

        Pending(Fault fault) {
            this.fault = fault;
            this.left = fault.count();
        }
    }

    /** Lets a fault hit the next calls that it can hit; of several for one call, the one that was set first. */
    public synchronized void next(Fault fault) {
        pending.add(new Pending(fault));
    }

    /** Lets a function choose for each call; null ends that. */
    public synchronized void choose(@Nullable Chooser function) {
        this.chooser = function;
    }

    /** Takes the rights for a kind away: every call for it is forbidden, and the check reports it. */
    public synchronized void withdraw(AssetKind kind) {
        withdrawn.add(kind);
    }

    /** Gives the rights for a kind back. */
    public synchronized void giveBack(AssetKind kind) {
        withdrawn.remove(kind);
    }

    /** Makes a record, and what belongs to it if it is an organization, invisible to the connector's user. */
    public synchronized void hide(RemoteRef ref) {
        hidden.add(ref);
    }

    /** Makes a hidden record visible again. */
    public synchronized void show(RemoteRef ref) {
        hidden.remove(ref);
    }

    /** Makes a record such that it cannot be understood. */
    public synchronized void garble(RemoteRef ref) {
        garbled.add(ref);
    }

    /** Makes a garbled record readable again. */
    public synchronized void mend(RemoteRef ref) {
        garbled.remove(ref);
    }

    /** Makes the same address lead to another tenant (SAFE-2). */
    public synchronized void anotherInstance(String otherTenant) {
        this.tenant = otherTenant;
    }

    /** Ends all faults and conditions. */
    public synchronized void clear() {
        pending.clear();
        withdrawn.clear();
        hidden.clear();
        garbled.clear();
        chooser = null;
        tenant = null;
    }

    Incident take(Operation operation, @Nullable AssetKind kind) {
        Chooser function;
        synchronized (this) {
            function = chooser;
        }
        Fault chosen = function == null ? null : function.choose(operation, kind);
        synchronized (this) {
            return takePending(operation, kind, chosen);
        }
    }

    private Incident takePending(Operation operation, @Nullable AssetKind kind, @Nullable Fault chosen) {
        if (pending.isEmpty() && chosen == null) {
            return Incident.NONE;
        }
        List<Fault> taken = new ArrayList<>();
        for (Iterator<Pending> each = pending.iterator(); each.hasNext(); ) {
            Pending next = each.next();
            if (next.fault.hits(operation, kind) && fits(next.fault, taken)) {
                taken.add(next.fault);
                if (next.left != Integer.MAX_VALUE && --next.left == 0) {
                    each.remove();
                }
            }
        }
        if (chosen != null && chosen.hits(operation, kind) && fits(chosen, taken)) {
            taken.add(chosen);
        }
        return new Incident(taken);
    }

    private static boolean fits(Fault fault, List<Fault> taken) {
        return !fault.alone() || taken.stream().noneMatch(Fault::alone);
    }

    synchronized Set<AssetKind> withdrawn() {
        return Set.copyOf(withdrawn);
    }

    synchronized boolean isHidden(RemoteRef ref) {
        return hidden.contains(ref);
    }

    synchronized boolean isGarbled(RemoteRef ref) {
        return garbled.contains(ref);
    }

    synchronized String tenant(String usual) {
        return tenant == null ? usual : tenant;
    }
}
