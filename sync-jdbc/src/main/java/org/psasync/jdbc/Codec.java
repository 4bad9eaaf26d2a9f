package org.psasync.jdbc;

/**
 * The form in which the engine's values are kept: the number of the form, then JSON.
 *
 * <p>A record is an object of its components, without those that are null, false, 0 or empty, so that a later library can
 * add one: where it is missing it is null, false, 0 or empty, or, where null cannot be, the record that holds nothing, also
 * as the first variant of a sealed interface that does. Form 2 keeps values that are the same on both sides once ({@link ValuesShape})
 * and times as numbers; of form 1 all is read. A text of a newer form, or with a component or a name that this library
 * does not know, is refused. Unpaired surrogates and NUL, which a database may refuse, are escaped.
 */
final class Codec {
    private static final char FORM = '2';
    /** Was written by libraries whose tables had version 1 or 2. */
    private static final char FORM_1 = '1';

    private Codec() {}

    static String write(Object value) {
        JsonOut json = new JsonOut(FORM);
        Shapes.of(value.getClass()).write(json, value);
        return json.toString();
    }

    /**
     * Returns the value of a text.
     *
     * @throws DatabaseException when the text is of a newer form, or damaged
     */
    static <T> T read(Class<T> type, String text) {
        if (text.isEmpty() || text.charAt(0) != FORM && text.charAt(0) != FORM_1) {
            throw new DatabaseException(
                    "The database holds a " + type.getSimpleName() + " in a form that begins with \""
                            + text.substring(0, Math.min(1, text.length()))
                            + "\"; this library reads form 1 and 2. Use the library that wrote it, or a newer one");
        }
        try {
            JsonIn json = new JsonIn(text, 1);
            Object value = Shapes.of(type).read(json);
            json.end();
            return type.cast(value);
        } catch (RuntimeException wrong) {
            throw new DatabaseException(
                    "The database holds a " + type.getSimpleName() + " that cannot be read: " + wrong.getMessage()
                            + ". It was written by a newer library, or is damaged",
                    wrong);
        }
    }
}
