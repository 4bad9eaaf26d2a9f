package org.psasync.connectwise;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.psasync.connectwise.CommunicationItem.Form;
import org.psasync.connectwise.PageReader.Listing;
import org.psasync.http.JsonValue;
import org.psasync.model.ContactFields;
import org.psasync.model.ContactPoint;
import org.psasync.model.Field;
import org.psasync.model.Problem;
import org.psasync.spi.ConnectorException;
import org.psasync.spi.WriteOptions;

/**
 * Writes the e-mail addresses and phones of a contact, each as the record of its own that it is below the contact.
 *
 * <p>Items are named by their ids, not by their places in the contact, which shift when somebody else removes one.
 * Source: ConnectWise OpenAPI 2025.8, ContactCommunication.
 */
final class Communications {
    private static final String PATH = "company/contacts/{}/communications";

    private final Api api;
    private final PageReader pages;
    private final Bodies bodies;

    Communications(Api api, PageReader pages, Bodies bodies) {
        this.api = api;
        this.pages = pages;
        this.bodies = bodies;
    }

    /** Adds the steps that turn the list seen into the one wanted. */
    void change(
            UpdateSteps steps,
            Field<Set<ContactPoint>> field,
            long contact,
            @Nullable Set<ContactPoint> seen,
            @Nullable Set<ContactPoint> wanted,
            WriteOptions options) {
        Form form = field.equals(ContactFields.EMAILS) ? Form.EMAIL : Form.PHONE;
        steps.run(
                field,
                () -> {
                    List<CommunicationItem> present =
                            CommunicationItem.of(pages.all(Listing.of("communications.list", PATH, contact))).stream()
                                    .filter(item -> item.form() == form)
                                    .toList();
                    CommunicationChanges changes = CommunicationChanges.between(present, orNone(seen), orNone(wanted));
                    write(steps, field, form, contact, changes, options);
                },
                false);
    }

    private void write(
            UpdateSteps steps,
            Field<?> field,
            Form form,
            long contact,
            CommunicationChanges changes,
            WriteOptions options) {
        changes.edits().forEach((item, point) -> steps.run(field, () -> edit(field, contact, item, point)));
        for (ContactPoint point : changes.additions()) {
            steps.run(field, () -> {
                long type = bodies.addedType(field, form, point, options);
                Map<String, Object> body = new LinkedHashMap<>(Bodies.item(point, form, type));
                body.remove("communicationType");
                api.write("communications.add", "POST", JsonValue.of(body), PATH, contact);
            });
        }
        CommunicationItem newDefault = changes.newDefault();
        if (newDefault != null) {
            steps.run(field, () -> flag(field, contact, newDefault, true));
        }
        CommunicationItem formerDefault = changes.formerDefault();
        if (formerDefault != null) {
            steps.run(field, () -> flag(field, contact, formerDefault, false));
        }
        for (CommunicationItem item : changes.removals()) {
            steps.run(field, () -> remove(contact, item));
        }
    }

    private void edit(Field<?> field, long contact, CommunicationItem item, ContactPoint point) {
        Patch patch = new Patch().set("value", point.value());
        if (item.form() == Form.PHONE
                && !String.valueOf(item.point().extension()).equals(String.valueOf(point.extension()))) {
            String extension = point.extension();
            patch.set("extension", extension == null ? "" : extension);
        }
        patch(field, contact, item, patch);
    }

    private void flag(Field<?> field, long contact, CommunicationItem item, boolean isDefault) {
        patch(field, contact, item, new Patch().set("defaultFlag", isDefault));
    }

    /** An item that vanished meanwhile is no sign that the contact did. */
    private void patch(Field<?> field, long contact, CommunicationItem item, Patch patch) {
        try {
            api.write("communications.update", "PATCH", patch.json(), PATH + "/{}", contact, item.id());
        } catch (ConnectorException.Gone e) {
            throw new NotWritable(Problem.of(
                    field,
                    Problem.Code.REFUSED,
                    "\"" + item.point().value() + "\" was removed in ConnectWise meanwhile; save the contact again"));
        }
    }

    private void remove(long contact, CommunicationItem item) {
        try {
            api.delete("communications.remove", PATH + "/{}", contact, item.id());
        } catch (ConnectorException.Gone e) {
            return; // somebody else removed it
        }
    }

    private static Set<ContactPoint> orNone(@Nullable Set<ContactPoint> points) {
        return points == null ? Set.of() : points;
    }
}
