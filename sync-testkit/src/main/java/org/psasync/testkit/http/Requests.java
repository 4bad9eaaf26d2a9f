package org.psasync.testkit.http;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The requests that a fake over HTTP saw, the last 20,000 of them. Threads may share it. */
public final class Requests {
    /**
     * One request.
     *
     * @param method in upper case
     * @param path below the root of the API, such as {@code company/companies/7}; other paths begin with a slash
     * @param query decoded; empty for none
     * @param body as sent; empty for none, and where it may hold credentials
     * @param status what was answered
     * @param at when it came, by the server's clock
     */
    public record Seen(String method, String path, String query, String body, int status, Instant at) {}

    private static final int KEPT = 20_000;

    private final Deque<Seen> seen = new ArrayDeque<>();

    /** Makes an empty record. */
    public Requests() {}

    /** Adds a request. */
    public synchronized void add(Seen request) {
        if (seen.size() == KEPT) {
            seen.removeFirst();
        }
        seen.addLast(request);
    }

    /** All kept requests, oldest first. */
    public synchronized List<Seen> all() {
        return new ArrayList<>(seen);
    }

    /**
     * The kept requests with that method and path, oldest first.
     *
     * @param method in upper case; {@code *} for any
     * @param path as {@link Seen#path} shows it; {@code *} for one step, {@code **} for any rest
     */
    public List<Seen> matching(String method, String path) {
        PathPattern pattern = new PathPattern(method, path);
        return all().stream()
                .filter(request -> pattern.matches(request.method(), request.path()))
                .toList();
    }

    /** How many kept requests have that method and path. */
    public int count(String method, String path) {
        return matching(method, path).size();
    }

    /** Forgets all requests. */
    public synchronized void reset() {
        seen.clear();
    }
}
