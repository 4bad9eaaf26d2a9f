package org.psasync.engine.text;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.SettingsPreview;
import org.psasync.engine.SettingsPreview.FirstRun;
import org.psasync.engine.SettingsPreview.KindEffect;
import org.psasync.model.AssetKind;

/**
 * The form in which the preview of a change of settings is kept, so that another process can save it: a line that names form
 * and version, a line for each thing in it, and one with the digest of all lines before.
 */
public final class SettingsPreviewText {
    private static final KeptText FORM = new KeptText("settings preview", "psa-sync settings preview 1");

    private SettingsPreviewText() {}

    /** Returns the text of a preview. */
    public static String of(SettingsPreview preview) {
        StringBuilder text = FORM.begin();
        KeptText.append(
                text,
                new TextLine()
                        .add("preview")
                        .add(preview.integration())
                        .add(preview.settingsVersion())
                        .add(preview.madeAt())
                        .add(preview.changes()));
        SettingsLines.append(text, preview.settings());
        new TreeMap<>(preview.kinds()).forEach((kind, effect) -> KeptText.append(text, effect(kind, effect)));
        FirstRun run = preview.firstRun();
        KeptText.append(
                text,
                new TextLine()
                        .add("run")
                        .add(run.requests().isPresent() ? run.requests().getAsLong() : null)
                        .add(run.time().orElse(null))
                        .add(run.text()));
        preview.advice()
                .forEach(each ->
                        KeptText.append(text, new TextLine().add("advice").add(each)));
        preview.confirmations()
                .forEach(each ->
                        KeptText.append(text, new TextLine().add("confirm").add(each)));
        return FORM.ended(text);
    }

    private static TextLine effect(AssetKind kind, KindEffect effect) {
        return new TextLine()
                .add("effect")
                .add(kind)
                .add(effect.links())
                .add(effect.pulled())
                .add(effect.orphaned())
                .add(effect.returning())
                .add(effect.overwritten());
    }

    /**
     * Returns the preview of a text.
     *
     * @throws IllegalArgumentException when the text is not one of this version, is not whole, or was changed
     */
    public static SettingsPreview parse(String text) {
        Parsed parsed = new Parsed();
        FORM.readEnded(text, parsed::take);
        return parsed.preview();
    }

    /** What was read so far. */
    private static final class Parsed {
        private String integration = "";
        private long settingsVersion;
        private Instant madeAt = Instant.EPOCH;
        private String changes = "";
        private final SettingsLines settings = new SettingsLines();
        private final Map<AssetKind, KindEffect> kinds = new EnumMap<>(AssetKind.class);
        private FirstRun firstRun = new FirstRun(OptionalLong.empty(), Optional.empty(), "");
        private final List<String> advice = new ArrayList<>();
        private final List<String> confirmations = new ArrayList<>();

        void take(TextLine.Reader line) {
            String what = line.next();
            switch (what) {
                case "preview" -> {
                    integration = line.next();
                    settingsVersion = Long.parseLong(line.next());
                    madeAt = Instant.parse(line.next());
                    changes = line.next();
                }
                case "effect" ->
                    kinds.put(
                            line.next(AssetKind.class),
                            new KindEffect(number(line), number(line), number(line), number(line), number(line)));
                case "run" -> firstRun = run(line);
                case "advice" -> advice.add(line.next());
                case "confirm" -> confirmations.add(line.next());
                default -> settings.take(what, line);
            }
        }

        private static long number(TextLine.Reader line) {
            return Long.parseLong(line.next());
        }

        private static FirstRun run(TextLine.Reader line) {
            @Nullable String requests = line.nextOrNull();
            @Nullable String time = line.nextOrNull();
            return new FirstRun(
                    requests == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(requests)),
                    Optional.ofNullable(time).map(Duration::parse),
                    line.next());
        }

        SettingsPreview preview() {
            return new SettingsPreview(
                    integration,
                    settingsVersion,
                    madeAt,
                    settings.settings(),
                    changes,
                    kinds,
                    firstRun,
                    advice,
                    confirmations);
        }
    }
}
