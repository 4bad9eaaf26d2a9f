package org.psasync.testkit.connectwise;

import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A parsed condition.
 *
 * @param test whether an element meets it
 * @param above only elements with a greater id can meet it; {@link Integer#MIN_VALUE} when nothing is known
 */
record Condition<T>(Predicate<T> test, int above) {

    /** What a name in a condition stands for. */
    record Operand<T>(ValueKind type, Function<T, @Nullable Object> read) {}

    /** Finds what names stand for. */
    interface Names<T> {
        /**
         * Finds a name.
         *
         * @throws Refusal when there is no such name
         */
        Operand<T> find(String path);
    }

    /** What a value can be compared with. */
    enum ValueKind {
        TEXT("string"),
        NUMBER("numeric"),
        FLAG("boolean"),
        TIME("datetime"),
        ANY("value");

        private final String word;

        ValueKind(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    static <T> Condition<T> always() {
        return new Condition<>(any -> true, Integer.MIN_VALUE);
    }

    Condition<T> and(Condition<T> other) {
        return new Condition<>(test.and(other.test), Math.max(above, other.above));
    }

    Condition<T> or(Condition<T> other) {
        return new Condition<>(test.or(other.test), Math.min(above, other.above));
    }
}
