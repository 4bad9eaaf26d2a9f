package org.psasync.store;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.psasync.model.RemoteRef;

/**
 * By what the instance of the PSA is known again, whatever address it is reached by (SAFE-2).
 *
 * @param tenant its tenant's identity; null before it was first checked
 * @param sample a few linked records of one kind; empty while there are too few links
 * @param other why everything is stopped: another instance answers; null while the right one does
 */
public record PsaInstance(
        @Nullable String tenant,
        List<Known> sample,
        @Nullable String other) {
    /** Nothing is known. */
    public static final PsaInstance UNKNOWN = new PsaInstance(null, List.of(), null);

    /**
     * A linked record of the PSA.
     *
     * @param record the record
     * @param texts each of which identifies it, such as its name or serial number; at least one
     */
    public record Known(RemoteRef record, Set<String> texts) {
        public Known {
            requireNonNull(record, "record");
            texts = Set.copyOf(texts);
        }
    }

    public PsaInstance {
        sample = List.copyOf(sample);
    }

    /** Returns the same while another instance answers. */
    public PsaInstance stopped(String why) {
        return new PsaInstance(tenant, sample, requireNonNull(why, "why"));
    }
}
