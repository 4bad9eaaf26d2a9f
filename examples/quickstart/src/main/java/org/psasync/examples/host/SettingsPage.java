package org.psasync.examples.host;

import java.util.List;
import java.util.function.Consumer;
import org.psasync.engine.Actor;
import org.psasync.engine.ConfirmationNeededException;
import org.psasync.engine.InvalidSettingsException;
import org.psasync.engine.SettingsChange;
import org.psasync.engine.SettingsPreview;
import org.psasync.engine.SyncEngine;
import org.psasync.engine.manage.PreviewExpiredException;
import org.psasync.model.Field;
import org.psasync.store.StaleStateException;

/** The page on which a manager says what syncs. */
final class SettingsPage {
    private final SyncEngine engine;
    private final Actor person;

    SettingsPage(SyncEngine engine, Actor person) {
        this.engine = engine;
        this.person = person;
    }

    // guide: choices
    List<String> choices(Field<?> list) {
        return engine.choices(list).stream()
                .map(each -> each.choice().name() + ": " + each.state())
                .toList();
    }
    // guide: end

    // guide: first-settings
    void firstSettings() {
        engine.as(person)
                .configure(settings -> settings.recommended() // two-way, where it is possible and allowed
                        .organizations(o -> o.types("Customer").statuses("Active"))
                        .configurations(c -> c.types("Server").statuses("Active"))
                        .contacts(true)
                        .locations(true));
    }
    // guide: end

    // guide: configure
    String change(Consumer<SettingsChange> change) {
        try {
            engine.as(person).configure(change);
            return "Saved.";
        } catch (InvalidSettingsException wrong) {
            return String.join("\n", wrong.faults());
        } catch (ConfirmationNeededException many) {
            return ask(many.preview());
        } catch (StaleStateException somebodyElse) {
            return "Somebody else saved settings meanwhile. Look at them, and change them again.";
        }
    }
    // guide: end

    // guide: preview
    SettingsPreview preview(Consumer<SettingsChange> change) {
        return engine.as(person).preview(change);
    }

    String save(SettingsPreview shown) {
        try {
            engine.as(person).save(shown);
            return "Saved.";
        } catch (PreviewExpiredException somethingElseNow) {
            return "Look again: " + somethingElseNow.getMessage();
        } catch (InvalidSettingsException wrong) {
            return String.join("\n", wrong.faults());
        }
    }

    private static String ask(SettingsPreview preview) {
        return preview.print() + "Save this?";
    }
    // guide: end
}
