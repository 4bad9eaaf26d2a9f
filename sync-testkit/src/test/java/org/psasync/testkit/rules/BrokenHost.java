package org.psasync.testkit.rules;

import java.util.Random;
import org.psasync.engine.SyncEngine;
import org.psasync.spi.AssetRepository;

/** Engines on the memory of a stage whose host fails at one method. */
final class BrokenHost {
    private BrokenHost() {}

    static SyncEngine engine(Stage stage, String method) {
        return engine(stage, Broken.host(stage.host, method, () -> {
            throw new IllegalStateException("broken\nselect password from users");
        }));
    }

    static SyncEngine engine(Stage stage, AssetRepository host) {
        return SyncEngine.builder()
                .integration("contoso/fake")
                .connector(stage.psa)
                .assets(host)
                .state(stage.store)
                .clock(stage.clock)
                .pause(stage.clock)
                .random(new Random(99))
                .build();
    }
}
