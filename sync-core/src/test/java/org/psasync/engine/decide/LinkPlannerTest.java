package org.psasync.engine.decide;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.psasync.engine.decide.Facts.COMPANY;
import static org.psasync.engine.decide.Facts.GOOD_HERE;
import static org.psasync.engine.decide.Facts.GOOD_THERE;
import static org.psasync.engine.decide.Facts.facts;
import static org.psasync.engine.decide.Facts.link;
import static org.psasync.engine.decide.Facts.links;
import static org.psasync.engine.decide.Facts.organization;
import static org.psasync.engine.decide.Facts.syncing;
import static org.psasync.engine.decide.Samples.CUSTOMER;
import static org.psasync.engine.decide.Samples.INACTIVE;
import static org.psasync.engine.decide.Samples.NOW;
import static org.psasync.engine.decide.Samples.PRINTER;
import static org.psasync.model.ConfigurationFields.ACTIVE;
import static org.psasync.model.ConfigurationFields.NOTES;
import static org.psasync.model.ConfigurationFields.STATUS;
import static org.psasync.model.ConfigurationFields.TYPE;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.engine.Disposition;
import org.psasync.model.AssetKind;
import org.psasync.model.FieldValues;
import org.psasync.model.LocalId;
import org.psasync.model.OrganizationFields;
import org.psasync.model.OrphanReason;
import org.psasync.model.PairId;
import org.psasync.model.Problem;
import org.psasync.model.SyncState;
import org.psasync.spi.RemoteVersion;
import org.psasync.store.Base;
import org.psasync.store.Grant;
import org.psasync.store.Observation;
import org.psasync.store.Observation.Absence;
import org.psasync.store.Pair;
import org.psasync.store.Trouble;
import org.psasync.store.Trouble.Failure;
import org.psasync.store.Trouble.Side;

/** What becomes of a link, by what each side shows of it. */
class LinkPlannerTest {
    private final Planner planner = new Planner(Samples.policy());

    private Decision.Keep keep(Pair.Builder pair) {
        return (Decision.Keep) planner.decide(facts(pair, GOOD_HERE, syncing()));
    }

    private static Base base(FieldValues here, FieldValues there) {
        return new Base(here, there);
    }

    // Gone -----------------------------------------------------------------------------------------------------------

    private Decision.Keep seen(Observation observed) {
        return keep(link(GOOD_THERE).observed(observed));
    }

    @Test
    @DisplayName(
            "STATE-5: only the PSA's own flag, or a proven absence, is a deletion; what stays away otherwise is hidden")
    void tellsDeletedFromInvisible() {
        Observation deleted = new Observation(GOOD_THERE, RemoteVersion.UNKNOWN, true, NOW, null);
        Observation proven = Samples.observed(GOOD_THERE).withAbsence(new Absence(NOW, true));
        Observation suspect = Samples.observed(GOOD_THERE).withAbsence(new Absence(NOW, false));

        for (Observation gone : List.of(deleted, proven)) {
            Decision.Keep keep = seen(gone);
            assertThat(keep.standing().state()).isEqualTo(SyncState.ORPHANED);
            assertThat(keep.standing().reasons()).containsExactly(OrphanReason.DELETED_IN_PSA);
            assertThat(keep.verdict().text()).contains("it was deleted in Fake PSA");
            assertThat(keep.verdict().remedy()).startsWith("Restore it");
            assertThat(keep.merge()).isEqualTo(Merge.nothing(AssetKind.CONFIGURATION));
        }
        Decision.Keep hidden = seen(suspect);
        assertThat(hidden.standing().reasons()).containsExactly(OrphanReason.NOT_VISIBLE);
        assertThat(hidden.verdict().text()).contains("no longer shows it; that does not prove that it was deleted");
        assertThat(hidden.verdict().remedy()).contains("the right to see it");
        Decision.Keep unseen = keep(link(GOOD_THERE).observed(null));
        assertThat(unseen.standing().reasons()).containsExactly(OrphanReason.NOT_VISIBLE);
    }

    @Test
    @DisplayName("STATE-6: a link whose local record was deleted is disabled, and says so")
    void disablesWhatWasDeletedInTheHost() {
        Decision decision = planner.decide(facts(link(GOOD_THERE), null, syncing()));

        assertThat(decision).isInstanceOf(Decision.Disable.class);
        assertThat(decision.verdict().disposition()).isEqualTo(Disposition.DISABLED);
        assertThat(decision.verdict().remedy()).isEqualTo("Reconnect it.");
    }

    // Not understood -------------------------------------------------------------------------------------------------

    private static Trouble failing(Side side, boolean refused) {
        return Trouble.NONE.withFailure(new Failure(
                side,
                List.of(Problem.ofRecord(Problem.Code.INVALID, "It has no name.")),
                1,
                refused ? GOOD_HERE : null));
    }

    private boolean isSetAside(Pair.Builder pair) {
        Decision.Keep keep = keep(pair);
        boolean setAside = keep.verdict().disposition() == Disposition.REFUSED_BY_PSA;
        if (setAside) {
            assertThat(keep.verdict().text()).contains("It has no name.");
            assertThat(keep.verdict().remedy()).startsWith("Correct the record in Fake PSA");
            assertThat(keep.merge()).isEqualTo(Merge.nothing(AssetKind.CONFIGURATION));
            assertThat(keep.standing()).isEqualTo(Decision.Standing.SYNCING);
        }
        return setAside;
    }

    @Test
    @DisplayName("PULL-4: a record that could not be understood is set aside with its error until it was read again")
    void setsAsideWhatIsNotUnderstood() {
        Trouble unread = failing(Side.PSA, false);

        assertThat(isSetAside(link(GOOD_THERE).mustRead(true).trouble(unread))).isTrue();
        assertThat(isSetAside(link(GOOD_THERE).mustRead(false).trouble(unread))).isFalse();
        assertThat(isSetAside(link(GOOD_THERE).mustRead(true).dirty(true).trouble(unread)))
                .isTrue();
        assertThat(isSetAside(link(GOOD_THERE).mustRead(true))).isFalse();
        assertThat(isSetAside(link(GOOD_THERE).mustRead(true).trouble(failing(Side.HOST, false))))
                .isFalse();
        assertThat(isSetAside(link(GOOD_THERE).mustRead(true).trouble(failing(Side.PSA, true))))
                .isFalse();
    }

    // The gate -------------------------------------------------------------------------------------------------------

    private static final FieldValues OLD_HERE = GOOD_HERE.with(NOTES, "old").with(ACTIVE, true);
    private static final FieldValues OLD_THERE = GOOD_THERE.with(NOTES, "old").with(ACTIVE, true);

    @Test
    @DisplayName("PULL-6: an orphan goes on following activity, type and status of the PSA record, and nothing else")
    void followsActivityTypeAndStatus() {
        FieldValues there = OLD_THERE
                .with(TYPE, PRINTER)
                .with(STATUS, INACTIVE)
                .with(ACTIVE, false)
                .with(NOTES, "new");
        Pair.Builder pair = link(there).base(base(OLD_HERE, OLD_THERE));

        Decision.Keep keep = (Decision.Keep) planner.decide(facts(pair, OLD_HERE, syncing()));

        assertThat(keep.standing().state()).isEqualTo(SyncState.ORPHANED);
        assertThat(keep.verdict().disposition()).isEqualTo(Disposition.ORPHANED);
        assertThat(keep.verdict().remedy()).contains("in Fake PSA");
        assertThat(keep.merge().pull().fields()).containsExactly(TYPE, STATUS, ACTIVE);
        assertThat(keep.merge().push().isEmpty()).isTrue();
    }

    @Test
    @DisplayName("PULL-6: an organization that leaves follows its types")
    void followsTheTypesOfAnOrganization() {
        FieldValues here = Facts.company(CUSTOMER).with(OrganizationFields.SHORT_NAME, "ACM");
        FieldValues there =
                here.with(OrganizationFields.TYPES, Set.of(PRINTER)).with(OrganizationFields.SHORT_NAME, "A");
        Pair.Builder pair = Pair.ofRemote(new PairId(0, 1), COMPANY).toBuilder()
                .local(new LocalId("organization"))
                .state(SyncState.SYNCING)
                .observed(Samples.observed(there))
                .base(base(here, here));

        Decision.Keep keep = (Decision.Keep) planner.decide(facts(pair, here, LinkTable.NONE));

        assertThat(keep.standing().state()).isEqualTo(SyncState.ORPHANED);
        assertThat(keep.merge().pull().fields()).containsExactly(OrganizationFields.TYPES);
    }

    @Test
    @DisplayName(
            "GATE-6: a granted change that closes the gate is still pushed; a gate that was closed already stays so")
    void pushesTheChangeThatClosesTheGate() {
        FieldValues printer = OLD_HERE.with(TYPE, PRINTER);
        Grant grant = new Grant(printer, "ursula", NOW);
        Pair.Builder open = link(OLD_THERE).base(base(OLD_HERE, OLD_THERE)).grant(grant);
        FieldValues hidden = OLD_THERE.with(STATUS, INACTIVE);
        Pair.Builder closed = link(hidden).base(base(OLD_HERE, OLD_THERE)).grant(grant);

        Decision.Keep pushed = (Decision.Keep) planner.decide(facts(open, printer, syncing()));
        Decision.Keep orphan = (Decision.Keep) planner.decide(facts(closed, printer, syncing()));

        assertThat(pushed.merge().push().fields()).containsExactly(TYPE);
        assertThat(pushed.standing()).isEqualTo(Decision.Standing.SYNCING);
        assertThat(pushed.verdict().because()).extracting(Because::rule).contains("GATE-6");
        assertThat(orphan.merge().push().isEmpty()).isTrue();
        assertThat(orphan.standing().state()).isEqualTo(SyncState.ORPHANED);
    }

    @Test
    @DisplayName("GATE-6: a granted change that opens the gate is pushed at once")
    void pushesTheChangeThatOpensTheGate() {
        FieldValues printerThere = OLD_THERE.with(TYPE, PRINTER);
        Pair.Builder pair = link(printerThere)
                .state(SyncState.ORPHANED)
                .base(base(OLD_HERE.with(TYPE, PRINTER), printerThere))
                .grant(new Grant(OLD_HERE, "ursula", NOW));

        Decision.Keep keep = (Decision.Keep) planner.decide(facts(pair, OLD_HERE, syncing()));

        assertThat(keep.merge().push().fields()).containsExactly(TYPE);
        assertThat(keep.standing()).isEqualTo(Decision.Standing.SYNCING);
        assertThat(keep.verdict().because()).extracting(Because::rule).doesNotContain("GATE-6");
    }

    @Test
    @DisplayName("FIELD-10: a record that moved to an organization that is not linked yet waits for it where it stands")
    void waitsForItsOrganization() {
        Pair.Builder pair = link(OLD_THERE.with(NOTES, "new"))
                .state(SyncState.ORPHANED)
                .orphaned(Set.of(OrphanReason.INACTIVE))
                .base(base(OLD_HERE, OLD_THERE));

        Decision.Keep keep = (Decision.Keep) planner.decide(facts(pair, OLD_HERE, links(organization(null, CUSTOMER))));

        assertThat(keep.verdict().disposition()).isEqualTo(Disposition.WAITING_FOR_RECORD);
        assertThat(keep.standing().state()).isEqualTo(SyncState.ORPHANED);
        assertThat(keep.standing().reasons()).containsExactly(OrphanReason.INACTIVE);
        assertThat(keep.merge().writes()).isFalse();
        assertThat(keep.merge().awaited()).containsExactly(COMPANY);
    }

    // Open -----------------------------------------------------------------------------------------------------------

    @Test
    @DisplayName("MERGE-6: before a write to the PSA its record is read in the same step")
    void readsBeforeItWrites() {
        FieldValues mine = OLD_HERE.with(NOTES, "mine");
        PairFacts fresh = facts(
                link(OLD_THERE).base(base(OLD_HERE, OLD_THERE)).grant(new Grant(mine, "ursula", NOW)), mine, syncing());
        PairFacts stale = new PairFacts(
                fresh.pair(), requireNonNull(fresh.local()), false, fresh.links(), null, null, false, false, null);

        Decision.Need need = (Decision.Need) planner.decide(stale);
        Decision now = planner.decide(stale.asIfFresh());

        assertThat(need.what()).isEqualTo(Decision.What.FRESH_REMOTE);
        assertThat(need.verdict().because()).extracting(Because::rule).containsExactly("MERGE-1", "MERGE-6");
        assertThat(now).isEqualTo(planner.decide(fresh));
        assertThat(((Decision.Keep) now).merge().push().fields()).containsExactly(NOTES);
    }

    @Test
    @DisplayName("MERGE-6: what writes nothing to the PSA needs no fresh read")
    void needsNoReadToPull() {
        Pair pair = link(OLD_THERE.with(NOTES, "new"))
                .base(base(OLD_HERE, OLD_THERE))
                .build();
        PairFacts stale =
                new PairFacts(pair, Samples.asset("here", OLD_HERE), false, syncing(), null, null, false, false, null);

        assertThat(planner.decide(stale)).isInstanceOf(Decision.Keep.class);
    }

    @Test
    @DisplayName("PSA-PW-4: a link of which only the row was read is not in sync yet")
    void isNotInSyncByItsRow() {
        Pair.Builder row =
                link(OLD_THERE).observed(Samples.observed(OLD_THERE).asRow()).base(base(OLD_HERE, OLD_THERE));
        Pair.Builder whole = link(OLD_THERE).base(base(OLD_HERE, OLD_THERE));

        assertThat(planner.decide(facts(row, OLD_HERE, syncing())).verdict().disposition())
                .isEqualTo(Disposition.CHANGE_WAITING);
        assertThat(planner.decide(facts(whole, OLD_HERE, syncing())).verdict().disposition())
                .isEqualTo(Disposition.IN_SYNC);
    }

    @Test
    @DisplayName("WHY-2: a link with something to say is not silently in sync")
    void saysWhatThereIsToSay() {
        FieldValues mine = OLD_HERE.with(NOTES, "mine");
        Pair.Builder pair = link(OLD_THERE).base(base(OLD_HERE, OLD_THERE));

        assertThat(planner.decide(facts(pair, mine, syncing())).verdict().disposition())
                .isEqualTo(Disposition.AWAITING_CONFIRMATION);
    }
}
