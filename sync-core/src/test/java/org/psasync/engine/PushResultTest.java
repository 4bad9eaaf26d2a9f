package org.psasync.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.model.ConfigurationFields;

class PushResultTest {
    @Test
    @DisplayName("PUSH-14: the answer to a save is a sentence that a person reads, with both values of a conflict")
    void theAnswerToASaveIsASentence() {
        PushResult.Newer notes = new PushResult.Newer(ConfigurationFields.NOTES, null, "rack 4");
        PushResult.Done done = new PushResult.Done(
                false,
                List.of(ConfigurationFields.ASSET_TAG, ConfigurationFields.SERIAL_NUMBER),
                List.of(),
                List.of(notes));

        assertThat(new PushResult.PsaHadNewer(done).text())
                .isEqualTo("Pushed to the PSA: asset tag, serial number. "
                        + "The PSA had newer values: notes: saved (blank), the PSA's \"rack 4\".");
    }
}
