package org.psasync.engine.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.psasync.engine.decide.Samples.NOW;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.psasync.engine.Brake;
import org.psasync.engine.Disposition;
import org.psasync.engine.Selection;
import org.psasync.engine.SyncSettings;
import org.psasync.engine.TrippedBrake;
import org.psasync.engine.Verb;
import org.psasync.model.Asset;
import org.psasync.model.AssetKind;
import org.psasync.model.Choice;
import org.psasync.model.ContactFields;
import org.psasync.model.FieldValues;
import org.psasync.model.LocalId;
import org.psasync.model.LocalRef;
import org.psasync.model.OrganizationFields;
import org.psasync.model.PairId;
import org.psasync.model.RemoteId;
import org.psasync.model.RemoteRef;
import org.psasync.model.SyncState;
import org.psasync.store.Base;
import org.psasync.store.Grant;
import org.psasync.store.Grant.Terms;
import org.psasync.store.Observation;
import org.psasync.store.Pair;
import org.psasync.store.Trouble;
import org.psasync.store.Trouble.Rewrite;
import org.psasync.store.Trouble.Side;
import org.psasync.store.Trouble.Write;

/** What the brakes count of a decision, and what is left of it while they are on. */
class BrakingTest {
    private static final RemoteRef COMPANY = new RemoteRef(AssetKind.ORGANIZATION, new RemoteId("1"));
    private static final LocalRef ORGANIZATION = new LocalRef(AssetKind.ORGANIZATION, new LocalId("o"));
    private static final Policy POLICY = Samples.policy();
    private static final Planner PLANNER = new Planner(POLICY);
    private static final Braking BRAKING = new Braking(POLICY);

    private static FieldValues here(@Nullable String title) {
        return FieldValues.of(AssetKind.CONTACT)
                .set(ContactFields.ORGANIZATION, ORGANIZATION)
                .set(ContactFields.FIRST_NAME, "Ada")
                .set(ContactFields.TITLE, title)
                .build();
    }

    private static FieldValues there(@Nullable String title) {
        return FieldValues.of(AssetKind.CONTACT)
                .set(ContactFields.ORGANIZATION, COMPANY)
                .set(ContactFields.FIRST_NAME, "Ada")
                .set(ContactFields.TITLE, title)
                .build();
    }

    private static Pair organization(SyncState state) {
        return Pair.ofRemote(new PairId(0, 1), COMPANY).toBuilder()
                .local(ORGANIZATION.id())
                .state(state)
                .build();
    }

    /** A contact that was agreed to have the title "old". */
    private static PairFacts facts(
            FieldValues local, FieldValues remote, Pair organization, UnaryOperator<Pair.Builder> change) {
        Pair.Builder pair =
                Pair.ofRemote(new PairId(0, 2), new RemoteRef(AssetKind.CONTACT, new RemoteId("2"))).toBuilder()
                        .local(new LocalId("c"))
                        .state(SyncState.SYNCING)
                        .observed(Samples.observed(remote))
                        .base(new Base(here("old"), there("old")));
        Asset asset = Samples.asset("c", local);
        return new PairFacts(
                change.apply(pair).build(),
                asset,
                true,
                new LinkTable(Map.of(ORGANIZATION, organization), Map.of(COMPANY, organization)),
                null,
                null,
                false,
                false,
                null);
    }

    private static Grant grant(Terms terms) {
        return new Grant(here("mine"), "ursula", NOW).on(terms);
    }

    private static PairFacts toPush(Terms terms) {
        return facts(here("mine"), there("old"), organization(SyncState.SYNCING), pair -> pair.grant(grant(terms)));
    }

    private static Decision under(Brake on, PairFacts facts) {
        BrakesOn brakes = new BrakesOn(List.of(new TrippedBrake(AssetKind.CONTACT, on, 30, 0, 40, 25, false)));
        return BRAKING.under(brakes, facts, PLANNER.decide(facts));
    }

    private static boolean counts(PairFacts facts, Verb verb) {
        Decision decision = PLANNER.decide(facts);
        assertThat(BRAKING.verbs(facts, decision)).contains(verb);
        return BRAKING.counts(facts, decision, verb);
    }

    @ParameterizedTest(name = "{0} links: {1} pass")
    @CsvSource({"20,25", "250,25", "259,25", "260,26", "1000,100", "1009,100"})
    @DisplayName("BRAKE-2: the greater of a number and a share of the links passes")
    void passesTheGreater(long links, long passes) {
        assertThat(SyncSettings.Brakes.DEFAULT.of(Brake.LEAVING).of(links)).isEqualTo(passes);
    }

    @Test
    @DisplayName("BRAKE-2: an update of what was agreed counts, what a new link or a new field brings does not")
    void countsUpdatesOfLinks() {
        Pair syncing = organization(SyncState.SYNCING);
        PairFacts update = facts(here("old"), there("theirs"), syncing, pair -> pair);
        PairFacts first = facts(here("old"), there("theirs"), syncing, pair -> pair.base(null));

        assertThat(counts(update, Verb.UPDATE_LOCALLY)).isTrue();
        assertThat(counts(first, Verb.UPDATE_LOCALLY)).isFalse();
    }

    @Test
    @DisplayName("BRAKE-2, BRAKE-3: pushes count, unless they are held for a manager or approved by one")
    void countsPushes() {
        assertThat(counts(toPush(Grant.USUAL), Verb.UPDATE_IN_PSA)).isTrue();
        assertThat(counts(toPush(new Terms.Held("ursula")), Verb.UPDATE_IN_PSA)).isFalse();
        assertThat(counts(toPush(new Terms.Approved("mia")), Verb.UPDATE_IN_PSA))
                .isFalse();
    }

    /** An organization that left, of a type. */
    private static Pair left(Choice type) {
        return organization(SyncState.ORPHANED).toBuilder()
                .observed(Samples.observed(FieldValues.of(AssetKind.ORGANIZATION)
                        .set(OrganizationFields.TYPES, Set.of(type))
                        .build()))
                .build();
    }

    private static boolean countsLeaving(Braking braking, Pair organization) {
        PairFacts facts = facts(here("old"), there("old"), organization, pair -> pair);
        Decision decision = PLANNER.decide(facts);
        assertThat(braking.verbs(facts, decision)).contains(Verb.ORPHAN);
        return braking.counts(facts, decision, Verb.ORPHAN);
    }

    @Test
    @DisplayName("BRAKE-2: what leaves with an organization counts as the organization does")
    void countsWhatLeavesWithItsOrganization() {
        Pair disabled = organization(SyncState.DISABLED);
        Pair gone =
                disabled.toBuilder().trouble(disabled.trouble().withLocalGone()).build();

        assertThat(countsLeaving(BRAKING, left(Samples.VENDOR))).isTrue();
        assertThat(countsLeaving(BRAKING, disabled)).isFalse();
        assertThat(countsLeaving(BRAKING, gone)).isTrue();
    }

    @Test
    @DisplayName("BRAKE-2: what would not leave with the settings of the last run is not counted")
    void doesNotCountWhatSettingsCause() {
        Policy before = Samples.policy(
                Samples.organizations(Selection.of(Set.of(Samples.CUSTOMER, Samples.VENDOR))), Set.of(), null);
        Braking after = new Braking(POLICY, before);

        assertThat(countsLeaving(after, left(Samples.VENDOR))).isFalse();
        assertThat(countsLeaving(after, left(Samples.PRINTER))).isTrue();
    }

    @Test
    @DisplayName("BRAKE-1, WHY-2: what is held is said to be so, with its own reasons behind")
    void holds() {
        Decision held = under(Brake.PSA_WRITES, toPush(Grant.USUAL));

        assertThat(held).isInstanceOf(Decision.Hold.class);
        assertThat(held.verdict().disposition()).isEqualTo(Disposition.HELD_BY_BRAKE);
        assertThat(held.verdict().because()).extracting(Because::rule).containsExactly("BRAKE-1", "MERGE-1");
        assertThat(under(Brake.PSA_WRITES, toPush(new Terms.Approved("mia")))).isInstanceOf(Decision.Keep.class);
        assertThat(under(Brake.LEAVING, toPush(Grant.USUAL))).isInstanceOf(Decision.Keep.class);
    }

    @Test
    @DisplayName("BRAKE-1: a push that is held does not keep the same record from pulling; a held pull keeps all back")
    void pullsBesideAHeldPush() {
        FieldValues theirs = there("old").with(ContactFields.FIRST_NAME, "Augusta");
        PairFacts both =
                facts(here("mine"), theirs, organization(SyncState.SYNCING), pair -> pair.grant(grant(Grant.USUAL)));

        Decision held = under(Brake.PSA_WRITES, both);

        assertThat(held).isInstanceOfSatisfying(Decision.Keep.class, keep -> {
            assertThat(keep.merge().push().isEmpty()).isTrue();
            assertThat(keep.merge().pull().has(ContactFields.FIRST_NAME)).isTrue();
        });
        assertThat(under(Brake.LOCAL_UPDATES, both)).isInstanceOf(Decision.Hold.class);
    }

    // What else is counted -------------------------------------------------------------------------------------------

    private static boolean countsOrphan(Braking braking, Planner planner, PairFacts facts) {
        Decision decision = planner.decide(facts);
        assertThat(braking.verbs(facts, decision)).contains(Verb.ORPHAN);
        return braking.counts(facts, decision, Verb.ORPHAN);
    }

    @Test
    @DisplayName(
            "BRAKE-2: what the PSA no longer shows, or deleted, counts; what belongs to another integration does not")
    void countsWhatIsGone() {
        Observation seen = Samples.observed(there("old"));
        Pair syncing = organization(SyncState.SYNCING);
        List<Observation> gone = List.of(
                new Observation(seen.values(), seen.version(), true, NOW, null),
                seen.withAbsence(new Observation.Absence(NOW, false)));

        for (Observation each : gone) {
            PairFacts facts = facts(here("old"), there("old"), syncing, pair -> pair.observed(each));
            assertThat(countsOrphan(BRAKING, PLANNER, facts)).isTrue();
            assertThat(countsOrphan(BRAKING, PLANNER, facts.ownedBy("contoso/other")))
                    .isFalse();
        }
        assertThat(countsOrphan(
                        BRAKING, PLANNER, facts(here("old"), there("old"), syncing, pair -> pair.observed(null))))
                .isTrue();
    }

    @Test
    @DisplayName("BRAKE-2: what moved below an organization that a manager took out counts, what was there does not")
    void countsWhatMovedOut() {
        Pair disabled = organization(SyncState.DISABLED);
        RemoteRef before = new RemoteRef(AssetKind.ORGANIZATION, new RemoteId("before"));
        FieldValues base = there("old").with(ContactFields.ORGANIZATION, before);

        PairFacts moved = facts(here("old"), there("old"), disabled, pair -> pair.base(new Base(here("old"), base)));

        assertThat(countsOrphan(BRAKING, PLANNER, moved)).isTrue();
        assertThat(countsLeaving(BRAKING, disabled)).isFalse();
    }

    @Test
    @DisplayName(
            "BRAKE-2, SET-9: what leaves with an organization of another integration is not counted; an unknown one is")
    void countsByItsOrganization() {
        Pair elsewhere = organization(SyncState.ORPHANED).toBuilder()
                .disposition(Disposition.OWNED_ELSEWHERE)
                .build();
        PairFacts unknown =
                facts(here("old"), there("old"), elsewhere, pair -> pair).withLinks(LinkTable.NONE);

        assertThat(countsLeaving(BRAKING, elsewhere)).isFalse();
        assertThat(countsOrphan(BRAKING, PLANNER, unknown)).isTrue();
    }

    @Test
    @DisplayName("BRAKE-2: what leaves because its kind was turned off is not counted")
    void doesNotCountWhatWasTurnedOff() {
        Policy off = Samples.policy(Samples.changed(change -> change.contacts = false), Set.of(), null);
        PairFacts facts = facts(here("old"), there("old"), organization(SyncState.SYNCING), pair -> pair);
        PairFacts inactive = facts(
                here("old"),
                there("old").with(ContactFields.ACTIVE, false),
                organization(SyncState.SYNCING),
                pair -> pair);

        assertThat(countsOrphan(new Braking(off, POLICY), new Planner(off), facts))
                .isFalse();
        assertThat(countsOrphan(new Braking(off, POLICY), new Planner(off), inactive))
                .as("it would have left anyway")
                .isTrue();
    }

    @Test
    @DisplayName("BRAKE-2, GATE-6: what leaves by a change that a person saved and the engine wrote is not counted")
    void doesNotCountWhatAPersonSaved() {
        FieldValues shown = there("old").with(ContactFields.ACTIVE, false);
        Write toPsa = new Write(ContactFields.ACTIVE, Side.PSA);
        Write toHost = new Write(ContactFields.ACTIVE, Side.HOST);

        assertThat(countsAfter(shown, toPsa, new Rewrite(false, true, 1))).isFalse();
        assertThat(countsAfter(shown, toHost, new Rewrite(false, true, 1))).isTrue();
        assertThat(countsAfter(shown, toPsa, new Rewrite(true, false, 1)))
                .as("the PSA shows another value than the one written")
                .isTrue();
        assertThat(countsAfter(shown, new Write(ContactFields.FIRST_NAME, Side.PSA), new Rewrite("Ada", "A", 1)))
                .isTrue();
    }

    private static boolean countsAfter(FieldValues shown, Write write, Rewrite rewrite) {
        Trouble trouble = Trouble.NONE.withRewrites(Map.of(write, rewrite));
        return countsOrphan(
                BRAKING,
                PLANNER,
                facts(here("old"), shown, organization(SyncState.SYNCING), pair -> pair.trouble(trouble)));
    }

    @Test
    @DisplayName(
            "BRAKE-2: what was deleted in the host, and what is made in the PSA, counts; what is made in the host does not")
    void countsOtherVerbs() {
        PairFacts facts = facts(here("old"), there("old"), organization(SyncState.SYNCING), pair -> pair);
        PairFacts gone = new PairFacts(facts.pair(), null, true, facts.links(), null, null, false, false, null);
        Decision disable = PLANNER.decide(gone);
        Decision create = new Decision.CreateRemote(disable.verdict(), there("x"), Set.of());

        assertThat(BRAKING.verbs(gone, disable)).containsExactly(Verb.DISABLE);
        assertThat(BRAKING.counts(gone, disable, Verb.DISABLE)).isTrue();
        assertThat(BRAKING.verbs(facts, create)).containsExactly(Verb.CREATE_IN_PSA);
        assertThat(BRAKING.counts(facts, create, Verb.CREATE_IN_PSA)).isTrue();
        for (Verb verb : List.of(Verb.CREATE_LOCALLY, Verb.LINK, Verb.RETURN)) {
            assertThat(BRAKING.counts(facts, create, verb)).isFalse();
        }
    }

    @Test
    @DisplayName("BRAKE-2: an update that the settings of the last run would not make is not counted")
    void doesNotCountUpdatesBySettings() {
        Policy before = Samples.policy(Samples.mapping(Set.of(ContactFields.TITLE), Set.of()), Set.of(), null);
        PairFacts update = facts(here("old"), there("theirs"), organization(SyncState.SYNCING), pair -> pair);
        Decision decision = PLANNER.decide(update);

        assertThat(new Braking(POLICY, before).counts(update, decision, Verb.UPDATE_LOCALLY))
                .isFalse();
        assertThat(new Braking(POLICY, POLICY).counts(update, decision, Verb.UPDATE_LOCALLY))
                .isTrue();
    }

    // What is left ---------------------------------------------------------------------------------------------------

    @Test
    @DisplayName("BRAKE-3: what waits for a manager is held whatever the brakes, and says whose saves it is of")
    void holdsWhatWaitsForAManager() {
        Decision held = under(Brake.LEAVING, toPush(new Terms.Held("ursula")));

        assertThat(held)
                .isInstanceOfSatisfying(
                        Decision.Hold.class, hold -> assertThat(hold.verb()).isEqualTo(Verb.UPDATE_IN_PSA));
        assertThat(held.verdict().because()).extracting(Because::rule).startsWith("BRAKE-3");
        assertThat(held.verdict().text()).contains("the saves of ursula");
        assertThat(held.verdict().remedy()).contains("the held pushes of ursula");
        assertThat(under(Brake.PSA_WRITES, toPush(Grant.USUAL)).verdict().remedy())
                .contains("looks at the plan and approves");
    }

    @Test
    @DisplayName("BRAKE-1: what the brakes hold nothing of stays the decision that it was")
    void leavesTheRest() {
        PairFacts calm = facts(here("old"), there("old"), organization(SyncState.SYNCING), pair -> pair);
        Decision decision = PLANNER.decide(calm);
        BrakesOn brakes =
                new BrakesOn(List.of(new TrippedBrake(AssetKind.CONTACT, Brake.PSA_WRITES, 30, 0, 40, 25, false)));

        assertThat(BRAKING.under(brakes, calm, decision)).isSameAs(decision);
        assertThat(under(Brake.LOCAL_UPDATES, toPush(Grant.USUAL))).isInstanceOf(Decision.Keep.class);
    }

    @Test
    @DisplayName("BRAKE-1, MERGE-6: what is to be read first is counted and held as it will be")
    void holdsWhatIsToBeReadFirst() {
        PairFacts fresh = toPush(Grant.USUAL);
        PairFacts stale =
                new PairFacts(fresh.pair(), fresh.local(), false, fresh.links(), null, null, false, false, null);

        Decision held = under(Brake.PSA_WRITES, stale);

        assertThat(PLANNER.decide(stale)).isInstanceOf(Decision.Need.class);
        assertThat(held)
                .isInstanceOfSatisfying(
                        Decision.Hold.class, hold -> assertThat(hold.whole()).isEqualTo(PLANNER.decide(fresh)));
    }

    @Test
    @DisplayName("BRAKE-1: a record that leaves and is updated too is held as one that leaves")
    void namesTheLeavingFirst() {
        FieldValues shown = there("old").with(ContactFields.ACTIVE, false);
        PairFacts both = facts(
                here("old").with(ContactFields.ACTIVE, true),
                shown,
                organization(SyncState.SYNCING),
                pair -> pair.base(new Base(
                        here("old").with(ContactFields.ACTIVE, true),
                        there("old").with(ContactFields.ACTIVE, true))));
        Because because = new Because("BRAKE-1", "held");

        Decision held = BRAKING.under((facts, verb) -> because, both, PLANNER.decide(both));

        assertThat(BRAKING.verbs(both, PLANNER.decide(both)))
                .containsExactlyInAnyOrder(Verb.UPDATE_LOCALLY, Verb.ORPHAN);
        assertThat(held)
                .isInstanceOfSatisfying(
                        Decision.Hold.class, hold -> assertThat(hold.verb()).isEqualTo(Verb.ORPHAN));
    }
}
