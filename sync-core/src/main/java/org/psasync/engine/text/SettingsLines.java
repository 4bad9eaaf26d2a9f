package org.psasync.engine.text;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.Brake;
import org.psasync.engine.Selection;
import org.psasync.engine.SyncSettings;
import org.psasync.engine.SyncSettings.Brakes;
import org.psasync.engine.SyncSettings.Confirms;
import org.psasync.engine.SyncSettings.ConflictPolicy;
import org.psasync.engine.SyncSettings.Limit;
import org.psasync.engine.SyncSettings.OnDoubt;
import org.psasync.engine.SyncSettings.TypeMode;
import org.psasync.model.AssetKind;
import org.psasync.model.Choice;
import org.psasync.model.Field;
import org.psasync.model.Origin;
import org.psasync.spi.WriteOptions;

/** Settings as lines of a text, one for each setting, and what was read of them so far. Not safe for use by several threads. */
final class SettingsLines {
    private final Map<String, Selection> selections = new HashMap<>();
    private final Map<Origin, Confirms> confirming = new EnumMap<>(Origin.class);
    private final Map<AssetKind, ConflictPolicy> conflictKinds = new EnumMap<>(AssetKind.class);
    private final Map<Field<?>, ConflictPolicy> conflictFields = new HashMap<>();
    private final Set<Field<?>> excluded = new HashSet<>();
    private final Set<Field<?>> pullOnly = new HashSet<>();
    private final Map<String, String> options = new LinkedHashMap<>();
    private final Map<Brake, Limit> limits = new EnumMap<>(Brake.class);
    /** Settings of one value, by their names. */
    private final Map<String, @Nullable String> plain = new HashMap<>();

    // Writing --------------------------------------------------------------------------------------------------------

    static void append(StringBuilder text, SyncSettings settings) {
        plain(text, "twoWaySince", settings.twoWaySince());
        plain(text, "typeMode", settings.organizations().typeMode());
        plain(text, "untyped", settings.configurations().untyped());
        plain(text, "inactive", settings.configurations().inactive());
        plain(text, "contacts", settings.contacts());
        plain(text, "locations", settings.locations());
        plain(text, "ticketsChangedWithin", settings.tickets().changedWithin());
        plain(text, "conflicts", settings.conflicts().byDefault());
        plain(text, "ignoringCase", settings.matching().ignoringCase());
        plain(text, "onDoubt", settings.matching().onDoubt());
        plain(text, "interval", settings.schedule().interval());
        plain(text, "fullCheck", settings.schedule().fullCheck());
        plain(text, "eventsKept", settings.schedule().eventsKept());
        plain(text, "requestPercent", settings.schedule().requestPercent());
        plain(text, "pushesPerHour", settings.brakes().pushesPerHour());
        selection(text, "organizationTypes", settings.organizations().types());
        selection(text, "organizationStatuses", settings.organizations().statuses());
        selection(text, "classifications", settings.organizations().classifications());
        selection(text, "configurationTypes", settings.configurations().types());
        selection(text, "configurationStatuses", settings.configurations().statuses());
        selection(text, "ticketBoards", settings.tickets().boards());
        new TreeMap<>(settings.confirming()).forEach((origin, rule) -> keyed(text, "confirming", origin, rule));
        new TreeMap<>(settings.conflicts().kinds())
                .forEach((kind, policy) -> keyed(text, "conflictsOfKind", kind, policy));
        new TreeMap<>(settings.conflicts().fields()).forEach((field, policy) -> {
            TextLine line = new TextLine().add("conflictsOfField");
            ValueText.write(line, field);
            KeptText.append(text, line.add(policy));
        });
        new TreeSet<>(settings.mapping().excluded()).forEach(field -> field(text, "excluded", field));
        new TreeSet<>(settings.mapping().pullOnly()).forEach(field -> field(text, "pullOnly", field));
        new TreeMap<>(settings.options().values()).forEach((key, value) -> keyed(text, "option", key, value));
        for (Brake brake : Brake.values()) {
            Limit limit = settings.brakes().of(brake);
            KeptText.append(
                    text,
                    new TextLine().add("brake").add(brake).add(limit.number()).add(limit.percent()));
        }
    }

    private static void plain(StringBuilder text, String name, @Nullable Object value) {
        KeptText.append(text, new TextLine().add("set").add(name).add(value));
    }

    private static void keyed(StringBuilder text, String name, Object key, Object value) {
        KeptText.append(text, new TextLine().add(name).add(key).add(value));
    }

    private static void field(StringBuilder text, String name, Field<?> field) {
        TextLine line = new TextLine().add(name);
        ValueText.write(line, field);
        KeptText.append(text, line);
    }

    private static void selection(StringBuilder text, String name, Selection selection) {
        TextLine line = new TextLine()
                .add("select")
                .add(name)
                .add(selection.all())
                .add(selection.chosen().size());
        selection.chosen().forEach(choice -> line.add(choice.id()).add(choice.name()));
        KeptText.append(text, line);
    }

    // Reading --------------------------------------------------------------------------------------------------------

    /** Takes notice of a line that begins with that word. */
    void take(String what, TextLine.Reader line) {
        switch (what) {
            case "set" -> plain.put(line.next(), line.nextOrNull());
            case "select" -> selections.put(line.next(), selection(line));
            case "confirming" -> confirming.put(line.next(Origin.class), line.next(Confirms.class));
            case "conflictsOfKind" -> conflictKinds.put(line.next(AssetKind.class), line.next(ConflictPolicy.class));
            case "conflictsOfField" -> conflictFields.put(ValueText.readField(line), line.next(ConflictPolicy.class));
            case "excluded" -> excluded.add(ValueText.readField(line));
            case "pullOnly" -> pullOnly.add(ValueText.readField(line));
            case "option" -> options.put(line.next(), line.next());
            case "brake" -> limits.put(line.next(Brake.class), new Limit(line.nextNumber(), line.nextNumber()));
            default -> throw new IllegalArgumentException("it begins with \"" + what + "\"");
        }
    }

    private static Selection selection(TextLine.Reader line) {
        boolean all = Boolean.parseBoolean(line.next());
        int size = line.nextNumber();
        Set<Choice> chosen = new LinkedHashSet<>();
        for (int i = 0; i < size; i++) {
            chosen.add(new Choice(line.next(), line.next()));
        }
        return new Selection(all, chosen);
    }

    /**
     * Returns the settings that were read.
     *
     * @throws IllegalArgumentException when one is missing, naming it, or cannot be
     */
    SyncSettings settings() {
        String since = plain.get("twoWaySince");
        return new SyncSettings(
                since == null ? null : Instant.parse(since),
                new SyncSettings.Organizations(
                        selected("organizationTypes"),
                        selected("organizationStatuses"),
                        TypeMode.valueOf(value("typeMode")),
                        selected("classifications")),
                new SyncSettings.Configurations(
                        selected("configurationTypes"),
                        selected("configurationStatuses"),
                        flag("untyped"),
                        flag("inactive")),
                flag("contacts"),
                flag("locations"),
                new SyncSettings.Tickets(selected("ticketBoards"), time("ticketsChangedWithin")),
                confirming,
                new SyncSettings.Conflicts(ConflictPolicy.valueOf(value("conflicts")), conflictKinds, conflictFields),
                new SyncSettings.MatchingRules(flag("ignoringCase"), OnDoubt.valueOf(value("onDoubt"))),
                new SyncSettings.Mapping(excluded, pullOnly),
                new WriteOptions(options),
                new SyncSettings.Schedule(
                        time("interval"),
                        time("fullCheck"),
                        time("eventsKept"),
                        Integer.parseInt(value("requestPercent"))),
                new Brakes(
                        known("brake", limits.get(Brake.LEAVING)),
                        known("brake", limits.get(Brake.LOCAL_UPDATES)),
                        known("brake", limits.get(Brake.PSA_WRITES)),
                        Integer.parseInt(value("pushesPerHour"))));
    }

    private Selection selected(String name) {
        return known(name, selections.get(name));
    }

    private boolean flag(String name) {
        return Boolean.parseBoolean(value(name));
    }

    private Duration time(String name) {
        return Duration.parse(value(name));
    }

    private String value(String name) {
        return known(name, plain.get(name));
    }

    private static <T> T known(String name, @Nullable T value) {
        if (value == null) {
            throw new IllegalArgumentException("The text lacks the setting \"" + name + "\"");
        }
        return value;
    }
}
