package org.psasync.engine.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.psasync.engine.decide.Samples.NOW;
import static org.psasync.model.AssetKind.CONFIGURATION;
import static org.psasync.model.AssetKind.LOCATION;
import static org.psasync.model.AssetKind.TICKET;
import static org.psasync.model.ConfigurationFields.NOTES;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.psasync.engine.SyncSettings;
import org.psasync.model.AssetKind;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.ContactFields;
import org.psasync.model.FieldValues;
import org.psasync.model.LocationFields;
import org.psasync.spi.ConnectorDescriptor;
import org.psasync.spi.FieldRule;
import org.psasync.spi.FieldRule.Direction;
import org.psasync.spi.KindDescriptor;

/** What settings and a connector come to. */
class PolicyTest {
    private static final Policy USUAL = Samples.policy();
    private static final Policy ONE_WAY = Samples.policy(Samples::oneWay, Set.of(), null);

    private static Policy unwritten() {
        return Samples.with(USUAL, Samples.kind(CONFIGURATION, false, true, USUAL.rules(CONFIGURATION)));
    }

    static Stream<Arguments> ways() {
        return Stream.of(
                //        policy, kind, whether its records are changed and made in the PSA
                arguments(USUAL, CONFIGURATION, true),
                arguments(ONE_WAY, CONFIGURATION, false),
                arguments(USUAL, TICKET, false),
                arguments(unwritten(), CONFIGURATION, false),
                arguments(unwritten(), LOCATION, true));
    }

    @ParameterizedTest(name = "{1}: {2}")
    @MethodSource("ways")
    @DisplayName("FIELD-8, PULL-7, PUSH-1: what goes to the PSA is two-way, and the connector can write it")
    void knowsWhatGoesToThePsa(Policy policy, AssetKind kind, boolean goes) {
        assertThat(policy.pushesUpdates(kind)).isEqualTo(goes);
        assertThat(policy.pushesCreates(kind)).isEqualTo(goes);
        assertThat(policy.rules(kind)).isNotEmpty().allMatch(rule -> policy.pushes(rule) == goes);
    }

    @Test
    @DisplayName("PULL-7: tickets are never written back, whatever a connector says it can do")
    void neverWritesTickets() {
        Policy writing = Samples.with(USUAL, Samples.kind(TICKET, true, true, USUAL.rules(TICKET)));

        assertThat(writing.pushesUpdates(TICKET)).isFalse();
        assertThat(writing.pushesCreates(TICKET)).isFalse();
        assertThat(writing.rules(TICKET)).noneMatch(writing::pushes);
    }

    @Test
    @DisplayName(
            "FIELD-1, FIELD-8: a field that is left out is not synced, though read; one that is only pulled is both")
    void knowsItsFields() {
        Policy policy = Samples.policy(
                Samples.mapping(Set.of(NOTES), Set.of(ConfigurationFields.ASSET_TAG)),
                Set.of(ConfigurationFields.PLATFORM),
                null,
                rule -> rule.field().equals(ConfigurationFields.SERIAL_NUMBER)
                        ? new FieldRule(rule.field(), Direction.PULL, 0, false)
                        : rule);

        assertThat(policy.maps(NOTES)).isFalse();
        assertThat(policy.rule(NOTES)).isNull();
        assertThat(policy.isRead(NOTES)).isTrue();
        assertThat(policy.isRead(ConfigurationFields.PLATFORM)).isFalse();
        assertThat(policy.rules(CONFIGURATION)).noneMatch(rule -> rule.field().equals(NOTES));
        assertThat(policy.maps(ConfigurationFields.ASSET_TAG)).isTrue();
        assertThat(policy.rules(CONFIGURATION))
                .filteredOn(rule -> !policy.pushes(rule))
                .extracting(FieldRule::field)
                .containsExactlyInAnyOrder(ConfigurationFields.ASSET_TAG, ConfigurationFields.SERIAL_NUMBER);
        FieldValues notes = FieldValues.empty(CONFIGURATION).with(NOTES, "n");
        assertThat(policy.mapsAll(notes)).isFalse();
        assertThat(USUAL.mapsAll(notes)).isTrue();
        assertThat(policy.psa()).isEqualTo("Fake PSA");
        assertThat(policy.firstRunEnded()).isEqualTo(NOW);
    }

    @Test
    @DisplayName("MATCH-4: a kind that was not read to its end yet is not listed")
    void knowsWhatIsListed() {
        Policy policy = USUAL.whileUnlisted(Set.of(TICKET));

        assertThat(policy.isListed(TICKET)).isFalse();
        assertThat(policy.isListed(CONFIGURATION)).isTrue();
        assertThat(USUAL.isListed(TICKET)).isTrue();
        assertThat(policy.whileUnlisted(Set.of()).isListed(TICKET)).isTrue();
    }

    @Test
    @DisplayName("MATCH-1: records are recognised by the usual fields that are read, and by those a PSA adds")
    void knowsItsKeys() {
        Policy withoutType = Samples.policy(settings -> settings, Set.of(ConfigurationFields.TYPE), null);
        KindDescriptor locations = USUAL.kind(LOCATION).orElseThrow();
        Policy withCountry = Samples.with(
                USUAL,
                new KindDescriptor(
                        LOCATION,
                        locations.reading(),
                        true,
                        true,
                        false,
                        true,
                        true,
                        true,
                        true,
                        Duration.ZERO,
                        locations.fields(),
                        List.of(LocationFields.COUNTRY, LocationFields.CITY)));

        assertThat(USUAL.keys(AssetKind.CONTACT))
                .containsExactly(ContactFields.ORGANIZATION, ContactFields.FIRST_NAME, ContactFields.LAST_NAME);
        assertThat(USUAL.keys(CONFIGURATION))
                .containsExactly(ConfigurationFields.ORGANIZATION, ConfigurationFields.TYPE, ConfigurationFields.NAME);
        assertThat(withoutType.keys(CONFIGURATION))
                .containsExactly(ConfigurationFields.ORGANIZATION, ConfigurationFields.NAME);
        assertThat(USUAL.keys(LOCATION)).hasSize(6).doesNotContain(LocationFields.COUNTRY);
        assertThat(withCountry.keys(LOCATION)).hasSize(7).endsWith(LocationFields.COUNTRY);
        assertThat(USUAL.keys(TICKET)).isEmpty();
    }

    @Test
    @DisplayName("SET-10: the policy of a later moment is that of its own settings, connector and time")
    void followsSettings() {
        ConnectorDescriptor connector = USUAL.connector();
        SyncSettings settings = USUAL.settings();
        ConnectorDescriptor blind =
                Samples.policy(change -> change, Set.of(NOTES), null).connector();
        SyncSettings excluding = Samples.mapping(Set.of(NOTES), Set.of()).apply(settings);

        Policy same = USUAL.after(settings, connector, NOW, null);
        Policy oneWay = USUAL.after(Samples.oneWay(settings), connector, NOW, NOW);
        Policy excluded = USUAL.after(excluding, connector, NOW, NOW);
        Policy unread = USUAL.after(settings, blind, NOW, NOW);

        assertThat(same.ticketsSince()).isEqualTo(NOW);
        assertThat(same.firstRunEnded()).isNull();
        assertThat(same.rules(CONFIGURATION)).isEqualTo(USUAL.rules(CONFIGURATION));
        assertThat(same.pushes(USUAL.rules(CONFIGURATION).get(0))).isTrue();
        assertThat(oneWay.pushes(USUAL.rules(CONFIGURATION).get(0))).isFalse();
        assertThat(oneWay.after(settings, connector, NOW, NOW)
                        .pushes(USUAL.rules(CONFIGURATION).get(0)))
                .isTrue();
        assertThat(excluded.maps(NOTES)).isFalse();
        assertThat(excluded.isRead(NOTES)).isTrue();
        assertThat(unread.isRead(NOTES)).isFalse();
        assertThat(unread.connector()).isEqualTo(blind);
        assertThat(USUAL.whileUnlisted(Set.of(TICKET))
                        .after(settings, connector, NOW, NOW)
                        .isListed(TICKET))
                .as("what is not listed is told anew")
                .isTrue();
    }
}
