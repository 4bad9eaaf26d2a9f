package org.psasync.testkit.autotask;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A member of the records of a kind.
 *
 * @param length the most characters; 0 for any number
 * @param refersTo the records that it names by their id; null for none
 * @param list the pick list that it is from, or the records that make up the list; null for none
 */
record Member(
        String name,
        Type type,
        boolean required,
        boolean readOnly,
        boolean queryable,
        int length,
        @Nullable String refersTo,
        @Nullable String list) {

    /** What a member holds. */
    enum Type {
        LONG,
        INT,
        DECIMAL,
        BOOLEAN,
        DATETIME,
        STRING;

        boolean isNumber() {
            return this == LONG || this == INT || this == DECIMAL;
        }
    }

    private static final Pattern FORM =
            Pattern.compile("(\\w+)(\\*?)(~?)(\\*?)(\\^?)(?::(\\d+))?(?:>(\\w+))?(?:=(\\w+))?");

    /** Reads a member as the schema writes it. */
    static Member read(Type type, String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalStateException("The schema has no member of the form " + text);
        }
        return new Member(
                form.group(1),
                type,
                !form.group(2).isEmpty() || !form.group(4).isEmpty(),
                !form.group(3).isEmpty(),
                form.group(5).isEmpty(),
                form.group(6) == null ? 0 : Integer.parseInt(form.group(6)),
                form.group(7),
                form.group(8));
    }
}
