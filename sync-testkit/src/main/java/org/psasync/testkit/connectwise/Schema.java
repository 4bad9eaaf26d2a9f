package org.psasync.testkit.connectwise;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code schema.txt}, which tells every kind of record, its members and its paths. */
final class Schema {
    /**
     * Another form of the records of a table.
     *
     * @param path below {@code apis/3.0/}
     */
    record View(String path, String table, List<Shape.Alias> members) {}

    private static final Pattern MEMBER = Pattern.compile("(\\w+):([a-zA-Z]*)(>\\w+)?(?:\\(([^)]*)\\))?([!~+^-]*)");

    private final Map<String, Shape> shapes = new LinkedHashMap<>();
    private final List<View> views = new ArrayList<>();
    private final Set<String> referenced = new HashSet<>();

    static Schema load() {
        try (InputStream in = Schema.class.getResourceAsStream("schema.txt")) {
            if (in == null) {
                throw new IllegalStateException("schema.txt is not beside " + Schema.class.getName());
            }
            return new Schema(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Schema(String text) {
        List<String> block = new ArrayList<>();
        for (String line : (text + "\ntable").split("\n", -1)) {
            if (line.startsWith("table") || line.startsWith("view")) {
                read(block);
                block.clear();
            }
            if (!line.isBlank() && !line.startsWith("#")) {
                block.add(line);
            }
        }
    }

    private void read(List<String> block) {
        if (block.isEmpty()) {
            return;
        }
        if (block.get(0).startsWith("view")) {
            readView(block);
            return;
        }
        String name = block.get(0).split(" ", -1)[1];
        List<String> paths = new ArrayList<>();
        Map<String, String> settings = new LinkedHashMap<>();
        for (String word : block.get(0).split(" ", -1)) {
            if (word.contains("=")) {
                settings.put(word.substring(0, word.indexOf('=')), word.substring(word.indexOf('=') + 1));
            } else if (word.contains("/")) {
                paths.add(word);
            }
        }
        Map<String, String> links = new LinkedHashMap<>();
        List<Field> fields = new ArrayList<>();
        int infoAt = -1;
        for (String line : block.subList(1, block.size())) {
            String content = line.strip();
            if (content.startsWith("@")) {
                links.put(content.substring(1, content.indexOf(' ')), content.substring(content.indexOf(' ') + 1));
                continue;
            }
            for (String word : content.split(" ", -1)) {
                if (word.equals(Field.INFO)) {
                    infoAt = fields.size();
                } else {
                    fields.add(field(fields.size(), word));
                }
            }
        }
        shapes.put(name, Shape.of(name, paths, fields, infoAt, links, settings));
    }

    private void readView(List<String> block) {
        String[] words = String.join(" ", block).replaceAll(" +", " ").split(" ", -1);
        Shape shape = shape(words[2]);
        List<Shape.Alias> members = new ArrayList<>();
        for (int i = 3; i < words.length; i++) {
            Shape.Alias alias = Shape.alias(words[i], shape.byName());
            if (alias == null) {
                throw new IllegalStateException(words[2] + " has no member " + words[i]);
            }
            members.add(alias);
        }
        views.add(new View(words[1], words[2], members));
    }

    private Field field(int slot, String word) {
        Matcher member = MEMBER.matcher(word);
        if (!member.matches()) {
            throw new IllegalStateException("Not a member of schema.txt: " + word);
        }
        Field.Kind kind = kind(member.group(2), member.group(3));
        String target = member.group(3) == null ? "" : member.group(3).substring(1);
        if (!target.isEmpty()) {
            referenced.add(target);
        }
        String bounds = member.group(4) == null ? "" : member.group(4);
        String flags = member.group(5);
        boolean range = bounds.contains("..");
        return new Field(
                slot,
                member.group(1),
                kind,
                bounds.isEmpty() || kind == Field.Kind.ENUM
                        ? 0
                        : Integer.parseInt(range ? bounds.substring(bounds.indexOf("..") + 2) : bounds),
                range ? Integer.parseInt(bounds.substring(0, bounds.indexOf(".."))) : 0,
                target,
                kind == Field.Kind.ENUM ? List.of(bounds.split("\\|", -1)) : List.of(),
                flags.contains("!"),
                flags.contains("~"),
                flags.contains("-") || kind == Field.Kind.GUID,
                flags.contains("+"),
                flags.contains("^"));
    }

    private static Field.Kind kind(String word, @Nullable String target) {
        return switch (word) {
            case "" -> Field.Kind.REF;
            case "id" -> target == null ? Field.Kind.INT : Field.Kind.ID;
            case "customFields" -> Field.Kind.CUSTOM_FIELDS;
            case "communicationItems" -> Field.Kind.COMMUNICATIONS;
            default -> Field.Kind.valueOf(word.toUpperCase(Locale.ROOT));
        };
    }

    Map<String, Shape> shapes() {
        return shapes;
    }

    List<View> views() {
        return views;
    }

    Shape shape(String name) {
        Shape shape = shapes.get(name);
        if (shape == null) {
            throw new IllegalArgumentException("No table " + name);
        }
        return shape;
    }

    /** Whether other records show members of this table's records. */
    boolean isReferenced(String table) {
        return referenced.contains(table);
    }
}
