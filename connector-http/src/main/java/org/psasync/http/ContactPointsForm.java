package org.psasync.http;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.psasync.model.ContactPoint;

/**
 * E-mail addresses or phone numbers written as a list of objects, such as
 * {@code [{"value":"a@b.example","defaultFlag":true,"communicationType":"Email"}]}.
 *
 * <p>Writing gives the whole list with value, extension, primary flag and identifier. A PSA that takes single items is
 * served by the connector: map the field as written apart. Immutable.
 */
public final class ContactPointsForm implements JsonForm<Set<ContactPoint>> {
    private final String valueMember;
    private final JsonPath value;
    private final @Nullable String extension;
    private final @Nullable String primary;
    private final @Nullable String label;
    private final @Nullable String id;
    private final @Nullable String conditionMember;
    private final String conditionText;

    private ContactPointsForm(
            String valueMember,
            @Nullable String extension,
            @Nullable String primary,
            @Nullable String label,
            @Nullable String id,
            @Nullable String conditionMember,
            String conditionText) {
        this.valueMember = requireNonNull(valueMember, "valueMember");
        this.value = JsonPath.of(valueMember);
        this.extension = extension;
        this.primary = primary;
        this.label = label;
        this.id = id;
        this.conditionMember = conditionMember;
        this.conditionText = conditionText;
    }

    /** Returns the form of a list whose objects hold the address or number in that member. */
    public static ContactPointsForm of(String valueMember) {
        return new ContactPointsForm(valueMember, null, null, null, null, null, "");
    }

    /** Names the member that holds a phone's extension. */
    public ContactPointsForm extension(String member) {
        return new ContactPointsForm(valueMember, member, primary, label, id, conditionMember, conditionText);
    }

    /** Names the member that is true for the first choice; without one, the first item is. */
    public ContactPointsForm primary(String member) {
        return new ContactPointsForm(valueMember, extension, member, label, id, conditionMember, conditionText);
    }

    /** Names the path to the words for what kind of address it is; only read. */
    public ContactPointsForm label(String path) {
        return new ContactPointsForm(valueMember, extension, primary, path, id, conditionMember, conditionText);
    }

    /** Names the member that holds the PSA's identifier of the item. */
    public ContactPointsForm id(String member) {
        return new ContactPointsForm(valueMember, extension, primary, label, member, conditionMember, conditionText);
    }

    /** Takes only the items whose member has that text, whatever its case; the others belong to another field. */
    public ContactPointsForm where(String member, String text) {
        return new ContactPointsForm(valueMember, extension, primary, label, id, member, text);
    }

    @Override
    public Set<ContactPoint> read(JsonValue member) {
        Set<ContactPoint> result = new LinkedHashSet<>();
        for (JsonValue item : member.elements()) {
            String text = item.text(value);
            if (text == null || !isWanted(item)) {
                continue;
            }
            boolean first = primary == null ? result.isEmpty() : Boolean.TRUE.equals(item.flag(primary));
            result.add(new ContactPoint(text, textAt(item, extension), first, textAt(item, label), textAt(item, id)));
        }
        return result;
    }

    @Override
    public JsonValue write(Set<ContactPoint> points) {
        return JsonValue.of(points.stream().map(this::item).toList());
    }

    private JsonValue item(ContactPoint point) {
        JsonValue item = JsonValue.object().with(valueMember, point.value());
        if (id != null && point.itemId() != null) {
            item = item.with(id, JsonForms.id(point.itemId()));
        }
        if (extension != null && point.extension() != null) {
            item = item.with(extension, point.extension());
        }
        return primary == null ? item : item.with(primary, point.primary());
    }

    private boolean isWanted(JsonValue item) {
        return conditionMember == null || conditionText.equalsIgnoreCase(item.text(conditionMember));
    }

    private static @Nullable String textAt(JsonValue item, @Nullable String path) {
        return path == null ? null : item.text(path);
    }
}
