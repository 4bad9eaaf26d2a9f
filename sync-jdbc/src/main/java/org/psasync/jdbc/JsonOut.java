package org.psasync.jdbc;

/**
 * Writes JSON as short as it can be. Unpaired surrogates and NUL, which a database may refuse, are escaped. Not for use by
 * several threads.
 */
final class JsonOut {
    private static final char[] HEX = "0123456789ABCDEF".toCharArray();

    private final StringBuilder text = new StringBuilder(1024);
    /** The first values of a record that were written. */
    final Earlier earlier = new Earlier();

    /** Begins with a mark, which is no JSON. */
    JsonOut(char mark) {
        text.append(mark);
    }

    /** A value behind another one needs a comma. */
    private StringBuilder next() {
        char before = text.charAt(text.length() - 1);
        boolean first = text.length() == 1 || before == '[' || before == '{' || before == ':';
        return first ? text : text.append(',');
    }

    void beginObject() {
        next().append('{');
    }

    void endObject() {
        text.append('}');
    }

    void beginArray() {
        next().append('[');
    }

    void endArray() {
        text.append(']');
    }

    void name(String name) {
        string(name);
        text.append(':');
    }

    void string(String value) {
        next().append('"');
        if (isPlain(value)) {
            text.append(value);
        } else {
            escape(value);
        }
        text.append('"');
    }

    void nothing() {
        next().append("null");
    }

    void flag(boolean value) {
        next().append(value);
    }

    void number(long value) {
        next().append(value);
    }

    /** Writes a number that stands there already. */
    void number(String value) {
        next().append(value);
    }

    private static boolean isPlain(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c < ' ' || c == '"' || c == '\\' || Character.isSurrogate(c)) {
                return false;
            }
        }
        return true;
    }

    private void escape(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            boolean pair = Character.isHighSurrogate(c)
                    && i + 1 < value.length()
                    && Character.isLowSurrogate(value.charAt(i + 1));
            if (pair) {
                text.append(c).append(value.charAt(++i));
            } else if (c == '"' || c == '\\') {
                text.append('\\').append(c);
            } else if (c < ' ' || Character.isSurrogate(c)) {
                text.append("\\u");
                for (int shift = 12; shift >= 0; shift -= 4) {
                    text.append(HEX[c >> shift & 0xF]);
                }
            } else {
                text.append(c);
            }
        }
    }

    /** Returns all that was written. */
    @Override
    public String toString() {
        return text.toString();
    }
}
