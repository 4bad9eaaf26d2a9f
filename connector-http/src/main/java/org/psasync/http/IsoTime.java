package org.psasync.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/**
 * Reads the ISO forms that PSAs write: {@code 2026-05-20T18:04:26Z}, with any fraction, with an offset, or without one.
 *
 * <p>The common form is read without the general parser, which costs more than reading the record around it.
 */
final class IsoTime {
    private static final int SECONDS_LENGTH = "2026-05-20T18:04:26".length();

    private IsoTime() {}

    static Instant instant(String text) {
        if (text.length() == SECONDS_LENGTH + 1 && text.charAt(SECONDS_LENGTH) == 'Z' && text.charAt(10) == 'T') {
            int hour = digits(text, 11, 13);
            int minute = digits(text, 14, 16);
            int second = digits(text, 17, 19);
            if (text.charAt(13) == ':' && text.charAt(16) == ':' && hour < 24 && minute < 60 && second < 60) {
                return Instant.ofEpochSecond(date(text).toEpochDay() * 86_400L + hour * 3_600L + minute * 60L + second);
            }
        }
        if (text.length() == 10) {
            return date(text).atStartOfDay().toInstant(ZoneOffset.UTC);
        }
        String iso =
                text.length() > 10 && text.charAt(10) == ' ' ? text.substring(0, 10) + 'T' + text.substring(11) : text;
        boolean offset = iso.endsWith("Z") || iso.lastIndexOf('+') > 10 || iso.lastIndexOf('-') > 10;
        return offset
                ? OffsetDateTime.parse(iso).toInstant()
                : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC);
    }

    /** Reads the day that stands at the start, whatever follows after {@code T} or a blank. */
    static LocalDate date(String text) {
        boolean shaped = text.length() >= 10
                && text.charAt(4) == '-'
                && text.charAt(7) == '-'
                && (text.length() == 10 || text.charAt(10) == 'T' || text.charAt(10) == ' ');
        if (!shaped) {
            throw new DateTimeException("not an ISO date");
        }
        return LocalDate.of(digits(text, 0, 4), digits(text, 5, 7), digits(text, 8, 10));
    }

    private static int digits(String text, int from, int to) {
        int result = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                throw new DateTimeException("not an ISO date");
            }
            result = result * 10 + digit;
        }
        return result;
    }
}
