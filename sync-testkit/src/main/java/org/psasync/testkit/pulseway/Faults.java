package org.psasync.testkit.pulseway;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What goes wrong, and when: faults wait here for the requests they are meant for. Threads may share it. */
public final class Faults {
    private final List<Planned> planned = new CopyOnWriteArrayList<>();

    Faults() {}

    /** A fault that waits for requests. */
    public static final class Planned {
        private final PathPattern pattern;
        private final Fault fault;
        private final int times;
        private int skip;
        private int matched;

        private Planned(PathPattern pattern, Fault fault, int times) {
            this.pattern = pattern;
            this.fault = fault;
            this.times = times;
        }

        /** Lets the first matching requests pass. */
        public synchronized Planned afterFirst(int requests) {
            skip = requests;
            return this;
        }

        /** How many requests it happened to. */
        public synchronized int hits() {
            return Math.max(0, Math.min(matched - skip, times));
        }

        private synchronized boolean takes(String method, String path) {
            if (!pattern.matches(method, path)) {
                return false;
            }
            matched++;
            return matched > skip && matched - skip <= times;
        }
    }

    /**
     * Plans a fault for the next matching requests.
     *
     * @param times for how many requests
     * @param method in upper case; {@code *} for any
     * @param path such as {@code v2/crm/accounts/summary}; {@code *} for one step, {@code **} for any rest
     */
    public Planned next(int times, String method, String path, Fault fault) {
        Planned plan = new Planned(new PathPattern(method, path), fault, times);
        planned.add(plan);
        return plan;
    }

    /** Plans a fault for all matching requests until {@link #clear()}. */
    public Planned always(String method, String path, Fault fault) {
        return next(Integer.MAX_VALUE / 2, method, path, fault);
    }

    /** Drops all faults. */
    public void clear() {
        planned.clear();
    }

    /** The faults that happen to this request, oldest plan first; counts it. */
    List<Fault> take(String method, String path) {
        List<Fault> taken = new ArrayList<>();
        for (Planned plan : planned) {
            if (plan.takes(method, path)) {
                taken.add(plan.fault);
            }
        }
        return taken;
    }
}
