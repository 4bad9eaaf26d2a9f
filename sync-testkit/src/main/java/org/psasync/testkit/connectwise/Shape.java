package org.psasync.testkit.connectwise;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a kind of record looks like: one {@code table} of {@code schema.txt}.
 *
 * @param paths paths below {@code apis/3.0/}; a {@code {member}} names the parent
 * @param fields in the order of the answers
 * @param infoAt the number of fields shown before {@code _info}
 * @param shownInReferences members of a reference, beside {@code id}
 * @param links keys and addresses in {@code _info}
 * @param settings the {@code key=value} words of the table
 */
record Shape(
        String name,
        List<String> paths,
        List<Field> fields,
        int infoAt,
        List<Alias> shownInReferences,
        Map<String, String> links,
        Map<String, String> settings,
        Map<String, Field> byName) {

    /** A member that is shown under another name, or joined from several. */
    record Alias(String name, List<Field> from) {}

    static Shape of(
            String name,
            List<String> paths,
            List<Field> fields,
            int infoAt,
            Map<String, String> links,
            Map<String, String> settings) {
        Map<String, Field> byName = new LinkedHashMap<>();
        fields.forEach(field -> byName.put(field.name().toLowerCase(Locale.ROOT), field));
        List<Alias> references = new ArrayList<>();
        for (String part : settings.getOrDefault("ref", "name").split(",", -1)) {
            Alias alias = alias(part, byName);
            if (alias != null) {
                references.add(alias);
            }
        }
        return new Shape(
                name,
                List.copyOf(paths),
                List.copyOf(fields),
                infoAt,
                List.copyOf(references),
                links,
                settings,
                byName);
    }

    /** Reads {@code shown<field+field}; null when this shape has no such field. */
    static @Nullable Alias alias(String text, Map<String, Field> byName) {
        String[] parts = text.split("<", 2);
        List<Field> from = new ArrayList<>();
        for (String source : (parts.length == 2 ? parts[1] : parts[0]).split("\\+", -1)) {
            Field field = byName.get(source.toLowerCase(Locale.ROOT));
            if (field == null) {
                return null;
            }
            from.add(field);
        }
        return new Alias(parts[0], List.copyOf(from));
    }

    /** The field of that name in any case, or null. */
    @Nullable
    Field find(String field) {
        return byName.get(field.toLowerCase(Locale.ROOT));
    }

    /** The field of that name, which this shape is known to have. */
    Field field(String field) {
        Field found = find(field);
        if (found == null) {
            throw new IllegalArgumentException(name + " has no member " + field);
        }
        return found;
    }

    boolean has(String setting, String value) {
        return value.equals(settings.get(setting));
    }

    /** The word for this kind in error bodies. */
    String resource() {
        return settings.getOrDefault("resource", name);
    }

    /** The words for this kind in {@code company 7 not found}. */
    String label() {
        return settings.getOrDefault("label", resource()).replace('_', ' ');
    }

    /** Whether {@code _info} tells who entered the record, and when. */
    boolean showsEntered() {
        return has("stamps", "entered");
    }

    /** The members that name the parents, outermost first; none for records without parent. */
    List<Field> parents() {
        List<Field> parents = new ArrayList<>();
        for (String segment : paths.get(0).split("/", -1)) {
            if (segment.startsWith("{")) {
                parents.add(field(segment.substring(1, segment.length() - 1)));
            }
        }
        return parents;
    }
}
