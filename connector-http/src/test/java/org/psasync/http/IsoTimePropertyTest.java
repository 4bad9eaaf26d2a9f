package org.psasync.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IsoTimePropertyTest {
    private static final long YEAR_1 = -62135596800L;
    private static final long YEAR_9999 = 253402300799L;

    @Property
    void readsWhatTheJdkWrites(
            @ForAll @LongRange(min = YEAR_1, max = YEAR_9999) long second,
            @ForAll @IntRange(max = 999_999_999) int nano,
            @ForAll @IntRange(min = -18 * 60, max = 18 * 60) int offsetMinutes) {
        Instant whole = Instant.ofEpochSecond(second);
        Instant exact = whole.plusNanos(nano);
        assertThat(IsoTime.instant(whole.toString())).isEqualTo(whole);
        assertThat(IsoTime.instant(exact.toString())).isEqualTo(exact);
        assertThat(IsoTime.instant(exact.toString().replace("Z", ""))).isEqualTo(exact);
        assertThat(IsoTime.instant(exact.toString().replace('T', ' '))).isEqualTo(exact);
        OffsetDateTime elsewhere = exact.atOffset(ZoneOffset.ofTotalSeconds(offsetMinutes * 60));
        if (elsewhere.getYear() > 0 && elsewhere.getYear() < 10_000) {
            assertThat(IsoTime.instant(elsewhere.toString())).isEqualTo(exact);
            assertThat(IsoTime.date(elsewhere.toString())).isEqualTo(elsewhere.toLocalDate());
        }
    }

    @Property
    void readsDatesAsTheyAreWritten(@ForAll @LongRange(min = -719_162, max = 2_932_896) long day) {
        LocalDate date = LocalDate.ofEpochDay(day);
        assertThat(IsoTime.date(date.toString())).isEqualTo(date);
        assertThat(IsoTime.instant(date.toString()))
                .isEqualTo(date.atStartOfDay().toInstant(ZoneOffset.UTC));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "yesterday",
                "2026-13-01",
                "2026-02-30",
                "2026-05-20T25:00:00Z",
                "2026-05-20T10:60:00Z",
                "2026-05-20T10-00-00Z",
                "2026-05-20 10:00:00 GMT",
                "20.05.2026",
                "2026/05/20",
                "2026-05-2x"
            })
    void refusesAnythingElse(String text) {
        assertThatThrownBy(() -> IsoTime.instant(text)).isInstanceOf(DateTimeException.class);
    }
}
