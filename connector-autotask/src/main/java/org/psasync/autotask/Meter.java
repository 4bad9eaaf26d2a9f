package org.psasync.autotask;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.psasync.http.CallBudget;
import org.psasync.http.JsonMismatch;
import org.psasync.http.JsonValue;
import org.psasync.http.RestCall;
import org.psasync.http.RestClient;
import org.psasync.spi.ConnectorException;

/**
 * Reads the meter of the tenant, on which the requests of all its tools are, and its limit (SAFE-4). The meter's own request
 * counts too, so that it is read seldom. Safe for use by several threads. Source: REST guide, Thresholds and limits, 2026-10.
 */
final class Meter {
    private static final Duration BETWEEN = Duration.ofMinutes(15);
    private static final long LEAST_LIMIT = 100;

    private final CallBudget budget;
    private final InstantSource clock;
    private @Nullable Instant read;

    Meter(CallBudget budget, InstantSource clock) {
        this.budget = budget;
        this.clock = clock;
    }

    void use(double share) {
        budget.use(share);
    }

    /** Reads the meter if it was not read lately. A meter that cannot be read stops nothing. */
    void readNowAndThen(RestClient rest) {
        synchronized (this) {
            Instant now = clock.instant();
            if (read != null && now.isBefore(read.plus(BETWEEN))) {
                return;
            }
            read = now;
        }
        try {
            // by what is kept for pushes: where other tools use all, runs wait, and the meter must tell when that ends
            JsonValue meter = rest.forPushes()
                    .call(RestCall.read("threshold.read", "ThresholdInformation")
                            .scope("ThresholdInformation"))
                    .json();
            Long used = meter.integer("currentTimeframeRequestCount");
            Long limit = meter.integer("externalRequestThreshold");
            if (used != null && limit != null && limit >= LEAST_LIMIT && limit <= Integer.MAX_VALUE) {
                budget.metered((int) Math.max(0, Math.min(used, Integer.MAX_VALUE)), limit.intValue());
            }
        } catch (ConnectorException.Unauthorized e) {
            throw e;
        } catch (ConnectorException | JsonMismatch e) {
            return;
        }
    }
}
