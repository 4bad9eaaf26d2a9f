package org.psasync.model;

import java.math.BigDecimal;
import java.text.Normalizer;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a field holds: its Java type and its canonical form (FIELD-4).
 *
 * <p>Two values of a field are the same when their canonical forms are equal. Immutable.
 *
 * @param <T> the Java type of a value
 */
public final class FieldType<T> {
    /** Text: trimmed, Unicode NFC, without control characters other than line breaks and tabs. */
    public static final FieldType<String> TEXT = new FieldType<>("text", String.class, FieldType::text);

    /** One MAC address: upper-case hex pairs with colons; a text that is not one address stays as it is (FIELD-7). */
    public static final FieldType<String> MAC = new FieldType<>("mac", String.class, FieldType::mac);

    /** A country: its ISO 3166-1 code where recognised, else the text. */
    public static final FieldType<String> COUNTRY = new FieldType<>("country", String.class, FieldType::country);

    /** A state or province: its postal code where recognised, else the text. */
    public static final FieldType<String> REGION = new FieldType<>("region", String.class, FieldType::region);

    /** A calendar date. */
    public static final FieldType<LocalDate> DATE = new FieldType<>("date", LocalDate.class, value -> value);

    /** A point in time. */
    public static final FieldType<Instant> INSTANT = new FieldType<>("instant", Instant.class, value -> value);

    /** A number, compared by value: 1.50 is 1.5. */
    public static final FieldType<BigDecimal> NUMBER = new FieldType<>("number", BigDecimal.class, FieldType::number);

    /** Yes or no. */
    public static final FieldType<Boolean> FLAG = new FieldType<>("flag", Boolean.class, value -> value);

    /** One value of a pick list of the PSA. */
    public static final FieldType<Choice> CHOICE = new FieldType<>("choice", Choice.class, value -> value);

    /** Several values of a pick list of the PSA, in the PSA's order; the order does not count in comparisons. */
    public static final FieldType<Set<Choice>> CHOICES = set("choices");

    /** Another asset. */
    public static final FieldType<AssetRef> REFERENCE = new FieldType<>("reference", AssetRef.class, value -> value);

    /** Several other assets. */
    public static final FieldType<Set<AssetRef>> REFERENCES = set("references");

    /** E-mail addresses: a set with at most one primary. */
    public static final FieldType<Set<ContactPoint>> EMAILS =
            new FieldType<>("emails", Set.class, ContactPoint::canonicalEmails);

    /** Phone numbers: a set with at most one primary. */
    public static final FieldType<Set<ContactPoint>> PHONES =
            new FieldType<>("phones", Set.class, ContactPoint::canonicalPhones);

    private static final List<FieldType<?>> ALL = List.of(
            TEXT,
            MAC,
            COUNTRY,
            REGION,
            DATE,
            INSTANT,
            NUMBER,
            FLAG,
            CHOICE,
            CHOICES,
            REFERENCE,
            REFERENCES,
            EMAILS,
            PHONES);

    private final String name;
    private final Class<?> javaType;
    private final UnaryOperator<T> canonical;

    private FieldType(String name, Class<?> javaType, UnaryOperator<T> canonical) {
        this.name = name;
        this.javaType = javaType;
        this.canonical = canonical;
    }

    /** Returns every type, in the order of the constants. */
    public static List<FieldType<?>> all() {
        return ALL;
    }

    /** Returns the name of the type, unique among all. */
    public String name() {
        return name;
    }

    /**
     * Returns the canonical form, or null when the value is blank: an empty text or an empty set.
     *
     * @throws ClassCastException when the value is not of this type
     */
    public @Nullable T canonical(@Nullable T value) {
        if (value == null) {
            return null;
        }
        if (!javaType.isInstance(value)) {
            throw new ClassCastException(
                    "A " + name + " cannot hold a " + value.getClass().getSimpleName());
        }
        T result = canonical.apply(value);
        boolean blank =
                result instanceof String text && text.isEmpty() || result instanceof Set<?> set && set.isEmpty();
        return blank ? null : result;
    }

    @Override
    public String toString() {
        return name;
    }

    private static <E> FieldType<Set<E>> set(String name) {
        return new FieldType<>(name, Set.class, value -> Collections.unmodifiableSet(new LinkedHashSet<>(value)));
    }

    private static String text(String value) {
        String plain = isPlain(value) ? value : Normalizer.normalize(withoutControls(value), Normalizer.Form.NFC);
        return plain.strip();
    }

    /** ASCII without control characters is already in NFC; nearly all values are. */
    private static boolean isPlain(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c >= 127 || c < ' ' && c != '\n' && c != '\t') {
                return false;
            }
        }
        return true;
    }

    /** Line ends become {@code \n}; NUL, U+200E and the like, which PSAs are known to let through, go. */
    private static String withoutControls(String value) {
        StringBuilder result = new StringBuilder(value.length());
        value.replace("\r\n", "\n").replace('\r', '\n').codePoints().forEach(c -> {
            boolean invisible =
                    Character.isISOControl(c) && c != '\n' && c != '\t' || c == 0x200E || c == 0x200F || c == 0xFEFF;
            if (!invisible) {
                result.appendCodePoint(c >= 0xD800 && c <= 0xDFFF ? 0xFFFD : c);
            }
        });
        return result.toString();
    }

    private static String mac(String value) {
        return MacAddress.canonical(text(value));
    }

    private static String country(String value) {
        return Places.country(text(value));
    }

    private static String region(String value) {
        return Places.region(text(value));
    }

    private static BigDecimal number(BigDecimal value) {
        return value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
    }
}
