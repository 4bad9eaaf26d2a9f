package org.psasync.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.psasync.model.AssetKind.CONTACT;
import static org.psasync.model.AssetKind.ORGANIZATION;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.psasync.engine.Actor;
import org.psasync.engine.InMemoryAssetRepository;
import org.psasync.engine.RunReport;
import org.psasync.engine.SyncEngine;
import org.psasync.engine.Verb;
import org.psasync.model.Asset;
import org.psasync.model.ContactFields;
import org.psasync.model.Edit;
import org.psasync.model.FieldValues;
import org.psasync.model.OrganizationFields;
import org.psasync.model.Origin;
import org.psasync.model.RemoteRef;
import org.psasync.store.IntegrationState;
import org.psasync.store.StateStore;
import org.psasync.testkit.FakePsa;
import org.psasync.testkit.TestClock;

/** The whole engine on a file. */
class EngineOnSqliteTest {
    private static final String NAME = "contoso/fake";

    @TempDir
    Path folder;

    private final TestClock clock = TestClock.at("2026-03-01T08:00:00Z");
    private final FakePsa psa = FakePsa.builder(clock).build();
    private final InMemoryAssetRepository host =
            InMemoryAssetRepository.builder(clock).build();
    private final List<RemoteRef> companies = new ArrayList<>();
    private int engines;

    private StateStore open() {
        return JdbcStateStore.sqlite(folder.resolve("state.db"));
    }

    private SyncEngine engine(StateStore store) {
        return SyncEngine.builder()
                .integration(NAME)
                .connector(psa)
                .assets(host)
                .state(store)
                .clock(clock)
                .pause(clock)
                .random(new Random(++engines))
                .build();
    }

    @BeforeEach
    void fill() {
        for (int i = 0; i < 40; i++) {
            RemoteRef company = psa.put(FieldValues.of(ORGANIZATION)
                    .set(OrganizationFields.NAME, "Company " + i)
                    .set(OrganizationFields.TYPES, Set.of(psa.choice(OrganizationFields.TYPES, "Customer")))
                    .set(OrganizationFields.STATUS, psa.choice(OrganizationFields.STATUS, "Active"))
                    .build());
            companies.add(company);
            for (int j = 0; j < 25; j++) {
                psa.put(FieldValues.of(CONTACT)
                        .set(ContactFields.ORGANIZATION, company)
                        .set(ContactFields.FIRST_NAME, "First " + j)
                        .set(ContactFields.LAST_NAME, "Last " + i)
                        .build());
            }
        }
    }

    private void configure(SyncEngine engine) {
        engine.as(Actor.manager("mia"))
                .configure(settings -> settings.organizations(
                                o -> o.types("Customer").statuses("Active"))
                        .contacts(true));
    }

    private Asset local(String company) {
        return host.all(ORGANIZATION).stream()
                .filter(each -> company.equals(each.values().get(OrganizationFields.NAME)))
                .findFirst()
                .orElseThrow();
    }

    @Test
    @DisplayName("A first pull, edits on both sides and restarts on one file go as they do in memory")
    void syncsAcrossRestarts() {
        try (StateStore store = open()) {
            SyncEngine engine = engine(store);
            configure(engine);
            assertThat(engine.plan().count(Verb.CREATE_LOCALLY)).isEqualTo(40 + 1000);
            assertThat(host.all(CONTACT)).isEmpty();
            assertThat(engine.run().status()).isEqualTo(RunReport.Status.OK);
        }
        assertThat(host.all(CONTACT)).hasSize(1000);
        try (StateStore store = open()) {
            SyncEngine engine = engine(store);
            engine.as(Actor.manager("mia")).configure(settings -> settings.twoWay(true));
            clock.advance(Duration.ofMinutes(1));
            psa.edit(
                    companies.get(3),
                    FieldValues.of(ORGANIZATION)
                            .set(OrganizationFields.SHORT_NAME, "three")
                            .build());
            Asset seven = local("Company 7");
            host.save(
                    seven.ref(),
                    FieldValues.of(ORGANIZATION)
                            .set(OrganizationFields.SHORT_NAME, "seven")
                            .build(),
                    new Edit(Origin.USER, "ann", clock.instant()));
            engine.saved(seven.ref());
            clock.advance(Duration.ofMinutes(1));
            assertThat(engine.run().status()).isEqualTo(RunReport.Status.OK);
        }
        assertThat(local("Company 3").values().get(OrganizationFields.SHORT_NAME))
                .isEqualTo("three");
        assertThat(psa.get(companies.get(7)).orElseThrow().values().get(OrganizationFields.SHORT_NAME))
                .isEqualTo("seven");
        try (StateStore store = open()) {
            clock.advance(Duration.ofMinutes(1));
            RunReport idle = engine(store).run();
            assertThat(idle.status()).isEqualTo(RunReport.Status.OK);
            assertThat(idle.count(Verb.UPDATE_LOCALLY) + idle.count(Verb.CREATE_LOCALLY))
                    .isZero();
        }
    }

    @Test
    @DisplayName("A crash before or after any commit of a first pull is made good by the next run")
    void crashesAreHarmless() {
        int crashes = 0;
        boolean crashed = true;
        try (StateStore store = open()) {
            configure(engine(store));
        }
        for (int commits = 1; crashed; commits += 3) {
            try (StateStore store = open()) {
                engine(crashingAfter(commits, store)).run();
                crashed = false;
            } catch (Crash expected) {
                crashes++;
            }
            clock.advance(Duration.ofHours(1));
        }
        assertThat(crashes).isPositive();
        assertThat(host.all(ORGANIZATION)).hasSize(40);
        assertThat(host.all(CONTACT)).hasSize(1000);
    }

    /** The process ends here. */
    private static final class Crash extends Error {
        private static final long serialVersionUID = 1;
    }

    private static StateStore crashingAfter(int commits, StateStore store) {
        IntegrationState state = store.integration(NAME);
        int[] left = {commits};
        IntegrationState crashing = (IntegrationState) Proxy.newProxyInstance(
                EngineOnSqliteTest.class.getClassLoader(),
                new Class<?>[] {IntegrationState.class},
                (proxy, method, values) -> {
                    boolean commit = method.getName().equals("commit");
                    if (left[0] < 0 || commit && left[0]-- == 0 && commits % 2 == 0) {
                        throw new Crash();
                    }
                    try {
                        Object result = method.invoke(state, values);
                        if (commit && left[0] < 0) {
                            throw new Crash();
                        }
                        return result;
                    } catch (InvocationTargetException failure) {
                        throw failure.getCause() == null ? failure : failure.getCause();
                    }
                });
        return new StateStore() {
            @Override
            public IntegrationState integration(String name) {
                return crashing;
            }

            @Override
            public void close() {}
        };
    }
}
