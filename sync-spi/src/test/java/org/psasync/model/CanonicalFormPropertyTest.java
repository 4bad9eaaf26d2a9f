package org.psasync.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.text.Normalizer;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;

/** A canonical form is its own canonical form, or values would differ from themselves once stored and read. */
class CanonicalFormPropertyTest {
    private static final List<FieldType<String>> TEXTS =
            List.of(FieldType.TEXT, FieldType.MAC, FieldType.COUNTRY, FieldType.REGION);
    private static final Field<BigDecimal> SEATS = Field.custom(AssetKind.ORGANIZATION, "seats", FieldType.NUMBER);

    @Property
    @Label("FIELD-4: the canonical form of a text is its own")
    void theCanonicalFormOfATextIsItsOwn(@ForAll("texts") String text) {
        for (FieldType<String> type : TEXTS) {
            String once = type.canonical(text);
            assertThat(type.canonical(once)).as(type.name()).isEqualTo(once);
        }
    }

    @Property
    @Label("FIELD-4: texts that differ in composition only are the same")
    void compositionDoesNotCount(@ForAll("texts") String text) {
        assertThat(FieldType.TEXT.canonical(Normalizer.normalize(text, Normalizer.Form.NFD)))
                .isEqualTo(FieldType.TEXT.canonical(text));
    }

    @Property
    @Label("FIELD-4: two numbers are the same if, and only if, they compare as equal")
    void numbersAreEqualByValue(@ForAll("numbers") BigDecimal first, @ForAll("numbers") BigDecimal second) {
        FieldValues one = FieldValues.empty(AssetKind.ORGANIZATION).with(SEATS, first);
        FieldValues other = FieldValues.empty(AssetKind.ORGANIZATION).with(SEATS, second);

        assertThat(one.equals(other)).isEqualTo(first.compareTo(second) == 0);
    }

    @Property
    @Label("FIELD-4: a list of phones keeps no place twice, no blank, and one primary at most")
    void phonesAreASetWithAtMostOnePrimary(@ForAll("phones") Set<ContactPoint> phones) {
        @Nullable Set<ContactPoint> canonical = FieldType.PHONES.canonical(phones);

        if (canonical != null) {
            assertThat(canonical).extracting(ContactPoint::key).doesNotHaveDuplicates();
            assertThat(canonical.stream().filter(ContactPoint::primary)).hasSizeLessThanOrEqualTo(1);
            assertThat(canonical).noneMatch(point -> point.value().isBlank());
        }
        assertThat(FieldType.PHONES.canonical(canonical)).isEqualTo(canonical);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings()
                .withChars("aAüu\u0308 \t\r\n\u0000\u200e\ufeff\u00a0\u2003:-.0fF\ud83d\ude00".toCharArray())
                .ofMaxLength(18);
    }

    @Provide
    Arbitrary<BigDecimal> numbers() {
        return Arbitraries.of("0", "0.0", "-0.00", "1", "1.0", "1.50", "1.5", "10", "1E1", "100", "1E2", "-1")
                .map(BigDecimal::new);
    }

    @Provide
    Arbitrary<Set<ContactPoint>> phones() {
        Arbitrary<ContactPoint> point = Arbitraries.of("555 0100", "(555) 0100", "555-0101", " ", "n/a")
                .flatMap(value ->
                        Arbitraries.of(true, false).map(primary -> new ContactPoint(value, null, primary, null, null)));
        return point.set().ofMaxSize(5);
    }
}
