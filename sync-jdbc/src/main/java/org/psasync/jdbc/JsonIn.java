package org.psasync.jdbc;

/**
 * Reads JSON that has no spaces between its values. What is not as it is expected is an {@link IllegalArgumentException}.
 * Not for use by several threads.
 */
final class JsonIn {
    private final String text;
    /** The first values of a record that were read. */
    final Earlier earlier = new Earlier();

    private int at;
    /** Where the next backslash is; most texts have none. */
    private int escape;

    /** Reads from that place on. */
    JsonIn(String text, int from) {
        this.text = text;
        this.at = from;
        this.escape = escapeFrom(from);
    }

    private char peek() {
        if (at >= text.length()) {
            throw new IllegalArgumentException("it ends too early");
        }
        return text.charAt(at);
    }

    /** Returns whether a text comes next. */
    boolean isString() {
        return peek() == '"';
    }

    /** Returns whether an array comes next. */
    boolean isArray() {
        return peek() == '[';
    }

    /** Passes a null; returns whether there was one. */
    boolean skipNull() {
        boolean isNull = text.startsWith("null", at);
        at += isNull ? 4 : 0;
        return isNull;
    }

    private void expect(char c) {
        if (peek() != c) {
            throw new IllegalArgumentException("'" + c + "' is expected, not '" + peek() + "' at " + at);
        }
        at++;
    }

    void beginObject() {
        expect('{');
    }

    void beginArray() {
        expect('[');
    }

    /** Returns whether there is one more member of an object; passes its end otherwise. */
    boolean moreMembers() {
        return more('}', '{');
    }

    /** Returns whether there is one more value of an array; passes its end otherwise. */
    boolean moreValues() {
        return more(']', '[');
    }

    private boolean more(char end, char begin) {
        if (peek() == end) {
            at++;
            return false;
        }
        if (text.charAt(at - 1) != begin) {
            expect(',');
        }
        return true;
    }

    String name() {
        String name = string();
        expect(':');
        return name;
    }

    String string() {
        expect('"');
        int end = text.indexOf('"', at);
        if (end < 0) {
            throw new IllegalArgumentException("it ends too early");
        }
        if (escape < end) {
            return escaped();
        }
        String value = text.substring(at, end);
        at = end + 1;
        return value;
    }

    private int escapeFrom(int from) {
        int next = text.indexOf('\\', from);
        return next < 0 ? Integer.MAX_VALUE : next;
    }

    private String escaped() {
        StringBuilder result = new StringBuilder();
        while (peek() != '"') {
            char c = text.charAt(at++);
            if (c != '\\') {
                result.append(c);
                continue;
            }
            c = peek();
            at++;
            switch (c) {
                case '"', '\\', '/' -> result.append(c);
                case 'b' -> result.append('\b');
                case 'f' -> result.append('\f');
                case 'n' -> result.append('\n');
                case 'r' -> result.append('\r');
                case 't' -> result.append('\t');
                case 'u' -> result.append(hex());
                default -> throw new IllegalArgumentException("'\\" + c + "' stands for nothing");
            }
        }
        at++;
        escape = escapeFrom(at);
        return result.toString();
    }

    private char hex() {
        if (at + 4 > text.length()) {
            throw new IllegalArgumentException("it ends too early");
        }
        at += 4;
        return (char) Integer.parseInt(text.substring(at - 4, at), 16);
    }

    boolean flag() {
        boolean value = text.startsWith("true", at);
        if (!value && !text.startsWith("false", at)) {
            throw new IllegalArgumentException("true or false is expected at " + at);
        }
        at += value ? 4 : 5;
        return value;
    }

    /** Reads a number as it stands there. */
    String number() {
        int from = at;
        while (at < text.length() && "-.0123456789".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        if (from == at) {
            throw new IllegalArgumentException("a number is expected at " + at);
        }
        return text.substring(from, at);
    }

    /** Requires that nothing is left. */
    void end() {
        if (at != text.length()) {
            throw new IllegalArgumentException("it is longer than it should be");
        }
    }
}
