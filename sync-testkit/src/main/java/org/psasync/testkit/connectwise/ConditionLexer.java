package org.psasync.testkit.connectwise;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Cuts the text of a condition into names, signs and values. */
final class ConditionLexer {
    private static final List<String> COMPARISONS = List.of("!=", "<=", ">=", "=", "<", ">");

    private final String text;
    private final boolean withoutZone;
    private int at;

    /**
     * A lexer at the start of the text.
     *
     * @param withoutZone whether a date must come without zone, as some self-hosted systems want it
     */
    ConditionLexer(String text, boolean withoutZone) {
        this.text = text;
        this.withoutZone = withoutZone;
    }

    private void skipBlanks() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    /** Takes a keyword in any case if it is next. */
    boolean keyword(String word) {
        skipBlanks();
        int end = at + word.length();
        boolean there = text.regionMatches(true, at, word, 0, word.length())
                && (end == text.length() || !isNamePart(text.charAt(end)));
        if (there) {
            at = end;
        }
        return there;
    }

    boolean sign(String sign) {
        skipBlanks();
        if (text.startsWith(sign, at)) {
            at += sign.length();
            return true;
        }
        return false;
    }

    void expect(String sign) {
        if (!sign(sign)) {
            throw Refusal.badCondition("Expected '" + sign + "' at position " + at + ".");
        }
    }

    void end() {
        skipBlanks();
        if (at < text.length()) {
            throw Refusal.badCondition("Unexpected '" + text.substring(at) + "' at position " + at + ".");
        }
    }

    String comparison() {
        for (String comparison : COMPARISONS) {
            if (sign(comparison)) {
                return comparison;
            }
        }
        throw Refusal.badCondition("Expected a comparison at position " + at + ".");
    }

    /** A name, with a slash between the steps. */
    String name() {
        skipBlanks();
        int start = at;
        while (at < text.length() && (isNamePart(text.charAt(at)) || text.charAt(at) == '/')) {
            at++;
        }
        if (start == at) {
            throw Refusal.badCondition("Expected a name at position " + at + ".");
        }
        return text.substring(start, at);
    }

    private static boolean isNamePart(char c) {
        return Character.isLetterOrDigit(c) || c == '_';
    }

    Literal value() {
        skipBlanks();
        if (at == text.length()) {
            throw Refusal.badCondition("Expected a value at the end.");
        }
        char first = text.charAt(at);
        if (first == '"' || first == '\'') {
            return new Literal(Condition.ValueKind.TEXT, quoted(first));
        }
        if (first == '[') {
            return new Literal(Condition.ValueKind.TIME, time());
        }
        if (keyword("null")) {
            return new Literal(Condition.ValueKind.ANY, null);
        }
        if (keyword("true")) {
            return new Literal(Condition.ValueKind.FLAG, true);
        }
        if (keyword("false")) {
            return new Literal(Condition.ValueKind.FLAG, false);
        }
        return new Literal(Condition.ValueKind.NUMBER, number());
    }

    private String quoted(char quote) {
        StringBuilder content = new StringBuilder();
        at++;
        while (at < text.length() && text.charAt(at) != quote) {
            if (text.charAt(at) == '\\' && at + 1 < text.length() && text.charAt(at + 1) == quote) {
                at++;
            }
            content.append(text.charAt(at));
            at++;
        }
        if (at == text.length()) {
            throw Refusal.badCondition("The string is not closed.");
        }
        at++;
        return content.toString();
    }

    private String time() {
        int end = text.indexOf(']', at);
        if (end < 0) {
            throw Refusal.badCondition("The date is not closed.");
        }
        String content = text.substring(at + 1, end).strip();
        at = end + 1;
        boolean zoned = content.matches(".*T.*(Z|[+-]\\d\\d:?\\d\\d)");
        if (withoutZone && zoned) {
            throw Refusal.badCondition("String was not recognized as a valid DateTime.");
        }
        try {
            OffsetDateTime time = zoned
                    ? OffsetDateTime.parse(content)
                    : (content.contains("T")
                            ? LocalDateTime.parse(content).atOffset(ZoneOffset.UTC)
                            : LocalDate.parse(content).atStartOfDay().atOffset(ZoneOffset.UTC));
            return time.toInstant().truncatedTo(ChronoUnit.SECONDS).toString();
        } catch (DateTimeException e) {
            throw Refusal.badCondition("String was not recognized as a valid DateTime.");
        }
    }

    private Double number() {
        int start = at;
        while (at < text.length() && "+-.0123456789".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        try {
            return Double.valueOf(text.substring(start, at));
        } catch (NumberFormatException e) {
            throw Refusal.badCondition(
                    "Expected a value at position " + start + ". String values should be enclosed in quotation marks.");
        }
    }
}
