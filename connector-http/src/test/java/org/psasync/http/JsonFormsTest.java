package org.psasync.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.psasync.model.AssetKind;
import org.psasync.model.AssetRef;
import org.psasync.model.Choice;
import org.psasync.model.ContactPoint;
import org.psasync.model.LocalRef;
import org.psasync.model.RemoteRef;

class JsonFormsTest {
    private static final Map<String, String> TYPE_NAMES = Map.of("1", "Customer", "2", "Lead");

    static Stream<Arguments> bothWays() {
        return Stream.of(
                //        form                                  read                               value, written
                arguments(JsonForms.text(), "\"a b\"", "a b", "\"a b\""),
                arguments(JsonForms.text(), "12", "12", "\"12\""),
                arguments(JsonForms.mac(), "\"001B.4411.3AB7\"", "001B.4411.3AB7", "\"001B.4411.3AB7\""),
                arguments(JsonForms.number(), "3.5000", new BigDecimal("3.5000"), "3.5000"),
                arguments(JsonForms.number(), "\"3.5\"", new BigDecimal("3.5"), "3.5"),
                arguments(JsonForms.flag(), "true", true, "true"),
                arguments(JsonForms.flag(), "\"False\"", false, "false"),
                arguments(JsonForms.invertedFlag(), "true", false, "true"),
                arguments(JsonForms.numberFlag(), "1", true, "1"),
                arguments(JsonForms.numberFlag(), "false", false, "0"),
                arguments(JsonForms.day(), "\"2024-02-01\"", LocalDate.of(2024, 2, 1), "\"2024-02-01\""),
                arguments(
                        JsonForms.midnight(),
                        "\"2024-02-01T23:59:00+02:00\"",
                        LocalDate.of(2024, 2, 1),
                        "\"2024-02-01T00:00:00Z\""),
                arguments(
                        JsonForms.instant(),
                        "\"2023-03-17T10:32:29.52\"",
                        Instant.parse("2023-03-17T10:32:29.52Z"),
                        "\"2023-03-17T10:32:29Z\""),
                arguments(JsonForms.choiceText(), "\"R350\"", Choice.named("R350"), "\"R350\""),
                arguments(
                        JsonForms.choice(),
                        "{\"id\":2,\"name\":\"Active\",\"_info\":{}}",
                        new Choice("2", "Active"),
                        "{\"id\":2}"),
                arguments(JsonForms.choice(), "{\"id\":2}", new Choice("2", "2"), "{\"id\":2}"),
                arguments(JsonForms.choice(), "{\"name\":\"Acme\"}", Choice.named("Acme"), "{\"name\":\"Acme\"}"),
                arguments(
                        JsonForms.choice("identifier", "label"),
                        "{\"identifier\":\"x-1\",\"label\":\"X\"}",
                        new Choice("x-1", "X"),
                        "{\"identifier\":\"x-1\"}"),
                arguments(
                        JsonForms.choiceOfMembers("TypeId", "Type"),
                        "{\"TypeId\":31,\"Type\":\"Customer\",\"Other\":1}",
                        new Choice("31", "Customer"),
                        "31"),
                arguments(
                        JsonForms.choiceId(id -> TYPE_NAMES.getOrDefault(id, id)),
                        "1",
                        new Choice("1", "Customer"),
                        "1"),
                arguments(
                        JsonForms.oneOf(JsonForms.choice()),
                        "{\"id\":2,\"name\":\"Active\"}",
                        Set.of(new Choice("2", "Active")),
                        "{\"id\":2}"),
                arguments(
                        JsonForms.listOf(JsonForms.choice()),
                        "[{\"id\":2,\"name\":\"A\"},null]",
                        Set.of(new Choice("2", "A")),
                        "[{\"id\":2}]"),
                arguments(
                        JsonForms.reference(AssetKind.CONTACT),
                        "{\"id\":8801,\"name\":\"Dana\"}",
                        RemoteRef.of(AssetKind.CONTACT, "8801"),
                        "{\"id\":8801}"),
                arguments(
                        JsonForms.referenceId(AssetKind.ORGANIZATION),
                        "0",
                        RemoteRef.of(AssetKind.ORGANIZATION, "0"),
                        "0"),
                arguments(
                        JsonForms.listOf(JsonForms.referenceId(AssetKind.CONFIGURATION)),
                        "[5,\"a\"]",
                        ordered(RemoteRef.of(AssetKind.CONFIGURATION, "5"), RemoteRef.of(AssetKind.CONFIGURATION, "a")),
                        "[5,\"a\"]"));
    }

    @ParameterizedTest(name = "{1} is {2}, written {3}")
    @MethodSource("bothWays")
    <T> void readsAndWrites(JsonForm<T> form, String json, T value, String written) {
        assertThat(form.read(JsonValue.parse(json))).isEqualTo(value);
        assertThat(form.write(value).toJson()).isEqualTo(written);
    }

    static Stream<Arguments> blanks() {
        return Stream.of(
                arguments(JsonForms.choice(), "{\"_info\":{}}"),
                arguments(JsonForms.choiceOfMembers("TypeId", "Type"), "{\"TypeId\":null,\"Type\":\"\"}"),
                arguments(JsonForms.reference(AssetKind.CONTACT), "{\"id\":null}"),
                arguments(JsonForms.mac(), "\"   \""),
                arguments(JsonForms.choiceText(), "\"  \""));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("blanks")
    void anObjectThatHoldsNothingOfUseIsBlank(JsonForm<?> form, String json) {
        assertThat(form.read(JsonValue.parse(json))).isNull();
    }

    @Test
    void aReferenceToARecordOfTheHostIsRefused() {
        JsonForm<AssetRef> form = JsonForms.reference(AssetKind.CONTACT);
        assertThatThrownBy(() -> form.write(LocalRef.of(AssetKind.CONTACT, "5")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("only the engine translates it");
    }

    @Test
    void readsAndWritesTheItemsOfAContact() {
        ContactPointsForm phones = ContactPointsForm.of("value")
                .extension("extension")
                .primary("defaultFlag")
                .label("type/name")
                .id("id")
                .where("communicationType", "Phone");
        JsonValue items = JsonValue.parse("""
                [{"id": 4, "value": "a@b.example", "defaultFlag": true, "communicationType": "Email"},
                 {"id": 5, "type": {"name": "Direct"}, "value": "5550143", "extension": "12", "defaultFlag": true,
                  "communicationType": "phone"},
                 {"id": 6, "value": null, "communicationType": "Phone"},
                 {"id": 7, "value": "5550144", "communicationType": "Phone"}]
                """);
        Set<ContactPoint> points = phones.read(items);
        assertThat(points)
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactly(
                        new ContactPoint("5550143", "12", true, "Direct", "5"),
                        new ContactPoint("5550144", null, false, null, "7"));
        assertThat(phones.write(points).toJson())
                .isEqualTo("[{\"value\":\"5550143\",\"id\":5,\"extension\":\"12\",\"defaultFlag\":true},"
                        + "{\"value\":\"5550144\",\"id\":7,\"defaultFlag\":false}]");
    }

    @Test
    void withoutAFlagTheFirstItemIsThePrimary() {
        assertThat(ContactPointsForm.of("EmailAddress")
                        .read(JsonValue.parse(
                                "[{\"EmailAddress\":\"a@b.example\"},{\"EmailAddress\":\"c@d.example\"}]")))
                .extracting(ContactPoint::primary)
                .isEqualTo(List.of(true, false));
    }

    private static Set<RemoteRef> ordered(RemoteRef... refs) {
        return new LinkedHashSet<>(List.of(refs));
    }
}
