package org.psasync.engine.run;

import org.psasync.engine.Mode;
import org.psasync.engine.desk.GuardedAssets;
import org.psasync.engine.desk.Marks;
import org.psasync.engine.desk.Parties;
import org.psasync.engine.desk.RunStopped;
import org.psasync.model.AssetKind;
import org.psasync.store.Commit;
import org.psasync.store.Setup;
import org.psasync.store.StaleStateException;

/** Shows the host that all records are disconnected (DATA-6, STATE-9). */
public final class Disconnection {
    private final Parties parties;

    /** Makes it for an integration. */
    public Disconnection(Parties parties) {
        this.parties = parties;
    }

    /**
     * Shows what is still to be shown, page by page. What fails, or is cut short by a crash, is begun again the next time;
     * showing a mark twice is harmless. Once the integration is connected again, its first run shows the marks.
     */
    public void showMarks() {
        if (!isOwed()) {
            return;
        }
        try {
            for (AssetKind kind : AssetKind.values()) {
                Marks.showDisconnected(
                        parties.state(), new GuardedAssets(parties.host(), () -> {}), kind, this::isOwed);
            }
        } catch (RunStopped hostFailed) {
            return;
        }
        while (isOwed()) {
            Setup setup = parties.state().setup();
            try {
                parties.state()
                        .commit(Commit.builder()
                                .setup(setup.with(setup.participation().marked()))
                                .build());
            } catch (StaleStateException stale) {
                // Somebody changed something else of the setup: note it beside that.
            }
        }
    }

    private boolean isOwed() {
        Setup setup = parties.state().setup();
        return setup.mode() == Mode.DISCONNECTED && setup.participation().marksOwed();
    }
}
