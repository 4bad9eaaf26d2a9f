package org.psasync.http;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/**
 * Reads the header {@code Retry-After}: seconds, or a time, which is taken by the server's own clock where the answer
 * shows it. Source: RFC 9110, sections 5.6.7 and 10.2.3.
 */
final class RetryAfter {
    private static final Duration LONGEST = Duration.ofDays(1);

    private RetryAfter() {}

    static Optional<Duration> read(String value, Optional<String> serverDate, Instant receivedAt) {
        String text = value.strip();
        if (text.matches("\\d{1,18}")) {
            return Optional.of(within(Duration.ofSeconds(Long.parseLong(text))));
        }
        Instant now = serverDate.flatMap(RetryAfter::time).orElse(receivedAt);
        return time(text).map(until -> within(Duration.between(now, until)));
    }

    private static Optional<Instant> time(String text) {
        try {
            return Optional.of(ZonedDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Duration within(Duration pause) {
        return pause.isNegative() ? Duration.ZERO : pause.compareTo(LONGEST) > 0 ? LONGEST : pause;
    }
}
