package org.psasync.autotask;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.psasync.autotask.Labels.ListName;
import org.psasync.http.JsonForm;
import org.psasync.http.JsonForms;
import org.psasync.http.JsonValue;
import org.psasync.model.AssetKind;
import org.psasync.model.AssetRef;
import org.psasync.model.Choice;
import org.psasync.model.RemoteRef;

/** How this PSA writes values that others write otherwise. */
final class Forms {
    /** The status of companies and configuration items is whether they are active; so are the ids of its two values. */
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

    static JsonForm<Choice> choice(Labels labels, ListName list) {
        return JsonForms.choiceId(id -> labels.name(list, id));
    }

    /** The reference title, else the name of the product. */
    static JsonForm<String> itemName() {
        return JsonForm.of(
                item -> {
                    String title = item.text("referenceTitle");
                    return title == null || title.isBlank() ? item.text(Kinds.PRODUCT + "/name") : title;
                },
                JsonValue::of);
    }

    /** The configuration item that a ticket is about. */
    static @Nullable Set<AssetRef> item(JsonValue member) {
        Long id = member.integer();
        Set<AssetRef> items = new LinkedHashSet<>();
        if (id != null) {
            items.add(new RemoteRef(AssetKind.CONFIGURATION, Ids.of(id)));
        }
        return items;
    }
}
