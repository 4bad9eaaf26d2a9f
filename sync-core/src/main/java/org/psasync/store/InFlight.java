package org.psasync.store;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.psasync.model.Asset;
import org.psasync.model.Field;
import org.psasync.model.FieldValues;
import org.psasync.model.LocalRef;
import org.psasync.model.Origin;
import org.psasync.model.RemoteId;
import org.psasync.model.Revision;
import org.psasync.spi.Draft;
import org.psasync.spi.RemoteVersion;

/** A write that was begun and whose end is not known yet; stored before the request goes out. */
public sealed interface InFlight {
    /** Returns when the write was begun. */
    Instant startedAt();

    /**
     * A record is being made in the PSA (SAFE-1).
     *
     * @param draft what was, or is about to be, sent
     * @param local what the host held in those fields, from which the draft was made
     * @param parts the local records of the draft's parts, in their order
     * @param known PSA records of the same key that were there before, and so cannot be the result
     * @param startedAt when
     * @param absences how often it was looked for and certainly not found
     * @param rights the rights that were seen when it was begun
     */
    record CreatingRemote(
            Draft draft,
            FieldValues local,
            List<Part> parts,
            Set<RemoteId> known,
            Instant startedAt,
            int absences,
            String rights)
            implements InFlight {
        public CreatingRemote {
            requireNonNull(draft, "draft");
            requireNonNull(local, "local");
            parts = List.copyOf(parts);
            known = Set.copyOf(known);
            requireNonNull(startedAt, "startedAt");
            requireNonNull(rights, "rights");
            if (parts.size() != draft.parts().size()) {
                throw new IllegalArgumentException("Each part of a draft is of one local record");
            }
        }

        /** Returns the same write after one more look that found nothing. */
        public CreatingRemote notFoundAgain() {
            return new CreatingRemote(draft, local, parts, known, startedAt, absences + 1, rights);
        }
    }

    /**
     * The local record of a part of a draft (PUSH-11).
     *
     * @param record the record
     * @param local what the host held in the fields of the part, from which the part was made
     */
    record Part(LocalRef record, FieldValues local) {
        public Part {
            requireNonNull(record, "record");
            requireNonNull(local, "local");
        }
    }

    /**
     * A record of the PSA is being changed (MERGE-9).
     *
     * @param sent the values that were sent
     * @param seen the record as it was read before, by which it shows that others wrote it too (MERGE-6)
     * @param version the version of the record that was read before
     * @param local what the host held in the fields that were sent, from which the values were made
     * @param startedAt when
     * @param endedAt when the PSA took it without showing what it stored, so that only that is to be found out (PUSH-12);
     *     null while no answer is known
     */
    record UpdatingRemote(
            FieldValues sent,
            FieldValues seen,
            RemoteVersion version,
            FieldValues local,
            Instant startedAt,
            @Nullable Instant endedAt)
            implements InFlight {
        public UpdatingRemote {
            requireNonNull(sent, "sent");
            requireNonNull(seen, "seen");
            requireNonNull(version, "version");
            requireNonNull(local, "local");
            requireNonNull(startedAt, "startedAt");
        }

        /** Returns the same write once the PSA took those fields of it. */
        public UpdatingRemote answered(Instant ended, Predicate<Field<?>> taken) {
            return new UpdatingRemote(sent.only(taken), seen, version, local.only(taken), startedAt, ended);
        }

        /**
         * Returns whether the record certainly changed since it was read; false too where the PSA has no versions, and for
         * an older version, which a copy that lags behind shows.
         */
        public boolean movedTo(RemoteVersion now) {
            boolean older = version.changedAt() != null
                    && now.changedAt() != null
                    && now.changedAt().isBefore(version.changedAt());
            return isVersioned(now) && !version.equals(now) && !older;
        }

        /**
         * Returns whether a read shows what became of the write. One that shows the record as it was before may come from
         * a copy that lags behind (MERGE-8).
         */
        public boolean isShownBy(FieldValues values, RemoteVersion now) {
            return !isVersioned(now)
                    || movedTo(now)
                    || sent.fields().stream().allMatch(field -> Objects.equals(sent.get(field), values.get(field)));
        }

        private boolean isVersioned(RemoteVersion now) {
            return !version.equals(RemoteVersion.UNKNOWN) && !now.equals(RemoteVersion.UNKNOWN);
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

    /**
     * A local record is being changed (SAFE-6). A host may store a value its own way, which nobody could tell from a
     * person's later on.
     *
     * @param sent the values that are written, in the host's terms
     * @param replaced what the host held in those fields
     * @param expected the revision of the record that is changed
     * @param remote what the PSA holds in those fields, from which the values were made
     * @param partly of lists of which only a part is agreed after the write, the halves of the base
     * @param confirmedLists lists whose local items are confirmed and still to be pushed
     * @param startedAt when
     */
    record UpdatingLocal(
            FieldValues sent,
            FieldValues replaced,
            Revision expected,
            FieldValues remote,
            Base partly,
            List<Field<?>> confirmedLists,
            Instant startedAt)
            implements InFlight {
        public UpdatingLocal {
            requireNonNull(sent, "sent");
            requireNonNull(replaced, "replaced");
            requireNonNull(expected, "expected");
            requireNonNull(remote, "remote");
            requireNonNull(partly, "partly");
            confirmedLists = List.copyOf(confirmedLists);
            requireNonNull(startedAt, "startedAt");
        }

        /**
         * Returns which of the values the host certainly took.
         *
         * @param now the record as it is; its last edit is the engine's when nobody saved it since
         */
        public FieldValues arrived(Asset now) {
            if (now.revision().equals(expected)) {
                return FieldValues.empty(sent.kind());
            }
            return now.lastEdit().origin() == Origin.SYNC
                    ? sent
                    : sent.only(field ->
                            Objects.equals(sent.get(field), now.values().get(field)));
        }
    }

    /**
     * A local record is being deleted, as a manager confirmed (DATA-5).
     *
     * @param startedAt when
     */
    record DeletingLocal(Instant startedAt) implements InFlight {
        public DeletingLocal {
            requireNonNull(startedAt, "startedAt");
        }
    }
}
