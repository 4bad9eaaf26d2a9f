package org.psasync.testkit.connectwise;

import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.psasync.testkit.connectwise.Condition.ValueKind;

/**
 * A value in a condition.
 *
 * @param value a String (also for a time), Double or Boolean; null for the word {@code null}
 */
record Literal(ValueKind type, @Nullable Object value) {

    /** Refuses a value that cannot be compared with that type. */
    void check(ValueKind expected) {
        if (type == ValueKind.ANY || expected == ValueKind.ANY || type == expected) {
            return;
        }
        throw Refusal.badCondition("Expected a " + expected.word() + " value, not a " + type.word()
                + ". String values should be enclosed in quotation marks.");
    }

    /**
     * Compares as the database does: texts in any case, and a missing value equals nothing but {@code null}, so that
     * it differs from every other.
     */
    Predicate<Object> compare(String sign) {
        if (value == null) {
            return switch (sign) {
                case "=" -> other -> other == null;
                case "!=" -> other -> other != null;
                default -> other -> false;
            };
        }
        Object wanted = value;
        return switch (sign) {
            case "=" -> other -> other != null && order(other, wanted) == 0;
            case "!=" -> other -> other == null || order(other, wanted) != 0;
            case "<" -> other -> other != null && order(other, wanted) < 0;
            case "<=" -> other -> other != null && order(other, wanted) <= 0;
            case ">" -> other -> other != null && order(other, wanted) > 0;
            default -> other -> other != null && order(other, wanted) >= 0;
        };
    }

    /** The order of two values that are there. */
    static int order(Object a, Object b) {
        if (a instanceof Number x && b instanceof Number y) {
            return Double.compare(x.doubleValue(), y.doubleValue());
        }
        if (a instanceof Boolean x && b instanceof Boolean y) {
            return Boolean.compare(x, y);
        }
        return a.toString().compareToIgnoreCase(b.toString());
    }

    /** Tests of texts. */
    static final class Text {
        private Text() {}

        static Predicate<Object> contains(String part) {
            return pattern("*" + part + "*");
        }

        static Predicate<Object> like(String pattern) {
            return pattern(pattern);
        }

        /** {@code *} and {@code %} stand for any text, {@code [[]} for an opening bracket, {@code [ab]} for one of these. */
        private static Predicate<Object> pattern(String pattern) {
            StringBuilder regex = new StringBuilder();
            for (int i = 0; i < pattern.length(); i++) {
                char c = pattern.charAt(i);
                int close = c == '[' ? pattern.indexOf(']', i + 1) : -1;
                if (c == '*' || c == '%') {
                    regex.append(".*");
                } else if (close > 0) {
                    regex.append('[')
                            .append(pattern.substring(i + 1, close).replaceAll("([\\[\\]\\\\&^])", "\\\\$1"))
                            .append(']');
                    i = close;
                } else {
                    regex.append(Pattern.quote(String.valueOf(c)));
                }
            }
            Pattern compiled =
                    Pattern.compile(regex.toString(), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.DOTALL);
            return value -> value != null && compiled.matcher(value.toString()).matches();
        }
    }
}
