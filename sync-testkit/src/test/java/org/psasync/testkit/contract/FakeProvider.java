package org.psasync.testkit.contract;

import java.time.Instant;
import java.util.List;
import org.psasync.spi.ConnectorConfig;
import org.psasync.spi.Credential;
import org.psasync.spi.PsaConnector;
import org.psasync.spi.PsaConnectorProvider;
import org.psasync.testkit.FakePsa;
import org.psasync.testkit.TestClock;

/** Opens a new PSA in memory for each connector. */
public class FakeProvider implements PsaConnectorProvider {
    @Override
    public String id() {
        return "fake";
    }

    @Override
    public String displayName() {
        return "Fake PSA";
    }

    @Override
    public List<Credential> credentials() {
        return List.of(new Credential("user", "User", false, true), new Credential("key", "Key", true, true));
    }

    @Override
    public PsaConnector connect(ConnectorConfig config) {
        config.required("user");
        config.required("key");
        return FakePsa.builder(new TestClock(Instant.EPOCH)).build();
    }
}
