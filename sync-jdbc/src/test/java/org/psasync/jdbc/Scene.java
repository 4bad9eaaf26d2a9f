package org.psasync.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.psasync.model.AssetKind.CONTACT;
import static org.psasync.model.AssetKind.ORGANIZATION;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.psasync.engine.Actor;
import org.psasync.engine.InMemoryAssetRepository;
import org.psasync.engine.RunReport;
import org.psasync.engine.SyncEngine;
import org.psasync.model.Asset;
import org.psasync.model.AssetKind;
import org.psasync.model.ContactFields;
import org.psasync.model.Edit;
import org.psasync.model.Field;
import org.psasync.model.FieldValues;
import org.psasync.model.OrganizationFields;
import org.psasync.model.Origin;
import org.psasync.model.RemoteRef;
import org.psasync.store.IntegrationState;
import org.psasync.store.Pair;
import org.psasync.store.PairQuery;
import org.psasync.store.StateStore;
import org.psasync.testkit.FakePsa;
import org.psasync.testkit.TestClock;

/** A PSA with companies and contacts, an empty host without change feed, and engines on any store. */
final class Scene {
    static final String NAME = "contoso/fake";
    static final int COMPANIES = 10;
    static final int CONTACTS = 100;

    final TestClock clock = TestClock.at("2026-03-01T08:00:00Z");
    final FakePsa psa = FakePsa.builder(clock).build();
    final InMemoryAssetRepository host =
            InMemoryAssetRepository.builder(clock).withoutChangeFeed().build();
    private int engines;

    Scene() {
        for (int i = 0; i < COMPANIES; i++) {
            RemoteRef company = psa.put(FieldValues.of(ORGANIZATION)
                    .set(OrganizationFields.NAME, "Company " + i)
                    .set(OrganizationFields.TYPES, Set.of(psa.choice(OrganizationFields.TYPES, "Customer")))
                    .set(OrganizationFields.STATUS, psa.choice(OrganizationFields.STATUS, "Active"))
                    .build());
            for (int j = 0; j < CONTACTS / COMPANIES; j++) {
                psa.put(FieldValues.of(CONTACT)
                        .set(ContactFields.ORGANIZATION, company)
                        .set(ContactFields.FIRST_NAME, "First " + j)
                        .set(ContactFields.LAST_NAME, "Last " + i)
                        .build());
            }
        }
    }

    SyncEngine engine(StateStore store) {
        return engine(store, clock);
    }

    SyncEngine engine(StateStore store, TestClock itsClock) {
        return SyncEngine.builder()
                .integration(NAME)
                .connector(psa)
                .assets(host)
                .state(store)
                .clock(itsClock)
                .pause(itsClock)
                .random(new Random(++engines))
                .build();
    }

    /** An engine whose memory is watched. */
    SyncEngine engine(IntegrationState state) {
        return engine(new StateStore() {
            @Override
            public IntegrationState integration(String name) {
                return state;
            }

            @Override
            public void close() {}
        });
    }

    SyncEngine configured(StateStore store) {
        SyncEngine engine = engine(store);
        engine.as(Actor.manager("mia"))
                .configure(settings -> settings.organizations(
                                o -> o.types("Customer").statuses("Active"))
                        .contacts(true));
        return engine;
    }

    /** An engine that ran, with two-way on, so that only what it is told of is looked at. */
    SyncEngine twoWay(StateStore store) {
        SyncEngine engine = configured(store);
        assertThat(engine.run().status()).isEqualTo(RunReport.Status.OK);
        engine.as(Actor.manager("mia")).configure(settings -> settings.twoWay(true));
        later(Duration.ofMinutes(1));
        assertThat(engine.run().status()).isEqualTo(RunReport.Status.OK); // lists the host for the last time this day
        later(Duration.ofMinutes(1));
        return engine;
    }

    void later(Duration time) {
        clock.advance(time);
    }

    Asset company(int number) {
        return host.all(ORGANIZATION).stream()
                .filter(each -> ("Company " + number).equals(each.values().get(OrganizationFields.NAME)))
                .findFirst()
                .orElseThrow();
    }

    /** A person edits a company in the host. */
    <T> Asset edits(int number, Field<T> field, T value) {
        return host.save(
                company(number).ref(),
                FieldValues.empty(ORGANIZATION).with(field, value),
                new Edit(Origin.USER, "ursula", clock.instant()));
    }

    /** Returns what the PSA holds in a field of all companies. */
    <T> List<T> inPsa(Field<T> field) {
        return psa.all(ORGANIZATION).stream()
                .map(record -> record.values().get(field))
                .filter(value -> value != null)
                .toList();
    }

    /** Everything was pulled once, each record is in one link, and the counts agree with the pairs. */
    void requireAllPulledOnce(IntegrationState state) {
        assertThat(host.all(ORGANIZATION)).hasSize(COMPANIES);
        assertThat(host.all(CONTACT)).hasSize(CONTACTS);
        Set<Object> records = new HashSet<>();
        for (AssetKind kind : List.of(ORGANIZATION, CONTACT)) {
            List<Pair> pairs = state.pairs(new PairQuery.OfKind(kind), null, 1000);
            assertThat(pairs).hasSize(kind == CONTACT ? CONTACTS : COMPANIES).allMatch(Pair::linked);
            pairs.forEach(pair -> assertThat(records.add(pair.localRef()) && records.add(pair.remoteRef()))
                    .as("%s", pair)
                    .isTrue());
            assertThat(state.counts().getOrDefault(kind, Map.of()).values().stream()
                            .mapToLong(each -> each)
                            .sum())
                    .isEqualTo(pairs.size());
        }
    }
}
