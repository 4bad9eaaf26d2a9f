package org.psasync.examples.host;

import java.util.List;
import java.util.Map;
import org.psasync.engine.IntegrationStatus;
import org.psasync.engine.SyncEngine;
import org.psasync.engine.schedule.SyncScheduler;
import org.psasync.spi.WebhookRequest;

/** Where the PSA calls, and the overview of all integrations. */
final class Endpoints {
    private final SyncScheduler scheduler;

    Endpoints(SyncScheduler scheduler) {
        this.scheduler = scheduler;
    }

    // guide: webhook
    int webhook(String integration, String query, Map<String, List<String>> headers, byte[] body) {
        return scheduler.webhook(integration, new WebhookRequest(query, headers, body)); // the status to answer with
    }
    // guide: end

    // guide: status
    List<String> overview(List<SyncEngine> engines) {
        return engines.stream()
                .map(engine -> {
                    IntegrationStatus status = scheduler.status(engine.integration());
                    return engine.integration() + ": " + status.status() + " " + status.message() + ", next run "
                            + status.nextRun();
                })
                .toList();
    }
    // guide: end
}
