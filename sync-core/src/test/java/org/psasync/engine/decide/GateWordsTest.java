package org.psasync.engine.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.psasync.engine.decide.GateReason.BOARD_NOT_SELECTED;
import static org.psasync.engine.decide.GateReason.CLASSIFICATION_NOT_SELECTED;
import static org.psasync.engine.decide.GateReason.INACTIVE;
import static org.psasync.engine.decide.GateReason.KIND_NOT_ENABLED;
import static org.psasync.engine.decide.GateReason.NO_ORGANIZATION;
import static org.psasync.engine.decide.GateReason.NO_TYPE;
import static org.psasync.engine.decide.GateReason.ORGANIZATION_NOT_SYNCING;
import static org.psasync.engine.decide.GateReason.STATUS_NOT_SELECTED;
import static org.psasync.engine.decide.GateReason.TOO_OLD;
import static org.psasync.engine.decide.GateReason.TYPE_NOT_SELECTED;
import static org.psasync.engine.decide.Samples.ACTIVE;
import static org.psasync.engine.decide.Samples.CUSTOMER;
import static org.psasync.engine.decide.Samples.PRINTER;
import static org.psasync.engine.decide.Samples.SERVER;
import static org.psasync.engine.decide.Samples.VENDOR;
import static org.psasync.model.AssetKind.CONFIGURATION;
import static org.psasync.model.AssetKind.CONTACT;
import static org.psasync.model.AssetKind.ORGANIZATION;
import static org.psasync.model.AssetKind.TICKET;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.psasync.engine.Selection;
import org.psasync.engine.SyncSettings.Configurations;
import org.psasync.engine.SyncSettings.Organizations;
import org.psasync.engine.SyncSettings.Tickets;
import org.psasync.engine.SyncSettings.TypeMode;
import org.psasync.model.Choice;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.FieldValues;
import org.psasync.model.OrganizationFields;
import org.psasync.model.TicketFields;

/** What people read about the gate: each reason in the record's own values, and the smallest change that opens it. */
class GateWordsTest {
    private static final Choice GOLD = new Choice("7", "Gold");
    private static final Policy SOME = Samples.policy(
            Samples.changed(change -> {
                change.organizations = new Organizations(
                        Selection.of(Set.of(CUSTOMER)),
                        Selection.of(Set.of(ACTIVE)),
                        TypeMode.ALL,
                        Selection.of(Set.of(GOLD)));
                change.configurations = new Configurations(
                        Selection.of(Set.of(SERVER, PRINTER)), Selection.of(Set.of(ACTIVE)), false, false);
                change.tickets = new Tickets(Selection.of(Set.of(ACTIVE)), Duration.ofDays(90));
            }),
            Set.of(),
            Samples.UNTYPED);
    private static final Policy NONE = Samples.policy(
            Samples.changed(change -> {
                change.organizations = new Organizations(Selection.NONE, Selection.NONE, TypeMode.ALL, Selection.NONE);
                change.configurations = new Configurations(Selection.NONE, Selection.NONE, false, false);
                change.tickets = new Tickets(Selection.NONE, Duration.ofDays(90));
            }),
            Set.of(),
            null);
    private static final FieldValues DEVICE = FieldValues.of(CONFIGURATION)
            .set(ConfigurationFields.TYPE, VENDOR)
            .set(ConfigurationFields.STATUS, Samples.INACTIVE)
            .build();
    private static final FieldValues COMPANY = FieldValues.of(ORGANIZATION)
            .set(OrganizationFields.TYPES, Set.of(CUSTOMER, VENDOR))
            .set(OrganizationFields.STATUS, Samples.INACTIVE)
            .set(OrganizationFields.CLASSIFICATION, PRINTER)
            .build();
    private static final FieldValues TICKET_ON_BOARD = FieldValues.empty(TICKET).with(TicketFields.BOARD, VENDOR);

    private static FieldValues blank(FieldValues values) {
        FieldValues.Builder blank = FieldValues.of(values.kind());
        values.fields().forEach(field -> blank.set(field, null));
        return blank.build();
    }

    static Stream<Arguments> reasons() {
        return Stream.of(
                arguments(KIND_NOT_ENABLED, DEVICE, "GATE-1: this kind of record is not enabled"),
                arguments(NO_TYPE, DEVICE, "GATE-2: it has no type"),
                arguments(TYPE_NOT_SELECTED, DEVICE, "GATE-1: its type ‹Vendor› is not selected"),
                arguments(TYPE_NOT_SELECTED, COMPANY, "GATE-1: its type ‹Vendor› is not selected"),
                arguments(TYPE_NOT_SELECTED, blank(DEVICE), "GATE-1: its type (none) is not selected"),
                arguments(TYPE_NOT_SELECTED, blank(COMPANY), "GATE-1: its type (none) is not selected"),
                arguments(STATUS_NOT_SELECTED, DEVICE, "GATE-1: its status ‹Inactive› is not selected"),
                arguments(STATUS_NOT_SELECTED, blank(COMPANY), "GATE-1: it has no status"),
                arguments(CLASSIFICATION_NOT_SELECTED, COMPANY, "GATE-1: its classification ‹Printer› is not selected"),
                arguments(CLASSIFICATION_NOT_SELECTED, blank(COMPANY), "GATE-1: it has no classification"),
                arguments(BOARD_NOT_SELECTED, TICKET_ON_BOARD, "PULL-7: its board ‹Vendor› is not selected"),
                arguments(BOARD_NOT_SELECTED, blank(TICKET_ON_BOARD), "PULL-7: it is on no board"),
                arguments(TOO_OLD, TICKET_ON_BOARD, "PULL-7: it did not change for longer than the settings ask for"),
                arguments(INACTIVE, DEVICE, "GATE-7: it is inactive"),
                arguments(NO_ORGANIZATION, DEVICE, "GATE-1: it belongs to no organization"),
                arguments(ORGANIZATION_NOT_SYNCING, DEVICE, "GATE-1: its organization does not sync"));
    }

    @ParameterizedTest(name = "{2}")
    @MethodSource("reasons")
    @DisplayName("GATE-5, WHY-1: each reason is told in the record's own values")
    void tellsEachReason(GateReason reason, FieldValues values, String expected) {
        assertThat(new GateWords(SOME).because(EnumSet.of(reason), values))
                .extracting(Because::toString)
                .containsExactly(expected);
    }

    static Stream<Arguments> steps() {
        return Stream.of(
                arguments(KIND_NOT_ENABLED, FieldValues.empty(CONTACT), "enable contacts in the settings"),
                arguments(
                        NO_TYPE,
                        DEVICE,
                        "give it a type, one of ‹Printer›, ‹Server›, or include configurations without a type in the"
                                + " settings"),
                arguments(NO_TYPE, COMPANY, "give it a type, ‹Customer›"),
                arguments(
                        TYPE_NOT_SELECTED,
                        DEVICE,
                        "select its type ‹Vendor› in the settings, or change it to one of ‹Printer›, ‹Server›"),
                arguments(
                        TYPE_NOT_SELECTED,
                        COMPANY,
                        "select its type ‹Vendor› in the settings, or change it to ‹Customer›"),
                arguments(
                        STATUS_NOT_SELECTED,
                        DEVICE,
                        "select its status ‹Inactive› in the settings, or change it to ‹Active›"),
                arguments(STATUS_NOT_SELECTED, blank(COMPANY), "give it a status, ‹Active›"),
                arguments(
                        CLASSIFICATION_NOT_SELECTED,
                        COMPANY,
                        "select its classification ‹Printer› in the settings, or change it to ‹Gold›"),
                arguments(CLASSIFICATION_NOT_SELECTED, blank(COMPANY), "give it a classification, ‹Gold›"),
                arguments(
                        BOARD_NOT_SELECTED,
                        TICKET_ON_BOARD,
                        "select its board ‹Vendor› in the settings, or change it to ‹Active›"),
                arguments(BOARD_NOT_SELECTED, blank(TICKET_ON_BOARD), "give it a board, ‹Active›"),
                arguments(TOO_OLD, TICKET_ON_BOARD, "lengthen the time for which tickets are pulled"),
                arguments(INACTIVE, DEVICE, "make it active, or include inactive configurations in the settings"),
                arguments(INACTIVE, FieldValues.empty(CONTACT), "make it active"),
                arguments(NO_ORGANIZATION, DEVICE, "give it an organization"),
                arguments(ORGANIZATION_NOT_SYNCING, DEVICE, "let its organization sync"));
    }

    @ParameterizedTest(name = "{2}")
    @MethodSource("steps")
    @DisplayName("WHY-1: for each reason there is the smallest change that would open the gate")
    void tellsTheWayOut(GateReason reason, FieldValues values, String expected) {
        assertThat(new GateWords(SOME).steps(EnumSet.of(reason), values, false)).containsExactly(expected);
    }

    static Stream<Arguments> stepsInThePsa() {
        return Stream.of(
                arguments(
                        TYPE_NOT_SELECTED,
                        DEVICE,
                        "select its type ‹Vendor› in the settings, or change it in Fake PSA to one of ‹Printer›, ‹Server›"),
                arguments(STATUS_NOT_SELECTED, blank(COMPANY), "give it a status in Fake PSA, ‹Active›"),
                arguments(INACTIVE, FieldValues.empty(CONTACT), "make it active in Fake PSA"),
                arguments(NO_ORGANIZATION, DEVICE, "give it an organization in Fake PSA"));
    }

    @ParameterizedTest(name = "{2}")
    @MethodSource("stepsInThePsa")
    @DisplayName("WHY-1: a record of the PSA is to be changed there")
    void namesThePsa(GateReason reason, FieldValues values, String expected) {
        assertThat(new GateWords(SOME).steps(EnumSet.of(reason), values, true)).containsExactly(expected);
    }

    static Stream<Arguments> stepsWithoutSelection() {
        return Stream.of(
                arguments(TYPE_NOT_SELECTED, DEVICE, "select its type ‹Vendor› in the settings"),
                arguments(NO_TYPE, DEVICE, "give it a type and select that in the settings"),
                arguments(NO_TYPE, COMPANY, "give it a type and select that in the settings"),
                arguments(STATUS_NOT_SELECTED, COMPANY, "select its status ‹Inactive› in the settings"),
                arguments(
                        BOARD_NOT_SELECTED, blank(TICKET_ON_BOARD), "give it a board and select that in the settings"));
    }

    @ParameterizedTest(name = "{2}")
    @MethodSource("stepsWithoutSelection")
    @DisplayName("WHY-1: where nothing is selected, there is nothing to change the record to")
    void hasNothingToChangeItTo(GateReason reason, FieldValues values, String expected) {
        assertThat(new GateWords(NONE).steps(EnumSet.of(reason), values, false)).containsExactly(expected);
    }

    @Test
    @DisplayName("WHY-1: where every status passes, any will do")
    void takesAnyStatus() {
        Policy policy = Samples.policy(
                Samples.changed(change -> change.organizations =
                        new Organizations(Selection.of(Set.of(CUSTOMER)), Selection.ALL, TypeMode.ALL, Selection.ALL)),
                Set.of(),
                null);

        assertThat(new GateWords(policy).steps(EnumSet.of(STATUS_NOT_SELECTED), blank(COMPANY), false))
                .containsExactly("give it a status");
    }

    @Test
    @DisplayName("WHY-1: all steps are one sentence; choosing a type or a board is what enables its kind")
    void saysItInOneSentence() {
        GateWords words = new GateWords(SOME);

        assertThat(words.remedy(EnumSet.of(INACTIVE, NO_ORGANIZATION), FieldValues.empty(CONTACT), true))
                .isEqualTo("Make it active in Fake PSA; give it an organization in Fake PSA.");
        assertThat(words.steps(EnumSet.of(KIND_NOT_ENABLED, TYPE_NOT_SELECTED), DEVICE, false))
                .hasSize(1)
                .first()
                .asString()
                .startsWith("select its type");
        assertThat(words.steps(EnumSet.of(KIND_NOT_ENABLED, BOARD_NOT_SELECTED), TICKET_ON_BOARD, false))
                .hasSize(1);
        assertThat(words.steps(EnumSet.of(KIND_NOT_ENABLED, STATUS_NOT_SELECTED), DEVICE, false))
                .isEqualTo(List.of(
                        "enable configurations in the settings",
                        "select its status ‹Inactive› in the settings, or change it to ‹Active›"));
    }
}
