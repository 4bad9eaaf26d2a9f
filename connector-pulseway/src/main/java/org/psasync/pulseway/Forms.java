package org.psasync.pulseway;

import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.psasync.http.JsonForm;
import org.psasync.http.JsonForms;
import org.psasync.http.JsonMismatch;
import org.psasync.http.JsonValue;
import org.psasync.model.AssetKind;
import org.psasync.model.AssetRef;
import org.psasync.model.Choice;
import org.psasync.model.RemoteRef;

/** How this PSA writes values that others write otherwise. A reference of 0 is none. */
final class Forms {
    /** The status of accounts and assets is whether they are active; so are the ids of its two values. */
    static final Choice ACTIVE = new Choice("active", "Active");

    static final Choice INACTIVE = new Choice("inactive", "Inactive");

    private Forms() {}

    static JsonForm<Choice> status() {
        return JsonForm.of(
                member -> {
                    Boolean active = member.flag();
                    return active == null ? null : active ? ACTIVE : INACTIVE;
                },
                choice -> JsonValue.of(!choice.equals(INACTIVE)));
    }

    /** Another record, by its number. */
    static JsonForm<AssetRef> reference(AssetKind kind) {
        return JsonForm.of(
                member -> {
                    Long id = member.integer();
                    return id == null || id == 0 ? null : new RemoteRef(kind, Ids.of(id));
                },
                Forms::number);
    }

    /** A location, which is known by its account and its own number; read from the whole record. */
    static JsonForm<AssetRef> location(String locationMember) {
        return JsonForm.of(
                record -> {
                    Long account = record.integer("AccountId");
                    Long location = record.integer(locationMember);
                    return account == null || location == null || account == 0 || location == 0
                            ? null
                            : new Ids.Location(account, location).ref();
                },
                Forms::number);
    }

    private static JsonValue number(AssetRef ref) {
        return JsonValue.of(Objects.requireNonNull(Ids.number(ref), "not a record of this PSA"));
    }

    /** A value of a list, which is read from two members of the whole record; an id of 0 is none. */
    static JsonForm<Choice> choice(String idMember, String nameMember) {
        return JsonForm.of(record -> choice(record, idMember, nameMember), choice -> JsonForms.id(choice.id()));
    }

    static @Nullable Choice choice(JsonValue record, String idMember, String nameMember) {
        Long id = record.integer(idMember);
        if (id == null || id == 0) {
            return null;
        }
        String name = record.text(nameMember);
        return new Choice(Long.toString(id), name == null || name.isBlank() ? Long.toString(id) : name.strip());
    }

    /** The account's location that is marked as the main one, else the first. */
    static @Nullable AssetRef mainLocation(JsonValue account) {
        Long id = account.integer("Id");
        Long first = null;
        for (JsonValue location : account.elements("Locations")) {
            Long number = location.integer("Id");
            if (id == null || number == null) {
                throw new JsonMismatch("holds a location without id");
            }
            if (Boolean.TRUE.equals(location.flag("IsMain"))) {
                return new Ids.Location(id, number).ref();
            }
            first = first == null ? number : first;
        }
        return id == null || first == null ? null : new Ids.Location(id, first).ref();
    }

    /** The asset that a ticket is about. */
    static @Nullable Set<AssetRef> asset(JsonValue member) {
        Long id = member.integer();
        Set<AssetRef> assets = new LinkedHashSet<>();
        if (id != null && id != 0) {
            assets.add(new RemoteRef(AssetKind.CONFIGURATION, Ids.of(id)));
        }
        return assets;
    }
}
