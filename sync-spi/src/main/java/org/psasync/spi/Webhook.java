package org.psasync.spi;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.psasync.model.RemoteRef;

/** What a connector makes of a request that claims to come from the PSA (PSA-ALL-3). */
public sealed interface Webhook {
    /**
     * The request is genuine; it is only a hint that these records may have changed.
     *
     * @param records may be empty
     */
    record Hints(List<RemoteRef> records) implements Webhook {
        public Hints {
            records = List.copyOf(records);
        }
    }

    /**
     * The request is not to be believed.
     *
     * @param reason for the event log; holds nothing of the request's content
     */
    record Refused(String reason) implements Webhook {
        public Refused {
            requireNonNull(reason, "reason");
        }
    }
}
