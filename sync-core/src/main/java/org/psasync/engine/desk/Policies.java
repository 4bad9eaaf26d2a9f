package org.psasync.engine.desk;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.SyncSettings;
import org.psasync.engine.decide.Policy;
import org.psasync.spi.ConnectorDescriptor;

/**
 * Makes policies, and keeps the last one while the engine lives: most differ from the one before in nothing but their time.
 * Safe for use by several threads.
 */
public final class Policies {
    private volatile @Nullable Policy last;

    /** Starts with none. */
    public Policies() {}

    Policy policy(
            SyncSettings settings,
            ConnectorDescriptor connector,
            Instant ticketsSince,
            @Nullable Instant firstRunEnded) {
        Policy before = last;
        Policy policy = before == null
                ? new Policy(settings, connector, ticketsSince, firstRunEnded)
                : before.after(settings, connector, ticketsSince, firstRunEnded);
        last = policy;
        return policy;
    }
}
