package org.psasync.connectwise;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.psasync.connectwise.CommunicationItem.Form;
import org.psasync.model.AssetKind;
import org.psasync.model.Choice;
import org.psasync.model.ContactFields;
import org.psasync.model.ContactPoint;
import org.psasync.model.Field;
import org.psasync.model.FieldValues;
import org.psasync.model.LocationFields;
import org.psasync.model.OrganizationFields;
import org.psasync.model.Problem;
import org.psasync.spi.Draft;
import org.psasync.spi.FieldRule.Direction;
import org.psasync.spi.WriteOptions;

/**
 * Puts together what a POST sends.
 *
 * <p>Location, business unit and territory are never among it: the PSA fills in the defaults of the API member
 * (PSA-CW-5).
 */
final class Bodies {
    private final Lists lists;
    private final CustomFieldIds customFieldIds;

    Bodies(Lists lists, CustomFieldIds customFieldIds) {
        this.lists = lists;
        this.customFieldIds = customFieldIds;
    }

    /**
     * The members of a record; what cannot be sent is added to the problems.
     *
     * @param parent the company of a site; null for other kinds
     */
    Map<String, Object> of(RecordKind kind, FieldValues values, @Nullable Object parent, List<Problem> problems) {
        Map<String, Object> body = new LinkedHashMap<>();
        for (Mapped<?> mapped : kind.mapped()) {
            try {
                Object json = mapped.json(values, values, lists);
                if (json != null) {
                    body.put(mapped.member(), json);
                }
            } catch (NotWritable e) {
                problems.add(e.problem());
            }
        }
        Map<Field<?>, Object> customFields = customFields(kind, values, parent, problems);
        if (!customFields.isEmpty()) {
            body.put(CustomFields.MEMBER, List.copyOf(customFields.values()));
        }
        return body;
    }

    /** The custom fields that these values write, each as an element with its id. */
    Map<Field<?>, Object> customFields(
            RecordKind kind, FieldValues values, @Nullable Object parent, List<Problem> problems) {
        Map<Field<?>, Object> result = new LinkedHashMap<>();
        for (ConnectWiseCustomField custom : kind.customFields()) {
            if (!values.has(custom.field()) || custom.direction() == Direction.PULL) {
                continue;
            }
            Optional<Long> id = customFieldIds.of(kind, custom, parent);
            if (id.isEmpty()) {
                problems.add(Problem.of(
                        custom.field(),
                        Problem.Code.NOT_WRITABLE,
                        "ConnectWise shows no " + custom + " on a record of this kind; check its caption"));
                continue;
            }
            Map<String, @Nullable Object> element = new LinkedHashMap<>();
            element.put("id", id.get());
            element.put("value", CustomFields.json(values, custom.field()));
            result.put(custom.field(), element);
        }
        return result;
    }

    /** A company, with its first site and that site's address. */
    Map<String, Object> company(RecordKind kind, Draft draft, String identifier, List<Problem> problems) {
        FieldValues values =
                draft.values().without(OrganizationFields.SHORT_NAME).without(OrganizationFields.PRIMARY_LOCATION);
        Map<String, Object> body = of(kind, values, null, problems);
        body.put("identifier", identifier);
        types(values.get(OrganizationFields.TYPES), OrganizationFields.TYPES, ListName.COMPANY_TYPES, body, problems);
        FieldValues site = draft.parts().isEmpty()
                ? FieldValues.empty(AssetKind.LOCATION)
                : draft.parts().get(0).values();
        String name = site.get(LocationFields.NAME);
        body.put("site", Map.of("name", name == null ? Options.siteName(draft.options()) : name));
        address(site, body);
        return body;
    }

    /** The address of the first site goes with the company, which shows it as its own. */
    private void address(FieldValues site, Map<String, Object> body) {
        put(body, "addressLine1", site.get(LocationFields.ADDRESS_1));
        put(body, "addressLine2", site.get(LocationFields.ADDRESS_2));
        put(body, "city", site.get(LocationFields.CITY));
        put(body, "zip", site.get(LocationFields.POSTAL_CODE));
        String country = site.get(LocationFields.COUNTRY);
        String region = site.get(LocationFields.REGION);
        try {
            if (country != null) {
                body.put("country", Map.of("id", lists.country(country).number()));
            }
            if (region != null) {
                String identifier = lists.region(region, country).row().text("identifier");
                body.put("state", identifier == null ? region : identifier);
            }
        } catch (NotWritable e) {
            return; // said when the draft was prepared, and again when the site is written
        }
    }

    private static void put(Map<String, Object> body, String member, @Nullable String value) {
        if (value != null) {
            body.put(member, value);
        }
    }

    /** A contact with its types and communications. */
    Map<String, Object> contact(RecordKind kind, FieldValues values, WriteOptions options, List<Problem> problems) {
        Map<String, Object> body = of(kind, values, null, problems);
        types(values.get(ContactFields.TYPES), ContactFields.TYPES, ListName.CONTACT_TYPES, body, problems);
        List<Map<String, Object>> items = new ArrayList<>();
        items(values.get(ContactFields.EMAILS), ContactFields.EMAILS, Form.EMAIL, options, items, problems);
        items(values.get(ContactFields.PHONES), ContactFields.PHONES, Form.PHONE, options, items, problems);
        if (!items.isEmpty()) {
            body.put("communicationItems", items);
        }
        return body;
    }

    private void types(
            @Nullable Set<Choice> types,
            Field<?> field,
            ListName list,
            Map<String, Object> body,
            List<Problem> problems) {
        List<Map<String, Object>> result = new ArrayList<>();
        for (Choice type : types == null ? Set.<Choice>of() : types) {
            try {
                result.add(Map.of("id", lists.entry(field, list, type).number()));
            } catch (NotWritable e) {
                problems.add(e.problem());
            }
        }
        if (!result.isEmpty()) {
            body.put("types", result);
        }
    }

    private void items(
            @Nullable Set<ContactPoint> points,
            Field<?> field,
            Form form,
            WriteOptions options,
            List<Map<String, Object>> items,
            List<Problem> problems) {
        for (ContactPoint point : points == null ? Set.<ContactPoint>of() : points) {
            try {
                items.add(item(point, form, addedType(field, form, point, options)));
            } catch (NotWritable e) {
                problems.add(e.problem());
            }
        }
    }

    static Map<String, Object> item(ContactPoint point, Form form, long type) {
        Map<String, Object> item = new LinkedHashMap<>();
        item.put("type", Map.of("id", type));
        item.put("value", point.value());
        if (point.extension() != null && form == Form.PHONE) {
            item.put("extension", point.extension());
        }
        item.put("defaultFlag", point.primary());
        item.put("communicationType", form.word());
        return item;
    }

    /**
     * The type of an item that is added (PSA-ALL-2).
     *
     * @throws NotWritable when none is chosen in the settings, or the PSA has it no longer for such items
     */
    long addedType(Field<?> field, Form form, ContactPoint point, WriteOptions options) {
        String chosen = options.get(form == Form.EMAIL ? Options.EMAIL_TYPE : Options.PHONE_TYPE);
        if (chosen == null || !chosen.matches("[1-9][0-9]{0,8}")) {
            throw notAdded(field, form, point, "choose");
        }
        ListEntry type;
        try {
            type = lists.entry(field, ListName.COMMUNICATION_TYPES, Choice.named(chosen));
        } catch (NotWritable e) {
            throw notAdded(field, form, point, "the one chosen is no longer there; choose again");
        }
        if (Boolean.FALSE.equals(type.row().flag(form == Form.EMAIL ? "emailFlag" : "phoneFlag"))) {
            throw notAdded(field, form, point, "\"" + type.name() + "\" is none for them; choose again");
        }
        return type.number();
    }

    private static NotWritable notAdded(Field<?> field, Form form, ContactPoint point, String what) {
        return new NotWritable(Problem.of(
                field,
                Problem.Code.NOT_WRITABLE,
                "\"" + point.value() + "\" was not added in ConnectWise: " + what + " the type of added "
                        + (form == Form.EMAIL ? "e-mail addresses" : "phone numbers") + " in the settings"));
    }
}
