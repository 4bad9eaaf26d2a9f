package org.psasync.examples.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.psasync.testkit.scenario.NewRecord.configuration;
import static org.psasync.testkit.scenario.NewRecord.contact;
import static org.psasync.testkit.scenario.NewRecord.location;
import static org.psasync.testkit.scenario.NewRecord.organization;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.psasync.model.AssetKind;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.ContactFields;
import org.psasync.model.Field;
import org.psasync.model.FieldValues;
import org.psasync.model.LocationFields;
import org.psasync.model.OrganizationFields;
import org.psasync.model.RemoteRef;
import org.psasync.spi.FieldRule;
import org.psasync.spi.RemoteRead;
import org.psasync.testkit.scenario.Item;
import org.psasync.testkit.scenario.NewRecord;
import org.psasync.testkit.scenario.PsaBench;
import org.psasync.testkit.scenario.Scenario;

/** Scenarios see in each fake PSA what its connector sees there. */
class BenchesTest {
    private static final String[] SEVERAL_TYPES = {"Customer", "Vendor"};
    private static final String[] ONE_TYPE = {"Customer"};
    private static final Set<String> WITH_ONE_TYPE = Set.of("Fake Autotask", "Fake Pulseway");
    private static final String WITH_ONE_EMAIL = "Fake Autotask";

    static Stream<Named<PsaBench.Source>> psas() {
        return PolicyScenariosTest.psas();
    }

    @ParameterizedTest
    @MethodSource("psas")
    @DisplayName("C6.3: each mapped field that a user of the PSA fills is read by the connector as the bench shows it")
    void benchAndConnectorAgree(PsaBench.Source psa) {
        try (Scenario s = Scenario.on(psa)) {
            Item acme = s.inPsa(only(
                    s,
                    organization("Acme").type(WITH_ONE_TYPE.contains(s.psa().name()) ? ONE_TYPE : SEVERAL_TYPES),
                    Map.of(OrganizationFields.SHORT_NAME, "AC")));
            Item branch = s.inPsa(organization("Acme West").with(OrganizationFields.PARENT, acme));
            Item hq = s.inPsa(location("HQ")
                    .of(acme)
                    .with(LocationFields.ADDRESS_1, "1 Main St")
                    .with(LocationFields.ADDRESS_2, "Floor 2")
                    .with(LocationFields.CITY, "Tampa")
                    .with(LocationFields.REGION, "FL")
                    .with(LocationFields.POSTAL_CODE, "33601")
                    .with(LocationFields.COUNTRY, "US")
                    .with(LocationFields.PHONE, "8135550100"));
            Item ada = s.inPsa(only(
                    s,
                    contact("Ada", "Lovelace")
                            .of(acme)
                            .with(ContactFields.TITLE, "CTO")
                            .with(ContactFields.PHONES, "8135550111"),
                    Map.of(
                            ContactFields.EMAILS,
                            WITH_ONE_EMAIL.equals(s.psa().name())
                                    ? List.of("ada@acme.example")
                                    : List.of("ada@acme.example", "al@acme.example"),
                            ContactFields.TYPES,
                            List.of("Decision Maker"),
                            ContactFields.IMPORTANT,
                            true,
                            ContactFields.LOCATION,
                            hq)));
            Item server = s.inPsa(only(
                    s,
                    configuration("SRV-1")
                            .of(acme)
                            .with(ConfigurationFields.ASSET_TAG, "T-1")
                            .with(ConfigurationFields.SERIAL_NUMBER, "S-1")
                            .with(ConfigurationFields.NOTES, "rack 4")
                            .with(ConfigurationFields.EXPIRES_ON, "2028-01-02")
                            .with(ConfigurationFields.MANUFACTURER, "Contoso")
                            .with(ConfigurationFields.MODEL, "R1")
                            .with(ConfigurationFields.CONTACT, ada),
                    Map.ofEntries(
                            Map.entry(ConfigurationFields.PURCHASED_ON, "2025-01-02"),
                            Map.entry(ConfigurationFields.INSTALLED_ON, "2025-01-02"),
                            Map.entry(ConfigurationFields.OPERATING_SYSTEM, "Linux"),
                            Map.entry(ConfigurationFields.MAC_ADDRESS, "00:1A:2B:3C:4D:5E"),
                            Map.entry(ConfigurationFields.PRIMARY_IP, "10.0.0.1"),
                            Map.entry(ConfigurationFields.DEFAULT_GATEWAY, "10.0.0.254"),
                            Map.entry(ConfigurationFields.LOCATION, hq),
                            Map.entry(ConfigurationFields.PLATFORM, "x86"),
                            Map.entry(ConfigurationFields.PHYSICAL_POSITION, "Rack 4"))));
            for (AssetKind kind :
                    List.of(AssetKind.ORGANIZATION, AssetKind.LOCATION, AssetKind.CONTACT, AssetKind.CONFIGURATION)) {
                assertThat(s.psa().all(kind)).isNotEmpty().allSatisfy(ref -> compare(s.psa(), ref));
            }
            assertThat(List.of(acme, branch, hq, ada, server)).doesNotContainNull();
        }
    }

    /** Adds what the PSA has a place for; not every one has one for each. */
    private static NewRecord only(Scenario s, NewRecord record, Map<? extends Field<?>, ?> more) {
        NewRecord result = record;
        for (Map.Entry<? extends Field<?>, ?> each : more.entrySet()) {
            boolean mapped = s.psa()
                    .connector()
                    .descriptor()
                    .kind(record.kind())
                    .orElseThrow()
                    .maps(each.getKey());
            result = mapped ? result.with(each.getKey(), each.getValue()) : result;
        }
        return result;
    }

    private static void compare(PsaBench psa, RemoteRef ref) {
        RemoteRead read = psa.connector().read(ref.kind(), List.of(ref.id())).get(ref.id());
        assertThat(read).as("%s", ref).isInstanceOf(RemoteRead.Found.class);
        FieldValues seen = ((RemoteRead.Found) read).record().values();
        FieldValues there = psa.get(ref).orElseThrow();
        List<? extends Field<?>> mapped = psa.connector().descriptor().kind(ref.kind()).orElseThrow().fields().stream()
                .map(FieldRule::field)
                .filter(there::has)
                .toList();
        for (Field<?> field : mapped) {
            assertThat(there.get(field)).as("%s of %s", field, ref).isEqualTo(seen.get(field));
        }
        assertThat(mapped).as("%s", ref).hasSizeGreaterThan(3);
    }

    @ParameterizedTest
    @MethodSource("psas")
    @DisplayName("FIELD-3: blank clears in the PSA; what is deleted or was never there is not there")
    void clearsAndDeletes(PsaBench.Source psa) {
        try (Scenario s = Scenario.on(psa)) {
            Item acme = s.inPsa(organization("Acme"));
            Item server = s.inPsa(configuration("SRV-1").of(acme).with(ConfigurationFields.NOTES, "text"));
            s.customersAndServers().run();

            s.psaChanges(server, ConfigurationFields.NOTES, null);
            s.expect(server).local(ConfigurationFields.NOTES, "text").remote(ConfigurationFields.NOTES, null);
            s.psaDeletes(server).psaDeletes(acme);
            s.expect(server).notInPsa();
            s.expect(acme).notInPsa();
            assertThat(s.psa().all(AssetKind.CONFIGURATION)).isEmpty();
            assertThat(s.psa().all(AssetKind.ORGANIZATION)).isEmpty();
            assertThat(s.psa().get(RemoteRef.of(AssetKind.CONFIGURATION, "999999")))
                    .isEqualTo(Optional.empty());
        }
    }

    @ParameterizedTest
    @MethodSource("psas")
    void namesAValueThatDoesNotFit(PsaBench.Source psa) {
        try (Scenario s = Scenario.on(psa)) {
            assertThatThrownBy(() -> s.inPsa(configuration("SRV-1").with(ConfigurationFields.EXPIRES_ON, "soon")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("expiresOn")
                    .hasMessageContaining("soon");
        }
    }
}
