package org.psasync.jdbc;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * The form in which the engine's values are kept: the number of the form, then JSON.
 *
 * <p>A record is an object of its components, without those that are null, false, 0 or empty, so that a later library can
 * add one. A text of a newer form, or with a component or a name that this library does not know, is refused. Unpaired
 * surrogates and NUL, which a database may refuse, are escaped.
 */
final class Codec {
    private static final char FORM = '1';
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNumberLength(100_000)
                    .build())
            .build();

    private Codec() {}

    static String write(Object value) {
        StringWriter text = new StringWriter(512);
        text.write(FORM);
        try (JsonGenerator json = JSON.createGenerator(text)) {
            Shapes.of(value.getClass()).write(json, value);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }

    /**
     * Returns the value of a text.
     *
     * @throws DatabaseException when the text is of a newer form, or damaged
     */
    static <T> T read(Class<T> type, String text) {
        if (text.isEmpty() || text.charAt(0) != FORM) {
            throw new DatabaseException(
                    "The database holds a " + type.getSimpleName() + " in a form that begins with \""
                            + text.substring(0, Math.min(1, text.length()))
                            + "\"; this library reads form 1. Use the library that wrote it, or a newer one");
        }
        try (JsonParser json = JSON.createParser(text.toCharArray(), 1, text.length() - 1)) {
            json.nextToken();
            @Nullable Object value = Shapes.of(type).read(json);
            if (value == null || json.nextToken() != null) {
                throw new IllegalArgumentException("it is longer or shorter than it should be");
            }
            return type.cast(value);
        } catch (IOException | RuntimeException wrong) {
            throw new DatabaseException(
                    "The database holds a " + type.getSimpleName() + " that cannot be read: " + wrong.getMessage()
                            + ". It was written by a newer library, or is damaged",
                    wrong);
        }
    }
}
