package org.psasync.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** Reads single values, tolerant in form and strict in kind; null when blank. */
final class JsonScalars {
    private static final int LONGEST_NUMBER = 100;

    private JsonScalars() {}

    static boolean isBlank(JsonNode node) {
        return node.isMissingNode()
                || node.isNull()
                || node.isTextual() && node.textValue().isEmpty();
    }

    static @Nullable String text(JsonNode node) {
        if (node.isTextual()) {
            String text = node.textValue();
            return text.isEmpty() ? null : text;
        }
        if (isBlank(node)) {
            return null;
        }
        if (!node.isValueNode()) {
            throw mismatch(node, "a text");
        }
        return node.asText();
    }

    static @Nullable BigDecimal number(JsonNode node) {
        if (isBlank(node)) {
            return null;
        }
        if (node.isNumber()) {
            return node.decimalValue();
        }
        String text = node.isTextual() ? node.textValue().strip() : "";
        if (text.length() > LONGEST_NUMBER) {
            throw mismatch(node, "a number");
        }
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException e) {
            throw mismatch(node, "a number");
        }
    }

    static @Nullable Long integer(JsonNode node) {
        if (node.isIntegralNumber() && node.canConvertToLong()) {
            return node.longValue();
        }
        BigDecimal number = number(node);
        try {
            return number == null ? null : number.longValueExact();
        } catch (ArithmeticException e) {
            throw mismatch(node, "a whole number");
        }
    }

    static @Nullable Boolean flag(JsonNode node) {
        if (node.isBoolean()) {
            return node.booleanValue();
        }
        if (isBlank(node)) {
            return null;
        }
        String text = node.isValueNode() ? node.asText() : "";
        if (text.equalsIgnoreCase("true") || text.equals("1")) {
            return true;
        }
        if (text.equalsIgnoreCase("false") || text.equals("0")) {
            return false;
        }
        throw mismatch(node, "true or false");
    }

    static @Nullable Instant instant(JsonNode node) {
        if (isBlank(node)) {
            return null;
        }
        try {
            return IsoTime.instant(node.isTextual() ? node.textValue() : "");
        } catch (DateTimeException e) {
            throw mismatch(node, "a point in time");
        }
    }

    static @Nullable LocalDate date(JsonNode node) {
        if (isBlank(node)) {
            return null;
        }
        try {
            return IsoTime.date(node.isTextual() ? node.textValue() : "");
        } catch (DateTimeException e) {
            throw mismatch(node, "a date");
        }
    }

    static JsonMismatch mismatch(JsonNode node, String expected) {
        return new JsonMismatch("holds " + Json.describe(node) + " where " + expected + " was expected");
    }
}
