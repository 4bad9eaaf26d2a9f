package org.psasync.engine.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.psasync.engine.SyncSettings.ConflictPolicy.PSA_WINS;
import static org.psasync.model.ContactPoint.further;
import static org.psasync.model.ContactPoint.primary;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.engine.SyncSettings.ConflictPolicy;
import org.psasync.engine.decide.FieldDecision.Agreed;
import org.psasync.engine.decide.FieldDecision.Conflict;
import org.psasync.engine.decide.FieldDecision.Halves;
import org.psasync.engine.decide.FieldDecision.Pull;
import org.psasync.engine.decide.FieldDecision.Push;
import org.psasync.engine.decide.FieldDecision.Unconfirmed;
import org.psasync.engine.decide.FieldMerge.Permission;
import org.psasync.engine.decide.ListMerge.Lists;
import org.psasync.engine.decide.Translation.Listed;
import org.psasync.model.AssetKind;
import org.psasync.model.ContactFields;
import org.psasync.model.ContactPoint;
import org.psasync.model.FieldValues;
import org.psasync.model.LocalRef;
import org.psasync.model.RemoteRef;
import org.psasync.store.Base;

class ListMergeTest {
    private static final ContactPoint A = primary("a@x.example");
    private static final ContactPoint B = further("b@x.example");
    private static final ContactPoint C = further("c@x.example");
    private static final ContactPoint D = further("d@x.example");
    private static final Permission MAY = new Permission(true, true, PSA_WINS, "both");
    private static final Permission NOT_CONFIRMED = new Permission(true, false, PSA_WINS, "both");
    private static final Permission ONE_WAY = new Permission(false, false, PSA_WINS, "both");

    private static Lists lists(Set<?> baseLocal, Set<?> baseRemote, Set<?> local, Set<?> remote) {
        return new Lists(true, listed(baseLocal), listed(baseRemote), listed(local), listed(remote));
    }

    private static Listed listed(@Nullable Set<?> items) {
        return new Listed(items, items, Set.of());
    }

    @Test
    @DisplayName("FIELD-4, MERGE-3: an item for which the PSA has no slot stays when the PSA changes its list")
    void keepsWhatOnlyTheHostHolds() {
        FieldDecision decision = ListMerge.merge(lists(Set.of(A, B), Set.of(A), Set.of(A, B), Set.of(A, C)), MAY);

        assertThat(decision).isEqualTo(new Pull(Set.of(A, B, C), null, new Halves(Set.of(A, B, C), Set.of(A, C))));
    }

    @Test
    @DisplayName("FIELD-4: a host with room for one item takes another when the PSA removes that one")
    void takesAnotherWhenItsOnlyOneGoes() {
        assertThat(ListMerge.merge(lists(Set.of(A), Set.of(A, B), Set.of(A), Set.of(B)), MAY))
                .isEqualTo(new Pull(Set.of(B), null, new Halves(Set.of(B), Set.of(B))));
        assertThat(ListMerge.merge(lists(Set.of(A, B), Set.of(A, B), Set.of(B), Set.of(A)), MAY))
                .as("each side removed another item")
                .isEqualTo(new Pull(null, null, new Halves(Set.of(A), Set.of(A))));
    }

    @Test
    @DisplayName("MERGE-3: what the PSA adds and the host has already is agreed, and nothing is written")
    void agreesAboutWhatBothHave() {
        assertThat(ListMerge.merge(lists(Set.of(A, B, D), Set.of(A), Set.of(A, B, D), Set.of(A, B)), MAY))
                .isEqualTo(new Agreed());
    }

    @Test
    @DisplayName("MERGE-3: an item added in the host is sent beside those that only the PSA has")
    void sendsWhatTheHostAdded() {
        Lists added = lists(Set.of(A), Set.of(A, B), Set.of(A, C), Set.of(A, B));

        assertThat(ListMerge.merge(added, MAY)).isEqualTo(new Push(Set.of(A, B, C), null));
        assertThat(ListMerge.merge(added, NOT_CONFIRMED)).isEqualTo(new Unconfirmed());
    }

    @Test
    @DisplayName("PUSH-1: one-way, a local change is undone, and what has no slot in the PSA stays")
    void putsAListBack() {
        Lists changed = lists(Set.of(A, B), Set.of(A), Set.of(A, B, D), Set.of(A, C));

        assertThat(ListMerge.merge(changed, ONE_WAY))
                .isEqualTo(new Pull(Set.of(A, B, C), FieldMerge.PUT_BACK, new Halves(Set.of(A, B, C), Set.of(A, C))));
    }

    @Test
    @DisplayName("MERGE-2: the local half of a list is what the host shows, without what is still to be pushed")
    void believesWhatTheHostShows() {
        FieldValues none = FieldValues.empty(AssetKind.CONTACT);
        Merge merge = new Merge(
                none.with(ContactFields.EMAILS, Set.of(A, B, C)),
                none,
                Base.none(AssetKind.CONTACT),
                new Base(none.with(ContactFields.EMAILS, Set.of(A, B)), none.with(ContactFields.EMAILS, Set.of(A, B))),
                List.of(),
                List.of(),
                List.of(),
                Map.of(),
                Set.of(),
                List.of());

        Base base = merge.agreedAfterPull(
                none.with(ContactFields.EMAILS, Set.of(A, C)), none.with(ContactFields.EMAILS, Set.of(A, B)));

        assertThat(base.local().get(ContactFields.EMAILS)).isEqualTo(Set.of(A));
        assertThat(base.remote().get(ContactFields.EMAILS)).isEqualTo(Set.of(A, B));
    }

    // The primary item -----------------------------------------------------------------------------------------------

    private static final ContactPoint A2 = further("a@x.example");
    private static final ContactPoint B1 = primary("b@x.example");
    private static final ContactPoint C1 = primary("c@x.example");
    private static final Set<ContactPoint> AGREED = Set.of(A, B, C);
    private static final Set<ContactPoint> OURS = Set.of(A2, B1, C);
    private static final Set<ContactPoint> THEIRS = Set.of(A2, B, C1);

    private static Permission by(ConflictPolicy policy) {
        return new Permission(true, true, policy, "both");
    }

    @Test
    @DisplayName("MERGE-3, MERGE-4: which item is the primary one is a value of its own, and goes by policy")
    void decidesAboutThePrimaryItem() {
        Lists clash = lists(AGREED, AGREED, OURS, THEIRS);
        Because both = new Because("MERGE-1", "both");

        assertThat(ListMerge.merge(clash, by(ConflictPolicy.ASK))).isEqualTo(new Conflict(OURS, THEIRS));
        assertThat(ListMerge.merge(clash, by(PSA_WINS))).isEqualTo(new Pull(THEIRS, both, new Halves(THEIRS, THEIRS)));
        assertThat(ListMerge.merge(clash, by(ConflictPolicy.LOCAL_WINS))).isEqualTo(new Push(OURS, both));
    }

    @Test
    @DisplayName("MERGE-3: a local primary item that wins stays beside what the PSA added, and its push follows")
    void keepsTheLocalPrimaryItem() {
        Lists clash = lists(AGREED, AGREED, OURS, Set.of(A2, B, C1, D));

        assertThat(ListMerge.merge(clash, by(ConflictPolicy.LOCAL_WINS)))
                .isEqualTo(new Pull(Set.of(A2, B1, C, D), null, new Halves(Set.of(A, B, C, D), Set.of(A, B, C, D))));
    }

    @Test
    @DisplayName("MERGE-3: a primary item that one side chose, or both the same, is no conflict")
    void takesThePrimaryItemOfOneSide() {
        assertThat(ListMerge.merge(lists(AGREED, AGREED, OURS, AGREED), by(ConflictPolicy.ASK)))
                .isEqualTo(new Push(OURS, null));
        assertThat(ListMerge.merge(lists(AGREED, AGREED, AGREED, THEIRS), by(ConflictPolicy.ASK)))
                .isEqualTo(new Pull(THEIRS, null, new Halves(THEIRS, THEIRS)));
        assertThat(ListMerge.merge(lists(AGREED, AGREED, OURS, Set.of(A2, B1, C, D)), by(ConflictPolicy.ASK)))
                .isInstanceOf(Pull.class);
        assertThat(ListMerge.merge(lists(AGREED, AGREED, Set.of(A, B, C, D), THEIRS), by(ConflictPolicy.ASK)))
                .as("the host added an item, and the PSA chose")
                .isInstanceOf(Pull.class);
    }

    // First links and unlinked members -------------------------------------------------------------------------------

    @Test
    @DisplayName("MATCH-8: on the first link the PSA's list counts, unless it is blank")
    void takesThePsaListFirst() {
        Lists both = new Lists(false, listed(null), listed(null), listed(Set.of(A)), listed(Set.of(B)));
        Lists here = new Lists(false, listed(null), listed(null), listed(Set.of(A)), listed(null));

        assertThat(ListMerge.merge(both, MAY)).isEqualTo(new Pull(Set.of(B), FieldMerge.FIRST_LINK, null));
        assertThat(ListMerge.merge(here, MAY)).isEqualTo(new Push(Set.of(A), null));
    }

    @Test
    @DisplayName("MERGE-1: a list that is as it was agreed, on each side its own way, is agreed")
    void agreesAboutWhatDidNotChange() {
        assertThat(ListMerge.merge(lists(Set.of(A), Set.of(A, B), Set.of(A), Set.of(A, B)), MAY))
                .isEqualTo(new Agreed());
    }

    @Test
    @DisplayName("PUSH-1: one-way, a list that is what the PSA's changes come to is agreed")
    void putsNothingBackThatIsRight() {
        Lists right = lists(Set.of(A, B), Set.of(A), Set.of(A, B, C), Set.of(A, C));

        assertThat(ListMerge.merge(right, ONE_WAY)).isEqualTo(new Agreed());
    }

    @Test
    @DisplayName("FIELD-6: each side keeps the members that the other one cannot see")
    void keepsWhatTheOtherSideCannotSee() {
        LocalRef here = LocalRef.of(AssetKind.CONFIGURATION, "only here");
        RemoteRef there = RemoteRef.of(AssetKind.CONFIGURATION, "only there");
        Listed ours = new Listed(Set.of(A), Set.of(A), Set.of(here));
        Listed oursMore = new Listed(Set.of(A, D), Set.of(A, D), Set.of(here));
        Listed theirs = new Listed(Set.of(A, B), Set.of(A, B), Set.of(there));

        assertThat(ListMerge.merge(new Lists(true, listed(Set.of(A)), listed(Set.of(A)), ours, theirs), MAY))
                .isEqualTo(new Pull(Set.of(here, A, B), null, new Halves(Set.of(A, B), Set.of(A, B))));
        assertThat(ListMerge.merge(new Lists(true, listed(Set.of(A)), listed(Set.of(A, B)), oursMore, theirs), MAY))
                .isEqualTo(new Push(Set.of(there, A, B, D), null));
        assertThat(ListMerge.merge(new Lists(true, listed(Set.of(A)), listed(Set.of(A)), ours, listed(null)), MAY))
                .isEqualTo(new Pull(Set.of(here), null, new Halves(null, null)));
    }

    @Test
    @DisplayName("MERGE-3: what the host removed goes from the PSA's list, and no more")
    void removesWhatTheHostRemoved() {
        assertThat(ListMerge.merge(lists(Set.of(A, B), Set.of(A, B, C), Set.of(A), Set.of(A, B, C)), MAY))
                .isEqualTo(new Push(Set.of(A, C), null));
        assertThat(ListMerge.merge(lists(Set.of(A, B), Set.of(A, C), Set.of(A), Set.of(A, C)), MAY))
                .as("the PSA does not have it")
                .isEqualTo(new Agreed());
    }
}
