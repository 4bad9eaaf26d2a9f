package org.psasync.engine.desk;

import java.time.Duration;
import java.time.Instant;
import org.psasync.engine.manage.PreviewExpiredException;

/** How long previews hold. They may be made on one node and confirmed on another, whose clock is another one. */
public final class PreviewAge {
    /** So much may the clocks of two nodes differ. */
    public static final Duration CLOCKS = Duration.ofMinutes(5);

    private static final Duration LONGEST = Duration.ofHours(1);

    private PreviewAge() {}

    /**
     * Requires that a preview holds still.
     *
     * @throws PreviewExpiredException when it is older than an hour, or of a time to come
     */
    public static void require(Instant madeAt, Instant now) {
        if (madeAt.isAfter(now.plus(CLOCKS))) {
            throw new PreviewExpiredException("The preview was made at " + madeAt + ", and here it is only " + now
                    + ": the clocks differ too much.");
        }
        if (madeAt.plus(LONGEST).isBefore(now)) {
            throw new PreviewExpiredException("The preview is older than an hour.");
        }
    }
}
