package org.psasync.examples.host;

import java.util.Collection;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import org.psasync.engine.Actor;
import org.psasync.engine.SyncEngine;
import org.psasync.engine.schedule.SyncScheduler;
import org.psasync.spi.PsaConnectors;
import org.psasync.store.StateStore;

/** What a host does once, when it starts. */
final class Embedding {
    private Embedding() {}

    // guide: engine
    static SyncEngine engine(String integration, Host host, StateStore state, Executor threads) {
        return SyncEngine.builder()
                .integration(integration) // such as "contoso/connectwise"
                .connector(() -> PsaConnectors.connect("connectwise", host.credentials(integration)))
                .assets(host.records())
                .state(state)
                .executor(threads)
                .entitlements(() -> host.plan(integration))
                .invitations(host::invite)
                .bulkDelete(Actor.Role.ADMINISTRATOR)
                .build();
    }
    // guide: end

    // guide: scheduler
    static SyncScheduler scheduler(ScheduledExecutorService threads, Collection<SyncEngine> engines) {
        SyncScheduler scheduler = SyncScheduler.builder(threads).workers(2).build();
        engines.forEach(scheduler::add);
        return scheduler;
    }
    // guide: end
}
