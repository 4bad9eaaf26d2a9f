package org.psasync.engine;

import java.util.List;
import java.util.Map;
import org.psasync.engine.decide.RowSelection;
import org.psasync.engine.run.Parties;
import org.psasync.spi.ReferenceData;
import org.psasync.store.Commit;
import org.psasync.store.Event;
import org.psasync.store.Place;
import org.psasync.store.Setup;
import org.psasync.store.StaleStateException;

/** Takes a type or status out of the selection, whatever somebody else changes of the settings meanwhile (SET-2). */
record RowPause(Parties parties, Actor actor) {
    SyncSettings pause(Place place) {
        while (true) {
            Setup setup = parties.state().setup();
            ReferenceData reference = setup.reference();
            SyncSettings left = new RowSelection(
                            setup.settings(),
                            reference == null ? new ReferenceData(Map.of(), Map.of(), List.of()) : reference,
                            parties.psa().connector().descriptor().untyped())
                    .without(place);
            if (left.equals(setup.settings())) {
                return setup.currentSettings();
            }
            Setup paused = setup.withSettings(left);
            try {
                parties.state()
                        .commit(Commit.builder()
                                .setup(paused)
                                .event(event(SettingsText.difference(setup.settings(), left)))
                                .build());
                return paused.currentSettings();
            } catch (StaleStateException stale) {
                // Somebody saved settings at the same time: the row is taken out of theirs.
            }
        }
    }

    private Event event(String difference) {
        return new Event(
                0,
                parties.clock().instant(),
                null,
                actor.name(),
                Event.Type.SETTINGS_CHANGED,
                null,
                null,
                null,
                null,
                List.of(),
                difference);
    }
}
