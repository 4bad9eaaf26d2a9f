package org.psasync.testkit.scenario;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.psasync.model.AssetKind;
import org.psasync.model.AssetRef;
import org.psasync.model.Choice;
import org.psasync.model.ContactPoint;
import org.psasync.model.Field;
import org.psasync.model.FieldType;
import org.psasync.model.FieldValues;
import org.psasync.model.Fields;

/** The values of records as a snapshot holds them: texts, flags, {@link Link}s, contact points, and lists of these. */
final class SnapshotWords {
    private SnapshotWords() {}

    /**
     * A reference to another record of the snapshot.
     *
     * @param kinds of which kind it can be
     */
    record Link(List<AssetKind> kinds, String id) {
        @Override
        public String toString() {
            return kinds.stream().map(Wording::kind).collect(Collectors.joining(" or ")) + " " + id;
        }
    }

    /** Returns what a field can refer to. */
    static List<AssetKind> targets(Field<?> field) {
        return switch (field.name()) {
            case "organization", "parent" -> List.of(AssetKind.ORGANIZATION);
            case "contact" -> List.of(AssetKind.CONTACT);
            case "location", "primaryLocation" -> List.of(AssetKind.LOCATION);
            default -> List.of(AssetKind.CONFIGURATION);
        };
    }

    static Snapshot snapshot(Map<AssetKind, Map<String, FieldValues>> found) {
        Map<AssetKind, Map<String, Map<Field<?>, Object>>> records = new EnumMap<>(AssetKind.class);
        found.forEach((kind, byId) -> {
            Map<String, Map<Field<?>, Object>> words = new LinkedHashMap<>();
            byId.forEach((id, values) -> words.put(id, words(values, found)));
            records.put(kind, words);
        });
        return new Snapshot(records);
    }

    private static Map<Field<?>, Object> words(FieldValues values, Map<AssetKind, Map<String, FieldValues>> found) {
        Map<Field<?>, Object> words = new LinkedHashMap<>();
        for (Field<?> field : values.fields()) {
            Object value = values.get(field);
            if (value != null && !field.isCustom()) {
                List<Object> each = new ArrayList<>();
                for (Object one : value instanceof Collection<?> many ? many : List.of(value)) {
                    if (!(one instanceof AssetRef ref)) {
                        each.add(word(one));
                    } else if (found.getOrDefault(ref.kind(), Map.of()).containsKey(ref.idText())) {
                        each.add(new Link(targets(field), ref.idText()));
                    }
                }
                if (!each.isEmpty()) {
                    words.put(field, isList(field) ? each : each.get(0));
                }
            }
        }
        return words;
    }

    private static Object word(Object value) {
        if (value instanceof Choice choice) {
            return choice.name();
        }
        return value instanceof Boolean || value instanceof ContactPoint ? value : value.toString();
    }

    static boolean isList(Field<?> field) {
        FieldType<?> type = field.type();
        return type == FieldType.CHOICES
                || type == FieldType.REFERENCES
                || type == FieldType.EMAILS
                || type == FieldType.PHONES;
    }

    static List<Link> references(Object word) {
        if (word instanceof Link link) {
            return List.of(link);
        }
        return word instanceof List<?> many
                ? many.stream()
                        .filter(Link.class::isInstance)
                        .map(Link.class::cast)
                        .toList()
                : List.of();
    }

    /** Returns the words with links replaced by the records they lead to. */
    static Map<Field<?>, Object> resolved(Map<Field<?>, Object> words, Function<Link, AssetRef> found) {
        Map<Field<?>, Object> result = new LinkedHashMap<>();
        words.forEach((field, word) -> {
            if (word instanceof Link link) {
                result.put(field, found.apply(link));
            } else if (word instanceof List<?> many) {
                List<Object> each = new ArrayList<>();
                many.forEach(one -> each.add(one instanceof Link link ? found.apply(link) : one));
                result.put(field, each);
            } else {
                result.put(field, word);
            }
        });
        return result;
    }

    static String shown(Object word, Function<Link, String> title) {
        if (word instanceof Link link) {
            return title.apply(link);
        }
        return word instanceof List<?> many
                ? many.stream().map(one -> shown(one, title)).sorted().collect(Collectors.joining(", "))
                : word.toString();
    }

    static String title(AssetKind kind, Map<Field<?>, Object> words) {
        FieldValues.Builder values = FieldValues.of(kind);
        words.forEach((field, word) -> {
            if (field.type() == FieldType.TEXT) {
                text(values, field, word);
            }
        });
        String title = Fields.title(values.build());
        return title == null ? "" : title;
    }

    @SuppressWarnings("unchecked") // the type of the field says so
    private static void text(FieldValues.Builder values, Field<?> field, Object word) {
        values.set((Field<String>) field, word.toString());
    }
}
