package org.psasync.testkit.http;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What goes wrong in a fake over HTTP, and when: faults wait here for the requests they are meant for. Threads may share it.
 *
 * @param <F> the faults that the fake knows
 */
public final class Faults<F> {
    private final List<Planned<F>> planned = new CopyOnWriteArrayList<>();

    /** Makes a plan without faults. */
    public Faults() {}

    /**
     * A fault that waits for requests.
     *
     * @param <F> the faults that the fake knows
     */
    public static final class Planned<F> {
        private final PathPattern pattern;
        private final F fault;
        private final int times;
        private int skip;
        private int matched;

        private Planned(PathPattern pattern, F fault, int times) {
            this.pattern = pattern;
            this.fault = fault;
            this.times = times;
        }

        /** Lets the first matching requests pass. */
        public synchronized Planned<F> afterFirst(int requests) {
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
     * @param path as the fake shows it in {@link Requests}; {@code *} for one step, {@code **} for any rest
     */
    public Planned<F> next(int times, String method, String path, F fault) {
        Planned<F> plan = new Planned<>(new PathPattern(method, path), fault, times);
        planned.add(plan);
        return plan;
    }

    /** Plans a fault for all matching requests until {@link #clear()}. */
    public Planned<F> always(String method, String path, F fault) {
        return next(Integer.MAX_VALUE / 2, method, path, fault);
    }

    /** Drops all faults. */
    public void clear() {
        planned.clear();
    }

    /** Returns the faults that happen to this request, oldest plan first, and counts it. */
    public List<F> take(String method, String path) {
        List<F> taken = new ArrayList<>();
        for (Planned<F> plan : planned) {
            if (plan.takes(method, path)) {
                taken.add(plan.fault);
            }
        }
        return taken;
    }
}
