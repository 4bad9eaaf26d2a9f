package org.psasync.engine.text;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A line of words, any of which may hold any text; separated by tabs. Not safe for use by several threads. */
final class TextLine {
    private static final String NULL = "\\0";

    private final List<String> words = new ArrayList<>();

    TextLine add(@Nullable Object word) {
        words.add(word == null ? NULL : escaped(word.toString()));
        return this;
    }

    @Override
    public String toString() {
        return String.join("\t", words);
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\")
                .replace("\t", "\\t")
                .replace("\n", "\\n")
                .replace("\r", "\\r");
    }

    /** Reads the words of a line one after the other. */
    static final class Reader {
        private final Iterator<String> words;

        Reader(String line) {
            this.words = List.of(line.split("\t", -1)).iterator();
        }

        boolean hasNext() {
            return words.hasNext();
        }

        @Nullable
        String nextOrNull() {
            if (!words.hasNext()) {
                throw new NoSuchElementException("it is shorter than it should be");
            }
            String word = words.next();
            return word.equals(NULL) ? null : plain(word);
        }

        String next() {
            return Objects.requireNonNull(nextOrNull(), "a word is missing");
        }

        int nextNumber() {
            return Integer.parseInt(next());
        }

        <E extends Enum<E>> E next(Class<E> type) {
            return Enum.valueOf(type, next());
        }

        private static String plain(String word) {
            StringBuilder text = new StringBuilder(word.length());
            for (int i = 0; i < word.length(); i++) {
                char c = word.charAt(i);
                if (c == '\\' && i + 1 < word.length()) {
                    i++;
                    char escaped = word.charAt(i);
                    text.append(
                            switch (escaped) {
                                case 't' -> '\t';
                                case 'n' -> '\n';
                                case 'r' -> '\r';
                                default -> escaped;
                            });
                } else {
                    text.append(c);
                }
            }
            return text.toString();
        }
    }
}
