package org.psasync.http;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A JSON value, read by paths such as {@code status/id}, {@code items/0} or {@code customFields[caption=Tier]/value}.
 *
 * <p>Reading is tolerant in form and strict in kind: a number may come as a number or as a text, a missing member, a
 * {@code null} and an empty text are all null, but an object where a text was expected is a {@link JsonMismatch}.
 *
 * <p>Immutable and safe for use by several threads. {@code toString} shows the shape, not the values; {@link #toJson}
 * gives the text.
 */
public final class JsonValue {
    private static final JsonValue MISSING = new JsonValue(MissingNode.getInstance(), false);

    private final JsonNode node;
    private final boolean ignoreCase;

    JsonValue(JsonNode node, boolean ignoreCase) {
        this.node = requireNonNull(node, "node");
        this.ignoreCase = ignoreCase;
    }

    /**
     * Reads JSON.
     *
     * @throws JsonMismatch when the text is empty or not exactly one JSON value; the message holds no part of it
     */
    public static JsonValue parse(String text) {
        return new JsonValue(Json.parse(text.getBytes(java.nio.charset.StandardCharsets.UTF_8)), false);
    }

    /** Returns the value of a member that is not there. */
    public static JsonValue missing() {
        return MISSING;
    }

    /**
     * Returns the JSON form of a Java value: null, {@code String}, {@code Boolean}, {@code Integer}, {@code Long},
     * {@code Double}, {@code BigDecimal}, {@code JsonValue}, or an {@code Iterable} or {@code Map} of these.
     *
     * @throws IllegalArgumentException for any other class
     */
    public static JsonValue of(@Nullable Object value) {
        return value instanceof JsonValue json ? json : new JsonValue(Json.node(value), false);
    }

    /** Returns an object without members, to be filled by {@link #with}. */
    public static JsonValue object() {
        return new JsonValue(Json.NODES.objectNode(), false);
    }

    /** Returns the same value, whose members are found whatever their case ({@code accountName}, {@code AccountName}). */
    public JsonValue ignoringCase() {
        return ignoreCase ? this : new JsonValue(node, true);
    }

    /** Returns whether there is no such member. */
    public boolean isMissing() {
        return node.isMissingNode();
    }

    /** Returns whether the value is missing, {@code null} or an empty text (FIELD-3). */
    public boolean isBlank() {
        return node.isMissingNode()
                || node.isNull()
                || node.isTextual() && node.textValue().isEmpty();
    }

    /** Returns whether the value is an object. */
    public boolean isObject() {
        return node.isObject();
    }

    /** Returns whether the value is an array. */
    public boolean isArray() {
        return node.isArray();
    }

    /** Returns whether the value is a text. */
    public boolean isText() {
        return node.isTextual();
    }

    /** Returns the member at the path; a missing value when there is none. */
    public JsonValue at(String path) {
        return path.isEmpty() ? this : found(find(path));
    }

    JsonValue at(JsonPath path) {
        return path.isSelf() ? this : found(path.find(node, ignoreCase));
    }

    private JsonValue found(JsonNode found) {
        return found.isMissingNode() ? MISSING : new JsonValue(found, ignoreCase);
    }

    /** Most paths are the name of a member, which needs no path: a record is read by some twenty of them. */
    private JsonNode find(String path) {
        return !ignoreCase && node.isObject() && JsonPath.isName(path)
                ? node.path(path)
                : JsonPath.of(path).find(node, ignoreCase);
    }

    /** Returns the elements of an array; none when the value is blank. */
    public List<JsonValue> elements() {
        if (isBlank()) {
            return List.of();
        }
        if (!node.isArray()) {
            throw mismatch("an array");
        }
        List<JsonValue> result = new ArrayList<>(node.size());
        for (JsonNode element : node) {
            result.add(new JsonValue(element, ignoreCase));
        }
        return result;
    }

    /** Returns the names of an object's members as spelled, in order; none for any other value. */
    public List<String> names() {
        List<String> result = new ArrayList<>(node.size());
        node.fieldNames().forEachRemaining(result::add);
        return result;
    }

    /** Returns a text, number or flag as text; null when blank. */
    public @Nullable String text() {
        return JsonScalars.text(node);
    }

    /** Returns a number, also one written as text; null when blank. */
    public @Nullable BigDecimal number() {
        return JsonScalars.number(node);
    }

    /** Returns a whole number, also one written as text; null when blank. */
    public @Nullable Long integer() {
        return JsonScalars.integer(node);
    }

    /** Returns a flag, also one written as text or as 0 or 1; null when blank. */
    public @Nullable Boolean flag() {
        return JsonScalars.flag(node);
    }

    /** Returns a point in time, written in ISO form; one without an offset is taken as UTC; null when blank. */
    public @Nullable Instant instant() {
        return JsonScalars.instant(node);
    }

    /** Returns the day of a date or of a point in time as it is written, without moving it between zones; null when blank. */
    public @Nullable LocalDate date() {
        return JsonScalars.date(node);
    }

    /** Returns {@link #text()} of the member at the path. */
    public @Nullable String text(String path) {
        return named(path, JsonScalars::text);
    }

    /** Returns {@link #number()} of the member at the path. */
    public @Nullable BigDecimal number(String path) {
        return named(path, JsonScalars::number);
    }

    /** Returns {@link #integer()} of the member at the path. */
    public @Nullable Long integer(String path) {
        return named(path, JsonScalars::integer);
    }

    /** Returns {@link #flag()} of the member at the path. */
    public @Nullable Boolean flag(String path) {
        return named(path, JsonScalars::flag);
    }

    /** Returns {@link #instant()} of the member at the path. */
    public @Nullable Instant instant(String path) {
        return named(path, JsonScalars::instant);
    }

    /** Returns {@link #date()} of the member at the path. */
    public @Nullable LocalDate date(String path) {
        return named(path, JsonScalars::date);
    }

    /** Returns {@link #elements()} of the member at the path. */
    public List<JsonValue> elements(String path) {
        try {
            return at(path).elements();
        } catch (JsonMismatch e) {
            throw within(path, e);
        }
    }

    /**
     * Returns the same value with one member replaced or added; the rest stays as read (FIELD-5).
     *
     * <p>Objects and list elements on the way that are missing are made; a condition becomes a member of its new
     * element.
     *
     * @param value anything that {@link #of} takes
     * @throws JsonMismatch when a step leads into something that has no members
     */
    public JsonValue with(String path, @Nullable Object value) {
        JsonPath parsed = JsonPath.of(path);
        if (parsed.isSelf()) {
            return of(value);
        }
        ObjectNode copy = isBlank() ? Json.NODES.objectNode() : Json.copyOfObject(node, path);
        JsonChanges.set(copy, parsed, of(value).node, ignoreCase);
        return new JsonValue(copy, ignoreCase);
    }

    /** Returns the value as JSON text; of a missing value {@code null}. */
    public String toJson() {
        return Json.write(node);
    }

    JsonNode node() {
        return node;
    }

    boolean ignoresCase() {
        return ignoreCase;
    }

    /** Reads a text at a path that was prepared before. */
    @Nullable
    String text(JsonPath path) {
        try {
            return JsonScalars.text(path.find(node, ignoreCase));
        } catch (JsonMismatch e) {
            throw within(path, e);
        }
    }

    JsonMismatch mismatch(String expected) {
        return JsonScalars.mismatch(node, expected);
    }

    private <T> @Nullable T named(String path, Scalar<T> scalar) {
        try {
            return scalar.read(find(path));
        } catch (JsonMismatch e) {
            throw within(path, e);
        }
    }

    private static JsonMismatch within(Object path, JsonMismatch e) {
        return new JsonMismatch("The member \"" + path + "\" " + e.getMessage());
    }

    private interface Scalar<T> {
        @Nullable
        T read(JsonNode node);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || other instanceof JsonValue value && node.equals(value.node);
    }

    @Override
    public int hashCode() {
        return node.hashCode();
    }

    /** Returns the shape without any value, such as {@code an object of 34 members}. */
    @Override
    public String toString() {
        return Json.describe(node);
    }
}
