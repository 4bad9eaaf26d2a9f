package org.psasync.testkit.connectwise;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Turns JSON members into the values of a draft; numbers and flags may be written as texts. */
final class Decoder {
    private final References references;
    private final PartsDecoder parts;

    Decoder(Tenant tenant, Renderer renderer) {
        this.references = new References(tenant);
        this.parts = new PartsDecoder(tenant, renderer, this);
    }

    /**
     * Sets a member of the draft; null clears it.
     *
     * @throws Refusal when the value has the wrong type
     */
    void decode(Draft draft, Field field, @Nullable JsonNode json) {
        JsonNode value = json == null || json.isNull() ? null : json;
        if (parts.handles(field)) {
            parts.decode(draft, field, value);
            draft.touched.add(field);
        } else {
            draft.set(field, value == null ? null : scalar(draft, field, value));
        }
    }

    private @Nullable Object scalar(Draft draft, Field field, JsonNode value) {
        return switch (field.kind()) {
            case INT -> number(value, "System.Nullable`1[System.Int32]", field, Integer::valueOf);
            case NUM -> number(value, "System.Nullable`1[System.Double]", field, Double::valueOf);
            case FLAG -> flag(value, field);
            case TIME -> time(value, field);
            case ENUM -> choice(value, field);
            case ID ->
                references.byId(
                        draft, field, number(value, "System.Nullable`1[System.Int32]", field, Integer::valueOf));
            case REF -> references.resolve(draft, field, value);
            case INTS -> elements(value, field, JsonNode::isInt, JsonNode::intValue);
            case TEXTS -> elements(value, field, JsonNode::isTextual, JsonNode::asText);
            case GUID -> null;
            default -> text(value, field);
        };
    }

    private static String text(JsonNode value, Field field) {
        if (value.isContainerNode()) {
            throw Refusal.wrongType(value, "System.String", field.name());
        }
        return value.asText();
    }

    private static <N> N number(JsonNode value, String type, Field field, Function<String, N> parse) {
        try {
            if (value.isNumber() || value.isTextual()) {
                return parse.apply(value.asText().strip());
            }
        } catch (NumberFormatException e) {
            // the refusal below says so
        }
        throw Refusal.wrongType(value, type, field.name());
    }

    private static Boolean flag(JsonNode value, Field field) {
        if (value.isBoolean()
                || value.asText().equalsIgnoreCase("true")
                || value.asText().equalsIgnoreCase("false")) {
            return Boolean.parseBoolean(value.asText());
        }
        throw Refusal.wrongType(value, "System.Nullable`1[System.Boolean]", field.name());
    }

    private static String choice(JsonNode value, Field field) {
        for (String choice : field.choices()) {
            if (choice.equalsIgnoreCase(value.asText())) {
                return choice;
            }
        }
        throw Refusal.wrongType(value, "ConnectWise.Apis." + field.name(), field.name());
    }

    private static String time(JsonNode value, Field field) {
        String time = value.asText();
        try {
            OffsetDateTime parsed = time.matches(".*T.*(Z|[+-]\\d\\d:?\\d\\d)")
                    ? OffsetDateTime.parse(time)
                    : (time.contains("T")
                            ? LocalDateTime.parse(time).atOffset(ZoneOffset.UTC)
                            : LocalDate.parse(time).atStartOfDay().atOffset(ZoneOffset.UTC));
            return parsed.toInstant().truncatedTo(ChronoUnit.SECONDS).toString();
        } catch (DateTimeException e) {
            throw Refusal.wrongType(value, "System.Nullable`1[System.DateTime]", field.name());
        }
    }

    private static <E> List<E> elements(
            JsonNode value, Field field, Function<JsonNode, Boolean> fits, Function<JsonNode, E> read) {
        List<E> elements = new ArrayList<>();
        if (!value.isArray()) {
            throw Refusal.wrongType(value, "System.Array", field.name());
        }
        for (JsonNode element : value) {
            if (!fits.apply(element)) {
                throw Refusal.wrongType(element, "System.Array", field.name());
            }
            elements.add(read.apply(element));
        }
        return List.copyOf(elements);
    }
}
