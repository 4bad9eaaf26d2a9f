package org.psasync.http;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.psasync.model.AssetKind;
import org.psasync.model.AssetRef;
import org.psasync.model.Choice;
import org.psasync.model.MacAddress;
import org.psasync.model.RemoteRef;

/** The usual forms in which PSAs write values; e-mails and phones are in {@link ContactPointsForm}. */
public final class JsonForms {
    private static final JsonForm<String> TEXT = JsonForm.of(JsonValue::text, JsonValue::of);
    private static final JsonForm<String> MAC = JsonForm.of(JsonForms::readMac, JsonValue::of);
    private static final JsonForm<BigDecimal> NUMBER = JsonForm.of(JsonValue::number, JsonValue::of);
    private static final JsonForm<Boolean> FLAG = JsonForm.of(JsonValue::flag, JsonValue::of);
    private static final JsonForm<Choice> CHOICE_TEXT =
            JsonForm.of(member -> named(member.text()), choice -> JsonValue.of(choice.name()));
    private static final JsonForm<LocalDate> DAY = JsonForm.of(JsonValue::date, date -> JsonValue.of(date.toString()));
    private static final JsonForm<LocalDate> MIDNIGHT =
            JsonForm.of(JsonValue::date, date -> JsonValue.of(date + "T00:00:00Z"));
    private static final JsonForm<Instant> INSTANT = JsonForm.of(
            JsonValue::instant,
            time -> JsonValue.of(time.truncatedTo(ChronoUnit.SECONDS).toString()));

    private JsonForms() {}

    /** A text; also for countries and regions that are written as text. A number is taken as its digits. */
    public static JsonForm<String> text() {
        return TEXT;
    }

    /** A MAC address in any notation; a text that is not one address leaves the field out with a note (FIELD-7). */
    public static JsonForm<String> mac() {
        return MAC;
    }

    /** A number, also one written as text. */
    public static JsonForm<BigDecimal> number() {
        return NUMBER;
    }

    /** A flag; 0, 1 and texts are read too. */
    public static JsonForm<Boolean> flag() {
        return FLAG;
    }

    /** A flag of the opposite meaning, such as {@code inactiveFlag} for <i>active</i>. */
    public static JsonForm<Boolean> invertedFlag() {
        return JsonForm.of(
                member -> {
                    Boolean flag = member.flag();
                    return flag == null ? null : !flag;
                },
                flag -> JsonValue.of(!flag));
    }

    /** A flag written as 1 or 0, as Autotask writes whether a contact is active. */
    public static JsonForm<Boolean> numberFlag() {
        return JsonForm.of(JsonValue::flag, flag -> JsonValue.of(flag ? 1 : 0));
    }

    /** A day, read from a date or a point in time as written, and written as {@code 2024-02-01T00:00:00Z}. */
    public static JsonForm<LocalDate> midnight() {
        return MIDNIGHT;
    }

    /** A day, read from a date or a point in time as written, and written as {@code 2024-02-01}. */
    public static JsonForm<LocalDate> day() {
        return DAY;
    }

    /** A point in time; without an offset it is UTC. Written with whole seconds and {@code Z}. */
    public static JsonForm<Instant> instant() {
        return INSTANT;
    }

    /** A value of a pick list written as its text, which is its identifier too. */
    public static JsonForm<Choice> choiceText() {
        return CHOICE_TEXT;
    }

    /** A value of a pick list written as an object such as {@code {"id":2,"name":"Active"}}, and sent as its id. */
    public static JsonForm<Choice> choice() {
        return choice("id", "name");
    }

    /**
     * A value of a pick list written as an object, and sent as an object that holds its id; a choice that has only a name
     * is sent by its name.
     */
    public static JsonForm<Choice> choice(String idMember, String nameMember) {
        JsonForm.Reader<Choice> reader = choiceReader(idMember, nameMember);
        return JsonForm.of(
                reader,
                choice -> choice.id().equals(choice.name()) && !isNumber(choice.id())
                        ? JsonValue.object().with(nameMember, choice.name())
                        : JsonValue.object().with(idMember, id(choice.id())));
    }

    /**
     * A value of a pick list spread over two members of one object, such as {@code AccountTypeId} and {@code AccountType}.
     * It is read from the object that holds both, and its id is what is sent.
     */
    public static JsonForm<Choice> choiceOfMembers(String idMember, String nameMember) {
        return JsonForm.of(choiceReader(idMember, nameMember), choice -> id(choice.id()));
    }

    /**
     * A value of a pick list written as its id alone.
     *
     * @param names gives the name of an id; asked at every reading, so answered from memory
     */
    public static JsonForm<Choice> choiceId(UnaryOperator<String> names) {
        return JsonForm.of(
                member -> {
                    String id = member.text();
                    return id == null ? null : new Choice(id, names.apply(id));
                },
                choice -> id(choice.id()));
    }

    /** One value, in a PSA that has one where the field has a set. Of several it sends the first. */
    public static <E> JsonForm<Set<E>> oneOf(JsonForm<E> form) {
        return JsonForm.of(
                member -> {
                    E element = form.read(member);
                    return element == null ? Set.of() : Set.of(element);
                },
                set -> set.isEmpty()
                        ? JsonValue.of(null)
                        : form.write(set.iterator().next()));
    }

    /** A list; blank elements are ignored. */
    public static <E> JsonForm<Set<E>> listOf(JsonForm<E> form) {
        return JsonForm.of(
                member -> {
                    Set<E> result = new LinkedHashSet<>();
                    for (JsonValue each : member.elements()) {
                        E element = each.isBlank() ? null : form.read(each);
                        if (element != null) {
                            result.add(element);
                        }
                    }
                    return result;
                },
                set -> JsonValue.of(set.stream().map(form::write).toList()));
    }

    /** Another record of the PSA, written as an object with a member {@code id}. */
    public static JsonForm<AssetRef> reference(AssetKind kind) {
        return JsonForm.of(referenceReader(kind), ref -> JsonValue.object().with("id", id(remote(ref))));
    }

    /** Another record of the PSA, written as its id alone. */
    public static JsonForm<AssetRef> referenceId(AssetKind kind) {
        return JsonForm.of(referenceReader(kind), ref -> id(remote(ref)));
    }

    /** Returns an identifier as PSAs expect it: a number where it is one, else a text. */
    public static JsonValue id(String id) {
        return isNumber(id) ? JsonValue.of(Long.parseLong(id)) : JsonValue.of(id);
    }

    private static JsonForm.Reader<AssetRef> referenceReader(AssetKind kind) {
        JsonPath idPath = JsonPath.of("id");
        return member -> {
            String id = member.isObject() ? member.text(idPath) : member.text();
            return id == null ? null : RemoteRef.of(kind, id);
        };
    }

    private static JsonForm.Reader<Choice> choiceReader(String idMember, String nameMember) {
        JsonPath idPath = JsonPath.of(idMember);
        JsonPath namePath = JsonPath.of(nameMember);
        return member -> {
            if (!member.isObject()) {
                throw member.mismatch("an object");
            }
            String id = member.text(idPath);
            String name = member.text(namePath);
            if (id == null) {
                return named(name);
            }
            return new Choice(id, name == null ? id : name.strip());
        };
    }

    private static @Nullable Choice named(@Nullable String name) {
        return name == null || name.isBlank() ? null : Choice.named(name.strip());
    }

    private static @Nullable String readMac(JsonValue member) {
        String text = member.text();
        String stripped = text == null ? "" : text.strip();
        if (stripped.isEmpty()) {
            return null;
        }
        if (!MacAddress.isOne(stripped)) {
            throw JsonMismatch.leavingOut(
                    "holds a text of " + stripped.length() + " characters that is not one MAC address");
        }
        return stripped;
    }

    private static String remote(AssetRef ref) {
        if (ref instanceof RemoteRef remote) {
            return remote.id().value();
        }
        throw new IllegalArgumentException(ref + " names a record of the host; only the engine translates it");
    }

    private static boolean isNumber(String id) {
        if (id.isEmpty() || id.length() > 18 || id.length() > 1 && id.charAt(0) == '0') {
            return false;
        }
        return id.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
