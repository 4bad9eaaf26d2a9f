package org.psasync.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.psasync.model.AssetKind.CONFIGURATION;
import static org.psasync.model.AssetKind.ORGANIZATION;
import static org.psasync.model.AssetKind.TICKET;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.model.AssetKind;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.Field;
import org.psasync.model.FieldType;
import org.psasync.model.FieldValues;
import org.psasync.model.Fields;
import org.psasync.model.RemoteId;
import org.psasync.model.RemoteRef;
import org.psasync.spi.ConnectionCheck;
import org.psasync.spi.ConnectorDescriptor;
import org.psasync.spi.ConnectorOption;
import org.psasync.spi.FieldRule;
import org.psasync.spi.KindDescriptor;
import org.psasync.spi.KindDescriptor.Reading;
import org.psasync.spi.ReferenceData;
import org.psasync.spi.ReferenceData.Entry;
import org.psasync.spi.RemoteVersion;
import org.psasync.spi.Webhook;
import org.psasync.spi.WebhookRequest;

class FakePsaBuilderTest {
    private final TestClock clock = TestClock.at("2026-03-01T12:00:00Z");

    @Test
    void byItselfItMapsAllFieldsOfAllKindsBothWaysButActivityAndTickets() {
        ConnectorDescriptor descriptor = FakePsa.builder(clock).build().descriptor();
        assertThat(descriptor.kinds()).containsOnlyKeys(AssetKind.values());
        for (AssetKind kind : AssetKind.values()) {
            KindDescriptor known = descriptor.kind(kind).orElseThrow();
            List<Field<?>> mapped = new ArrayList<>();
            known.fields().forEach(rule -> mapped.add(rule.field()));
            assertThat(mapped).isEqualTo(Fields.of(kind));
            for (FieldRule rule : known.fields()) {
                boolean pulled = kind == TICKET || rule.field().equals(Fields.active(kind));
                assertThat(rule.writable()).as(kind + " " + rule.field()).isEqualTo(!pulled);
            }
            assertThat(known.keepsDeleted()).isEqualTo(kind == ORGANIZATION);
            assertThat(known.create()).isEqualTo(kind.twoWay());
            assertThat(known.reading()).isEqualTo(Reading.DELTA);
        }
    }

    @Test
    @DisplayName("C1.1: the descriptor says what was built")
    void describesWhatWasBuilt() {
        Field<String> custom = Field.custom(CONFIGURATION, "rack", FieldType.TEXT);
        FakePsa psa = FakePsa.builder(clock)
                .named("acme", "Acme PSA")
                .without(TICKET)
                .deadline(Duration.ofSeconds(5))
                .kind(
                        CONFIGURATION,
                        kind -> kind.reading(Reading.FULL_LIST)
                                .incompleteDelta()
                                .keepingDeleted()
                                .withoutCreationTimes()
                                .withoutChangeTimes()
                                .withoutUpdate()
                                .visibilityDelay(Duration.ofMinutes(1))
                                .mapping(custom)
                                .pullOnly(ConfigurationFields.NOTES)
                                .maxLength(ConfigurationFields.NAME, 30)
                                .required(ConfigurationFields.STATUS)
                                .optional(ConfigurationFields.TYPE)
                                .unmapped(ConfigurationFields.MODEL))
                .build();
        assertThat(psa.descriptor().id()).isEqualTo("acme");
        assertThat(psa.descriptor().displayName()).isEqualTo("Acme PSA");
        assertThat(psa.descriptor().deadline()).isEqualTo(Duration.ofSeconds(5));
        assertThat(psa.descriptor().kind(TICKET)).isEmpty();
        KindDescriptor built = psa.descriptor().kind(CONFIGURATION).orElseThrow();
        assertThat(List.of(
                        built.deltaComplete(),
                        built.listsIds(),
                        built.keepsDeleted(),
                        built.tellsCreation(),
                        built.create(),
                        built.update(),
                        built.find()))
                .containsExactly(false, true, true, false, true, false, true);
        assertThat(built.visibilityDelay()).isEqualTo(Duration.ofMinutes(1));
        assertThat(built.maps(custom)).isTrue();
        assertThat(built.maps(ConfigurationFields.MODEL)).isFalse();
        assertThat(rule(built, ConfigurationFields.NOTES).writable()).isFalse();
        assertThat(rule(built, ConfigurationFields.NAME))
                .isEqualTo(new FieldRule(ConfigurationFields.NAME, FieldRule.Direction.BOTH, 30, true));
        assertThat(rule(built, ConfigurationFields.STATUS).requiredOnCreate()).isTrue();
        assertThat(rule(built, ConfigurationFields.TYPE).requiredOnCreate()).isFalse();

        RemoteRef server = psa.put(FieldValues.empty(CONFIGURATION).with(ConfigurationFields.NAME, "SRV-01"));
        assertThat(Samples.readOne(psa, server).version()).isEqualTo(RemoteVersion.UNKNOWN);
        assertThat(Samples.readOne(psa, server).createdAt()).isNull();
    }

    @Test
    void tellsTenantVersionAdviceUsersAndOptions() {
        ConnectorOption option = new ConnectorOption("emailType", "E-mail type", ConnectorOption.Form.CHOICE, null);
        FakePsa psa = FakePsa.builder(clock)
                .tenant("contoso")
                .version("2025.2")
                .advice("Use an account of its own")
                .user("Ada Park", "ada@example.com")
                .option(option, Entry.of("1", "Work"))
                .build();
        ConnectionCheck check = psa.check();
        assertThat(check.tenant()).isEqualTo("contoso");
        assertThat(check.version()).isEqualTo("2025.2");
        assertThat(check.advice()).containsExactly("Use an account of its own");
        ReferenceData reference = psa.reference();
        assertThat(reference.users()).containsExactly(new ReferenceData.PsaUser("1", "Ada Park", "ada@example.com"));
        assertThat(reference.optionChoices()).containsEntry("emailType", List.of(Entry.of("1", "Work")));
        assertThat(psa.descriptor().options()).containsExactly(option);
    }

    @Test
    void refusesWhatMakesNoSense() {
        FakePsaBuilder builder = FakePsa.builder(clock).without(TICKET);
        assertThatThrownBy(() -> builder.kind(TICKET, FakeKind::withoutIds)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> builder.kind(ORGANIZATION, kind -> kind.reading(Reading.LIST_PER_PARENT)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.kind(
                        CONFIGURATION,
                        kind -> kind.unmapped(ConfigurationFields.NOTES).pullOnly(ConfigurationFields.NOTES)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("notes");
    }

    @Test
    void aSlowCallOfAnotherClockUsesItsPause() {
        Duration[] slept = new Duration[1];
        FakePsa psa = FakePsa.builder(clock, duration -> slept[0] = duration).build();
        psa.faults().next(Fault.slow(Duration.ofSeconds(3)));
        psa.check();
        assertThat(slept[0]).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    @DisplayName("C12.1: a hook names its records; without the secret it is refused")
    void verifiesHooks() {
        FakePsa psa = FakePsa.builder(clock).build();
        RemoteRef acme = RemoteRef.of(ORGANIZATION, "101");
        RemoteRef server = RemoteRef.of(CONFIGURATION, "102");
        WebhookRequest genuine = psa.hook(acme, server);
        assertThat(psa.webhook(genuine)).isEqualTo(new Webhook.Hints(List.of(acme, server)));
        WebhookRequest forged =
                new WebhookRequest(genuine.query(), Map.of("X-Fake-Secret", List.of("guess")), genuine.body());
        assertThat(psa.webhook(forged)).isInstanceOf(Webhook.Refused.class);
        assertThat(psa.webhook(new WebhookRequest("", Map.of(), genuine.body())))
                .isInstanceOf(Webhook.Refused.class);
        assertThat(psa.requests()).isZero();
    }

    @Test
    void givesEachRecordAnAddress() {
        assertThat(FakePsa.builder(clock).build().address(ORGANIZATION, new RemoteId("101")))
                .hasToString("Optional[https://psa.example/organization/101]");
    }

    private static FieldRule rule(KindDescriptor kind, Field<?> field) {
        return kind.rule(field).orElseThrow();
    }
}
