package org.psasync.store;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.psasync.model.PairId;

/** Who runs one integration (S5), and who decides which pair. Not safe for use by several threads. */
final class MemoryClaims {
    private final Map<PairId, Claim> claims = new HashMap<>();
    private @Nullable Lease lease;
    private long lastEpoch;

    private record Claim(String holder, Instant until) {}

    Optional<Lease> lease(String holder, Duration duration, Instant now) {
        if (lease != null && now.isBefore(lease.until()) && !lease.holder().equals(holder)) {
            return Optional.empty();
        }
        lease = new Lease(holder, ++lastEpoch, now.plus(duration), null);
        return Optional.of(lease);
    }

    Lease renew(Lease held, Duration duration, Instant now) {
        Lease present = require(held);
        lease = new Lease(held.holder(), held.epoch(), now.plus(duration), present.cancelledBy());
        return lease;
    }

    /** Returns the lease as it is now, which still is the holder's. */
    Lease require(Lease held) {
        if (lease == null || lease.epoch() != held.epoch()) {
            throw new StaleStateException("The run's lease was lost to another one");
        }
        return lease;
    }

    Optional<Lease> running(Instant now) {
        return Optional.ofNullable(lease).filter(held -> now.isBefore(held.until()));
    }

    boolean cancel(String actor, Instant now) {
        if (lease == null || !now.isBefore(lease.until())) {
            return false;
        }
        lease = new Lease(lease.holder(), lease.epoch(), lease.until(), actor);
        return true;
    }

    void release(Lease held) {
        if (lease != null && lease.epoch() == held.epoch()) {
            lease = null;
        }
    }

    boolean claim(PairId pair, String holder, Instant until, Instant now) {
        Claim claim = claims.get(pair);
        if (claim != null && now.isBefore(claim.until()) && !claim.holder().equals(holder)) {
            return false;
        }
        claims.put(pair, new Claim(holder, until));
        return true;
    }

    void unclaim(PairId pair, String holder) {
        Claim claim = claims.get(pair);
        if (claim != null && claim.holder().equals(holder)) {
            claims.remove(pair);
        }
    }
}
