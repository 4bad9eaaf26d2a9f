package org.psasync.testkit.connectwise;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Stamps records with time and author, keeps the audit trail, and tells listeners of every change. */
final class History {
    /** Hears of records that were added, updated or deleted. */
    interface Listener {
        void changed(Table table, Row row, String action, Author author, @Nullable Draft draft);
    }

    /** One entry of the audit trail. */
    record Entry(String text, String enteredDate, String enteredBy, String subType) {}

    /** Tables whose rows are shown inside other records although no member refers to them. */
    private static final List<String> ASIDE = List.of("question", "userDefinedField");

    private final Tenant tenant;
    private final Map<String, List<Entry>> audit = new HashMap<>();
    private final List<Listener> listeners = new ArrayList<>();

    History(Tenant tenant) {
        this.tenant = tenant;
    }

    void listen(Listener listener) {
        listeners.add(listener);
    }

    void created(Table table, Row row, Author author) {
        stamp(table, row, author);
        row.dateEntered = row.lastUpdated;
        row.enteredBy = row.updatedBy;
        if (ASIDE.contains(table.name())) {
            tenant.namesChanged();
        }
        audit(table, row, "Record was created", "Create", author);
    }

    void changed(Table table, Row row, @Nullable Object[] before, Author author) {
        stamp(table, row, author);
        if (ASIDE.contains(table.name())) {
            tenant.namesChanged();
        }
        for (Field field : table.shape.fields()) {
            Object old = before[field.slot()];
            if (!Objects.equals(old, row.get(field)) && shownElsewhere(table, field)) {
                tenant.namesChanged();
            }
            if (!field.hidden() && !Objects.equals(old, row.get(field))) {
                String from = old == null ? "" : old.toString();
                audit(table, row, field.name() + " changed from " + from + " to " + row.text(field), "Update", author);
            }
        }
    }

    private boolean shownElsewhere(Table table, Field field) {
        return tenant.schema.isReferenced(table.name())
                && table.shape.shownInReferences().stream()
                        .anyMatch(alias -> alias.from().contains(field));
    }

    /** Moves {@code lastUpdated}. */
    void stamp(Table table, Row row, Author author) {
        row.lastUpdated = tenant.now().toString();
        row.updatedBy = author.name();
        row.forgetRendering();
        tenant.changed();
    }

    /** Notes that a record is shown differently although nobody wrote to it. */
    void shownDifferently(Row row) {
        row.forgetRendering();
        tenant.changed();
    }

    void announce(Table table, Row row, String action, Author author, @Nullable Draft draft) {
        if (action.equals("deleted")) {
            audit(table, row, "Record was deleted", "Delete", author);
        }
        listeners.forEach(listener -> listener.changed(table, row, action, author, draft));
    }

    private void audit(Table table, Row row, String text, String subType, Author author) {
        String type = table.shape.settings().get("audit");
        if (type != null) {
            audit.computeIfAbsent(type + "/" + row.id, key -> new ArrayList<>())
                    .add(new Entry(text, tenant.now().toString(), author.name(), subType));
        }
    }

    /** What happened to one record, oldest first; empty when nothing did since the start. */
    List<Entry> of(String type, int id) {
        return List.copyOf(audit.getOrDefault(type + "/" + id, List.of()));
    }
}
