package org.psasync.model;

/** The one written form of a MAC address (FIELD-4, FIELD-7). */
public final class MacAddress {
    private static final int DIGITS = 12;
    private static final String SEPARATORS = ":-. ";

    private MacAddress() {}

    /** Returns whether the text is exactly one address, in any of the usual notations. */
    public static boolean isOne(String text) {
        return switch (text.length()) {
            case 12 -> isHex(text, 13, '\0');
            case 14 -> isHex(text, 5, '.');
            case 17 -> SEPARATORS.indexOf(text.charAt(2)) >= 0 && isHex(text, 3, text.charAt(2));
            default -> false;
        };
    }

    /** Returns whether the last of every {@code step} characters is the separator, and all others are hex digits. */
    private static boolean isHex(String text, int step, char separator) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (i % step == step - 1 ? c != separator : Character.digit(c, 16) < 0 || c > 'f') {
                return false;
            }
        }
        return true;
    }

    /** Returns {@code 00:1A:2B:3C:4D:5E} for one address in any notation, and any other text unchanged. */
    public static String canonical(String text) {
        if (!isOne(text)) {
            return text;
        }
        char[] result = new char[DIGITS + DIGITS / 2 - 1];
        int next = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.digit(c, 16) >= 0) {
                result[next++] = c >= 'a' ? (char) (c - 'a' + 'A') : c;
                if (next % 3 == 2 && next < result.length) {
                    result[next++] = ':';
                }
            }
        }
        String canonical = new String(result);
        return canonical.equals(text) ? text : canonical;
    }
}
