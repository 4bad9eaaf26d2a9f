package org.psasync.autotask;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.psasync.http.JsonValue;

/**
 * What the tenant itself says of the members of its records: which are required, how long they may be, and the values of their
 * pick lists. Kept for an hour. Safe for use by several threads. Source: REST guide, EntityInformation calls, 2026-10.
 */
final class Metadata {
    private static final Duration KEPT = Duration.ofHours(1);

    private final Api api;
    private final InstantSource clock;
    private final Map<String, Fields> known = new HashMap<>();

    Metadata(Api api, InstantSource clock) {
        this.api = api;
        this.clock = clock;
    }

    /**
     * An entry of a pick list.
     *
     * @param value as records hold it
     */
    record Pick(String value, String label, boolean active) {}

    /**
     * A member.
     *
     * @param required whether a record cannot be without it, read-only ones aside
     * @param length the most characters; 0 when it does not matter
     * @param picks null when it is not from a pick list
     */
    record Member(
            String name,
            boolean required,
            boolean readOnly,
            int length,
            @Nullable List<Pick> picks) {}

    /** All members of an entity, by their names in lower case. */
    record Fields(Map<String, Member> members, Instant readAt) {
        @Nullable
        Member find(String name) {
            return members.get(name.toLowerCase(Locale.ROOT));
        }

        List<Pick> picks(String name) {
            Member member = find(name);
            return member == null ? List.of() : Objects.requireNonNullElse(member.picks(), List.of());
        }
    }

    /** Returns the members of an entity as known, or as they are now. */
    synchronized Fields of(String entity) {
        Fields fields = known.get(entity);
        return fields == null || !clock.instant().isBefore(fields.readAt().plus(KEPT)) ? readNow(entity) : fields;
    }

    synchronized Fields readNow(String entity) {
        JsonValue answer = api.get(entity.toLowerCase(Locale.ROOT) + ".fields", entity + "/entityInformation/fields");
        Map<String, Member> members = new LinkedHashMap<>();
        for (JsonValue field : answer.elements("fields")) {
            String name = field.text("name");
            if (name != null) {
                Long length = field.integer("length");
                members.put(
                        name.toLowerCase(Locale.ROOT),
                        new Member(
                                name,
                                Boolean.TRUE.equals(field.flag("isRequired")),
                                Boolean.TRUE.equals(field.flag("isReadOnly")),
                                length == null ? 0 : length.intValue(),
                                picks(field)));
            }
        }
        Fields fields = new Fields(Map.copyOf(members), clock.instant());
        known.put(entity, fields);
        return fields;
    }

    private static @Nullable List<Pick> picks(JsonValue field) {
        if (!Boolean.TRUE.equals(field.flag("isPickList"))) {
            return null;
        }
        List<Pick> picks = new ArrayList<>();
        for (JsonValue value : field.elements("picklistValues")) {
            String id = value.text("value");
            if (id != null) {
                String label = value.text("label");
                picks.add(new Pick(
                        id, label == null ? id : label.strip(), !Boolean.FALSE.equals(value.flag("isActive"))));
            }
        }
        return picks;
    }
}
