package org.psasync.http;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import org.psasync.spi.ConnectorConfig;

/** What a client was built with. */
record ClientSettings(
        BaseAddress address,
        TrustedHosts trusted,
        ConnectorConfig config,
        HttpClient http,
        CallBudget budget,
        Retries retries,
        FailureReader failures,
        Mask mask,
        String logger,
        Map<String, String> headers,
        Supplier<Map<String, String>> credentials,
        boolean ignoreCase) {

    Tries triesOf(RestCall call) {
        Duration own = call.parts().deadline;
        return new Tries(call, retries, config.random(), config.clock(), own == null ? config.deadline() : own);
    }
}
