package org.psasync.engine.text;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.psasync.model.AssetKind;
import org.psasync.model.AssetRef;
import org.psasync.model.Choice;
import org.psasync.model.ContactPoint;
import org.psasync.model.Field;
import org.psasync.model.FieldType;
import org.psasync.model.Fields;
import org.psasync.model.LocalRef;
import org.psasync.model.RemoteRef;
import org.psasync.store.Event;

/** Writes fields and their values as words of a line, and reads them again. */
final class ValueText {
    private ValueText() {}

    static void write(TextLine line, Field<?> field) {
        line.add(field.kind()).add(field.name()).add(field.isCustom() ? field.type() : null);
    }

    static Field<?> readField(TextLine.Reader line) {
        AssetKind kind = line.next(AssetKind.class);
        String name = line.next();
        String custom = line.nextOrNull();
        if (custom == null) {
            return Fields.named(kind, name)
                    .orElseThrow(() -> new IllegalArgumentException(kind + " has no field \"" + name + "\""));
        }
        FieldType<?> type = FieldType.all().stream()
                .filter(each -> each.name().equals(custom))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no type of field \"" + custom + "\""));
        return Field.custom(kind, name, type);
    }

    static void write(TextLine line, List<Event.Change> changes) {
        line.add(changes.size());
        for (Event.Change change : changes) {
            write(line, change.field());
            write(line, change.before());
            write(line, change.after());
        }
    }

    static List<Event.Change> readChanges(TextLine.Reader line) {
        int size = line.nextNumber();
        List<Event.Change> changes = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            changes.add(new Event.Change(readField(line), read(line), read(line)));
        }
        return changes;
    }

    static void write(TextLine line, @Nullable Object value) {
        if (value == null) {
            line.add("blank");
        } else if (value instanceof Set<?> set) {
            line.add("set").add(set.size());
            set.forEach(each -> write(line, each));
        } else if (value instanceof Choice choice) {
            line.add("choice").add(choice.id()).add(choice.name());
        } else if (value instanceof AssetRef ref) {
            line.add(ref instanceof LocalRef ? "local" : "remote")
                    .add(ref.kind())
                    .add(ref.idText());
        } else if (value instanceof ContactPoint point) {
            line.add("point")
                    .add(point.value())
                    .add(point.extension())
                    .add(point.primary())
                    .add(point.label())
                    .add(point.itemId());
        } else {
            line.add(plainType(value)).add(value);
        }
    }

    private static String plainType(Object value) {
        if (value instanceof LocalDate) {
            return "date";
        }
        if (value instanceof Instant) {
            return "instant";
        }
        if (value instanceof BigDecimal) {
            return "number";
        }
        return value instanceof Boolean ? "flag" : "text";
    }

    static @Nullable Object read(TextLine.Reader line) {
        String type = line.next();
        return switch (type) {
            case "blank" -> null;
            case "set" -> readSet(line);
            case "choice" -> new Choice(line.next(), line.next());
            case "local" -> LocalRef.of(line.next(AssetKind.class), line.next());
            case "remote" -> RemoteRef.of(line.next(AssetKind.class), line.next());
            case "point" ->
                new ContactPoint(
                        line.next(),
                        line.nextOrNull(),
                        Boolean.parseBoolean(line.next()),
                        line.nextOrNull(),
                        line.nextOrNull());
            case "date" -> LocalDate.parse(line.next());
            case "instant" -> Instant.parse(line.next());
            case "number" -> new BigDecimal(line.next());
            case "flag" -> Boolean.valueOf(line.next());
            case "text" -> line.next();
            default -> throw new IllegalArgumentException("There is no type of value \"" + type + "\"");
        };
    }

    private static Set<Object> readSet(TextLine.Reader line) {
        int size = line.nextNumber();
        Set<Object> set = new LinkedHashSet<>();
        for (int i = 0; i < size; i++) {
            Object value = read(line);
            if (value != null) {
                set.add(value);
            }
        }
        return set;
    }
}
