package org.psasync.testkit.autotask;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times: kept in one form, so that they compare as texts, and shown as the vendor does. */
final class Stamps {
    private static final DateTimeFormatter KEPT = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private Stamps() {}

    static String of(Instant time) {
        return KEPT.format(time);
    }

    /**
     * Takes a date, or a time with or without an offset; without one it is UTC.
     *
     * @throws Refusal when it is neither
     */
    static String read(String text) {
        try {
            if (text.length() == 10) {
                return of(LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant());
            }
            boolean zone = text.endsWith("Z") || text.lastIndexOf('+') > 10 || text.lastIndexOf('-') > 10;
            return of(
                    zone
                            ? OffsetDateTime.parse(text).toInstant()
                            : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            throw Refusal.invalid("Conversion failed when converting date and/or time from character string.");
        }
    }

    /** Shows a kept time: the zeros at the end of its fraction are cut. */
    static String shown(String kept, boolean withoutZone) {
        String text = kept.substring(0, kept.length() - 1).replaceAll("\\.?0+$", "");
        return withoutZone ? text : text + "Z";
    }
}
