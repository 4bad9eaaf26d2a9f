package org.psasync.model;

import java.util.Locale;
import java.util.regex.Pattern;

/** The one written form of a MAC address (FIELD-4, FIELD-7). */
public final class MacAddress {
    private static final Pattern WRITTEN = Pattern.compile(
            "(?:[0-9A-Fa-f]{2}([:\\-. ]?))(?:[0-9A-Fa-f]{2}\\1){4}[0-9A-Fa-f]{2}|(?:[0-9A-Fa-f]{4}\\.){2}[0-9A-Fa-f]{4}");
    private static final Pattern SEPARATORS = Pattern.compile("[^0-9A-Fa-f]");

    private MacAddress() {}

    /** Returns whether the text is exactly one address, in any of the usual notations. */
    public static boolean isOne(String text) {
        return text.length() <= 17 && WRITTEN.matcher(text).matches();
    }

    /** Returns {@code 00:1A:2B:3C:4D:5E} for one address in any notation, and any other text unchanged. */
    public static String canonical(String text) {
        if (isCanonical(text) || !isOne(text)) {
            return text;
        }
        String digits = SEPARATORS.matcher(text).replaceAll("").toUpperCase(Locale.ROOT);
        StringBuilder result = new StringBuilder(17);
        for (int i = 0; i < digits.length(); i += 2) {
            result.append(i == 0 ? "" : ":").append(digits, i, i + 2);
        }
        return result.toString();
    }

    private static boolean isCanonical(String text) {
        if (text.length() != 17) {
            return false;
        }
        for (int i = 0; i < 17; i++) {
            char c = text.charAt(i);
            boolean right = i % 3 == 2 ? c == ':' : c >= '0' && c <= '9' || c >= 'A' && c <= 'F';
            if (!right) {
                return false;
            }
        }
        return true;
    }
}
