package org.psasync.engine.decide;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.psasync.engine.decide.Samples.ACTIVE;
import static org.psasync.engine.decide.Samples.CUSTOMER;
import static org.psasync.engine.decide.Samples.INACTIVE;
import static org.psasync.engine.decide.Samples.NOW;
import static org.psasync.engine.decide.Samples.PRINTER;
import static org.psasync.engine.decide.Samples.SERVER;
import static org.psasync.engine.decide.Samples.VENDOR;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.psasync.engine.Disposition;
import org.psasync.model.Asset;
import org.psasync.model.AssetKind;
import org.psasync.model.AssetRef;
import org.psasync.model.Choice;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.FieldValues;
import org.psasync.model.LocalId;
import org.psasync.model.LocalRef;
import org.psasync.model.LocationFields;
import org.psasync.model.OrganizationFields;
import org.psasync.model.OrphanReason;
import org.psasync.model.PairId;
import org.psasync.model.Problem;
import org.psasync.model.RemoteRef;
import org.psasync.model.SyncState;
import org.psasync.store.Grant;
import org.psasync.store.InFlight;
import org.psasync.store.Observation;
import org.psasync.store.Pair;
import org.psasync.store.Trouble;
import org.psasync.store.Trouble.Failure;
import org.psasync.store.Trouble.Side;

/** Each situation with the smallest facts that lead to it; waiting for a required reference is proven with the engine. */
class PlannerTest {
    private static final LocalRef ORGANIZATION = LocalRef.of(AssetKind.ORGANIZATION, "organization");
    private static final RemoteRef COMPANY = RemoteRef.of(AssetKind.ORGANIZATION, "company");
    private static final LocalRef HERE = LocalRef.of(AssetKind.CONFIGURATION, "here");
    private static final RemoteRef THERE = RemoteRef.of(AssetKind.CONFIGURATION, "there");
    private static final PairFacts.Rivals NO_RIVALS = new PairFacts.Rivals(List.of(), List.of());
    private static final FieldValues GOOD_HERE = server(ORGANIZATION, SERVER, ACTIVE);
    private static final FieldValues GOOD_THERE = server(COMPANY, SERVER, ACTIVE);

    private final Planner planner = new Planner(Samples.policy());

    private static FieldValues server(AssetRef organization, Choice type, Choice status) {
        return FieldValues.of(AssetKind.CONFIGURATION)
                .set(ConfigurationFields.ORGANIZATION, organization)
                .set(ConfigurationFields.NAME, "SRV-1")
                .set(ConfigurationFields.TYPE, type)
                .set(ConfigurationFields.STATUS, status)
                .build();
    }

    private static FieldValues company(Choice type) {
        return FieldValues.of(AssetKind.ORGANIZATION)
                .set(OrganizationFields.NAME, "Acme")
                .set(OrganizationFields.TYPES, Set.of(type))
                .set(OrganizationFields.STATUS, ACTIVE)
                .build();
    }

    private static Pair organization(@Nullable SyncState state, Choice type) {
        return Pair.ofRemote(new PairId(0, 1), COMPANY).toBuilder()
                .local(state == null ? null : ORGANIZATION.id())
                .state(state)
                .observed(Samples.observed(company(type)))
                .build();
    }

    private static LinkTable links(Pair organization) {
        return new LinkTable(Map.of(ORGANIZATION, organization), Map.of(COMPANY, organization));
    }

    private static LinkTable syncing() {
        return links(organization(SyncState.SYNCING, CUSTOMER));
    }

    private static Pair.Builder link(FieldValues remote) {
        return remote(Samples.observed(remote)).local(HERE.id()).state(SyncState.SYNCING);
    }

    private static Pair.Builder remote(@Nullable Observation observed) {
        return Pair.ofRemote(new PairId(0, 2), THERE).toBuilder().observed(observed);
    }

    private static Pair.Builder local(@Nullable FieldValues confirmed) {
        return Pair.ofLocal(new PairId(0, 2), HERE).toBuilder()
                .grant(confirmed == null ? null : new Grant(confirmed, "ursula", NOW));
    }

    private static PairFacts facts(Pair.Builder pair, @Nullable FieldValues local, LinkTable links) {
        Asset asset = local == null ? null : Samples.asset(HERE.id().value(), local);
        return new PairFacts(pair.build(), asset, true, links, NO_RIVALS, null, false, false, null);
    }

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
}
