package org.psasync.engine.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.psasync.engine.decide.GateReason.BOARD_NOT_SELECTED;
import static org.psasync.engine.decide.GateReason.INACTIVE;
import static org.psasync.engine.decide.GateReason.NO_TYPE;
import static org.psasync.engine.decide.GateReason.STATUS_NOT_SELECTED;
import static org.psasync.engine.decide.GateReason.STATUS_NOT_SHOWN;
import static org.psasync.engine.decide.GateReason.TOO_OLD;
import static org.psasync.engine.decide.GateReason.TYPE_NOT_SELECTED;
import static org.psasync.engine.decide.GateReason.TYPE_NOT_SHOWN;

import java.time.Duration;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.psasync.engine.Selection;
import org.psasync.engine.SyncSettings.Configurations;
import org.psasync.model.AssetKind;
import org.psasync.model.Choice;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.ContactFields;
import org.psasync.model.FieldValues;
import org.psasync.model.OrganizationFields;
import org.psasync.model.TicketFields;
import org.psasync.store.Observation;

class GateTest {
    private static FieldValues company(Choice status, Choice... types) {
        return FieldValues.of(AssetKind.ORGANIZATION)
                .set(OrganizationFields.NAME, "Acme")
                .set(OrganizationFields.TYPES, Set.of(types))
                .set(OrganizationFields.STATUS, status)
                .build();
    }

    private static FieldValues device(@Nullable Choice type, Choice status, boolean active) {
        return FieldValues.of(AssetKind.CONFIGURATION)
                .set(ConfigurationFields.TYPE, type)
                .set(ConfigurationFields.STATUS, status)
                .set(ConfigurationFields.ACTIVE, active)
                .build();
    }

    private static FieldValues ticket(Choice board, int daysOld) {
        return FieldValues.of(AssetKind.TICKET)
                .set(TicketFields.BOARD, board)
                .set(TicketFields.UPDATED, Samples.NOW.minus(Duration.ofDays(daysOld)))
                .build();
    }

    static Stream<Arguments> table() {
        Choice customer = Samples.CUSTOMER;
        Choice vendor = Samples.VENDOR;
        Choice active = Samples.ACTIVE;
        Choice inactive = Samples.INACTIVE;
        return Stream.of(
                arguments("GATE-1", company(active, customer), Set.of()),
                arguments("GATE-1", company(active, vendor), Set.of(TYPE_NOT_SELECTED)),
                arguments("GATE-1", company(inactive, customer), Set.of(STATUS_NOT_SELECTED)),
                arguments("GATE-5", company(inactive, vendor), Set.of(TYPE_NOT_SELECTED, STATUS_NOT_SELECTED)),
                arguments("GATE-2", company(active, customer, vendor), Set.of(TYPE_NOT_SELECTED)),
                arguments("GATE-2", company(active), Set.of(NO_TYPE)),
                arguments("GATE-1", device(Samples.SERVER, active, true), Set.of()),
                arguments("GATE-1", device(Samples.PRINTER, active, true), Set.of(TYPE_NOT_SELECTED)),
                arguments("GATE-2", device(null, active, true), Set.of(NO_TYPE)),
                arguments("GATE-4", device(Samples.UNTYPED, active, true), Set.of(NO_TYPE)),
                arguments("GATE-7", device(Samples.SERVER, active, false), Set.of(INACTIVE)),
                arguments(
                        "GATE-7",
                        FieldValues.of(AssetKind.CONTACT)
                                .set(ContactFields.ACTIVE, false)
                                .build(),
                        Set.of(INACTIVE)),
                arguments("PULL-7", ticket(active, 1), Set.of()),
                arguments("PULL-7", ticket(inactive, 91), Set.of(BOARD_NOT_SELECTED, TOO_OLD)),
                arguments(
                        "FIELD-3",
                        FieldValues.of(AssetKind.TICKET)
                                .set(TicketFields.TITLE, "t")
                                .build(),
                        Set.of()),
                arguments("FIELD-3", FieldValues.empty(AssetKind.ORGANIZATION), Set.of()));
    }

    @ParameterizedTest(name = "{0}: {1}: {2}")
    @MethodSource("table")
    @DisplayName("GATE-1 to GATE-7: every reason against a record is named")
    void namesEveryReason(String rule, FieldValues values, Set<GateReason> expected) {
        Gate gate = new Gate(Samples.policy(settings -> settings, Set.of(), Samples.UNTYPED));
        assertThat(gate.judge(values, false)).as(rule).isEqualTo(expected);
    }

    @Test
    @DisplayName("FIELD-3, GATE-1: of a new record of the PSA all that decides has to be shown, unless all is selected")
    void asksForWhatDecides() {
        Observation bare = Samples.observed(FieldValues.empty(AssetKind.ORGANIZATION));
        Observation device = Samples.observed(FieldValues.empty(AssetKind.CONFIGURATION));

        assertThat(new Gate(Samples.policy()).judgeNew(bare)).containsExactly(TYPE_NOT_SHOWN, STATUS_NOT_SHOWN);
        Configurations all = new Configurations(Selection.ALL, Selection.ALL, true, false);
        assertThat(new Gate(Samples.policy(Samples.configurations(all), Set.of(), null)).judgeNew(device))
                .isEmpty();
        assertThat(new Gate(Samples.policy()).judgeNew(bare.asRow()))
                .as("the details may show it")
                .isEmpty();
    }

    @Test
    @DisplayName("GATE-4: configurations without type pass if the settings say so")
    void letsConfigurationsWithoutTypePass() {
        Configurations chosen = new Configurations(Selection.NONE, Selection.ALL, true, false);
        Gate gate = new Gate(Samples.policy(Samples.configurations(chosen), Set.of(), Samples.UNTYPED));

        assertThat(gate.judge(device(null, Samples.ACTIVE, true), false)).isEmpty();
        assertThat(gate.judge(device(Samples.UNTYPED, Samples.ACTIVE, true), false))
                .isEmpty();
    }

    @Test
    @DisplayName("PULL-7: a ticket that is linked does not become too old")
    void keepsOldTickets() {
        assertThat(new Gate(Samples.policy()).judge(ticket(Samples.ACTIVE, 200), true))
                .isEmpty();
    }
}
