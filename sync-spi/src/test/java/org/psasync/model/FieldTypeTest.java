package org.psasync.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FieldTypeTest {
    @Test
    @DisplayName("FIELD-4: text is trimmed and in Unicode NFC")
    void textIsTrimmedAndComposed() {
        assertThat(FieldType.TEXT.canonical("  Mu\u0308ller \u00a0ltd \u2003")).isEqualTo("M\u00fcller \u00a0ltd");
        assertThat(FieldType.TEXT.canonical("M\u00fcller")).isEqualTo(FieldType.TEXT.canonical("Mu\u0308ller"));
    }

    @Test
    @DisplayName("FIELD-4: invisible characters go, line breaks and tabs stay, line ends are one")
    void invisibleCharactersGo() {
        assertThat(FieldType.TEXT.canonical("\ufeffAc\u0000me\u200e\u200f\u007f"))
                .isEqualTo("Acme");
        assertThat(FieldType.TEXT.canonical("one\r\ntwo\rthree\n\tfour")).isEqualTo("one\ntwo\nthree\n\tfour");
        assertThat(FieldType.TEXT.canonical("half \ud83d of a pair")).isEqualTo("half \ufffd of a pair");
        assertThat(FieldType.TEXT.canonical("\ud83d\ude00")).isEqualTo("\ud83d\ude00");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n", "\u0000", "\u200e", "\ufeff"})
    @DisplayName("FIELD-3: a text of which nothing is left is blank")
    void aTextOfWhichNothingIsLeftIsBlank(String text) {
        assertThat(FieldType.TEXT.canonical(text)).isNull();
    }

    @ParameterizedTest
    @CsvSource({"1.50, 1.5", "100, 1E2", "0.000, 0", "-0, 0", "-2.0, -2"})
    @DisplayName("FIELD-4: numbers are compared by value")
    void numbersAreComparedByValue(BigDecimal first, BigDecimal second) {
        assertThat(FieldType.NUMBER.canonical(first)).isEqualTo(FieldType.NUMBER.canonical(second));
    }

    @Test
    void numbersOfOtherValuesDiffer() {
        assertThat(FieldType.NUMBER.canonical(new BigDecimal("1.5")))
                .isNotEqualTo(FieldType.NUMBER.canonical(new BigDecimal("1.51")));
    }

    @ParameterizedTest
    @CsvSource({
        "COUNTRY, United States, US",
        "COUNTRY, usa, US",
        "COUNTRY, ' deutschland ', deutschland",
        "COUNTRY, Germany, DE",
        "REGION, california, CA",
        "REGION, ca, CA",
        "REGION, Steiermark, Steiermark"
    })
    @DisplayName("FIELD-4: country and region are codes where recognised, else the text")
    void countriesAndRegionsAreCodesWhereRecognised(String type, String text, String canonical) {
        FieldType<String> fieldType = type.equals("COUNTRY") ? FieldType.COUNTRY : FieldType.REGION;

        assertThat(fieldType.canonical(text)).isEqualTo(canonical);
    }

    @Test
    @DisplayName("FIELD-4: the order of several choices does not count")
    void theOrderOfChoicesDoesNotCount() {
        Choice customer = new Choice("1", "Customer");
        Choice vendor = new Choice("2", "Vendor");
        Set<Choice> one = new LinkedHashSet<>(List.of(customer, vendor));
        Set<Choice> other = new LinkedHashSet<>(List.of(vendor, customer));

        assertThat(FieldType.CHOICES.canonical(one)).isEqualTo(FieldType.CHOICES.canonical(other));
        assertThat(FieldType.CHOICES.canonical(one)).containsExactly(customer, vendor);
    }

    @Test
    void aSetIsCopiedOnTheWayIn() {
        Set<Choice> choices = new LinkedHashSet<>(List.of(new Choice("1", "Customer")));
        Set<Choice> canonical = FieldType.CHOICES.canonical(choices);

        choices.clear();

        assertThat(canonical).hasSize(1);
    }

    @Test
    void aValueOfAnotherTypeIsRefusedByName() {
        FieldValues.Builder builder = FieldValues.of(AssetKind.ORGANIZATION);
        @SuppressWarnings("unchecked") // what a caller with raw types would do
        Field<Object> name = (Field<Object>) (Field<?>) OrganizationFields.NAME;

        assertThatThrownBy(() -> builder.set(name, 7))
                .isInstanceOf(ClassCastException.class)
                .hasMessage("A text cannot hold a Integer");
    }

    @Test
    void everyTypeHasANameOfItsOwn() {
        assertThat(FieldType.all()).extracting(FieldType::name).doesNotHaveDuplicates();
    }
}
