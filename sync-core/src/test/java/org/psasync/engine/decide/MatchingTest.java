package org.psasync.engine.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.psasync.engine.decide.Matching.Relation.DOUBT;
import static org.psasync.engine.decide.Matching.Relation.MATCH;
import static org.psasync.engine.decide.Matching.Relation.NO;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.psasync.engine.SyncSettings.MatchingRules;
import org.psasync.engine.SyncSettings.OnDoubt;
import org.psasync.engine.decide.Matching.Relation;
import org.psasync.model.AssetKind;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.FieldValues;

class MatchingTest {
    private final Matching matching = new Matching(Samples.policy());

    /** Serial number and MAC address of two records. */
    enum Pairing {
        EQUAL("x", "x"),
        DIFFERENT("x", "y"),
        ONE_SIDED("x", null),
        NONE(null, null);

        final @Nullable String first;
        final @Nullable String second;

        Pairing(@Nullable String first, @Nullable String second) {
            this.first = first;
            this.second = second;
        }
    }

    private static FieldValues server(@Nullable String serial, @Nullable String mac) {
        return FieldValues.of(AssetKind.CONFIGURATION)
                .set(ConfigurationFields.NAME, "SRV-1")
                .set(ConfigurationFields.TYPE, Samples.SERVER)
                .set(ConfigurationFields.SERIAL_NUMBER, serial)
                .set(ConfigurationFields.MAC_ADDRESS, mac)
                .build();
    }

    static Stream<Arguments> combinations() {
        List<Arguments> result = new ArrayList<>();
        for (Pairing serial : Pairing.values()) {
            for (Pairing mac : Pairing.values()) {
                Set<Pairing> both = Set.copyOf(List.of(serial, mac));
                result.add(arguments(serial, mac, expected(both)));
            }
        }
        return result.stream();
    }

    /** The sentence of the rule, read aloud. */
    private static Relation expected(Set<Pairing> both) {
        if (both.contains(Pairing.EQUAL)) {
            return both.contains(Pairing.DIFFERENT) ? DOUBT : MATCH;
        }
        if (both.contains(Pairing.DIFFERENT)) {
            return NO;
        }
        return both.equals(Set.of(Pairing.NONE)) ? MATCH : DOUBT;
    }

    @ParameterizedTest(name = "serial number {0}, MAC {1}: {2}")
    @MethodSource("combinations")
    @DisplayName("MATCH-3: serial number and MAC decide between match, doubt and no match")
    void looksAtSerialNumberAndMac(Pairing serial, Pairing mac, Relation expected) {
        FieldValues first = server(serial.first, mac.first);
        FieldValues second = server(serial.second, mac.second);
        assertThat(matching.relation(first, second)).isEqualTo(expected);
        assertThat(matching.relation(second, first)).isEqualTo(expected);
    }

    @Test
    @DisplayName("MATCH-2: serial numbers are compared exactly, or ignoring case as set")
    void comparesSerialNumbersAsSet() {
        assertThat(matching.relation(server("abc", null), server("ABC", null))).isEqualTo(NO);
        Matching ignoringCase =
                new Matching(Samples.policy(Samples.matching(new MatchingRules(true, OnDoubt.ASK)), Set.of(), null));
        assertThat(ignoringCase.relation(server("abc", null), server("ABC", null)))
                .isEqualTo(MATCH);
    }

    @Test
    @DisplayName("MATCH-2, MATCH-3: what the connector does not map is not compared")
    void comparesOnlyWhatIsRead() {
        Matching blind =
                new Matching(Samples.policy(settings -> settings, Set.of(ConfigurationFields.SERIAL_NUMBER), null));
        assertThat(blind.relation(server("a", null), server("b", null))).isEqualTo(MATCH);
    }
}
