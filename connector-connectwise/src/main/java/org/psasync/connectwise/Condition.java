package org.psasync.connectwise;

import java.nio.charset.StandardCharsets;
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
    /** Keeps addresses below 2,000 characters, with the members that are asked for; as encoded. */
    static final int LONGEST = 1200;

    /** Two of them and a condition on the company fit into the longest. */
    private static final int LONGEST_TEXT = 450;

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
        return speakable(value).equals(value) ? new Condition(path + " = \"" + value + "\"") : contains(path, value);
    }

    /** Every record whose text has the one given somewhere in it; may let through more (MATCH-2). */
    static Condition contains(String path, String value) {
        return new Condition(path + " contains \"" + speakable(value) + "\"");
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

    /** The characters that the condition takes in an address. */
    int length() {
        return encodedLength(text);
    }

    /**
     * The longest part of the text that holds neither wildcards nor what would need an escape, nor invisible characters,
     * which a stored text may have or lack; no longer than what fits into an address.
     */
    private static String speakable(String value) {
        String longest = "";
        for (String part : value.split("[\"\\\\\\[\\]%*\\p{Cntrl}\\p{Cf}]", -1)) {
            String clean = part.strip();
            longest = clean.length() > longest.length() ? clean : longest;
        }
        int end = 0;
        int used = 0;
        while (end < longest.length()) {
            String next = Character.toString(longest.codePointAt(end));
            used += encodedLength(next);
            if (used > LONGEST_TEXT) {
                break;
            }
            end += next.length();
        }
        return longest.substring(0, end).strip();
    }

    private static int encodedLength(String value) {
        int length = 0;
        for (byte each : value.getBytes(StandardCharsets.UTF_8)) {
            boolean plain = each >= '0' && each <= '9' || each >= 'A' && each <= 'Z' || each >= 'a' && each <= 'z';
            length += plain ? 1 : 3;
        }
        return length;
    }

    @Override
    public String toString() {
        return text;
    }
}
