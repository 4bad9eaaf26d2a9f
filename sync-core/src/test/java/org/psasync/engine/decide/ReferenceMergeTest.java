package org.psasync.engine.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.psasync.engine.decide.Facts.COMPANY;
import static org.psasync.engine.decide.Facts.GOOD_HERE;
import static org.psasync.engine.decide.Facts.GOOD_THERE;
import static org.psasync.engine.decide.Facts.HERE;
import static org.psasync.engine.decide.Samples.CUSTOMER;
import static org.psasync.engine.decide.Samples.NOW;
import static org.psasync.model.AssetKind.CONFIGURATION;
import static org.psasync.model.AssetKind.LOCATION;
import static org.psasync.model.AssetKind.ORGANIZATION;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.model.Asset;
import org.psasync.model.AssetRef;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.FieldValues;
import org.psasync.model.LocalRef;
import org.psasync.model.LocationFields;
import org.psasync.model.OrganizationFields;
import org.psasync.model.PairId;
import org.psasync.model.RemoteRef;
import org.psasync.model.SyncState;
import org.psasync.spi.FieldRule;
import org.psasync.store.Base;
import org.psasync.store.Grant;
import org.psasync.store.Pair;
import org.psasync.store.Trouble.Side;

/** How what a record refers to is merged: what is not linked, moves with its organization, or goes round in a circle. */
class ReferenceMergeTest {
    private static final Pair OTHER = Facts.linked(ORGANIZATION, "other", SyncState.SYNCING, Facts.company(CUSTOMER));
    private static final Pair OFFICE = site("office", COMPANY);
    private static final Pair ANNEX = site("annex", COMPANY);
    private static final Pair BRANCH = site("branch", RemoteRef.of(ORGANIZATION, "other"));
    private static final RemoteRef NEW = RemoteRef.of(LOCATION, "new");
    private static final LinkTable LINKS =
            Facts.links(Facts.organization(SyncState.SYNCING, CUSTOMER), OTHER, OFFICE, ANNEX, BRANCH);

    private static Pair site(String id, RemoteRef company) {
        return Facts.linked(
                LOCATION,
                id,
                SyncState.SYNCING,
                FieldValues.empty(LOCATION).with(LocationFields.ORGANIZATION, company));
    }

    private static FieldValues here(@Nullable AssetRef location) {
        return GOOD_HERE.with(ConfigurationFields.LOCATION, location);
    }

    private static FieldValues there(RemoteRef company, @Nullable AssetRef location) {
        return GOOD_THERE.with(ConfigurationFields.ORGANIZATION, company).with(ConfigurationFields.LOCATION, location);
    }

    private static Merge merge(Policy policy, Pair pair, FieldValues local, boolean inCircle, boolean localCircle) {
        Asset asset = Samples.asset(HERE.id().value(), local);
        PairFacts facts = new PairFacts(pair, asset, true, LINKS, null, null, inCircle, localCircle, null);
        return PairMerge.of(policy, facts, asset, pair.remoteValues());
    }

    /** A server of the company in its office, which the host shows somewhere, and that moves to the other company. */
    private static Merge moving(@Nullable AssetRef locationHere, @Nullable AssetRef locationThere) {
        return movingAs(there(RemoteRef.of(ORGANIZATION, "other"), locationThere), here(locationHere));
    }

    private static Merge movingAs(FieldValues there, FieldValues here) {
        Pair pair = Facts.link(there)
                .base(new Base(here(OFFICE.localRef()), there(COMPANY, OFFICE.remoteRef())))
                .build();
        return merge(Samples.policy(), pair, here, false, false);
    }

    private static FieldValues moved() {
        return FieldValues.empty(CONFIGURATION).with(ConfigurationFields.ORGANIZATION, OTHER.localRef());
    }

    @Test
    @DisplayName("FIELD-10: a record that moves leaves the location of its old organization, in the same write")
    void leavesItsLocationBehind() {
        Merge merge = moving(OFFICE.localRef(), OFFICE.remoteRef());

        assertThat(merge.pull()).isEqualTo(moved().with(ConfigurationFields.LOCATION, null));
        assertThat(merge.losses()).isEmpty();
        assertThat(merge.awaited()).as("should it move too").containsExactly(OFFICE.remoteRef());
        FieldValues blank = FieldValues.empty(CONFIGURATION).with(ConfigurationFields.LOCATION, null);
        assertThat(merge.partly()).isEqualTo(new Base(blank, blank));
    }

    @Test
    @DisplayName("FIELD-10: the organization is decided first, wherever the connector names it")
    void decidesTheOrganizationFirst() {
        List<FieldRule> rules = new ArrayList<>(Samples.policy().rules(CONFIGURATION));
        Collections.reverse(rules);
        Policy policy = Samples.with(Samples.policy(), Samples.kind(CONFIGURATION, true, true, rules));
        FieldValues there = there(RemoteRef.of(ORGANIZATION, "other"), OFFICE.remoteRef());
        FieldValues here = here(OFFICE.localRef());
        Pair pair = Facts.link(there)
                .base(new Base(here, there(COMPANY, OFFICE.remoteRef())))
                .build();

        assertThat(merge(policy, pair, here, false, false).pull())
                .isEqualTo(moved().with(ConfigurationFields.LOCATION, null));
    }

    @Test
    @DisplayName("FIELD-10: it takes its new location with it when that is linked, and waits for it when not")
    void takesItsNewLocation() {
        Merge linked = moving(OFFICE.localRef(), BRANCH.remoteRef());
        Merge unlinked = moving(OFFICE.localRef(), NEW);

        assertThat(linked.pull()).isEqualTo(moved().with(ConfigurationFields.LOCATION, BRANCH.localRef()));
        assertThat(linked.awaited()).isEmpty();
        assertThat(unlinked.pull()).isEqualTo(moved().with(ConfigurationFields.LOCATION, null));
        assertThat(unlinked.awaited()).containsExactly(NEW);
    }

    @Test
    @DisplayName("FIELD-10, MERGE-4: a location that somebody chose in the old organization is told as lost")
    void tellsWhatIsLostByMoving() {
        Merge merge = moving(ANNEX.localRef(), OFFICE.remoteRef());

        assertThat(merge.pull().get(ConfigurationFields.LOCATION)).isNull();
        assertThat(merge.pull().has(ConfigurationFields.LOCATION)).isTrue();
        assertThat(merge.losses()).singleElement().satisfies(loss -> {
            assertThat(loss.field()).isEqualTo(ConfigurationFields.LOCATION);
            assertThat(loss.side()).isEqualTo(Side.HOST);
            assertThat(loss.lost()).isEqualTo(ANNEX.localRef());
            assertThat(loss.because().rule()).isEqualTo("FIELD-10");
        });
    }

    @Test
    @DisplayName("FIELD-10: what belongs to the new organization, or to none, stays")
    void keepsWhatMayStay() {
        Merge chosenAhead = moving(BRANCH.localRef(), OFFICE.remoteRef());
        Merge none = moving(null, null);
        Merge nowhere = movingAs(
                there(COMPANY, OFFICE.remoteRef()).with(ConfigurationFields.ORGANIZATION, null),
                here(OFFICE.localRef()));
        Merge notMoved = movingAs(
                there(COMPANY, OFFICE.remoteRef()).with(ConfigurationFields.NAME, "SRV-2"), here(OFFICE.localRef()));

        assertThat(chosenAhead.pull()).isEqualTo(moved());
        assertThat(none.pull()).isEqualTo(moved());
        assertThat(nowhere.pull().fields()).containsExactly(ConfigurationFields.ORGANIZATION);
        assertThat(notMoved.pull().fields()).containsExactly(ConfigurationFields.NAME);
    }

    @Test
    @DisplayName("FIELD-6: a reference that is not linked is awaited, unless its kind does not sync")
    void awaitsOnlyWhatMayCome() {
        Pair pair = Facts.link(there(COMPANY, NEW)).base(null).build();
        Policy withoutLocations = Samples.policy(Samples.changed(change -> change.locations = false), Set.of(), null);

        assertThat(merge(Samples.policy(), pair, here(null), false, false).awaited())
                .containsExactly(NEW);
        assertThat(merge(withoutLocations, pair, here(null), false, false).awaited())
                .isEmpty();
    }

    @Test
    @DisplayName("FIELD-6: a local reference that is not linked is left out and sent as soon as it is")
    void awaitsWhatIsToBeSent() {
        LocalRef unlinked = LocalRef.of(LOCATION, "unlinked");
        FieldValues local = here(unlinked).with(ConfigurationFields.NOTES, "mine");
        Pair pair = Facts.link(there(COMPANY, null).with(ConfigurationFields.NOTES, null))
                .grant(new Grant(local, "ursula", NOW))
                .build();

        Merge merge = merge(Samples.policy(), pair, local, false, false);

        assertThat(merge.push().fields()).containsExactly(ConfigurationFields.NOTES);
        assertThat(merge.awaited()).containsExactly(unlinked);
    }

    // Circles of parents ---------------------------------------------------------------------------------------------

    private static Merge circle(
            @Nullable AssetRef parentHere, @Nullable AssetRef parentThere, boolean inCircle, boolean localCircle) {
        FieldValues base = Facts.company(CUSTOMER).with(OrganizationFields.PARENT, null);
        FieldValues local = base.with(OrganizationFields.PARENT, parentHere).with(OrganizationFields.NAME, "Acme");
        FieldValues remote = base.with(OrganizationFields.PARENT, parentThere).with(OrganizationFields.NAME, "Acme 2");
        Pair pair = Pair.ofRemote(new PairId(0, 9), COMPANY).toBuilder()
                .local(HERE.id())
                .state(SyncState.SYNCING)
                .observed(Samples.observed(remote))
                .base(new Base(base, base))
                .grant(new Grant(local, "ursula", NOW))
                .build();
        return merge(Samples.policy(), pair, local, inCircle, localCircle);
    }

    @Test
    @DisplayName("FIELD-10: parents that go round in a circle are left out and named; the rest of the record syncs")
    void leavesACircleOut() {
        Merge merge = circle(null, OTHER.remoteRef(), true, false);

        assertThat(merge.fields(FieldStanding.IN_CIRCLE)).containsExactly(OrganizationFields.PARENT);
        assertThat(merge.awaited()).isEqualTo(Set.<AssetRef>of(RemoteRef.of(ORGANIZATION, "other")));
        assertThat(merge.pull().fields()).containsExactly(OrganizationFields.NAME);
    }

    @Test
    @DisplayName("FIELD-10: a local parent that would make a circle in the PSA is not sent")
    void sendsNoCircle() {
        Merge sent = circle(OTHER.localRef(), null, false, false);
        Merge circle = circle(OTHER.localRef(), null, false, true);

        assertThat(sent.push().fields()).containsExactly(OrganizationFields.PARENT);
        assertThat(circle.push().isEmpty()).isTrue();
        assertThat(circle.fields(FieldStanding.IN_CIRCLE)).containsExactly(OrganizationFields.PARENT);
        assertThat(circle.awaited()).isEqualTo(Set.<AssetRef>of(LocalRef.of(ORGANIZATION, "other")));
    }

    @Test
    @DisplayName("FIELD-10: what breaks the circle is taken")
    void takesWhatBreaksACircle() {
        Merge cleared = circle(null, null, true, true);
        Merge pulled = circle(null, OTHER.remoteRef(), false, true);

        assertThat(cleared.fields(FieldStanding.IN_CIRCLE)).isEqualTo(List.of());
        assertThat(pulled.pull().get(OrganizationFields.PARENT)).isEqualTo(OTHER.localRef());
    }
}
