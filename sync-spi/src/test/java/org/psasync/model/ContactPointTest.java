package org.psasync.model;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContactPointTest {
    @ParameterizedTest
    @CsvSource({
        "Ann@Example.com, ann@example.COM",
        "(555) 010-0199, 555.010.0199",
        "+43 316 1234, +433161234",
        "n/a, N/A"
    })
    @DisplayName("FIELD-4: e-mails are the same without regard to case, phones by their digits")
    void whatReachesTheSamePlaceIsTheSame(String first, String second) {
        assertThat(ContactPoint.primary(first))
                .isEqualTo(ContactPoint.primary(second))
                .hasSameHashCodeAs(ContactPoint.primary(second));
    }

    @ParameterizedTest
    @CsvSource({"+43 316 1234, 43 316 1234", "555 0100, 555 0101", "12, 13", "ann@example.com, bea@example.com"})
    void otherPlacesDiffer(String first, String second) {
        assertThat(ContactPoint.primary(first)).isNotEqualTo(ContactPoint.primary(second));
    }

    @Test
    void extensionAndPrimaryCountLabelAndItemDoNot() {
        ContactPoint plain = new ContactPoint("555 0100", null, false, null, null);

        assertThat(new ContactPoint("555 0100", "7", false, null, null)).isNotEqualTo(plain);
        assertThat(plain.asPrimary(true)).isNotEqualTo(plain);
        assertThat(new ContactPoint("555 0100", null, false, "Direct", "31")).isEqualTo(plain);
    }

    @Test
    @DisplayName("FIELD-4: a list has one primary: of several the first, and of equal places the primary one")
    void aListHasOnePrimary() {
        Set<ContactPoint> points = list(
                ContactPoint.further("555 0100"),
                ContactPoint.primary("555-0100"),
                ContactPoint.primary("555 0101"),
                ContactPoint.further(" "));

        assertThat(canonical(points))
                .containsExactly(ContactPoint.primary("555-0100"), ContactPoint.further("555 0101"));
    }

    @Test
    @DisplayName("FIELD-3: a list of blanks is blank")
    void aListOfBlanksIsBlank() {
        assertThat(FieldType.EMAILS.canonical(list(ContactPoint.primary(" "), ContactPoint.further("\u200e"))))
                .isNull();
    }

    @Test
    void valuesAreStrippedAndKeepTheirLabelAndItem() {
        ContactPoint point = canonical(list(new ContactPoint(" 555 0100 ", " ", true, "Direct", "31")))
                .iterator()
                .next();

        assertThat(point.value()).isEqualTo("555 0100");
        assertThat(point.extension()).isNull();
        assertThat(point.label()).isEqualTo("Direct");
        assertThat(point.itemId()).isEqualTo("31");
    }

    private static Set<ContactPoint> list(ContactPoint... points) {
        return new LinkedHashSet<>(List.of(points));
    }

    private static Set<ContactPoint> canonical(Set<ContactPoint> points) {
        return requireNonNull(FieldType.PHONES.canonical(points));
    }
}
