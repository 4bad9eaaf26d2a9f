package org.psasync.engine.text;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.Brake;
import org.psasync.engine.Disposition;
import org.psasync.engine.RunReport.KindReport;
import org.psasync.engine.SyncPlan;
import org.psasync.engine.TrippedBrake;
import org.psasync.engine.Verb;
import org.psasync.engine.desk.RehearsalAssets;
import org.psasync.engine.desk.RehearsalPsa;
import org.psasync.model.AssetKind;
import org.psasync.model.AssetRef;
import org.psasync.model.LocalRef;
import org.psasync.model.RemoteRef;
import org.psasync.store.Event;

/** The form in which a plan is kept: a line that names form and version, then a line for each thing in it. */
public final class PlanText {
    private static final KeptText FORM = new KeptText("plan", "psa-sync plan 2");

    private PlanText() {}

    /** Returns the text of a plan. */
    public static String of(SyncPlan plan) {
        StringBuilder text = FORM.begin();
        KeptText.append(
                text,
                new TextLine()
                        .add("plan")
                        .add(plan.id())
                        .add(plan.integration())
                        .add(plan.madeAt())
                        .add(plan.requests())
                        .add(plan.message()));
        new TreeMap<>(plan.kinds()).forEach((kind, report) -> KeptText.append(text, kind(kind, report)));
        plan.items().forEach(item -> KeptText.append(text, item("item", item)));
        plan.brakes().forEach(brake -> KeptText.append(text, brake(brake)));
        plan.held().forEach(item -> KeptText.append(text, item("held", item)));
        return text.toString();
    }

    /** Returns a value of a change as a person reads it; a record that the plan itself makes has no id to show. */
    public static String words(@Nullable Object value) {
        if (value == null) {
            return "(blank)";
        }
        boolean made = value instanceof LocalRef local && RehearsalAssets.isMade(local.id())
                || value instanceof RemoteRef remote && RehearsalPsa.isMade(remote.id());
        return made ? "the new " + ((AssetRef) value).kind().name().toLowerCase(Locale.ROOT) : value.toString();
    }

    private static TextLine kind(AssetKind kind, KindReport report) {
        TextLine line = new TextLine().add("kind").add(kind).add(report.seen());
        write(line, report.dispositions());
        write(line, report.done());
        write(line, report.turnedAway());
        return line;
    }

    private static void write(TextLine line, Map<?, Long> counts) {
        line.add(counts.size());
        new TreeMap<>(counts).forEach((key, count) -> line.add(key).add(count));
    }

    private static TextLine brake(TrippedBrake brake) {
        return new TextLine()
                .add("brake")
                .add(brake.kind())
                .add(brake.brake())
                .add(brake.count())
                .add(brake.done())
                .add(brake.links())
                .add(brake.limit())
                .add(brake.emptied());
    }

    private static TextLine item(String what, SyncPlan.Item item) {
        TextLine line = new TextLine()
                .add(what)
                .add(item.kind())
                .add(item.verb())
                .add(item.title())
                .add(id(item.local()))
                .add(id(item.remote()))
                .add(item.reason())
                .add(item.basis());
        ValueText.write(line, item.changes());
        return line;
    }

    private static @Nullable String id(@Nullable AssetRef ref) {
        return ref == null ? null : ref.idText();
    }

    /**
     * Returns the plan of a text.
     *
     * @throws IllegalArgumentException when the text is not one of this version, naming the line
     */
    public static SyncPlan parse(String text) {
        Parsed parsed = new Parsed();
        FORM.read(text.lines().toList(), parsed::take);
        return parsed.plan();
    }

    /** What was read so far. */
    private static final class Parsed {
        private String id = "";
        private String integration = "";
        private Instant madeAt = Instant.EPOCH;
        private long requests;
        private String message = "";
        private final Map<AssetKind, KindReport> kinds = new EnumMap<>(AssetKind.class);
        private final List<SyncPlan.Item> items = new ArrayList<>();
        private final List<TrippedBrake> brakes = new ArrayList<>();
        private final List<SyncPlan.Item> held = new ArrayList<>();

        void take(TextLine.Reader line) {
            String what = line.next();
            switch (what) {
                case "plan" -> {
                    id = line.next();
                    integration = line.next();
                    madeAt = Instant.parse(line.next());
                    requests = Long.parseLong(line.next());
                    message = line.next();
                }
                case "kind" -> kinds.put(line.next(AssetKind.class), kind(line));
                case "item" -> items.add(item(line));
                case "brake" -> brakes.add(brake(line));
                case "held" -> held.add(item(line));
                default -> throw new IllegalArgumentException("it begins with \"" + what + "\"");
            }
        }

        private static KindReport kind(TextLine.Reader line) {
            return new KindReport(
                    Long.parseLong(line.next()),
                    counts(line, Disposition::valueOf),
                    counts(line, Verb::valueOf),
                    counts(line, name -> name));
        }

        private static <K> Map<K, Long> counts(TextLine.Reader line, Function<String, K> key) {
            int size = line.nextNumber();
            Map<K, Long> counts = new HashMap<>();
            for (int i = 0; i < size; i++) {
                counts.put(key.apply(line.next()), Long.valueOf(line.next()));
            }
            return counts;
        }

        private static TrippedBrake brake(TextLine.Reader line) {
            return new TrippedBrake(
                    line.next(AssetKind.class),
                    line.next(Brake.class),
                    Long.parseLong(line.next()),
                    Long.parseLong(line.next()),
                    Long.parseLong(line.next()),
                    Long.parseLong(line.next()),
                    Boolean.parseBoolean(line.next()));
        }

        private static SyncPlan.Item item(TextLine.Reader line) {
            AssetKind kind = line.next(AssetKind.class);
            Verb verb = line.next(Verb.class);
            String title = line.next();
            String local = line.nextOrNull();
            String remote = line.nextOrNull();
            String reason = line.next();
            String basis = line.next();
            List<Event.Change> changes = ValueText.readChanges(line);
            return new SyncPlan.Item(
                    kind,
                    verb,
                    title,
                    local == null ? null : LocalRef.of(kind, local),
                    remote == null ? null : RemoteRef.of(kind, remote),
                    changes,
                    reason,
                    basis);
        }

        SyncPlan plan() {
            return new SyncPlan(id, integration, madeAt, items, kinds, requests, message, brakes, held);
        }
    }
}
