package org.psasync.cluster;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.psasync.model.PairId;
import org.psasync.store.IntegrationState;
import org.psasync.store.Lease;
import org.psasync.store.StaleStateException;
import org.psasync.store.StoreException;

/**
 * What a node holds: leases of runs and claims of pairs. Engines ask for them for minutes; in the store they are short, and
 * the node renews them for as long as they were asked for. So what a node that died held is free soon, and what a living one
 * holds lasts through a call that takes long.
 *
 * <p>All times are those of the nodes' common clock, whatever the engine's own clock says. Safe for use by several threads.
 */
final class Holdings {
    /** How long a lease lasts when its node dies. */
    static final Duration LEASE = Duration.ofSeconds(30);
    /** How long a claim lasts when its node dies; longer than connectors wait for an answer. */
    static final Duration CLAIM = Duration.ofSeconds(60);
    /** How often a node renews what it holds. */
    static final Duration BEAT = Duration.ofSeconds(5);

    private final InstantSource clock;
    private final Map<LeaseKey, Held> leases = new ConcurrentHashMap<>();
    private final Map<ClaimKey, Held> claims = new ConcurrentHashMap<>();

    Holdings(InstantSource clock) {
        this.clock = clock;
    }

    private record LeaseKey(IntegrationState state, Lease lease) {}

    private record ClaimKey(IntegrationState state, PairId pair, String holder) {}

    /**
     * Something held.
     *
     * @param wantedUntil how long it was asked for
     * @param until how long it lasts unless it is renewed
     */
    private record Held(Instant wantedUntil, Instant until) {}

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** The lease as it was taken: who holds it and its epoch, which stay. */
    private static LeaseKey key(IntegrationState state, Lease lease) {
        return new LeaseKey(state, new Lease(lease.holder(), lease.epoch(), Instant.EPOCH, null));
    }

    Optional<Lease> lease(IntegrationState state, String holder, Duration duration) {
        Instant now = clock.instant();
        Optional<Lease> taken = state.lease(holder, shorter(duration, LEASE), now);
        taken.ifPresent(lease -> leases.put(key(state, lease), new Held(now.plus(duration), lease.until())));
        return taken;
    }

    Lease renew(IntegrationState state, Lease lease, Duration duration) {
        Instant now = clock.instant();
        Lease renewed = state.renew(lease, shorter(duration, LEASE), now);
        leases.put(key(state, lease), new Held(now.plus(duration), renewed.until()));
        return renewed;
    }

    void release(IntegrationState state, Lease lease) {
        leases.remove(key(state, lease));
        state.release(lease);
    }

    boolean claim(IntegrationState state, PairId pair, String holder, Duration duration) {
        Instant now = clock.instant();
        Instant until = now.plus(shorter(duration, CLAIM));
        boolean ours = state.claim(pair, holder, until, now);
        if (ours) {
            claims.put(new ClaimKey(state, pair, holder), new Held(now.plus(duration), until));
        }
        return ours;
    }

    void unclaim(IntegrationState state, PairId pair, String holder) {
        claims.remove(new ClaimKey(state, pair, holder));
        state.unclaim(pair, holder);
    }

    /** Renews what is still wanted. What was lost is forgotten; its holder hears of it when it stores something. */
    void beat() {
        for (Map.Entry<LeaseKey, Held> each : List.copyOf(leases.entrySet())) {
            renew(each.getKey(), each.getValue());
        }
        for (Map.Entry<ClaimKey, Held> each : List.copyOf(claims.entrySet())) {
            renew(each.getKey(), each.getValue());
        }
    }

    private void renew(LeaseKey key, Held held) {
        Instant now = clock.instant();
        if (!now.isBefore(held.wantedUntil())) {
            leases.remove(key, held);
            return;
        }
        try {
            Lease renewed = key.state().renew(key.lease(), LEASE, now);
            leases.replace(key, held, new Held(held.wantedUntil(), renewed.until()));
        } catch (StaleStateException lost) {
            leases.remove(key, held);
        } catch (StoreException unreachable) {
            // The next beat tries again; what ends until then is lost.
        }
    }

    /** Most claims are given back at once, so only those that go on for long are renewed. */
    private void renew(ClaimKey key, Held held) {
        Instant now = clock.instant();
        if (!now.isBefore(held.wantedUntil())) {
            claims.remove(key, held);
            return;
        }
        if (now.isBefore(held.until().minus(CLAIM.dividedBy(2)))) {
            return;
        }
        try {
            Instant until = now.plus(CLAIM);
            boolean ours = key.state().claim(key.pair(), key.holder(), until, now);
            if (!ours) {
                claims.remove(key, held);
            } else if (!claims.replace(key, held, new Held(held.wantedUntil(), until)) && !claims.containsKey(key)) {
                key.state().unclaim(key.pair(), key.holder()); // it was given back meanwhile
            }
        } catch (StoreException unreachable) {
            // as above
        }
    }
}
