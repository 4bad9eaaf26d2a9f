package org.psasync.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.psasync.http.FieldMapping.map;
import static org.psasync.model.ConfigurationFields.ACTIVE;
import static org.psasync.model.ConfigurationFields.EXPIRES_ON;
import static org.psasync.model.ConfigurationFields.INSTALLED_BY;
import static org.psasync.model.ConfigurationFields.LOCATION;
import static org.psasync.model.ConfigurationFields.MAC_ADDRESS;
import static org.psasync.model.ConfigurationFields.MODEL;
import static org.psasync.model.ConfigurationFields.NAME;
import static org.psasync.model.ConfigurationFields.NOTES;
import static org.psasync.model.ConfigurationFields.ORGANIZATION;
import static org.psasync.model.ConfigurationFields.SERIAL_NUMBER;
import static org.psasync.model.ConfigurationFields.STATUS;
import static org.psasync.model.ConfigurationFields.TYPE;

import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.psasync.model.AssetKind;
import org.psasync.model.Choice;
import org.psasync.model.Field;
import org.psasync.model.FieldType;
import org.psasync.model.FieldValues;
import org.psasync.model.Problem;
import org.psasync.model.RemoteRef;
import org.psasync.model.TicketFields;
import org.psasync.spi.ConnectorException;
import org.psasync.spi.FieldRule;
import org.psasync.spi.FieldRule.Direction;

class FieldMapTest {
    private static final Field<String> TIER = Field.custom(AssetKind.CONFIGURATION, "tier", FieldType.TEXT);
    private static final FieldMap MAP = FieldMap.of(
            AssetKind.CONFIGURATION,
            map(NAME, "name", JsonForms.text()).maxLength(10).requiredOnCreate(),
            map(TYPE, "type", JsonForms.choice()).requiredOnCreate(),
            map(STATUS, "status", JsonForms.choice()),
            map(ORGANIZATION, "company", JsonForms.reference(AssetKind.ORGANIZATION)),
            map(LOCATION, "site/id", JsonForms.referenceId(AssetKind.LOCATION)),
            map(SERIAL_NUMBER, "serialNumber", JsonForms.text()).blankAs(""),
            map(MAC_ADDRESS, "macAddress", JsonForms.mac()),
            map(EXPIRES_ON, "warrantyExpirationDate", JsonForms.midnight()),
            map(INSTALLED_BY, "installedBy", JsonForms.choice()).pullOnly(),
            map(ACTIVE, "inactiveFlag", JsonForms.invertedFlag()),
            map(NOTES, "Notes", JsonForms.text()).writtenTo("Description"),
            map(TIER, "customFields[caption=Tier]/value", JsonForms.text()));

    private static final String FULL = """
            {"id": 7, "name": " NB-1 ", "type": {"id": 25, "name": "Server", "_info": {"href": "x"}},
             "status": {"id": 2, "name": "Active"}, "company": {"id": 4210}, "site": {"id": 6101, "name": "Main"},
             "serialNumber": "", "macAddress": "00-1b-44-11-3a-b7", "warrantyExpirationDate": "2027-02-01T00:00:00Z",
             "installedBy": null, "inactiveFlag": false, "somethingNew": {"deep": [1, 2]},
             "customFields": [{"id": 1, "caption": "Other", "value": 3}, {"id": 12, "caption": "Tier", "value": "Gold"}]}
            """;

    @Test
    @DisplayName(
            "FIELD-3: null, an empty text and a missing member of a full record are all blank; unknown members count for nothing")
    void readsAFullRecord() {
        FieldReading reading = MAP.read(JsonValue.parse(FULL));
        assertThat(reading.problems()).isEmpty();
        assertThat(reading.notes()).isEmpty();
        assertThat(reading.values())
                .isEqualTo(FieldValues.of(AssetKind.CONFIGURATION)
                        .set(NAME, "NB-1")
                        .set(TYPE, new Choice("25", "Server"))
                        .set(STATUS, new Choice("2", "Active"))
                        .set(ORGANIZATION, RemoteRef.of(AssetKind.ORGANIZATION, "4210"))
                        .set(LOCATION, RemoteRef.of(AssetKind.LOCATION, "6101"))
                        .set(SERIAL_NUMBER, null)
                        .set(MAC_ADDRESS, "00:1B:44:11:3A:B7")
                        .set(EXPIRES_ON, LocalDate.of(2027, 2, 1))
                        .set(INSTALLED_BY, null)
                        .set(ACTIVE, true)
                        .set(NOTES, null)
                        .set(TIER, "Gold")
                        .build());
    }

    @Test
    @DisplayName("FIELD-3: what was not asked for is absent, not blank")
    void leavesAbsentWhatWasNotAskedFor() {
        FieldValues row = MAP.readPart(JsonValue.parse("{\"name\":\"NB-1\",\"serialNumber\":null}"))
                .values();
        assertThat(row.fields()).containsExactly(NAME, SERIAL_NUMBER);
        assertThat(row.isBlank(SERIAL_NUMBER)).isTrue();

        FieldValues narrowed = MAP.only(Set.of(NAME, STATUS)::contains)
                .read(JsonValue.parse("{\"name\":\"NB-1\"}"))
                .values();
        assertThat(narrowed.fields()).containsExactly(NAME, STATUS);
    }

    @Test
    @DisplayName("FIELD-3: a value that the PSA masks is absent")
    void leavesAbsentWhatThePsaMasks() {
        FieldReading reading = MAP.hidden("*****"::equals)
                .read(JsonValue.parse("{\"name\":\"NB-1\",\"serialNumber\":\"*****\",\"type\":\"*****\"}"));
        assertThat(reading.problems()).isEmpty();
        assertThat(reading.values().has(SERIAL_NUMBER)).isFalse();
        assertThat(reading.values().has(TYPE)).isFalse();
        assertThat(reading.values().get(NAME)).isEqualTo("NB-1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00-1B-44-11-3A-B7, 00-1B-44-11-3A-B8",
                "n/a",
                "00:1B:44:11:3A:B7:00:00",
                "see the label on the back"
            })
    @DisplayName("FIELD-7: a text that is not one MAC address leaves the field out, says so, and the rest still syncs")
    void leavesOutAListOfMacAddresses(String text) {
        FieldReading reading = MAP.read(JsonValue.object().with("name", "NB-1").with("macAddress", text));
        assertThat(reading.isUnderstood()).isTrue();
        assertThat(reading.values().has(MAC_ADDRESS)).isFalse();
        assertThat(reading.values().get(NAME)).isEqualTo("NB-1");
        assertThat(reading.noteText())
                .isEqualTo("macAddress: The member \"macAddress\" holds a text of " + text.length()
                        + " characters that is not one MAC address; it is left out.");
    }

    @Test
    @DisplayName("PULL-4: a member of the wrong kind is named, its value is not, and the other fields are read")
    void namesAMemberOfTheWrongKind() {
        FieldReading reading = MAP.read(JsonValue.parse("""
                {"name": {"first": "hunter2"}, "type": "hunter2", "status": {"id": [1]}, "serialNumber": "S-1",
                 "warrantyExpirationDate": "hunter2", "inactiveFlag": "hunter2", "site": {"id": "  "}}
                """));
        assertThat(reading.isUnderstood()).isFalse();
        assertThat(reading.values().get(SERIAL_NUMBER)).isEqualTo("S-1");
        assertThat(reading.values().has(NAME)).isFalse();
        assertThat(reading.problems())
                .extracting(Problem::text)
                .containsExactlyInAnyOrder(
                        "The member \"name\" holds an object of 1 members where a text was expected.",
                        "The member \"type\" holds a text where an object was expected.",
                        "The member \"id\" holds an array of 1 elements where a text was expected.",
                        "The member \"warrantyExpirationDate\" holds a text where a date was expected.",
                        "The member \"inactiveFlag\" holds a text where true or false was expected.",
                        "The member \"site/id\" holds something that cannot be a reference.");
        assertThat(reading.problemText()).doesNotContain("hunter2");
    }

    @Test
    void aRecordThatIsNoObjectIsAProblemOfTheWholeRecord() {
        FieldReading reading = MAP.read(JsonValue.parse("[1,2]"));
        assertThat(reading.isUnderstood()).isFalse();
        assertThat(reading.values().isEmpty()).isTrue();
        assertThat(reading.problemText()).isEqualTo("The record is an array of 2 elements, not an object.");
    }

    @Test
    @DisplayName("FIELD-5: only the given fields are written, a blank one clears")
    void writesOnlyTheGivenFields() {
        FieldWriting writing = MAP.write(FieldValues.of(AssetKind.CONFIGURATION)
                .set(SERIAL_NUMBER, null)
                .set(STATUS, new Choice("2", "Active"))
                .set(LOCATION, null)
                .set(ACTIVE, false)
                .build());
        assertThat(writing.problems()).isEmpty();
        assertThat(writing.changes())
                .containsExactly(
                        new JsonChange(STATUS, "status", JsonValue.parse("{\"id\":2}")),
                        new JsonChange(SERIAL_NUMBER, "serialNumber", JsonValue.of("")),
                        new JsonChange(LOCATION, "site/id", JsonValue.of(null)),
                        new JsonChange(ACTIVE, "inactiveFlag", JsonValue.of(true)));
        assertThat(writing.body().toJson())
                .isEqualTo(
                        "{\"status\":{\"id\":2},\"serialNumber\":\"\",\"site\":{\"id\":null},\"inactiveFlag\":true}");
    }

    @Test
    @DisplayName("FIELD-5: where the PSA takes whole records, the rest is sent as just read")
    void laysChangesOverTheRecordAsRead() {
        JsonValue record = JsonValue.parse(
                        "{\"NAME\":\"A\",\"price\":12.3400,\"big\":12345678901234567890,\"customFields\":[{\"caption\":\"Tier\",\"value\":1}]}")
                .ignoringCase();
        FieldWriting writing = MAP.write(FieldValues.of(AssetKind.CONFIGURATION)
                .set(NAME, "B")
                .set(NOTES, "n")
                .set(TIER, "Gold")
                .build());
        assertThat(writing.onto(record).toJson())
                .isEqualTo("{\"NAME\":\"B\",\"price\":12.3400,\"big\":12345678901234567890,"
                        + "\"customFields\":[{\"caption\":\"Tier\",\"value\":\"Gold\"}],\"Description\":\"n\"}");
        assertThat(record.text("name")).isEqualTo("A");
    }

    @Test
    @DisplayName("FIELD-2: a value that is too long is refused by name and never cut; the others are written")
    void refusesWhatIsTooLong() {
        FieldWriting writing = MAP.write(FieldValues.of(AssetKind.CONFIGURATION)
                .set(NAME, "12345678901")
                .set(SERIAL_NUMBER, "S")
                .build());
        assertThat(writing.changes()).extracting(JsonChange::path).containsExactly("serialNumber");
        assertThat(writing.problems())
                .containsExactly(Problem.of(
                        NAME, Problem.Code.TOO_LONG, "The name has 11 characters, and the PSA holds 10; shorten it."));
        assertThatThrownBy(writing::orRefuse).isInstanceOf(ConnectorException.Rejected.class);

        FieldValues fits =
                FieldValues.of(AssetKind.CONFIGURATION).set(NAME, "1234567890").build();
        assertThat(MAP.write(fits).orRefuse().body().text("name")).isEqualTo("1234567890");
    }

    @Test
    @DisplayName("FIELD-8: a field that the PSA's interface cannot write is reported, not dropped, and hinders nothing")
    void reportsWhatCannotBeWritten() {
        FieldWriting writing = MAP.write(FieldValues.of(AssetKind.CONFIGURATION)
                        .set(NAME, "NB-1")
                        .set(INSTALLED_BY, new Choice("173", "Jan"))
                        .set(MODEL, Choice.named("R350"))
                        .build())
                .orRefuse();
        assertThat(writing.body().toJson()).isEqualTo("{\"name\":\"NB-1\"}");
        assertThat(writing.problems())
                .extracting(Problem::field, Problem::code)
                .containsExactly(
                        tuple(INSTALLED_BY, Problem.Code.NOT_WRITABLE), tuple(MODEL, Problem.Code.NOT_WRITABLE));
    }

    @Test
    @DisplayName("PUSH-8: a new record names all that is missing at once, and leaves out what is blank")
    void aNewRecordNamesAllThatIsMissing() {
        FieldWriting writing = MAP.writeNew(FieldValues.of(AssetKind.CONFIGURATION)
                .set(NAME, null)
                .set(SERIAL_NUMBER, null)
                .set(INSTALLED_BY, null)
                .set(MODEL, null)
                .set(NOTES, "n")
                .build());
        assertThat(writing.body().toJson()).isEqualTo("{\"Description\":\"n\"}");
        assertThat(writing.problems())
                .extracting(Problem::field, Problem::code)
                .containsExactly(tuple(NAME, Problem.Code.REQUIRED), tuple(TYPE, Problem.Code.REQUIRED));
    }

    @Test
    void namesFieldsThatTheConnectorWritesByItself() {
        FieldMap types = FieldMap.of(
                AssetKind.CONFIGURATION, map(TYPE, "type", JsonForms.choice()).writtenApart());
        FieldWriting writing = types.write(FieldValues.of(AssetKind.CONFIGURATION)
                .set(TYPE, new Choice("1", "A"))
                .build());
        assertThat(writing.changes()).isEmpty();
        assertThat(writing.problems()).isEmpty();
        assertThat(writing.apart()).isEqualTo(Set.of(TYPE));
        assertThat(types.rules().get(0).writable()).isTrue();
    }

    @Test
    @DisplayName("FIELD-2: the published rules are those by which values are written")
    void publishesItsRules() {
        assertThat(MAP.rules())
                .contains(
                        new FieldRule(NAME, Direction.BOTH, 10, true),
                        new FieldRule(INSTALLED_BY, Direction.PULL, 0, false),
                        new FieldRule(TIER, Direction.BOTH, 0, false))
                .hasSize(12);
        assertThat(MAP.paths()).startsWith("company", "name", "type").contains("customFields[caption=Tier]/value");
        assertThat(map(TicketFields.TITLE, "summary", JsonForms.text()).rule().writable())
                .isFalse();
    }

    @Test
    @DisplayName("FIELD-1: a host's own mapping joins the map, and a second one of a field replaces the first")
    void takesFurtherMappings() {
        FieldMap more = MAP.with(map(MODEL, "modelNumber", JsonForms.choiceText()))
                .with(map(NAME, "deviceName", JsonForms.text()));
        assertThat(more.read(JsonValue.parse("{\"modelNumber\":\"R350\",\"name\":\"a\",\"deviceName\":\"b\"}"))
                        .values()
                        .only(Set.of(NAME, MODEL)::contains))
                .isEqualTo(FieldValues.of(AssetKind.CONFIGURATION)
                        .set(NAME, "b")
                        .set(MODEL, Choice.named("R350"))
                        .build());
    }

    @Test
    void refusesAMapThatCannotWork() {
        FieldMapping<String> name = map(NAME, "name", JsonForms.text());
        for (List<FieldMapping<?>> wrong : List.<List<FieldMapping<?>>>of(
                List.of(name, name),
                List.of(map(TicketFields.TITLE, "summary", JsonForms.text())),
                List.of(map(NAME, "", JsonForms.text())))) {
            assertThatThrownBy(() -> FieldMap.of(AssetKind.CONFIGURATION, wrong.toArray(FieldMapping<?>[]::new)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        FieldValues ticket = FieldValues.empty(AssetKind.TICKET);
        assertThatThrownBy(() -> MAP.write(ticket)).isInstanceOf(IllegalArgumentException.class);
    }
}
