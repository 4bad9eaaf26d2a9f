package org.psasync.pulseway;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.psasync.http.ContactPointChanges;
import org.psasync.http.JsonValue;
import org.psasync.model.ContactFields;
import org.psasync.model.ContactPoint;
import org.psasync.model.Field;
import org.psasync.model.Problem;
import org.psasync.spi.WriteOptions;

/**
 * The bodies in which e-mail addresses and phones of contacts are written; members have other names than when read. The
 * numbers of operations are those of the counters in the answer. Source: BMS API 2.0, Contacts, 2026-10.
 */
@SuppressWarnings("ImmutableEnumChecker") // fields are immutable
enum Points {
    EMAILS(ContactFields.EMAILS, "EmailAddress", "EmailTypeId", Options.EMAIL_TYPE, "e-mail address"),
    PHONES(ContactFields.PHONES, "PhoneNumber", "PhoneTypeId", Options.PHONE_TYPE, "phone number");

    private static final int ADD = 0;
    private static final int UPDATE = 1;
    private static final int DELETE = 2;

    private final Field<Set<ContactPoint>> field;
    private final String value;
    private final String type;
    private final String option;
    private final String words;

    Points(Field<Set<ContactPoint>> field, String value, String type, String option, String words) {
        this.field = field;
        this.value = value;
        this.type = type;
        this.option = option;
        this.words = words;
    }

    Field<Set<ContactPoint>> field() {
        return field;
    }

    /** The last step of the path below a contact. */
    String step() {
        return this == EMAILS ? "emails" : "phones";
    }

    /**
     * Returns the items of a new contact.
     *
     * @param failed takes what is left out
     */
    List<JsonValue> ofNew(@Nullable Set<ContactPoint> points, WriteOptions options, List<Problem> failed) {
        List<JsonValue> items = new ArrayList<>();
        for (ContactPoint point : points == null ? Set.<ContactPoint>of() : points) {
            long chosen = Options.number(options, option);
            // a contact needs a phone, and both lists have the same types
            long used = chosen == 0 && point.primary() ? Options.number(options, Options.EMAIL_TYPE) : chosen;
            if (used == 0) {
                failed.add(withoutType(point));
                continue;
            }
            items.add(JsonValue.object()
                    .with(value, written(point))
                    .with(type, used)
                    .with("IsDefault", point.primary()));
        }
        return items;
    }

    /** Returns the operations that make the changes; an edited item keeps its type. */
    List<JsonValue> operations(ContactPointChanges changes, WriteOptions options, List<Problem> failed) {
        List<JsonValue> operations = new ArrayList<>();
        changes.edits().forEach((item, point) -> {
            Map<String, Object> operation = new LinkedHashMap<>();
            operation.put("Operation", UPDATE);
            operation.put(value, item.value());
            operation.put("New" + value, written(point));
            operation.put("IsDefault", point.primary());
            operations.add(JsonValue.of(operation));
        });
        long added = Options.number(options, option);
        for (ContactPoint point : changes.additions()) {
            if (added == 0) {
                failed.add(withoutType(point));
                continue;
            }
            operations.add(JsonValue.of(
                    Map.of("Operation", ADD, value, written(point), "TypeId", added, "IsDefault", point.primary())));
        }
        for (ContactPoint item : changes.removals()) {
            operations.add(JsonValue.of(Map.of("Operation", DELETE, value, item.value())));
        }
        return operations;
    }

    /** The PSA has no place of its own for an extension. */
    private static String written(ContactPoint point) {
        return point.extension() == null ? point.value() : point.value() + " x" + point.extension();
    }

    private Problem withoutType(ContactPoint point) {
        return Problem.of(
                field,
                Problem.Code.REQUIRED,
                "The " + words + " \"" + point.value()
                        + "\" was left out: choose the type of added ones in the settings" + " (PSA-ALL-2).");
    }
}
