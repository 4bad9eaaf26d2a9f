package org.psasync.engine.observe;

import java.util.Optional;
import org.psasync.engine.Mode;
import org.psasync.engine.desk.Parties;
import org.psasync.model.RemoteRef;
import org.psasync.spi.Webhook;
import org.psasync.spi.WebhookRequest;
import org.psasync.store.Commit;
import org.psasync.store.Pair;
import org.psasync.store.StaleStateException;

/** Takes the PSA's word that a record changed for what it is: a reason to look at it in the next run (PSA-ALL-3). */
public final class Hints {
    private final Parties parties;

    /** Makes the hints of an engine. */
    public Hints(Parties parties) {
        this.parties = parties;
    }

    /** Verifies a request and marks the records it names; returns whether it is genuine. */
    public boolean take(WebhookRequest request) {
        if (parties.state().setup().mode() == Mode.DISCONNECTED) {
            return false;
        }
        Webhook webhook = parties.psa().connector().webhook(request);
        if (webhook instanceof Webhook.Hints hints) {
            hints.records().forEach(this::mark);
            return true;
        }
        return false;
    }

    /** Verifies a request and stores nothing. */
    public boolean isGenuine(WebhookRequest request) {
        return parties.psa().connector().webhook(request) instanceof Webhook.Hints;
    }

    private void mark(RemoteRef ref) {
        while (true) {
            Optional<Pair> pair = parties.state().byRemote(ref);
            if (pair.isEmpty()
                    || pair.get().leftAlone()
                    || pair.get().mustRead() && pair.get().dirty()) {
                return; // a record that is new is found by the next run
            }
            try {
                Pair hinted = pair.get().toBuilder().mustRead(true).dirty(true).build();
                parties.state().commit(Commit.builder().put(hinted).build());
                return;
            } catch (StaleStateException stale) {
                // The pair changed in between: mark it as it is now.
            }
        }
    }
}
