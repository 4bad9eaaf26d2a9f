package org.psasync.engine.decide;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.psasync.engine.decide.Facts.COMPANY;
import static org.psasync.engine.decide.Facts.GOOD_HERE;
import static org.psasync.engine.decide.Facts.GOOD_THERE;
import static org.psasync.engine.decide.Facts.ORGANIZATION;
import static org.psasync.engine.decide.Facts.facts;
import static org.psasync.engine.decide.Facts.link;
import static org.psasync.engine.decide.Facts.links;
import static org.psasync.engine.decide.Facts.local;
import static org.psasync.engine.decide.Facts.organization;
import static org.psasync.engine.decide.Facts.remote;
import static org.psasync.engine.decide.Facts.server;
import static org.psasync.engine.decide.Facts.syncing;
import static org.psasync.engine.decide.Samples.CUSTOMER;
import static org.psasync.engine.decide.Samples.INACTIVE;
import static org.psasync.engine.decide.Samples.NOW;
import static org.psasync.engine.decide.Samples.PRINTER;
import static org.psasync.engine.decide.Samples.VENDOR;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.psasync.engine.Disposition;
import org.psasync.model.AssetKind;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.FieldValues;
import org.psasync.model.LocalId;
import org.psasync.model.LocalRef;
import org.psasync.model.LocationFields;
import org.psasync.model.OrphanReason;
import org.psasync.model.PairId;
import org.psasync.model.Problem;
import org.psasync.model.RemoteRef;
import org.psasync.model.SyncState;
import org.psasync.spi.RemoteVersion;
import org.psasync.store.Grant;
import org.psasync.store.InFlight;
import org.psasync.store.Observation;
import org.psasync.store.Pair;
import org.psasync.store.Trouble;
import org.psasync.store.Trouble.Failure;
import org.psasync.store.Trouble.Side;

/** Each situation with the smallest facts that lead to it; waiting for a required reference is proven with the engine. */
class PlannerTest {
    private final Planner planner = new Planner(Samples.policy());

    private static Map<Situation, PairFacts> table() {
        LinkTable pending = links(organization(null, CUSTOMER));
        FieldValues typeless = GOOD_THERE.with(ConfigurationFields.TYPE, PRINTER);
        FieldValues nameless = GOOD_HERE.with(ConfigurationFields.NAME, null);
        Observation gone = Samples.observed(GOOD_THERE).withAbsence(new Observation.Absence(NOW, true));
        Failure unread =
                new Failure(Side.PSA, List.of(Problem.ofRecord(Problem.Code.INVALID, "It has no name.")), 1, null);
        Failure refused = new Failure(Side.HOST, List.of(Problem.ofRecord(Problem.Code.REFUSED, "No.")), 1, GOOD_HERE);
        PairFacts held = facts(remote(Samples.observed(GOOD_THERE)), null, syncing());
        Map<Situation, PairFacts> table = new EnumMap<>(Situation.class);
        table.put(Situation.LEFT_ALONE, facts(link(GOOD_THERE).state(SyncState.DISABLED), null, syncing()));
        table.put(
                Situation.WRITE_IN_FLIGHT,
                facts(remote(null).inFlight(new InFlight.CreatingLocal(GOOD_HERE, NOW)), null, syncing()));
        table.put(
                Situation.OWNED_ELSEWHERE,
                facts(local(GOOD_HERE), GOOD_HERE, syncing()).ownedBy("contoso/other"));
        table.put(Situation.LINKED_LOCAL_GONE, facts(link(GOOD_THERE), null, syncing()));
        table.put(Situation.LINKED_REMOTE_GONE, facts(link(GOOD_THERE).observed(gone), GOOD_HERE, syncing()));
        table.put(
                Situation.LINKED_NOT_UNDERSTOOD,
                facts(link(GOOD_THERE).mustRead(true).trouble(Trouble.NONE.withFailure(unread)), GOOD_HERE, syncing()));
        table.put(Situation.LINKED_ORGANIZATION_PENDING, facts(link(GOOD_THERE), GOOD_HERE, pending));
        table.put(Situation.LINKED_GATE_CLOSED, facts(link(typeless), GOOD_HERE, syncing()));
        table.put(Situation.LINKED_GATE_OPEN, facts(link(GOOD_THERE), GOOD_HERE, syncing()));
        table.put(Situation.REMOTE_GONE, facts(remote(gone), null, syncing()));
        table.put(Situation.REMOTE_HELD, held.heldFor(new LocalRef(AssetKind.CONFIGURATION, new LocalId("new"))));
        table.put(
                Situation.REMOTE_NOT_UNDERSTOOD,
                facts(remote(null).trouble(Trouble.NONE.withFailure(unread)), null, syncing()));
        table.put(Situation.REMOTE_NOT_SELECTED, facts(remote(Samples.observed(typeless)), null, syncing()));
        table.put(Situation.REMOTE_ORGANIZATION_PENDING, facts(remote(Samples.observed(GOOD_THERE)), null, pending));
        table.put(
                Situation.REMOTE_REFUSED,
                facts(
                        remote(Samples.observed(GOOD_THERE)).trouble(Trouble.NONE.withFailure(refused)),
                        null,
                        syncing()));
        table.put(Situation.REMOTE_TO_MATCH, held);
        table.put(Situation.LOCAL_GONE, facts(local(null), null, syncing()));
        table.put(Situation.LOCAL_ONE_WAY, facts(local(GOOD_HERE), GOOD_HERE, syncing()));
        table.put(
                Situation.LOCAL_NOT_SELECTED,
                facts(local(GOOD_HERE), GOOD_HERE.with(ConfigurationFields.TYPE, PRINTER), syncing()));
        table.put(Situation.LOCAL_ORGANIZATION_PENDING, facts(local(GOOD_HERE), GOOD_HERE, pending));
        table.put(Situation.LOCAL_UNCONFIRMED, facts(local(null), GOOD_HERE, syncing()));
        table.put(
                Situation.LOCAL_HELD,
                facts(local(GOOD_HERE), GOOD_HERE, syncing())
                        .heldFor(new LocalRef(AssetKind.CONFIGURATION, new LocalId("other"))));
        table.put(Situation.LOCAL_REFUSED, facts(local(nameless), nameless, syncing()));
        table.put(Situation.LOCAL_TO_MATCH, facts(local(GOOD_HERE), GOOD_HERE, syncing()));
        return table;
    }

    @ParameterizedTest
    @EnumSource(value = Situation.class, mode = EnumSource.Mode.EXCLUDE, names = "LOCAL_RECORD_PENDING")
    @DisplayName("WHY-1: every situation is reached, and says why")
    void reachesEverySituation(Situation situation) {
        PairFacts facts = requireNonNull(table().get(situation));
        Planner asked = situation == Situation.LOCAL_ONE_WAY
                ? new Planner(Samples.policy(Samples::oneWay, Set.of(), null))
                : planner;

        Verdict verdict = asked.decide(facts).verdict();

        assertThat(verdict.situation()).isEqualTo(situation);
        assertThat(verdict.because()).isNotEmpty();
    }

    @Test
    @DisplayName("STATE-3: an orphan names all of its reasons")
    void namesAllReasonsOfAnOrphan() {
        FieldValues remote = server(COMPANY, PRINTER, INACTIVE).with(ConfigurationFields.ACTIVE, false);
        PairFacts facts = facts(link(remote), GOOD_HERE, links(organization(SyncState.ORPHANED, VENDOR)));

        Decision.Keep keep = (Decision.Keep) planner.decide(facts);

        assertThat(keep.standing().reasons())
                .containsExactlyInAnyOrder(
                        OrphanReason.TYPE_NOT_SELECTED,
                        OrphanReason.STATUS_NOT_SELECTED,
                        OrphanReason.INACTIVE,
                        OrphanReason.ORGANIZATION_NOT_SYNCING);
        assertThat(keep.verdict().because()).hasSize(4);
    }

    @Test
    @DisplayName("GATE-1, PUSH-9: what waits for an organization to sync names it")
    void awaitsAnOrganizationThatDoesNotSync() {
        PairFacts facts = facts(local(GOOD_HERE), GOOD_HERE, LinkTable.NONE);

        Decision.Leave leave = (Decision.Leave) planner.decide(facts);

        assertThat(leave.gate()).containsExactly(GateReason.ORGANIZATION_NOT_SYNCING);
        assertThat(leave.awaited()).containsExactly(ORGANIZATION);
    }

    @Test
    @DisplayName("GATE-1: a record under a local organization that is not to go to the PSA does not wait for it")
    void doesNotWaitForWhatWillNeverBeLinked() {
        Pair vendor = Pair.ofLocal(new PairId(0, 1), ORGANIZATION).toBuilder()
                .disposition(Disposition.NOT_SELECTED)
                .build();
        LinkTable links = new LinkTable(Map.of(ORGANIZATION, vendor), Map.of());

        Decision decision = planner.decide(facts(local(GOOD_HERE), GOOD_HERE, links));

        assertThat(decision.verdict().disposition()).isEqualTo(Disposition.NOT_SELECTED);
    }

    @Test
    @DisplayName("PULL-4: a record that could never be understood says why, and is not forgotten")
    void explainsWhatCouldNotBeUnderstood() {
        Decision decision = planner.decide(requireNonNull(table().get(Situation.REMOTE_NOT_UNDERSTOOD)));

        assertThat(decision.verdict().disposition()).isEqualTo(Disposition.REFUSED_BY_PSA);
        assertThat(decision.verdict().text()).contains("It has no name.");
    }

    @Test
    @DisplayName("P9, PUSH-3: a grant from before two-way was turned on confirms nothing")
    void honoursNoOldGrant() {
        Grant old = new Grant(GOOD_HERE, "ursula", NOW.minusSeconds(2 * 24 * 3600));
        PairFacts facts = facts(local(null).grant(old), GOOD_HERE, syncing());

        assertThat(planner.decide(facts).verdict().situation()).isEqualTo(Situation.LOCAL_UNCONFIRMED);
    }

    @Test
    @DisplayName("FIELD-6: a reference of another organization is named, and awaited")
    void awaitsAForeignReference() {
        RemoteRef site = RemoteRef.of(AssetKind.LOCATION, "site");
        Pair elsewhere = Pair.ofRemote(new PairId(0, 3), site).toBuilder()
                .local(LocalRef.of(AssetKind.LOCATION, "l").id())
                .state(SyncState.SYNCING)
                .observed(Samples.observed(FieldValues.of(AssetKind.LOCATION)
                        .set(LocationFields.ORGANIZATION, RemoteRef.of(AssetKind.ORGANIZATION, "other"))
                        .build()))
                .build();
        Pair organization = organization(SyncState.SYNCING, CUSTOMER);
        LinkTable links =
                new LinkTable(Map.of(ORGANIZATION, organization), Map.of(COMPANY, organization, site, elsewhere));
        FieldValues remote = GOOD_THERE.with(ConfigurationFields.LOCATION, site);
        FieldValues local = GOOD_HERE.with(ConfigurationFields.LOCATION, null);

        Decision.Keep keep = (Decision.Keep) planner.decide(facts(link(remote), local, links));

        assertThat(keep.merge().fields(FieldStanding.FOREIGN)).containsExactly(ConfigurationFields.LOCATION);
        assertThat(keep.merge().awaited()).containsExactly(site);
        assertThat(keep.merge().agreed().has(ConfigurationFields.LOCATION)).isFalse();
    }

    // What comes before everything else ------------------------------------------------------------------------------

    @Test
    @DisplayName("STATE-7, SET-9: what was taken out or cut is left alone, as it stands, with the way back")
    void leavesAlone() {
        PairFacts disabled = facts(link(GOOD_THERE).state(SyncState.DISABLED), GOOD_HERE, syncing());
        PairFacts cut = facts(link(GOOD_THERE).state(SyncState.DISCONNECTED), GOOD_HERE, syncing());

        Decision.Keep left = (Decision.Keep) planner.decide(disabled);

        assertThat(left.standing().state()).isEqualTo(SyncState.DISABLED);
        assertThat(left.merge()).isEqualTo(Merge.nothing(AssetKind.CONFIGURATION));
        assertThat(left.verdict().disposition()).isEqualTo(Disposition.DISABLED);
        assertThat(left.verdict().text()).isEqualTo("it was taken out of the sync");
        assertThat(left.verdict().remedy()).isEqualTo("Reconnect it.");
        Verdict verdict = planner.decide(cut).verdict();
        assertThat(verdict.disposition()).isEqualTo(Disposition.DISCONNECTED);
        assertThat(verdict.text()).isEqualTo("it was cut from the PSA");
        Verdict owned = planner.decide(cut.ownedBy("contoso/other")).verdict();
        assertThat(owned.text()).contains("belongs to the integration \"contoso/other\" (SET-9)");
        assertThat(owned.remedy()).isEqualTo("Disconnect it there; then reconnect it.");
    }

    @Test
    @DisplayName(
            "SET-9: a link whose local record belongs to another integration is out of the sync; nothing is made of one")
    void leavesWhatBelongsElsewhere() {
        Decision link =
                planner.decide(facts(link(GOOD_THERE), GOOD_HERE, syncing()).ownedBy("contoso/other"));
        Decision alone =
                planner.decide(facts(local(GOOD_HERE), GOOD_HERE, syncing()).ownedBy("contoso/other"));

        assertThat(link).isInstanceOfSatisfying(Decision.Keep.class, keep -> {
            assertThat(keep.standing().state()).isEqualTo(SyncState.ORPHANED);
            assertThat(keep.merge().writes()).isFalse();
        });
        assertThat(alone).isInstanceOf(Decision.Leave.class);
        assertThat(alone.verdict().remedy()).isEqualTo("Disconnect it there.");
    }

    @Test
    @DisplayName("MERGE-9, SAFE-1, DATA-5: a write whose outcome is not known is looked for first, or a person says")
    void settlesFirst() {
        InFlight creating = new InFlight.CreatingLocal(GOOD_HERE, NOW);
        InFlight deleting = new InFlight.DeletingLocal(NOW);
        InFlight updating =
                new InFlight.UpdatingRemote(GOOD_THERE, GOOD_THERE, RemoteVersion.UNKNOWN, GOOD_HERE, NOW, null);
        Trouble asked = Trouble.NONE.withReview(new Trouble.Review("Nobody can tell.", List.of()));

        assertThat(settled(creating, Trouble.NONE).because())
                .extracting(Because::rule)
                .containsExactly("SAFE-1");
        assertThat(settled(deleting, Trouble.NONE).because())
                .extracting(Because::rule)
                .containsExactly("DATA-5");
        assertThat(settled(updating, Trouble.NONE).because())
                .extracting(Because::rule)
                .containsExactly("MERGE-9");
        assertThat(settled(creating, Trouble.NONE).text()).contains("it is looked for");
        assertThat(settled(creating, Trouble.NONE).remedy()).isNull();
        assertThat(settled(creating, asked).text()).isEqualTo("Nobody can tell.");
        assertThat(settled(creating, asked).remedy()).contains("in the review queue");
    }

    private Verdict settled(InFlight write, Trouble trouble) {
        Decision.Settle settle = (Decision.Settle)
                planner.decide(facts(link(GOOD_THERE).inFlight(write).trouble(trouble), GOOD_HERE, syncing()));
        assertThat(settle.write()).isEqualTo(write);
        assertThat(settle.verdict().disposition()).isEqualTo(Disposition.UNCERTAIN);
        return settle.verdict();
    }
}
