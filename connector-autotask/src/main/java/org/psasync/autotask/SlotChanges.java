package org.psasync.autotask;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.psasync.http.ContactPointChanges;
import org.psasync.http.JsonChange;
import org.psasync.http.JsonValue;
import org.psasync.model.ContactFields;
import org.psasync.model.ContactPoint;
import org.psasync.model.Field;
import org.psasync.model.Problem;
import org.psasync.spi.ConnectorOption;
import org.psasync.spi.WriteOptions;

/**
 * Finds members for changed e-mail addresses and phones. What is edited keeps its member; what is added goes into the one that
 * the settings choose, if that is free (PSA-ALL-2). What has no member stays with the host, and is named (FIELD-4).
 */
record SlotChanges(List<JsonChange> members, List<Problem> problems) {
    /** Returns the changes of one of the two lists. */
    static SlotChanges of(
            Field<Set<ContactPoint>> field,
            @Nullable Set<ContactPoint> seen,
            @Nullable Set<ContactPoint> wanted,
            WriteOptions options) {
        boolean emails = field.equals(ContactFields.EMAILS);
        Set<ContactPoint> present = orNone(seen);
        ContactPointChanges changes = ContactPointChanges.between(present, present, orNone(wanted));
        Collector collector = new Collector(field, emails, present);
        changes.removals().forEach(item -> Slot.named(item.itemId()).ifPresent(collector::clear));
        changes.edits().forEach(collector::edit);
        String chosen = options.get(emails ? ConnectorOption.CONTACT_EMAIL_TYPE : ConnectorOption.CONTACT_PHONE_TYPE);
        changes.additions().forEach(point -> collector.add(point, chosen));
        return collector.result();
    }

    private static Set<ContactPoint> orNone(@Nullable Set<ContactPoint> points) {
        return points == null ? Set.of() : points;
    }

    /** Not for use by several threads. */
    private static final class Collector {
        private final Field<Set<ContactPoint>> field;
        private final String words;
        private final Set<Slot> taken = EnumSet.noneOf(Slot.class);
        private final Map<String, String> values = new LinkedHashMap<>();
        private final List<Problem> problems = new ArrayList<>();

        Collector(Field<Set<ContactPoint>> field, boolean emails, Set<ContactPoint> present) {
            this.field = field;
            this.words = emails ? "e-mail address" : "phone number";
            present.forEach(item -> Slot.named(item.itemId()).ifPresent(taken::add));
        }

        void clear(Slot slot) {
            taken.remove(slot);
            values.put(slot.member(), "");
            if (slot == Slot.PHONE) {
                values.put(Slot.EXTENSION, "");
            }
        }

        void edit(ContactPoint item, ContactPoint point) {
            Slot slot = Slot.named(item.itemId()).orElse(null);
            if (slot == null) {
                return;
            }
            if (point.key().equals(item.key())) {
                problems.add(Problem.of(
                        field,
                        Problem.Code.NOT_WRITABLE,
                        "Autotask takes the " + words + " in its first member for the primary one; \"" + point.value()
                                + "\" stays where it is."));
                return;
            }
            set(slot, point);
        }

        void add(ContactPoint point, @Nullable String chosen) {
            Slot slot = Slot.named(chosen).orElse(null);
            if (slot == null) {
                problems.add(Problem.of(
                        field,
                        Problem.Code.REQUIRED,
                        "The " + words + " \"" + point.value()
                                + "\" was left out: choose the type of added ones in the settings (PSA-ALL-2)."));
            } else if (!taken.add(slot)) {
                problems.add(Problem.of(
                        field,
                        Problem.Code.NOT_WRITABLE,
                        "The " + words + " \"" + point.value() + "\" stays here: Autotask holds one of the type "
                                + slot.label() + ", which is taken (FIELD-4)."));
            } else {
                set(slot, point);
            }
        }

        private void set(Slot slot, ContactPoint point) {
            values.put(slot.member(), point.value());
            if (slot == Slot.PHONE) {
                values.put(Slot.EXTENSION, Objects.requireNonNullElse(point.extension(), ""));
            } else if (point.extension() != null) {
                problems.add(Problem.of(
                        field,
                        Problem.Code.NOT_WRITABLE,
                        "Autotask has no place for the extension of \"" + point + "\" in the type " + slot.label()
                                + "."));
            }
        }

        SlotChanges result() {
            List<JsonChange> members = new ArrayList<>();
            values.forEach((member, value) -> members.add(new JsonChange(field, member, JsonValue.of(value))));
            return new SlotChanges(members, List.copyOf(problems));
        }
    }
}
