package org.psasync.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonValueTest {
    private final JsonValue json = JsonValue.parse("""
            {"id": 7, "text": "a", "empty": "", "none": null, "number": "12.50", "whole": 5.0, "huge": 1e400,
             "flag": true, "yes": "TRUE", "one": 1, "time": "2026-05-20T18:04:26Z", "day": "2015-09-15T00:00:00Z",
             "status": {"id": 2, "name": "Active"}, "items": [{"id": 1}, {"id": 2}],
             "udf": [{"name": "CRM ID", "value": "x"}, {"name": "Tier", "value": null}]}
            """);

    @Test
    void findsMembersByPath() {
        assertThat(json.text("status/name")).isEqualTo("Active");
        assertThat(json.integer("items/1/id")).isEqualTo(2);
        assertThat(json.text("udf[name=CRM ID]/value")).isEqualTo("x");
        assertThat(json.at("udf[name=Tier]/value").isBlank()).isTrue();
        assertThat(json.at("udf[name=Nobody]/value").isMissing()).isTrue();
        assertThat(json.at("items/2/id").isMissing()).isTrue();
        assertThat(json.at("text/deeper").isMissing()).isTrue();
        assertThat(json.elements("items")).hasSize(2);
        assertThat(json.at("status").names()).containsExactly("id", "name");
    }

    @Test
    void takesNumbersFlagsAndTimesInEveryUsualForm() {
        assertThat(json.text("id")).isEqualTo("7");
        assertThat(json.number("number")).isEqualTo(new BigDecimal("12.50"));
        assertThat(json.integer("whole")).isEqualTo(5);
        assertThat(json.flag("flag")).isTrue();
        assertThat(json.flag("yes")).isTrue();
        assertThat(json.flag("one")).isTrue();
        assertThat(json.instant("time")).isEqualTo(Instant.parse("2026-05-20T18:04:26Z"));
        assertThat(json.date("day")).isEqualTo(LocalDate.of(2015, 9, 15));
    }

    @ParameterizedTest
    @ValueSource(strings = {"empty", "none", "nowhere", "status/nowhere"})
    @DisplayName("FIELD-3: what is missing, null or empty has no value, whatever is asked for")
    void blankMembersHaveNoValue(String path) {
        assertThat(json.text(path)).isNull();
        assertThat(json.number(path)).isNull();
        assertThat(json.integer(path)).isNull();
        assertThat(json.flag(path)).isNull();
        assertThat(json.instant(path)).isNull();
        assertThat(json.date(path)).isNull();
        assertThat(json.elements(path)).isEmpty();
    }

    @Test
    void aMemberOfTheWrongKindIsNamedWithoutItsValue() {
        assertThatThrownBy(() -> json.text("status"))
                .isInstanceOf(JsonMismatch.class)
                .hasMessage("The member \"status\" holds an object of 2 members where a text was expected");
        assertThatThrownBy(() -> json.integer("huge")).hasMessageContaining("a whole number was expected");
        assertThatThrownBy(() -> json.integer("number")).hasMessageContaining("a whole number was expected");
        assertThatThrownBy(() -> json.number("text")).hasMessageContaining("a number was expected");
        assertThatThrownBy(() -> json.flag("text")).hasMessageContaining("true or false was expected");
        assertThatThrownBy(() -> json.instant("text")).hasMessageContaining("a point in time was expected");
        assertThatThrownBy(() -> json.elements("text")).hasMessageContaining("an array was expected");
    }

    @ParameterizedTest
    @CsvSource({
        "accountName, ACCOUNTNAME/Id",
        "AccountName, accountname/iD",
        "accountname, AccountName/id",
    })
    void findsMembersWhateverTheCaseOfTheirNames(String spelled, String asked) {
        JsonValue value = JsonValue.parse("{\"" + spelled + "\":{\"ID\":3}}");
        assertThat(value.ignoringCase().integer(asked)).isEqualTo(3);
        assertThat(value.integer(asked)).isNull();
        assertThat(value.ignoringCase().with(asked, 4).toJson()).isEqualTo("{\"" + spelled + "\":{\"ID\":4}}");
    }

    @Test
    void changesACopyAndMakesWhatIsMissingOnTheWay() {
        JsonValue changed = JsonValue.object()
                .with("name", "Acme")
                .with("status/id", 2L)
                .with("udf[name=CRM ID]/value", "x")
                .with("udf[name=Tier]/value", "y")
                .with("udf[name=CRM ID]/value", "z");
        assertThat(changed.toJson())
                .isEqualTo("{\"name\":\"Acme\",\"status\":{\"id\":2},"
                        + "\"udf\":[{\"name\":\"CRM ID\",\"value\":\"z\"},{\"name\":\"Tier\",\"value\":\"y\"}]}");
        assertThatThrownBy(() -> changed.with("name/first", "x"))
                .isInstanceOf(JsonMismatch.class)
                .hasMessage("\"name/first\" leads into a text where an object was expected");
        assertThatThrownBy(() -> changed.with("name[a=b]/first", "x")).isInstanceOf(JsonMismatch.class);
        assertThatThrownBy(() -> JsonValue.parse("[1]").with("a", 1)).isInstanceOf(JsonMismatch.class);
    }

    @Test
    void makesJsonOfJavaValues() {
        assertThat(JsonValue.of(Arrays.asList(1, 2L, null, true, "x", new BigDecimal("1.50"), Map.of("a", 1.5)))
                        .toJson())
                .isEqualTo("[1,2,null,true,\"x\",1.50,{\"a\":1.5}]");
        assertThatThrownBy(() -> JsonValue.of(Instant.EPOCH)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "{\"a\":", "{\"a\":1} x", "[1,2", "hunter2", "{'a':1}"})
    @DisplayName("SAFE-5: text that is not JSON is refused without being quoted")
    void refusesWhatIsNotJson(String text) {
        assertThatThrownBy(() -> JsonValue.parse(text))
                .isInstanceOf(JsonMismatch.class)
                .hasMessageNotContaining("hunter2")
                .hasNoCause();
    }

    @Test
    @DisplayName("SAFE-5: toString shows the shape, not the values")
    void toStringShowsTheShape() {
        assertThat(json).hasToString("an object of 15 members");
        assertThat(List.of(JsonValue.of("hunter2"), JsonValue.of(5), JsonValue.missing()))
                .hasToString("[a text, a number, nothing]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a[b", "a[b]", "a[b=c]d", "a[b=c"})
    void refusesMalformedPaths(String path) {
        assertThatThrownBy(() -> json.at(path)).isInstanceOf(IllegalArgumentException.class);
    }
}
