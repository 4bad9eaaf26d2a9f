package org.psasync.testkit.autotask;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** All kinds of records, read once from a file beside this class, whose head tells its form. */
final class Schema {
    /** The kinds that tell of their changes by webhooks, by the names that go before {@code Webhooks}. */
    static final List<String> WITH_WEBHOOKS = List.of("Company", "Contact", "ConfigurationItem", "Ticket");

    private static final Schema READ = new Schema();

    private final Map<String, Entity> byPath = new LinkedHashMap<>();

    private Schema() {
        try (InputStream in = Objects.requireNonNull(Schema.class.getResourceAsStream("schema.txt"));
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            List<Entity> open = List.of();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("  ")) {
                    open.forEach(members(line.strip().split(" ", -1)));
                } else if (!line.isBlank() && !line.startsWith("#")) {
                    open = entities(line.split(" ", -1));
                    open.forEach(entity -> byPath.put(entity.path().toLowerCase(Locale.ROOT), entity));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Consumer<Entity> members(String[] words) {
        return entity -> {
            Member.Type type = Member.Type.valueOf(words[0].toUpperCase(Locale.ROOT));
            for (int i = 1; i < words.length; i++) {
                Member member = Member.read(type, words[i]);
                entity.members().put(member.name().toLowerCase(Locale.ROOT), member);
            }
        };
    }

    private static List<Entity> entities(String[] words) {
        Map<String, String> stamps = new LinkedHashMap<>();
        for (String word : words) {
            int equals = word.indexOf('=');
            if (equals > 0) {
                stamps.put(word.substring(0, equals), word.substring(equals + 1));
            }
        }
        boolean udfs = words.length > 2 && words[2].equals("udf");
        List<String> names = words[0].startsWith("*") ? WITH_WEBHOOKS : List.of("");
        return names.stream()
                .map(name -> new Entity(
                        words[0].replace("*", name),
                        words[1].replace("*", name),
                        udfs,
                        Map.copyOf(stamps),
                        new LinkedHashMap<>()))
                .toList();
    }

    static Collection<Entity> all() {
        return READ.byPath.values();
    }

    /** Returns the kind at a path, in any case; null when there is none. */
    static @Nullable Entity find(String path) {
        return READ.byPath.get(path.toLowerCase(Locale.ROOT));
    }
}
