package org.psasync.engine.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.psasync.engine.decide.Facts.COMPANY;
import static org.psasync.engine.decide.Facts.GOOD_HERE;
import static org.psasync.engine.decide.Facts.GOOD_THERE;
import static org.psasync.engine.decide.Facts.facts;
import static org.psasync.engine.decide.Facts.links;
import static org.psasync.engine.decide.Facts.organization;
import static org.psasync.engine.decide.Facts.remote;
import static org.psasync.engine.decide.Facts.syncing;
import static org.psasync.engine.decide.Samples.CUSTOMER;
import static org.psasync.engine.decide.Samples.NOW;
import static org.psasync.engine.decide.Samples.PRINTER;
import static org.psasync.engine.decide.Samples.VENDOR;
import static org.psasync.engine.decide.Samples.observed;
import static org.psasync.model.AssetKind.CONFIGURATION;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.engine.Disposition;
import org.psasync.engine.decide.Matching.Entrant;
import org.psasync.model.AssetKind;
import org.psasync.model.AssetRef;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.FieldValues;
import org.psasync.model.LocalRef;
import org.psasync.model.OrganizationFields;
import org.psasync.model.PairId;
import org.psasync.model.Problem;
import org.psasync.model.RemoteRef;
import org.psasync.model.SyncState;
import org.psasync.spi.RemoteVersion;
import org.psasync.store.Observation;
import org.psasync.store.Observation.Absence;
import org.psasync.store.Pair;
import org.psasync.store.Trouble;
import org.psasync.store.Trouble.Failure;
import org.psasync.store.Trouble.Ruling;
import org.psasync.store.Trouble.Side;

/** What becomes of a PSA record without a link. */
class RemotePlannerTest {
    private static final Planner PLANNER = new Planner(Samples.policy());
    private static final Problem BAD = Problem.ofRecord(Problem.Code.INVALID, "It is bad.");

    private static Decision decide(Pair.Builder pair) {
        return PLANNER.decide(facts(pair, null, syncing()));
    }

    private static Trouble failing(Side side, @Nullable FieldValues refused) {
        return Trouble.NONE.withFailure(new Failure(side, List.of(BAD), 1, refused));
    }

    // Not there ------------------------------------------------------------------------------------------------------

    @Test
    @DisplayName("PULL-4: a record that was never understood is set aside with its error")
    void setsAsideWhatIsNotUnderstood() {
        Decision unread = decide(remote(null).trouble(failing(Side.PSA, null)));

        assertThat(unread).isInstanceOf(Decision.Leave.class);
        assertThat(unread.verdict().disposition()).isEqualTo(Disposition.REFUSED_BY_PSA);
        assertThat(unread.verdict().remedy()).isEqualTo("Correct the record in Fake PSA.");
        assertThat(decide(remote(null).trouble(failing(Side.HOST, null)))).isInstanceOf(Decision.Forget.class);
        assertThat(decide(remote(observed(GOOD_THERE)).trouble(failing(Side.PSA, null))))
                .as("once it was understood it is decided")
                .isInstanceOf(Decision.CreateLocal.class);
    }

    @Test
    @DisplayName("STATE-5, MATCH-5: what the PSA does not show is forgotten, except what somebody decided about it")
    void forgetsWhatIsNotShown() {
        Observation hidden = observed(GOOD_THERE).withAbsence(new Absence(NOW, false));
        Ruling ruling = new Ruling(Ruling.Way.IGNORE, Set.of(), "key", "mia", NOW);

        assertThat(decide(remote(hidden))).isInstanceOf(Decision.Forget.class);
        assertThat(decide(remote(null))).isInstanceOf(Decision.Forget.class);
        Decision ruled = decide(remote(hidden).trouble(Trouble.NONE.withRuling(ruling)));
        assertThat(ruled).isInstanceOf(Decision.Leave.class);
        assertThat(ruled.verdict().disposition()).isEqualTo(Disposition.NOT_SELECTED);
        assertThat(ruled.verdict().text()).contains("what mia decided about it holds when it comes back");
        assertThat(ruled.verdict().remedy()).contains("the right to see it");
    }

    @Test
    @DisplayName("STATE-5: what the PSA says is deleted is not pulled")
    void leavesDeletedRecords() {
        Decision decision = decide(remote(new Observation(GOOD_THERE, RemoteVersion.UNKNOWN, true, NOW, null)));

        assertThat(decision).isInstanceOf(Decision.Leave.class);
        assertThat(decision.verdict().situation()).isEqualTo(Situation.REMOTE_GONE);
        assertThat(decision.verdict().remedy()).isEqualTo("Restore it in Fake PSA.");
    }

    // The gate -------------------------------------------------------------------------------------------------------

    private static Decision.Leave left(FieldValues there, LinkTable links) {
        return (Decision.Leave) PLANNER.decide(facts(remote(observed(there)), null, links));
    }

    @Test
    @DisplayName(
            "GATE-5, STATE-3: what is not selected says why; an organization that nobody knows yet is awaited by name")
    void saysWhyItIsNotSelected() {
        FieldValues printer = GOOD_THERE.with(ConfigurationFields.TYPE, PRINTER);

        Decision.Leave known = left(printer, links(organization(SyncState.ORPHANED, VENDOR)));
        Decision.Leave unknown = left(printer, LinkTable.NONE);
        Decision.Leave none = left(printer.with(ConfigurationFields.ORGANIZATION, null), syncing());

        assertThat(known.gate())
                .containsExactlyInAnyOrder(GateReason.TYPE_NOT_SELECTED, GateReason.ORGANIZATION_NOT_SYNCING);
        assertThat(known.verdict().remedy()).contains("in Fake PSA").contains("let its organization sync");
        assertThat(known.awaited()).isEmpty();
        assertThat(unknown.awaited()).isEqualTo(Set.<AssetRef>of(COMPANY));
        assertThat(none.awaited()).isEmpty();
        assertThat(none.gate()).contains(GateReason.NO_ORGANIZATION);
    }

    @Test
    @DisplayName("PULL-1: parents come before children")
    void waitsForItsOrganization() {
        Decision.Leave leave = left(GOOD_THERE, links(organization(null, CUSTOMER)));

        assertThat(leave.verdict().disposition()).isEqualTo(Disposition.WAITING_FOR_RECORD);
        assertThat(leave.awaited()).isEqualTo(Set.<AssetRef>of(COMPANY));
    }

    // Matching and making --------------------------------------------------------------------------------------------

    private static PairFacts.Rivals like(String name) {
        FieldValues other = GOOD_THERE.with(ConfigurationFields.NAME, name);
        return new PairFacts.Rivals(List.of(), List.of(new Entrant(LocalRef.of(CONFIGURATION, "other"), other, true)));
    }

    @Test
    @DisplayName(
            "MATCH-4: a record that has its like waits until its kind was read to the end; one that has none does not")
    void waitsForTheEndOfTheListing() {
        Planner unlisted = new Planner(Samples.policy().whileUnlisted(Set.of(CONFIGURATION)));
        PairFacts facts = facts(remote(observed(GOOD_THERE)), null, syncing());

        Decision waits = unlisted.decide(facts.withRivals(like("SRV-1")));

        assertThat(waits).isInstanceOf(Decision.Leave.class);
        assertThat(waits.verdict().because()).extracting(Because::rule).containsExactly("MATCH-4");
        assertThat(waits.verdict().disposition()).isEqualTo(Disposition.CHANGE_WAITING);
        assertThat(unlisted.decide(facts)).isInstanceOf(Decision.CreateLocal.class);
        assertThat(PLANNER.decide(facts.withRivals(like("SRV-1"))))
                .isInstanceOfSatisfying(
                        Decision.LinkLocal.class,
                        link -> assertThat(link.match().value()).isEqualTo("other"));
        assertThat(PLANNER.decide(facts.withRivals(like("SRV-2")))).isInstanceOf(Decision.CreateLocal.class);
    }

    @Test
    @DisplayName("PULL-1: before anything is made the host is searched for one like it")
    void looksForItsLike() {
        Pair pair = remote(observed(GOOD_THERE)).build();
        PairFacts unknown = new PairFacts(pair, null, true, syncing(), null, null, false, false, null);

        assertThat(PLANNER.decide(unknown)).isInstanceOfSatisfying(Decision.Need.class, need -> {
            assertThat(need.what()).isEqualTo(Decision.What.RIVALS);
            assertThat(need.verdict().situation()).isEqualTo(Situation.REMOTE_TO_MATCH);
        });
    }

    @Test
    @DisplayName("PULL-1, FIELD-1: a record is made with what is mapped, in the host's terms")
    void makesWhatIsMapped() {
        RemoteRef site = RemoteRef.of(AssetKind.LOCATION, "site");
        FieldValues there = GOOD_THERE.with(ConfigurationFields.NOTES, "text").with(ConfigurationFields.LOCATION, site);
        Planner withoutNotes = new Planner(
                Samples.policy(Samples.mapping(Set.of(ConfigurationFields.NOTES), Set.of()), Set.of(), null));

        Decision.CreateLocal create =
                (Decision.CreateLocal) withoutNotes.decide(facts(remote(observed(there)), null, syncing()));

        assertThat(create.values()).isEqualTo(GOOD_HERE);
        assertThat(create.awaited()).isEqualTo(Set.<AssetRef>of(site));
        assertThat(create.verdict().disposition()).isEqualTo(Disposition.CHANGE_WAITING);
        assertThat(create.verdict().because()).extracting(Because::rule).containsExactly("PULL-1");
    }

    @Test
    @DisplayName("FIELD-10: a parent that goes round in a circle is left out of what is made")
    void makesNoCircle() {
        FieldValues there = Facts.company(CUSTOMER).with(OrganizationFields.PARENT, COMPANY);
        Pair pair = Pair.ofRemote(new PairId(0, 8), RemoteRef.of(AssetKind.ORGANIZATION, "child")).toBuilder()
                .observed(observed(there))
                .build();
        PairFacts inCircle = new PairFacts(pair, null, true, syncing(), Facts.NO_RIVALS, null, true, false, null);
        PairFacts straight = new PairFacts(pair, null, true, syncing(), Facts.NO_RIVALS, null, false, false, null);

        FieldValues left = ((Decision.CreateLocal) PLANNER.decide(inCircle)).values();

        assertThat(left.has(OrganizationFields.PARENT)).isFalse();
        assertThat(left.get(OrganizationFields.NAME)).isEqualTo("Acme");
        assertThat(((Decision.CreateLocal) PLANNER.decide(straight)).values().has(OrganizationFields.PARENT))
                .isTrue();
    }

    @Test
    @DisplayName("PULL-4: what the host refused is not made again before it changes")
    void doesNotMakeAgainWhatTheHostRefused() {
        Decision same = decide(remote(observed(GOOD_THERE)).trouble(failing(Side.HOST, GOOD_HERE)));
        FieldValues before = GOOD_HERE.with(ConfigurationFields.NAME, "SRV-0");

        assertThat(same).isInstanceOf(Decision.Leave.class);
        assertThat(same.verdict().disposition()).isEqualTo(Disposition.REFUSED_BY_HOST);
        assertThat(same.verdict().remedy()).startsWith("Change it in Fake PSA").contains("It is bad.");
        assertThat(decide(remote(observed(GOOD_THERE)).trouble(failing(Side.HOST, before))))
                .isInstanceOf(Decision.CreateLocal.class);
        assertThat(decide(remote(observed(GOOD_THERE)).trouble(failing(Side.PSA, GOOD_HERE))))
                .isInstanceOf(Decision.CreateLocal.class);
    }

    @Test
    @DisplayName("SAFE-1: what may be the result of a create whose answer was lost is held, and waits for that")
    void holdsWhatMayHaveBeenMade() {
        LocalRef creating = LocalRef.of(CONFIGURATION, "creating");

        Decision.Leave held = (Decision.Leave) PLANNER.decide(
                facts(remote(observed(GOOD_THERE)), null, syncing()).heldFor(creating));

        assertThat(held.verdict().disposition()).isEqualTo(Disposition.UNCERTAIN);
        assertThat(held.verdict().because()).extracting(Because::rule).containsExactly("SAFE-1");
        assertThat(held.awaited()).isEqualTo(Set.<AssetRef>of(creating));
    }
}
