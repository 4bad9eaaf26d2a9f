package org.psasync.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Names a member of a JSON value: {@code status/id}, {@code items/0}, {@code customFields[caption=Tier]/value}.
 *
 * <p>A step is a member name, an index into an array, or a member name with a condition that picks the first element of
 * an array whose member has that text. The empty path is the value itself.
 */
final class JsonPath {
    /** The same few paths are used for every record. */
    private static final Map<String, JsonPath> KNOWN = new ConcurrentHashMap<>();

    private static final int MOST_KNOWN = 4096;

    private final String text;
    private final Step[] steps;

    private JsonPath(String text, Step[] steps) {
        this.text = text;
        this.steps = steps;
    }

    /** Reads a path. */
    static JsonPath of(String text) {
        JsonPath known = KNOWN.get(text);
        if (known == null) {
            known = read(text);
            if (KNOWN.size() < MOST_KNOWN) {
                KNOWN.put(text, known);
            }
        }
        return known;
    }

    private static JsonPath read(String text) {
        List<Step> steps = new ArrayList<>();
        int from = 0;
        while (from < text.length()) {
            int bracket = text.indexOf('[', from);
            int slash = text.indexOf('/', from);
            if (bracket >= 0 && (slash < 0 || bracket < slash)) {
                int equals = text.indexOf('=', bracket);
                int close = text.indexOf(']', bracket);
                if (equals < 0 || close < equals || close + 1 < text.length() && text.charAt(close + 1) != '/') {
                    throw new IllegalArgumentException("The path \"" + text + "\" needs the form list[member=text]");
                }
                steps.add(new Step(
                        text.substring(from, bracket),
                        text.substring(bracket + 1, equals),
                        text.substring(equals + 1, close)));
                from = close + 2;
            } else {
                int end = slash < 0 ? text.length() : slash;
                steps.add(new Step(text.substring(from, end), null, null));
                from = end + 1;
            }
        }
        return new JsonPath(text, steps.toArray(Step[]::new));
    }

    /** Whether the path is just the name of a member. */
    static boolean isName(String text) {
        return !text.isEmpty() && text.indexOf('/') < 0 && text.indexOf('[') < 0;
    }

    boolean isSelf() {
        return steps.length == 0;
    }

    List<Step> steps() {
        return List.of(steps);
    }

    /** Returns the node at the path; a missing node when there is none. */
    JsonNode find(JsonNode from, boolean ignoreCase) {
        JsonNode node = from;
        for (Step step : steps) {
            node = step.find(node, ignoreCase);
        }
        return node;
    }

    @Override
    public String toString() {
        return text;
    }

    /**
     * One step.
     *
     * <p>Records of one listing spell a member alike, so a path that ignores case remembers the spelling that it met;
     * the race on it is harmless, since a wrong memory costs one more look.
     */
    static final class Step {
        final String name;
        final @Nullable String member;
        final @Nullable String wanted;
        private final int index;
        private String spelling;

        private Step(String name, @Nullable String member, @Nullable String wanted) {
            this.name = name;
            this.member = member;
            this.wanted = wanted;
            this.index = index(name);
            this.spelling = name;
        }

        private JsonNode find(JsonNode node, boolean ignoreCase) {
            JsonNode found = name.isEmpty() ? node : step(node, ignoreCase);
            if (member == null || found.isMissingNode() || found.isNull()) {
                return found;
            }
            for (JsonNode element : found) {
                if (JsonPath.child(element, member, ignoreCase).asText().equals(wanted)) {
                    return element;
                }
            }
            return MissingNode.getInstance();
        }

        private JsonNode step(JsonNode node, boolean ignoreCase) {
            if (node.isArray()) {
                return index < 0 ? MissingNode.getInstance() : node.path(index);
            }
            JsonNode found = node.path(ignoreCase ? spelling : name);
            if (!found.isMissingNode() || !ignoreCase) {
                return found;
            }
            String actual = spelled(node, name);
            if (actual == null) {
                return found;
            }
            spelling = actual;
            return node.path(actual);
        }

        private static int index(String name) {
            boolean digits =
                    !name.isEmpty() && name.length() < 10 && name.chars().allMatch(c -> c >= '0' && c <= '9');
            return digits ? Integer.parseInt(name) : -1;
        }
    }

    static JsonNode child(JsonNode node, String name, boolean ignoreCase) {
        JsonNode found = node.path(name);
        if (!found.isMissingNode() || !ignoreCase) {
            return found;
        }
        String actual = spelled(node, name);
        return actual == null ? found : node.path(actual);
    }

    /** Returns the name as the object spells it, or null. */
    static @Nullable String spelled(JsonNode node, String name) {
        for (Map.Entry<String, JsonNode> member : node.properties()) {
            if (member.getKey().equalsIgnoreCase(name)) {
                return member.getKey();
            }
        }
        return null;
    }
}
