package org.psasync.engine.text;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.manage.BulkAction;
import org.psasync.engine.manage.BulkPreview;
import org.psasync.engine.manage.BulkTarget;
import org.psasync.engine.manage.Row;
import org.psasync.model.AssetKind;
import org.psasync.model.Choice;
import org.psasync.model.Field;
import org.psasync.model.OrphanReason;
import org.psasync.model.PairId;
import org.psasync.store.Place;

/**
 * The form in which the preview of an action on many records is kept, so that another process can confirm it: a line that
 * names form and version, a line for each thing in it, and one with the digest of all lines before.
 */
public final class BulkPreviewText {
    private static final KeptText FORM = new KeptText("bulk preview", "psa-sync bulk preview 1");

    private BulkPreviewText() {}

    /** Returns the text of a preview. */
    public static String of(BulkPreview preview) {
        StringBuilder text = FORM.begin();
        KeptText.append(
                text,
                new TextLine()
                        .add("preview")
                        .add(preview.id())
                        .add(preview.integration())
                        .add(preview.action())
                        .add(preview.madeAt())
                        .add(preview.unpushed())
                        .add(preview.confirmationNeeded())
                        .add(preview.digest()));
        KeptText.append(text, target(preview.target()));
        append(text, "records", preview.records());
        append(text, "children", preview.children());
        append(text, "left", preview.left());
        preview.warnings()
                .forEach(warning ->
                        KeptText.append(text, new TextLine().add("warning").add(warning)));
        return FORM.ended(text);
    }

    private static void append(StringBuilder text, String what, Map<?, Long> counts) {
        new TreeMap<>(counts)
                .forEach((key, count) ->
                        KeptText.append(text, new TextLine().add(what).add(key).add(count)));
    }

    private static TextLine target(BulkTarget target) {
        TextLine line = new TextLine();
        if (target instanceof BulkTarget.OfRow ofRow) {
            line.add("row").add(ofRow.kind());
            write(line, ofRow.row().place());
        } else if (target instanceof BulkTarget.Orphans orphans) {
            line.add("orphans").add(orphans.kind()).add(orphans.reason());
        } else {
            BulkTarget.Picked picked = (BulkTarget.Picked) target;
            line.add("picked").add(picked.kind()).add(picked.pairs().size());
            new TreeSet<>(picked.pairs()).forEach(line::add);
        }
        return line;
    }

    private static void write(TextLine line, @Nullable Place place) {
        line.add(place != null);
        if (place != null) {
            ValueText.write(line, place.field());
            ValueText.write(line, (Object) place.choice());
        }
    }

    /**
     * Returns the preview of a text.
     *
     * @throws IllegalArgumentException when the text is not one of this version, is not whole, or was changed
     */
    public static BulkPreview parse(String text) {
        Parsed parsed = new Parsed();
        FORM.readEnded(text, parsed::take);
        return parsed.preview();
    }

    /** What was read so far. */
    private static final class Parsed {
        private String id = "";
        private String integration = "";
        private BulkAction action = BulkAction.DISCONNECT;
        private Instant madeAt = Instant.EPOCH;
        private long unpushed;
        private boolean confirmationNeeded;
        private String digest = "";
        private @Nullable BulkTarget target;
        private final Map<AssetKind, Long> records = new EnumMap<>(AssetKind.class);
        private final Map<AssetKind, Long> children = new EnumMap<>(AssetKind.class);
        private final Map<String, Long> left = new HashMap<>();
        private final List<String> warnings = new ArrayList<>();

        void take(TextLine.Reader line) {
            String what = line.next();
            switch (what) {
                case "preview" -> {
                    id = line.next();
                    integration = line.next();
                    action = line.next(BulkAction.class);
                    madeAt = Instant.parse(line.next());
                    unpushed = Long.parseLong(line.next());
                    confirmationNeeded = Boolean.parseBoolean(line.next());
                    digest = line.next();
                }
                case "row" -> target = new BulkTarget.OfRow(new Row(line.next(AssetKind.class), place(line)));
                case "orphans" -> target = new BulkTarget.Orphans(line.next(AssetKind.class), reason(line));
                case "picked" -> target = new BulkTarget.Picked(line.next(AssetKind.class), pairs(line));
                case "records" -> records.put(line.next(AssetKind.class), Long.valueOf(line.next()));
                case "children" -> children.put(line.next(AssetKind.class), Long.valueOf(line.next()));
                case "left" -> left.put(line.next(), Long.valueOf(line.next()));
                case "warning" -> warnings.add(line.next());
                default -> throw new IllegalArgumentException("it begins with \"" + what + "\"");
            }
        }

        private static @Nullable Place place(TextLine.Reader line) {
            if (!Boolean.parseBoolean(line.next())) {
                return null;
            }
            Field<?> field = ValueText.readField(line);
            return new Place(field, (Choice) ValueText.read(line));
        }

        private static @Nullable OrphanReason reason(TextLine.Reader line) {
            String name = line.nextOrNull();
            return name == null ? null : OrphanReason.valueOf(name);
        }

        private static Set<PairId> pairs(TextLine.Reader line) {
            int size = line.nextNumber();
            Set<PairId> pairs = new LinkedHashSet<>();
            for (int i = 0; i < size; i++) {
                pairs.add(PairId.parse(line.next()));
            }
            return pairs;
        }

        BulkPreview preview() {
            return new BulkPreview(
                    id,
                    integration,
                    action,
                    requireNonNull(target, "target"),
                    madeAt,
                    records,
                    children,
                    unpushed,
                    left,
                    warnings,
                    confirmationNeeded,
                    digest);
        }
    }
}
