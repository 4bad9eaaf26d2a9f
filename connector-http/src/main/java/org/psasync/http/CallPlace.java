package org.psasync.http;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.psasync.spi.ConnectorException;

/** A place among the requests at once. */
final class CallPlace implements AutoCloseable {
    private final @Nullable Semaphore first;
    private final @Nullable Semaphore second;

    private CallPlace(@Nullable Semaphore first, @Nullable Semaphore second) {
        this.first = first;
        this.second = second;
    }

    /** Always the scope's place first, so that two callers never wait for each other. One patience is for both. */
    static CallPlace take(
            String call, @Nullable Semaphore scope, @Nullable Semaphore tenant, Duration patience, InstantSource clock)
            throws InterruptedException {
        Instant until = clock.instant().plus(patience);
        acquire(call, scope, patience);
        try {
            acquire(call, tenant, Duration.between(clock.instant(), until));
        } catch (InterruptedException | RuntimeException e) {
            release(scope);
            throw e;
        }
        return new CallPlace(scope, tenant);
    }

    private static void acquire(String call, @Nullable Semaphore semaphore, Duration patience)
            throws InterruptedException {
        if (semaphore != null && !semaphore.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new ConnectorException.Throttled(
                    call + " was not sent: as many requests as the PSA allows at once are under way",
                    Duration.ofSeconds(1));
        }
    }

    private static void release(@Nullable Semaphore semaphore) {
        if (semaphore != null) {
            semaphore.release();
        }
    }

    @Override
    public void close() {
        release(second);
        release(first);
    }
}
