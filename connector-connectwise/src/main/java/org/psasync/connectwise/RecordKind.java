package org.psasync.connectwise;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.psasync.http.JsonMismatch;
import org.psasync.http.JsonValue;
import org.psasync.model.AssetKind;
import org.psasync.model.Field;
import org.psasync.model.FieldValues;
import org.psasync.model.RemoteId;
import org.psasync.spi.FieldRule;
import org.psasync.spi.RemoteRecord;
import org.psasync.spi.RemoteVersion;

/** A kind of record as ConnectWise keeps it: where it is, and which members stand for which fields. */
abstract class RecordKind {
    private final AssetKind kind;
    private final String subject;
    private final String path;
    private final List<Mapped<?>> mapped;
    private final List<ConnectWiseCustomField> customFields;
    private final String members;
    private final Repeated repeated = new Repeated();

    /**
     * @param subject the first word of the names of calls
     * @param path of the list, below the interface
     */
    RecordKind(
            AssetKind kind,
            String subject,
            String path,
            List<Mapped<?>> mapped,
            List<ConnectWiseCustomField> customFields) {
        this.kind = kind;
        this.subject = subject;
        this.path = path;
        this.customFields = customFields.stream()
                .filter(custom -> custom.field().kind() == kind)
                .toList();
        List<Mapped<?>> all = new ArrayList<>(mapped);
        this.customFields.forEach(custom -> all.add(CustomFields.mapped(custom)));
        this.mapped = List.copyOf(all);
        this.members = members(all);
    }

    private static String members(List<Mapped<?>> mapped) {
        Set<String> names = new LinkedHashSet<>(List.of("id", "_info"));
        for (Mapped<?> each : mapped) {
            names.add(each.member().replaceAll("/.*", ""));
        }
        return String.join(",", names);
    }

    AssetKind kind() {
        return kind;
    }

    String path() {
        return path;
    }

    /** The path of one record. */
    String onePath() {
        return path + "/{}";
    }

    /** The name of a call, such as {@code companies.page}. */
    String call(String what) {
        return subject + "." + what;
    }

    String subject() {
        return subject;
    }

    /** The members to ask for in lists: those that are mapped, and no others. */
    String members() {
        return members;
    }

    List<Mapped<?>> mapped() {
        return mapped;
    }

    List<ConnectWiseCustomField> customFields() {
        return customFields;
    }

    List<FieldRule> rules() {
        return mapped.stream().map(Mapped::rule).toList();
    }

    /** The fields that a member of the PSA's records holds; of {@code company/id} that of {@code company}. */
    List<Field<?>> fieldsOf(String member) {
        String name = member.replaceAll("/.*|\\[.*", "");
        List<Field<?>> result = new ArrayList<>();
        for (Mapped<?> each : mapped) {
            if (each.member().equalsIgnoreCase(name)) {
                result.add(each.field());
            }
        }
        return result;
    }

    /** Whether the PSA cannot hold the text. */
    boolean isTooLong(Field<String> field, String text) {
        return mapped.stream()
                .anyMatch(
                        each -> each.field().equals(field) && each.maxLength() > 0 && text.length() > each.maxLength());
    }

    /** The number of a row, which is there even when the rest cannot be understood. */
    long number(JsonValue row) {
        Long id = row.isObject() ? row.integer("id") : null;
        if (id == null || id <= 0) {
            throw new JsonMismatch("A record of " + path + " has no id");
        }
        return id;
    }

    RemoteId id(JsonValue row) {
        return Ids.of(number(row));
    }

    /** @throws JsonMismatch when a member does not hold what it should, naming it */
    RemoteRecord read(JsonValue row) {
        RemoteId id = id(row);
        FieldValues.Builder values = FieldValues.of(kind);
        for (Mapped<?> each : mapped) {
            each.read(row, repeated, values);
        }
        String note = complete(row, values);
        return new RemoteRecord(
                id,
                version(row),
                values.build(),
                Boolean.TRUE.equals(row.flag("deletedFlag")),
                row.instant("_info/dateEntered"),
                note);
    }

    /** The few names of members are kept once, however many records they changed. */
    private static RemoteVersion version(JsonValue row) {
        Instant changed = row.instant("_info/lastUpdated");
        if (changed == null) {
            return RemoteVersion.UNKNOWN;
        }
        String by = row.text("_info/updatedBy");
        return RemoteVersion.changedAt(changed).by(by == null ? null : by.intern());
    }

    /** Reads what is no member of its own, takes back what must not be shown, and returns what to say about it. */
    @Nullable
    String complete(JsonValue row, FieldValues.Builder values) {
        return CustomFields.read(row, customFields, values);
    }

    /** Both notes, of which either may be missing. */
    static @Nullable String notes(@Nullable String one, @Nullable String other) {
        return one == null || other == null ? one == null ? other : one : one + ". " + other;
    }
}
