package org.psasync.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.SettingsPreview.KindEffect;
import org.psasync.engine.bulk.BulkActions;
import org.psasync.engine.bulk.SettingsEffect;
import org.psasync.engine.desk.Parties;
import org.psasync.engine.desk.PreviewAge;
import org.psasync.engine.manage.PreviewExpiredException;
import org.psasync.model.AssetKind;
import org.psasync.model.Field;
import org.psasync.spi.ConnectorDescriptor;
import org.psasync.spi.ReferenceData;
import org.psasync.store.Commit;
import org.psasync.store.Event;
import org.psasync.store.Place;
import org.psasync.store.Progress;
import org.psasync.store.Setup;
import org.psasync.store.StaleStateException;

/** Changes settings, after a look at what that does (SET-1). */
final class Configuring {
    private final Parties parties;
    private final Actor actor;
    private @Nullable ReferenceData read;
    private @Nullable Long shown;

    Configuring(Parties parties, Actor actor) {
        this.parties = parties;
        this.actor = actor;
    }

    /** Returns the same for a form that showed settings of that version. */
    Configuring shown(long version) {
        shown = version;
        return this;
    }

    SettingsPreview preview(Consumer<SettingsChange> wish) {
        Setup setup = parties.state().setup();
        if (shown != null && shown != setup.settingsVersion()) {
            throw new StaleStateException("Somebody saved settings since the form was opened.");
        }
        ReferenceData reference = reference(setup);
        SettingsChange change =
                new SettingsChange(setup.settings(), parties.psa().descriptor(), reference, parties.entitled());
        wish.accept(change);
        return preview(setup, reference, change.saved(parties.clock().instant()));
    }

    private SettingsPreview preview(Setup setup, ReferenceData reference, SyncSettings settings) {
        ConnectorDescriptor connector = parties.psa().descriptor();
        Instant now = parties.clock().instant();
        Map<AssetKind, KindEffect> kinds = effect(setup, settings);
        SettingsPreview.FirstRun firstRun = new Forecasting(
                        connector, parties.state().progress(), parties.state().counts(), reference)
                .of(settings);
        return new SettingsPreview(
                parties.integration(),
                setup.settingsVersion(),
                now,
                settings,
                SettingsText.difference(setup.settings(), settings),
                kinds,
                firstRun,
                new SettingsAdvice(parties.policy(setup.withSettings(settings), connector), reference)
                        .sentences(firstRun),
                confirmations(setup.settings(), settings, kinds));
    }

    /** Before the first check or run the lists are read for this. */
    private ReferenceData reference(Setup setup) {
        if (setup.reference() != null) {
            return setup.reference();
        }
        if (read == null) {
            read = parties.psa().connector().reference();
        }
        return read;
    }

    private Map<AssetKind, KindEffect> effect(Setup setup, SyncSettings settings) {
        if (!SettingsText.concernsRecords(setup.settings(), settings)) {
            return Map.of();
        }
        ConnectorDescriptor connector = parties.psa().descriptor();
        boolean settled = parties.state().progress().settingsSeen() == setup.settingsVersion();
        return new SettingsEffect(
                        parties.state(),
                        parties.policy(setup, connector),
                        parties.policy(setup.withSettings(settings), connector),
                        settled)
                .count();
    }

    private static List<String> confirmations(
            SyncSettings settings, SyncSettings then, Map<AssetKind, KindEffect> kinds) {
        boolean locationsToo = !settings.enabled(AssetKind.LOCATION) && then.enabled(AssetKind.LOCATION);
        List<String> result = new ArrayList<>();
        for (AssetKind kind : AssetKind.values()) {
            KindEffect effect = kinds.getOrDefault(kind, KindEffect.NONE);
            long links = effect.links();
            String of = " of " + links + " linked " + PsaNames.word(kind) + "s would ";
            if (settings.brakes().holds(Brake.LEAVING, effect.orphaned(), links)) {
                result.add(effect.orphaned() + of + "become orphans.");
            }
            if (settings.brakes().holds(Brake.LOCAL_UPDATES, effect.overwritten(), links)) {
                result.add("Up to " + effect.overwritten() + of + "be overwritten.");
            } else if (kind == AssetKind.CONFIGURATION && locationsToo && effect.overwritten() > 0) {
                result.add("Up to " + effect.overwritten() + of + "get the PSA's location."); // SET-5
            }
        }
        return result;
    }

    SyncSettings configure(Consumer<SettingsChange> wish) {
        SettingsPreview preview = preview(wish);
        if (preview.needsConfirmation()) {
            throw new ConfirmationNeededException(preview);
        }
        return store(preview, StaleStateException::new);
    }

    /** Takes a row out of the selection, whatever somebody else changes of the settings meanwhile (SET-2). */
    SyncSettings pause(Place place) {
        while (true) {
            Setup setup = parties.state().setup();
            SyncSettings left = BulkActions.stopped(setup, parties, place);
            if (left.equals(setup.settings())) {
                return setup.currentSettings();
            }
            SettingsPreview preview = preview(setup, reference(setup), left);
            if (preview.needsConfirmation()) {
                throw new ConfirmationNeededException(preview);
            }
            try {
                store(preview, StaleStateException::new);
                return parties.state().setup().currentSettings();
            } catch (StaleStateException stale) {
                // Somebody saved settings at the same time: the row is taken out of theirs.
            }
        }
    }

    SyncSettings save(SettingsPreview preview) {
        if (!preview.integration().equals(parties.integration())) {
            throw new PreviewExpiredException("The preview is of the integration \"" + preview.integration() + "\".");
        }
        PreviewAge.require(preview.madeAt(), parties.clock().instant());
        Setup setup = parties.state().setup();
        requireUnchanged(setup, preview, PreviewExpiredException::new);
        ConnectorDescriptor connector = parties.psa().descriptor();
        String forbidden = connector.canWrite()
                ? parties.entitled().twoWayForbidden()
                : connector.displayName() + " cannot be written through this connector";
        if (forbidden != null
                && preview.settings().twoWay()
                && !setup.settings().twoWay()) {
            throw new InvalidSettingsException(List.of("Two-way cannot be turned on: " + forbidden));
        }
        SyncSettings.Brakes brakes = setup.settings().brakes();
        effect(setup, preview.settings()).forEach((kind, now) -> requireShown(brakes, kind, preview.kind(kind), now));
        return store(preview, PreviewExpiredException::new);
    }

    /** What came up since is covered as far as it would need no confirmation by itself. */
    private static void requireShown(SyncSettings.Brakes brakes, AssetKind kind, KindEffect shown, KindEffect now) {
        long links = now.links();
        boolean more =
                now.orphaned() - shown.orphaned() > brakes.of(Brake.LEAVING).of(links)
                        || now.overwritten() - shown.overwritten()
                                > brakes.of(Brake.LOCAL_UPDATES).of(links);
        if (more) {
            throw new PreviewExpiredException(
                    "By now it concerns many more " + PsaNames.word(kind) + "s than it showed: "
                            + now.orphaned() + " instead of " + shown.orphaned() + " would become orphans, "
                            + now.overwritten() + " instead of " + shown.overwritten() + " be overwritten.");
        }
    }

    private static void requireUnchanged(
            Setup setup, SettingsPreview preview, Function<String, RuntimeException> refusal) {
        if (setup.settingsVersion() != preview.settingsVersion()) {
            throw refusal.apply("The settings were changed since, by somebody else or by this preview.");
        }
    }

    private SyncSettings store(SettingsPreview preview, Function<String, RuntimeException> refusal) {
        while (true) {
            Setup setup = parties.state().setup();
            requireUnchanged(setup, preview, refusal);
            Instant now = parties.clock().instant();
            Instant since = setup.settings().twoWaySince(); // a preview can turn it on, and cannot say since when
            SyncSettings settings = preview.settings().twoWaySince(since == null ? now : since);
            if (settings.equals(setup.settings())) {
                return settings;
            }
            Setup known = setup.reference() == null
                    ? setup.withReference(reference(setup), now)
                            .with(parties.psa().descriptor())
                    : setup;
            Commit.Builder commit =
                    Commit.builder().setup(known.withSettings(settings)).event(event(now, setup.settings(), settings));
            Progress progress = parties.state().progress();
            Progress then = progress.withUnmapped(leaving(setup.settings(), settings), known.settingsVersion() + 1);
            if (SettingsText.opensWider(setup.settings(), settings)) {
                then = then.checkWanted(); // PULL-3
            }
            if (!then.equals(progress)) {
                commit.progress(then);
            }
            try {
                parties.state().commit(commit.build());
                return settings;
            } catch (StaleStateException stale) {
                // A run stored what it learned; if it was somebody's settings, that is seen now.
            }
        }
    }

    /** Returns the fields that leave the mapping; nothing of them is agreed any more, even if they return (FIELD-11). */
    private static Set<Field<?>> leaving(SyncSettings before, SyncSettings after) {
        Set<Field<?>> fields = new HashSet<>(after.mapping().excluded());
        fields.removeAll(before.mapping().excluded());
        return fields;
    }

    private Event event(Instant now, SyncSettings before, SyncSettings after) {
        return new Event(
                0,
                now,
                null,
                actor.name(),
                Event.Type.SETTINGS_CHANGED,
                null,
                null,
                null,
                null,
                List.of(),
                SettingsText.difference(before, after));
    }
}
