package org.psasync.testkit.scenario;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.psasync.model.AssetKind;
import org.psasync.model.AssetRef;
import org.psasync.model.Choice;
import org.psasync.model.ContactPoint;
import org.psasync.model.Field;
import org.psasync.model.FieldType;
import org.psasync.model.FieldValues;

/** Turns words into the values of one side: names into choices, items into references, addresses into contact points. */
final class Wording {
    private final PsaBench psa;
    private final Function<Item, AssetRef> side;

    /** Makes the words of one side; the function names an item there, or fails. */
    Wording(PsaBench psa, Function<Item, AssetRef> side) {
        this.psa = psa;
        this.side = side;
    }

    FieldValues values(AssetKind kind, Map<Field<?>, ? extends @Nullable Object> words) {
        FieldValues.Builder values = FieldValues.of(kind);
        words.forEach((field, word) -> set(values, field, word));
        return values.build();
    }

    @SuppressWarnings("unchecked") // the builder lets only values of the field's type in
    private void set(FieldValues.Builder values, Field<?> field, @Nullable Object word) {
        try {
            values.set((Field<Object>) field, value(field, word));
        } catch (ClassCastException | java.time.DateTimeException | NumberFormatException unfit) {
            throw new IllegalArgumentException("\"" + field + "\" holds a " + field.type() + "; not " + word, unfit);
        }
    }

    /** Returns the canonical value that words stand for; null when blank. */
    @Nullable
    Object canonical(Field<?> field, @Nullable Object word) {
        FieldValues.Builder one = FieldValues.of(field.kind());
        set(one, field, word);
        return one.build().get(field);
    }

    private @Nullable Object value(Field<?> field, @Nullable Object word) {
        FieldType<?> type = field.type();
        if (word == null) {
            return null;
        } else if (type == FieldType.CHOICE) {
            return choice(field, word);
        } else if (type == FieldType.REFERENCE) {
            return reference(word);
        } else if (type == FieldType.CHOICES) {
            return each(word, one -> choice(field, one));
        } else if (type == FieldType.REFERENCES) {
            return each(word, this::reference);
        } else if (type == FieldType.EMAILS || type == FieldType.PHONES) {
            return points(word);
        } else if (word instanceof String text) {
            return parsed(type, text);
        }
        return word;
    }

    private static Object parsed(FieldType<?> type, String text) {
        if (type == FieldType.DATE) {
            return LocalDate.parse(text);
        } else if (type == FieldType.INSTANT) {
            return Instant.parse(text);
        } else if (type == FieldType.NUMBER) {
            return new BigDecimal(text);
        }
        return text;
    }

    private Choice choice(Field<?> field, Object word) {
        return word instanceof Choice choice ? choice : psa.choice(field, (String) word);
    }

    private AssetRef reference(Object word) {
        return word instanceof Item item ? side.apply(item) : (AssetRef) word;
    }

    /** The first address of a list is the primary one, unless the list says otherwise. */
    private static Set<ContactPoint> points(Object word) {
        Set<ContactPoint> points = new LinkedHashSet<>();
        for (Object one : several(word)) {
            points.add(
                    one instanceof ContactPoint point
                            ? point
                            : points.isEmpty()
                                    ? ContactPoint.primary((String) one)
                                    : ContactPoint.further((String) one));
        }
        return points;
    }

    private static <T> Set<T> each(Object word, Function<Object, T> one) {
        Set<T> result = new LinkedHashSet<>();
        several(word).forEach(each -> result.add(one.apply(each)));
        return result;
    }

    private static Collection<?> several(Object word) {
        return word instanceof Collection<?> many ? many : List.of(word);
    }

    static String kind(AssetKind kind) {
        return lower(kind);
    }

    /** Returns a constant as a person reads it. */
    static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    static String shown(@Nullable Object value) {
        return value == null ? "(blank)" : "\"" + value + '"';
    }
}
