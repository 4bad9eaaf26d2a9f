package org.psasync.store;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.psasync.model.FieldValues;
import org.psasync.spi.Draft;

/** A write that was begun and whose end is not known yet; stored before the request goes out. */
public sealed interface InFlight {
    /** Returns when the write was begun. */
    Instant startedAt();

    /**
     * A record is being made in the PSA (SAFE-1).
     *
     * @param draft what was, or is about to be, sent
     * @param startedAt when
     * @param absences how often it was looked for and certainly not found
     * @param rights the rights that were seen when it was begun
     */
    record CreatingRemote(Draft draft, Instant startedAt, int absences, String rights) implements InFlight {
        public CreatingRemote {
            requireNonNull(draft, "draft");
            requireNonNull(startedAt, "startedAt");
            requireNonNull(rights, "rights");
        }

        /** Returns the same write after one more look that found nothing. */
        public CreatingRemote notFoundAgain() {
            return new CreatingRemote(draft, startedAt, absences + 1, rights);
        }
    }

    /**
     * A record of the PSA is being changed (MERGE-9).
     *
     * @param sent the values that were sent
     * @param seen what those fields held before
     * @param local what the host held in those fields, from which the values were made
     * @param startedAt when
     */
    record UpdatingRemote(FieldValues sent, FieldValues seen, FieldValues local, Instant startedAt)
            implements InFlight {
        public UpdatingRemote {
            requireNonNull(sent, "sent");
            requireNonNull(seen, "seen");
            requireNonNull(local, "local");
            requireNonNull(startedAt, "startedAt");
        }
    }

    /**
     * A record is being made in a host that does not keep pair ids (SAFE-7).
     *
     * @param sent the values that were sent
     * @param startedAt when
     */
    record CreatingLocal(FieldValues sent, Instant startedAt) implements InFlight {
        public CreatingLocal {
            requireNonNull(sent, "sent");
            requireNonNull(startedAt, "startedAt");
        }
    }
}
