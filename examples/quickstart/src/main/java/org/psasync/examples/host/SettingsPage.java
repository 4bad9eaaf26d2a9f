package org.psasync.examples.host;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.psasync.engine.Actor;
import org.psasync.engine.ChoiceState;
import org.psasync.engine.ConfirmationNeededException;
import org.psasync.engine.InvalidSettingsException;
import org.psasync.engine.KnownPsa;
import org.psasync.engine.SettingsChange;
import org.psasync.engine.SettingsPreview;
import org.psasync.engine.SyncEngine;
import org.psasync.engine.manage.PreviewExpiredException;
import org.psasync.model.AssetKind;
import org.psasync.model.Choice;
import org.psasync.model.Field;
import org.psasync.store.StaleStateException;

/** The page on which a manager says what syncs. */
final class SettingsPage {
    private final SyncEngine engine;
    private final Actor person;
    private long version;

    SettingsPage(SyncEngine engine, Actor person) {
        this.engine = engine;
        this.person = person;
    }

    // guide: settings-page
    List<String> show() {
        KnownPsa known = engine.as(person).knownPsa().orElseThrow(); // empty before the first connect
        List<String> lines = new ArrayList<>();
        lines.add(known.connector().displayName() + ": " + known.status().status());
        known.missing().forEach(right -> lines.add("Missing: " + right.name()));
        for (Field<?> list : known.lists()) {
            for (ChoiceState each : known.choices(list)) { // recommended ones first
                lines.add(list + " " + each.choice().name() + ": " + each.state() + use(each));
            }
        }
        for (KnownPsa.Option option : known.options()) {
            lines.add(option.option().label() + ": "
                    + option.chosen().map(Choice::name).orElse(Objects.requireNonNullElse(option.value(), "not set"))
                    + choose(option));
        }
        for (AssetKind kind : known.connector().kinds().keySet()) {
            for (KnownPsa.MappedField field : known.fields(kind)) {
                lines.add(field.rule().field() + ": " + way(field) + ", conflicts: " + field.conflicts());
            }
        }
        known.users().forEach(user -> lines.add("Invite? " + user.name()));
        version = known.settingsVersion(); // for save
        return lines;
    }

    private static String use(ChoiceState choice) {
        return choice.recommended()
                ? ", recommended, used by " + choice.usedBy().orElse(0)
                : "";
    }

    private static String choose(KnownPsa.Option option) {
        List<String> names =
                option.choices().stream().map(each -> each.choice().name()).toList();
        return names.isEmpty() ? "" : ", one of " + String.join(", ", names);
    }

    private static String way(KnownPsa.MappedField field) {
        return field.excluded() ? "left out" : field.pullOnly() ? "from the PSA only" : "both ways";
    }
    // guide: end

    // guide: save-form
    String save(Consumer<SettingsChange> change) {
        try {
            engine.as(person).configure(version, change);
            return "Saved.";
        } catch (StaleStateException somebodyElse) {
            return "Somebody saved settings since you opened this page. Look at them, and change them again.";
        }
    }
    // guide: end

    // guide: undo
    void leaveItToTheKind(Field<?> field) {
        engine.as(person)
                .configure(settings -> settings.exclude(field, false) // takes part again
                        .pullOnly(field, false)
                        .conflicts(field, null)); // whoever wins those of its kind
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
