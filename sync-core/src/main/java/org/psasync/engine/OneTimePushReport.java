package org.psasync.engine;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.psasync.model.LocalRef;
import org.psasync.model.RemoteRef;

/**
 * What came of a one-time push so far (ALL-2). What is not done yet is done by the next runs, after a crash too. Immutable.
 *
 * @param id names the push
 * @param run the run that the confirmation made
 * @param leftOut records that are not as they were previewed, or are gone; the event log names each
 */
public record OneTimePushReport(String id, RunReport run, List<LocalRef> leftOut) {
    public OneTimePushReport {
        requireNonNull(id, "id");
        requireNonNull(run, "run");
        leftOut = List.copyOf(leftOut);
    }

    /**
     * Where a record of the push stands now.
     *
     * @param record the host's record
     * @param planned what the preview showed
     * @param standing where it stands
     * @param remote the PSA's record; null when it is not linked
     */
    public record Result(
            LocalRef record,
            OneTimePushPreview.Step planned,
            Disposition standing,
            @Nullable RemoteRef remote) {
        public Result {
            requireNonNull(record, "record");
            requireNonNull(planned, "planned");
            requireNonNull(standing, "standing");
        }
    }
}
