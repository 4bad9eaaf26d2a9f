package org.psasync.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BrakeLimitsTest {
    @ParameterizedTest(name = "{0} of {1} links: {2}")
    @DisplayName("BRAKE-2: records that leave are held above 25 and 10 %, from 20 links on")
    @CsvSource({"19, 19, false", "25, 25, false", "26, 26, true", "100, 1000, false", "101, 1000, true"})
    void holdsWhatLeaves(long count, long links, boolean held) {
        assertThat(SyncSettings.Brakes.DEFAULT.holds(Brake.LEAVING, count, links))
                .isEqualTo(held);
    }

    @ParameterizedTest(name = "of {0} links: {1}")
    @DisplayName("BRAKE-2: a kind with fewer than 20 links has no brakes, however they are set")
    @CsvSource({"19, false", "20, true"})
    void leavesFewLinksAlone(long links, boolean held) {
        SyncSettings.Brakes strict = SyncSettings.Brakes.DEFAULT.with(Brake.LEAVING, new SyncSettings.Limit(1, 0));
        assertThat(strict.holds(Brake.LEAVING, 5, links)).isEqualTo(held);
    }

    @ParameterizedTest(name = "{0} of {1} links: {2}")
    @DisplayName("BRAKE-2: updates are held above 200 and 50 %, from 20 links on")
    @CsvSource({"200, 210, false", "201, 210, true", "500, 1000, false", "501, 1000, true", "0, 0, false"})
    void holdsUpdates(long count, long links, boolean held) {
        assertThat(SyncSettings.Brakes.DEFAULT.holds(Brake.LOCAL_UPDATES, count, links))
                .isEqualTo(held);
    }
}
