package org.psasync.engine.text;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.psasync.engine.OneTimePushPreview;
import org.psasync.engine.OneTimePushPreview.Counts;
import org.psasync.engine.OneTimePushPreview.Covered;
import org.psasync.engine.OneTimePushPreview.Step;
import org.psasync.model.AssetKind;
import org.psasync.model.LocalRef;
import org.psasync.model.RemoteRef;
import org.psasync.model.Revision;

/**
 * The form in which the preview of a one-time push is kept, so that it can be confirmed to its end in another process: a
 * line that names form and version, a line for each thing in it, and one with the digest of all lines before.
 */
public final class OneTimePushText {
    private static final KeptText FORM = new KeptText("one-time push", "psa-sync one-time push 2");

    private OneTimePushText() {}

    /** Returns the text of a preview. */
    public static String of(OneTimePushPreview preview) {
        StringBuilder text = FORM.begin();
        KeptText.append(
                text,
                new TextLine()
                        .add("push")
                        .add(preview.id())
                        .add(preview.integration())
                        .add(preview.settingsVersion())
                        .add(preview.madeAt())
                        .add(preview.requests())
                        .add(preview.message()));
        new TreeMap<>(preview.kinds()).forEach((kind, counts) -> KeptText.append(text, kind(kind, counts)));
        preview.records().forEach(covered -> KeptText.append(text, record(covered)));
        return FORM.ended(text);
    }

    private static TextLine kind(AssetKind kind, Counts counts) {
        TextLine line = new TextLine()
                .add("kind")
                .add(kind)
                .add(counts.creates())
                .add(counts.links())
                .add(counts.updates())
                .add(counts.doubts())
                .add(counts.unchanged())
                .add(counts.skipped().size());
        new TreeMap<>(counts.skipped())
                .forEach((cause, count) -> line.add(cause).add(count));
        return line;
    }

    private static TextLine record(Covered covered) {
        TextLine line = new TextLine()
                .add("record")
                .add(covered.record().kind())
                .add(covered.record().id())
                .add(covered.title())
                .add(covered.revision())
                .add(covered.step())
                .add(covered.remote() == null ? null : covered.remote().id());
        ValueText.write(line, covered.overwritten());
        return line;
    }

    /**
     * Returns the preview of a text.
     *
     * @throws IllegalArgumentException when the text is not one of this version, is not whole, or was changed
     */
    public static OneTimePushPreview parse(String text) {
        Parsed parsed = new Parsed();
        FORM.readEnded(text, parsed::take);
        return parsed.preview();
    }

    /** What was read so far. */
    private static final class Parsed {
        private String id = "";
        private String integration = "";
        private long settingsVersion;
        private Instant madeAt = Instant.EPOCH;
        private long requests;
        private String message = "";
        private final Map<AssetKind, Counts> kinds = new EnumMap<>(AssetKind.class);
        private final List<Covered> records = new ArrayList<>();

        void take(TextLine.Reader line) {
            String what = line.next();
            switch (what) {
                case "push" -> {
                    id = line.next();
                    integration = line.next();
                    settingsVersion = Long.parseLong(line.next());
                    madeAt = Instant.parse(line.next());
                    requests = Long.parseLong(line.next());
                    message = line.next();
                }
                case "kind" -> kinds.put(line.next(AssetKind.class), counts(line));
                case "record" -> records.add(record(line));
                default -> throw new IllegalArgumentException("it begins with \"" + what + "\"");
            }
        }

        private static Counts counts(TextLine.Reader line) {
            long creates = Long.parseLong(line.next());
            long links = Long.parseLong(line.next());
            long updates = Long.parseLong(line.next());
            long doubts = Long.parseLong(line.next());
            long unchanged = Long.parseLong(line.next());
            int size = line.nextNumber();
            Map<String, Long> skipped = new HashMap<>();
            for (int i = 0; i < size; i++) {
                skipped.put(line.next(), Long.valueOf(line.next()));
            }
            return new Counts(creates, links, updates, doubts, unchanged, skipped);
        }

        private static Covered record(TextLine.Reader line) {
            AssetKind kind = line.next(AssetKind.class);
            LocalRef record = LocalRef.of(kind, line.next());
            String title = line.next();
            Revision revision = new Revision(line.next());
            Step step = line.next(Step.class);
            String remote = line.nextOrNull();
            return new Covered(
                    record,
                    title,
                    revision,
                    step,
                    remote == null ? null : RemoteRef.of(kind, remote),
                    ValueText.readChanges(line));
        }

        OneTimePushPreview preview() {
            return new OneTimePushPreview(id, integration, settingsVersion, madeAt, kinds, records, requests, message);
        }
    }
}
