package org.psasync.engine.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.psasync.engine.SyncSettings.ConflictPolicy.PSA_WINS;
import static org.psasync.model.ContactPoint.further;
import static org.psasync.model.ContactPoint.primary;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.engine.decide.FieldDecision.Agreed;
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

    private static Listed listed(Set<?> items) {
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
}
