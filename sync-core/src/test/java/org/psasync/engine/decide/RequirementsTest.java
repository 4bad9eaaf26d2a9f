package org.psasync.engine.decide;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.psasync.engine.decide.Facts.GOOD_THERE;
import static org.psasync.model.AssetKind.CONFIGURATION;
import static org.psasync.model.ContactPoint.further;
import static org.psasync.model.ContactPoint.primary;

import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.ContactFields;
import org.psasync.model.Field;
import org.psasync.model.FieldValues;
import org.psasync.model.Problem;
import org.psasync.spi.FieldRule;
import org.psasync.spi.FieldRule.Direction;

/** What the PSA needs and can hold (PUSH-8, FIELD-2). */
class RequirementsTest {
    private static final Policy POLICY = Samples.policy(
            settings -> settings,
            Set.of(ConfigurationFields.PLATFORM),
            null,
            rule -> new FieldRule(
                    rule.field(),
                    Direction.BOTH,
                    rule.field().equals(ConfigurationFields.NOTES) ? 3 : 0,
                    rule.field().equals(ConfigurationFields.NAME)
                            || rule.field().equals(ConfigurationFields.LOCATION)));

    private static Translation.Translated draft(FieldValues values, Field<?>... pending) {
        return new Translation.Translated(values, FieldValues.empty(CONFIGURATION), Set.of(pending), Set.of());
    }

    @Test
    @DisplayName("PUSH-8: everything that is missing or does not fit is told at once, in words a person can act on")
    void tellsEverythingAtOnce() {
        FieldValues values = GOOD_THERE.with(ConfigurationFields.NAME, null).with(ConfigurationFields.NOTES, "long");

        assertThat(Requirements.onCreate(draft(values), POLICY))
                .extracting(Problem::field, Problem::code, Problem::text)
                .containsExactly(
                        tuple(ConfigurationFields.NAME, Problem.Code.REQUIRED, "Fill in the name; Fake PSA needs it."),
                        tuple(
                                ConfigurationFields.NOTES,
                                Problem.Code.TOO_LONG,
                                "Shorten the notes: it has 4 characters, and Fake PSA holds 3."),
                        tuple(
                                ConfigurationFields.LOCATION,
                                Problem.Code.REQUIRED,
                                "Fill in the location; Fake PSA needs it."));
    }

    @Test
    @DisplayName("FIELD-6: a required reference that only waits for its record is not missing")
    void waitsForWhatIsToCome() {
        assertThat(Requirements.onCreate(draft(GOOD_THERE, ConfigurationFields.LOCATION), POLICY))
                .isEmpty();
        assertThat(Requirements.waits(draft(GOOD_THERE, ConfigurationFields.LOCATION), POLICY))
                .isTrue();
        assertThat(Requirements.waits(draft(GOOD_THERE, ConfigurationFields.CONTACT), POLICY))
                .isFalse();
        assertThat(Requirements.waits(draft(GOOD_THERE, ConfigurationFields.PLATFORM), POLICY))
                .isFalse();
        assertThat(Requirements.waits(draft(GOOD_THERE), POLICY)).isFalse();
    }

    static Stream<Arguments> lengths() {
        String smiles = "\uD83D\uDE00\uD83D\uDE00\uD83D\uDE00";
        return Stream.of(
                //        longest, value, fits
                arguments(3, "abc", true),
                arguments(3, "abcd", false),
                arguments(3, smiles, true),
                arguments(2, smiles, false),
                arguments(0, "as long as you like", true),
                arguments(3, null, true),
                arguments(3, Set.of(primary("abc"), further("ab")), true),
                arguments(3, Set.of(primary("a"), further("abcd")), false),
                arguments(1, Set.of(Samples.CUSTOMER, Samples.VENDOR), true));
    }

    @ParameterizedTest(name = "{1} in {0}: {2}")
    @MethodSource("lengths")
    @DisplayName("FIELD-2: a text, or the longest item of a list, must fit; it is counted in characters")
    void countsCharacters(int longest, @Nullable Object value, boolean fits) {
        FieldRule rule = new FieldRule(ContactFields.EMAILS, Direction.BOTH, longest, false);

        assertThat(Requirements.fits(rule, value, POLICY).isEmpty()).isEqualTo(fits);
    }

    @Test
    @DisplayName("FIELD-2: what does not fit is told with both numbers")
    void tellsBothNumbers() {
        FieldRule rule = new FieldRule(ContactFields.EMAILS, Direction.BOTH, 3, false);

        Problem problem = requireNonNull(
                Requirements.fits(rule, Set.of(primary("abcde")), POLICY).orElse(null));

        assertThat(problem.field()).isEqualTo(ContactFields.EMAILS);
        assertThat(problem.text()).contains("emails").contains("5 characters").contains("holds 3");
    }
}
