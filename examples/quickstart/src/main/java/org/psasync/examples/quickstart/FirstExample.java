package org.psasync.examples.quickstart;

import java.util.Map;
import org.psasync.engine.Actor;
import org.psasync.engine.RunReport;
import org.psasync.engine.SyncEngine;
import org.psasync.spi.AssetRepository;
import org.psasync.spi.ConnectorConfig;
import org.psasync.spi.PsaConnector;
import org.psasync.spi.PsaConnectors;
import org.psasync.store.StateStore;

/** The first example of the README; the build compiles it, runs it, and compares the two. */
final class FirstExample {
    private FirstExample() {}

    static RunReport sync(Map<String, String> credentials, AssetRepository myRepository) {
        ConnectorConfig config =
                ConnectorConfig.with(credentials).plainHttpToLoopback(true).build();
        // README: begin
        try (PsaConnector connectWise = PsaConnectors.connect("connectwise", config);
                SyncEngine engine = SyncEngine.builder()
                        .integration("contoso/connectwise")
                        .connector(connectWise)
                        .assets(myRepository) // the host's records
                        .state(StateStore.inMemory()) // what the engine remembers
                        .build()) {
            engine.as(Actor.manager("mia"))
                    .configure(settings -> settings.organizations(
                                    o -> o.types("Customer", "Prospect").statuses("Active"))
                            .contacts(true)
                            .twoWay(true));
            System.out.println(engine.plan().print()); // reads both sides, writes nothing
            return engine.run(); // observes, plans, applies
        }
        // README: end
    }
}
