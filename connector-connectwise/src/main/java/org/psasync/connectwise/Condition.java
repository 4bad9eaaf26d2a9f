package org.psasync.connectwise;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A condition on the records of a list.
 *
 * <p>Immutable. Source: ConnectWise developer guide, Conditions, 2026-10.
 */
final class Condition {
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss");

    private final String text;

    private Condition(String text) {
        this.text = text;
    }

    static Condition equal(String path, long number) {
        return new Condition(path + " = " + number);
    }

    static Condition flag(String path, boolean value) {
        return new Condition(path + " = " + value);
    }

    /** Every record whose text is the one given, whatever its case; may let through more (MATCH-2). */
    static Condition text(String path, String value) {
        String plain = speakable(value);
        return plain.equals(value) && value.indexOf('[') < 0
                ? new Condition(path + " = \"" + value + "\"")
                : new Condition(path + " contains \"" + escaped(plain) + "\"");
    }

    /** Every record whose text has the one given somewhere in it, since stored texts may have invisible ends. */
    static Condition contains(String path, String value) {
        return new Condition(path + " contains \"" + escaped(speakable(value)) + "\"");
    }

    static Condition in(String path, Collection<?> numbers) {
        return new Condition(
                path + " in (" + numbers.stream().map(String::valueOf).collect(Collectors.joining(",")) + ")");
    }

    static Condition above(String path, long number) {
        return new Condition(path + " > " + number);
    }

    /** The change time is asked for at the top level, although records show it in {@code _info}. */
    static Condition changedFrom(Instant time) {
        return new Condition("lastUpdated >= [" + time.truncatedTo(ChronoUnit.SECONDS) + "]");
    }

    /**
     * The same for servers that take no zone. Whether they mean their own time or that of the world is not documented, so
     * the time is moved back by the largest difference there is.
     */
    static Condition changedFromLocal(Instant time) {
        LocalDateTime earliest = LocalDateTime.ofInstant(time, ZoneOffset.ofHours(-14));
        return new Condition(
                "lastUpdated >= [" + earliest.truncatedTo(ChronoUnit.SECONDS).format(SECONDS) + "]");
    }

    Condition or(Condition other) {
        return new Condition("(" + text + " or " + other.text + ")");
    }

    static Condition both(@Nullable Condition first, Condition second) {
        return first == null ? second : first.and(second);
    }

    Condition and(Condition other) {
        return new Condition(text + " and " + other.text);
    }

    /** The longest part of the text that needs no escape that the vendor does not document. */
    private static String speakable(String value) {
        String longest = "";
        for (String part : value.split("[\"\\\\\\p{Cntrl}]", -1)) {
            longest = part.length() > longest.length() ? part : longest;
        }
        return longest;
    }

    /** The form in which a pattern holds a bracket as such. */
    private static String escaped(String value) {
        return value.replace("[", "[[]");
    }

    @Override
    public String toString() {
        return text;
    }
}
