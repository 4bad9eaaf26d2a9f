package org.psasync.engine.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.psasync.engine.decide.GateReason.BOARD_NOT_SELECTED;
import static org.psasync.engine.decide.GateReason.CLASSIFICATION_NOT_SELECTED;
import static org.psasync.engine.decide.GateReason.INACTIVE;
import static org.psasync.engine.decide.GateReason.NO_TYPE;
import static org.psasync.engine.decide.GateReason.STATUS_NOT_SELECTED;
import static org.psasync.engine.decide.GateReason.STATUS_NOT_SHOWN;
import static org.psasync.engine.decide.GateReason.TOO_OLD;
import static org.psasync.engine.decide.GateReason.TYPE_NOT_SELECTED;
import static org.psasync.engine.decide.GateReason.TYPE_NOT_SHOWN;

import java.time.Duration;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.psasync.engine.Disposition;
import org.psasync.engine.Selection;
import org.psasync.engine.SyncSettings;
import org.psasync.engine.SyncSettings.Configurations;
import org.psasync.engine.SyncSettings.Organizations;
import org.psasync.engine.SyncSettings.TypeMode;
import org.psasync.model.AssetKind;
import org.psasync.model.Choice;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.ContactFields;
import org.psasync.model.FieldValues;
import org.psasync.model.LocationFields;
import org.psasync.model.OrganizationFields;
import org.psasync.model.PairId;
import org.psasync.model.SyncState;
import org.psasync.model.TicketFields;
import org.psasync.store.Observation;
import org.psasync.store.Pair;

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

    @Test
    @DisplayName("GATE-7: an inactive location is turned away")
    void turnsInactiveLocationsAway() {
        FieldValues site = FieldValues.empty(AssetKind.LOCATION);
        Gate gate = new Gate(Samples.policy());

        assertThat(gate.judge(site.with(LocationFields.ACTIVE, false), false)).containsExactly(INACTIVE);
        assertThat(gate.judge(site.with(LocationFields.ACTIVE, true), false)).isEmpty();
    }

    @Test
    @DisplayName("GATE-1: a classification counts where some are chosen, and where the PSA has one")
    void looksAtTheClassification() {
        Choice gold = new Choice("7", "Gold");
        UnaryOperator<SyncSettings> chosen = Samples.changed(change -> change.organizations = new Organizations(
                Selection.of(Set.of(Samples.CUSTOMER)), Selection.ALL, TypeMode.ALL, Selection.of(Set.of(gold))));
        Gate gate = new Gate(Samples.policy(chosen, Set.of(), null));
        Gate blind = new Gate(Samples.policy(chosen, Set.of(OrganizationFields.CLASSIFICATION), null));
        FieldValues company = company(Samples.ACTIVE, Samples.CUSTOMER);
        FieldValues classified = company.with(OrganizationFields.CLASSIFICATION, gold);
        FieldValues unclassified = company.with(OrganizationFields.CLASSIFICATION, null);

        assertThat(gate.judge(classified, false)).isEmpty();
        assertThat(gate.judge(unclassified, false)).containsExactly(CLASSIFICATION_NOT_SELECTED);
        assertThat(gate.judge(company, false)).as("not read").isEmpty();
        assertThat(blind.judge(unclassified, false)).isEmpty();
        assertThat(new Gate(Samples.policy()).judge(unclassified, false))
                .as("all of them, none too")
                .isEmpty();
    }

    @Test
    @DisplayName("GATE-2: with ANY one selected type suffices")
    void takesAnyType() {
        UnaryOperator<SyncSettings> any = Samples.changed(change -> change.organizations =
                new Organizations(Selection.of(Set.of(Samples.CUSTOMER)), Selection.ALL, TypeMode.ANY, Selection.ALL));
        Gate gate = new Gate(Samples.policy(any, Set.of(), null));

        assertThat(gate.judge(company(Samples.ACTIVE, Samples.CUSTOMER, Samples.VENDOR), false))
                .isEmpty();
        assertThat(gate.judge(company(Samples.ACTIVE, Samples.VENDOR), false)).containsExactly(TYPE_NOT_SELECTED);
    }

    // The organization -----------------------------------------------------------------------------------------------

    private static Gate.Organization standing(Policy policy, FieldValues device, Pair... pairs) {
        return new Gate(policy).organization(device, Facts.links(pairs));
    }

    private static Pair.Builder unlinked(Choice type) {
        return Facts.organization(null, type).toBuilder();
    }

    private static Pair onlyHere(@Nullable Disposition disposition) {
        return Pair.ofLocal(new PairId(0, 1), Facts.ORGANIZATION).toBuilder()
                .disposition(disposition)
                .build();
    }

    static Stream<Arguments> organizations() {
        Observation seen = Samples.observed(Facts.company(Samples.CUSTOMER));
        Observation deleted = new Observation(seen.values(), seen.version(), true, Samples.NOW, null);
        Observation hidden = seen.withAbsence(new Observation.Absence(Samples.NOW, false));
        return Stream.of(
                arguments(Facts.organization(SyncState.SYNCING, Samples.CUSTOMER), Gate.Organization.SYNCING),
                arguments(Facts.organization(SyncState.ORPHANED, Samples.CUSTOMER), Gate.Organization.NOT_SYNCING),
                arguments(Facts.organization(SyncState.DISABLED, Samples.CUSTOMER), Gate.Organization.NOT_SYNCING),
                arguments(unlinked(Samples.CUSTOMER).build(), Gate.Organization.PENDING),
                arguments(unlinked(Samples.VENDOR).build(), Gate.Organization.NOT_SYNCING),
                arguments(unlinked(Samples.CUSTOMER).observed(deleted).build(), Gate.Organization.NOT_SYNCING),
                arguments(unlinked(Samples.CUSTOMER).observed(hidden).build(), Gate.Organization.NOT_SYNCING),
                arguments(unlinked(Samples.CUSTOMER).observed(null).build(), Gate.Organization.NOT_SYNCING));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("organizations")
    @DisplayName("GATE-1, PULL-1: a record goes with its organization, and waits for one that is to be linked")
    void goesWithItsOrganization(Pair organization, Gate.Organization expected) {
        assertThat(standing(Samples.policy(), Facts.GOOD_THERE, organization)).isEqualTo(expected);
    }

    @Test
    @DisplayName("GATE-1: a record under an organization of the host waits for it while it is to go to the PSA")
    void waitsForALocalOrganization() {
        Policy oneWay = Samples.policy(Samples::oneWay, Set.of(), null);

        assertThat(standing(Samples.policy(), Facts.GOOD_HERE, onlyHere(null))).isEqualTo(Gate.Organization.PENDING);
        assertThat(standing(Samples.policy(), Facts.GOOD_HERE, onlyHere(Disposition.AWAITING_CONFIRMATION)))
                .isEqualTo(Gate.Organization.PENDING);
        assertThat(standing(Samples.policy(), Facts.GOOD_HERE, onlyHere(Disposition.NOT_SELECTED)))
                .isEqualTo(Gate.Organization.NOT_SYNCING);
        assertThat(standing(Samples.policy(), Facts.GOOD_HERE, onlyHere(Disposition.UNKNOWN)))
                .isEqualTo(Gate.Organization.NOT_SYNCING);
        assertThat(standing(oneWay, Facts.GOOD_HERE, onlyHere(null))).isEqualTo(Gate.Organization.NOT_SYNCING);
    }

    @Test
    @DisplayName("GATE-1: a record that names no organization, or one that nobody knows, does not sync")
    void needsAnOrganization() {
        FieldValues none = Facts.GOOD_THERE.with(ConfigurationFields.ORGANIZATION, null);
        FieldValues unread = Facts.GOOD_THERE.only(field -> !field.equals(ConfigurationFields.ORGANIZATION));

        assertThat(standing(Samples.policy(), none)).isEqualTo(Gate.Organization.NONE);
        assertThat(standing(Samples.policy(), unread)).isEqualTo(Gate.Organization.NOT_SYNCING);
        assertThat(standing(Samples.policy(), Facts.GOOD_THERE)).isEqualTo(Gate.Organization.NOT_SYNCING);
        assertThat(standing(Samples.policy(), Facts.company(Samples.VENDOR)))
                .as("an organization is its own")
                .isEqualTo(Gate.Organization.SYNCING);
        assertThat(new Gate(Samples.policy()).reasons(none, false, Gate.Organization.NONE))
                .containsExactly(GateReason.NO_ORGANIZATION);
        assertThat(new Gate(Samples.policy()).reasons(none, false, Gate.Organization.PENDING))
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(GateReason.class)
    @DisplayName("GATE-5: each reason names its rule and says what is against the record")
    void saysWhatIsAgainstIt(GateReason reason) {
        assertThat(reason.rule()).matches("(GATE|PULL|FIELD)-\\d");
        assertThat(reason.words()).isNotBlank();
    }
}
