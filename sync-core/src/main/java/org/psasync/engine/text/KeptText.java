package org.psasync.engine.text;

import java.util.List;
import java.util.function.Consumer;
import org.psasync.engine.pair.Basis;

/**
 * The form of what is kept as a text: a line that names form and version, then a line for each thing in it.
 *
 * @param name what it is, as messages call it
 * @param first the first line
 */
record KeptText(String name, String first) {
    StringBuilder begin() {
        return new StringBuilder(first).append('\n');
    }

    static void append(StringBuilder text, TextLine line) {
        text.append(line).append('\n');
    }

    /** Returns the text with a last line, by which a text that is not whole, or was changed, is known. */
    String ended(StringBuilder text) {
        append(text, end(text.toString()));
        return text.toString();
    }

    private static TextLine end(String before) {
        return new TextLine().add("end").add(Basis.digest(before));
    }

    /**
     * Does what {@link #read} does for a text that {@link #ended} made.
     *
     * @throws IllegalArgumentException when it is not whole, or was changed, and whenever {@link #read} throws it
     */
    void readEnded(String text, Consumer<TextLine.Reader> things) {
        List<String> lines = text.lines().toList();
        requireForm(lines);
        List<String> content = lines.subList(0, lines.size() - 1);
        String end = lines.get(lines.size() - 1);
        if (!end.equals(end(String.join("\n", content) + "\n").toString())) {
            throw new IllegalArgumentException("The text of the " + name
                    + " is not whole, or was changed: its last line is not the digest of the others");
        }
        read(content, things);
    }

    /**
     * Hands on each line behind the first, to its end.
     *
     * @throws IllegalArgumentException when the text is of another form or version, or a line cannot be read, naming it
     */
    void read(List<String> lines, Consumer<TextLine.Reader> things) {
        requireForm(lines);
        for (int i = 1; i < lines.size(); i++) {
            try {
                TextLine.Reader line = new TextLine.Reader(lines.get(i));
                things.accept(line);
                if (line.hasNext()) {
                    throw new IllegalArgumentException("it is longer than it should be");
                }
            } catch (RuntimeException wrong) {
                throw new IllegalArgumentException(
                        "Line " + (i + 1) + " of the " + name + " cannot be read: " + wrong.getMessage(), wrong);
            }
        }
    }

    void requireForm(List<String> lines) {
        if (lines.isEmpty() || !lines.get(0).equals(first)) {
            throw new IllegalArgumentException("The text of a " + name + " begins with \"" + first + "\", not with \""
                    + (lines.isEmpty() ? "" : lines.get(0)) + "\"");
        }
    }
}
