package org.psasync.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ModeTest {
    @Test
    @DisplayName("WHY-2: an active integration changes no answer")
    void changesNothing() {
        assertThat(Disposition.values()).allMatch(each -> Mode.ACTIVE.seen(each) == each);
    }

    @Test
    @DisplayName("WHY-2: a pause is named by what would sync, and by nothing else")
    void namesThePause() {
        Set<Disposition> wouldSync = EnumSet.of(
                Disposition.IN_SYNC, Disposition.CHANGE_WAITING, Disposition.WAITING_FOR_RECORD, Disposition.RETRYING);

        assertThat(Disposition.values())
                .allMatch(each -> Mode.PAUSED.seen(each) == (wouldSync.contains(each) ? Disposition.PAUSED : each));
    }

    @Test
    @DisplayName("DATA-6: all records are disconnected, but for those that a person disabled")
    void cutsAll() {
        assertThat(Arrays.stream(Disposition.values()).filter(each -> Mode.DISCONNECTED.seen(each) == each))
                .containsExactlyInAnyOrder(Disposition.DISCONNECTED, Disposition.DISABLED, Disposition.UNKNOWN);
        assertThat(Mode.DISCONNECTED.seen(Disposition.IN_REVIEW)).isEqualTo(Disposition.DISCONNECTED);
    }
}
