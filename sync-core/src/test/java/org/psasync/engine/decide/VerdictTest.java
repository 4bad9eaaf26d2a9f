package org.psasync.engine.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.psasync.engine.Disposition;
import org.psasync.engine.Mode;
import org.psasync.model.AssetKind;
import org.psasync.model.ConfigurationFields;

/** What is said of a record, as it is seen. */
class VerdictTest {
    private static Verdict verdict(Disposition disposition) {
        return Verdict.of(Situation.LINKED_GATE_OPEN, disposition, "MERGE-1", "its own reason")
                .remedy("Its own remedy.");
    }

    static Stream<Arguments> modes() {
        return Stream.of(
                arguments(Mode.ACTIVE, Disposition.IN_SYNC, Disposition.IN_SYNC, List.of("MERGE-1"), "Its own remedy."),
                arguments(
                        Mode.PAUSED,
                        Disposition.IN_SYNC,
                        Disposition.PAUSED,
                        List.of("DATA-7", "MERGE-1"),
                        "Resume the integration."),
                arguments(
                        Mode.PAUSED, Disposition.DISABLED, Disposition.DISABLED, List.of("MERGE-1"), "Its own remedy."),
                arguments(
                        Mode.DISCONNECTED,
                        Disposition.IN_SYNC,
                        Disposition.DISCONNECTED,
                        List.of("DATA-6"),
                        "Connect it again."),
                arguments(
                        Mode.DISCONNECTED,
                        Disposition.UNKNOWN,
                        Disposition.UNKNOWN,
                        List.of("MERGE-1"),
                        "Its own remedy."));
    }

    @ParameterizedTest(name = "{0}, {1}: {2}")
    @MethodSource("modes")
    @DisplayName("WHY-2, DATA-6, DATA-7: while the integration is paused or cut, that is said first, with the way out")
    void isSeenInAMode(Mode mode, Disposition own, Disposition seen, List<String> rules, @Nullable String remedy) {
        Verdict verdict = verdict(own).seen(mode);

        assertThat(verdict.disposition()).isEqualTo(seen);
        assertThat(verdict.because()).extracting(Because::rule).isEqualTo(rules);
        assertThat(verdict.remedy()).isEqualTo(remedy);
        assertThat(verdict.situation()).isEqualTo(Situation.LINKED_GATE_OPEN);
    }

    @Test
    @DisplayName("SET-6: where the host forbids two-way, its reason is all there is to do about")
    void tellsTheHostsReason() {
        Verdict verdict = verdict(Disposition.NOT_SELECTED).forbidden("The plan lacks it.");

        assertThat(verdict.because()).extracting(Because::rule).containsExactly("MERGE-1", "SET-6");
        assertThat(verdict.text()).contains("its own reason; the host does not allow two-way: The plan lacks it.");
        assertThat(verdict.remedy()).isEqualTo("The plan lacks it.");
        assertThat(verdict.disposition()).isEqualTo(Disposition.NOT_SELECTED);
    }

    @Test
    @DisplayName("WHY-1: kinds and fields are called as people call them")
    void speaksInWords() {
        assertThat(Words.of(AssetKind.CONFIGURATION)).isEqualTo("configuration");
        assertThat(Words.of(ConfigurationFields.SERIAL_NUMBER)).isEqualTo("serial number");
        assertThat(Words.of(ConfigurationFields.PRIMARY_IP)).isEqualTo("primary ip");
        assertThat(Words.of(List.of(ConfigurationFields.NAME, ConfigurationFields.ASSET_TAG)))
                .isEqualTo("name, asset tag");
        assertThat(Words.sentence("do this; do that")).isEqualTo("Do this; do that.");
        assertThat(new Because("WHY-1", "text")).hasToString("WHY-1: text");
    }
}
