package org.psasync.examples.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.psasync.engine.Actor;
import org.psasync.engine.Entitlements;
import org.psasync.engine.InMemoryAssetRepository;
import org.psasync.engine.SyncEngine;
import org.psasync.model.AssetKind;
import org.psasync.spi.AssetRepository;
import org.psasync.spi.ConnectorConfig;
import org.psasync.spi.ReferenceData.PsaUser;
import org.psasync.store.StateStore;
import org.psasync.testkit.connectwise.FakeConnectWise;

class EmbeddingTest {
    @Test
    void theEngineOfTheGuideSyncsAConnectWiseWhoseCredentialsTheHostKeeps() {
        InMemoryAssetRepository records =
                InMemoryAssetRepository.builder(InstantSource.system()).build();
        try (FakeConnectWise fake =
                        FakeConnectWise.builder().companies(12).seed(3).start();
                SyncEngine engine = Embedding.engine(
                        "contoso/connectwise", host(records, fake), StateStore.inMemory(), Runnable::run)) {
            Actor mia = Actor.manager("mia");

            assertThat(new ConnectPage(engine, mia).connect())
                    .first()
                    .asString()
                    .startsWith("Connected, version ");
            new SettingsPage(engine, mia).firstSettings();
            engine.run();

            assertThat(engine.settings().twoWay())
                    .as("the plan of this customer forbids it")
                    .isFalse();
            assertThat(records.all(AssetKind.ORGANIZATION)).isNotEmpty();
        }
    }

    private static Host host(AssetRepository records, FakeConnectWise fake) {
        return new Host() {
            @Override
            public AssetRepository records() {
                return records;
            }

            @Override
            public ConnectorConfig credentials(String integration) {
                return ConnectorConfig.with(fake.credentials())
                        .plainHttpToLoopback(true)
                        .build();
            }

            @Override
            public Entitlements plan(String integration) {
                return Entitlements.oneWay("Your plan does not include writing to the PSA.");
            }

            @Override
            public void invite(List<PsaUser> people) {}
        };
    }
}
