package org.psasync.engine.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.psasync.model.ConfigurationFields.ASSET_TAG;
import static org.psasync.model.ConfigurationFields.NOTES;
import static org.psasync.model.ContactPoint.further;
import static org.psasync.model.ContactPoint.primary;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.model.AssetKind;
import org.psasync.model.AssetRef;
import org.psasync.model.ContactFields;
import org.psasync.model.ContactPoint;
import org.psasync.model.Field;
import org.psasync.model.FieldValues;
import org.psasync.model.Problem;
import org.psasync.model.RemoteRef;
import org.psasync.store.Base;
import org.psasync.store.Trouble.Side;

/** What a merge comes to, and what is left of it when only a part may be done. */
class MergeTest {
    private static final FieldValues NONE = FieldValues.empty(AssetKind.CONFIGURATION);
    private static final FieldValues BOTH = NONE.with(NOTES, "n").with(ASSET_TAG, "t");
    private static final RemoteRef SITE = RemoteRef.of(AssetKind.LOCATION, "site");
    private static final Because BECAUSE = new Because("MERGE-1", "test");
    private static final Merge.Loss HOST_NOTES = new Merge.Loss(NOTES, Side.HOST, "a", "n", BECAUSE);
    private static final Merge.Loss HOST_TAG = new Merge.Loss(ASSET_TAG, Side.HOST, "a", "t", BECAUSE);
    private static final Merge.Loss PSA_NOTES = new Merge.Loss(NOTES, Side.PSA, "a", "n", BECAUSE);

    private static Merge merge(
            FieldValues pull,
            FieldValues push,
            Map<FieldStanding, List<Field<?>>> standings,
            Set<AssetRef> awaited,
            List<Problem> refusals) {
        return new Merge(
                pull,
                push,
                new Base(BOTH, BOTH),
                new Base(BOTH, BOTH),
                List.of(NOTES, ASSET_TAG),
                List.of(NOTES),
                List.of(HOST_NOTES, HOST_TAG, PSA_NOTES),
                standings,
                awaited,
                refusals);
    }

    private static Merge whole() {
        return merge(
                BOTH,
                BOTH,
                Map.of(FieldStanding.FROZEN, List.of(NOTES)),
                Set.of(SITE),
                List.of(Problem.ofRecord(Problem.Code.REFUSED, "No.")));
    }

    @Test
    @DisplayName("WHY-2: a merge is silent when nothing is written and nothing is to be said")
    void isSilent() {
        Problem problem = Problem.ofRecord(Problem.Code.REFUSED, "No.");

        assertThat(Merge.nothing(AssetKind.CONFIGURATION).isSilent()).isTrue();
        assertThat(merge(NONE, NONE, Map.of(FieldStanding.LEFT_ALONE, List.of(NOTES)), Set.of(), List.of())
                        .isSilent())
                .isTrue();
        for (FieldStanding standing : FieldStanding.values()) {
            if (standing != FieldStanding.LEFT_ALONE) {
                assertThat(merge(NONE, NONE, Map.of(standing, List.of(NOTES)), Set.of(), List.of())
                                .isSilent())
                        .as("%s", standing)
                        .isFalse();
            }
        }
        assertThat(merge(BOTH, NONE, Map.of(), Set.of(), List.of()).isSilent()).isFalse();
        assertThat(merge(NONE, NONE, Map.of(), Set.of(SITE), List.of()).isSilent())
                .isFalse();
        assertThat(merge(NONE, NONE, Map.of(), Set.of(), List.of(problem)).isSilent())
                .isFalse();
        assertThat(merge(BOTH, NONE, Map.of(), Set.of(), List.of()).writes()).isTrue();
        assertThat(merge(NONE, BOTH, Map.of(), Set.of(), List.of()).writes()).isTrue();
        assertThat(merge(NONE, NONE, Map.of(), Set.of(), List.of()).writes()).isFalse();
    }

    @Test
    @DisplayName("PULL-6: what an orphan follows is pulled, with what is agreed and lost of it, and nothing else")
    void pullsSomeFields() {
        FieldValues notes = NONE.with(NOTES, "n");

        Merge some = whole().pullOnly(NOTES::equals);

        assertThat(some)
                .isEqualTo(new Merge(
                        notes,
                        NONE,
                        new Base(notes, notes),
                        new Base(notes, notes),
                        List.of(NOTES),
                        List.of(NOTES),
                        List.of(HOST_NOTES),
                        Map.of(),
                        Set.of(),
                        List.of()));
    }

    @Test
    @DisplayName("BRAKE-1: without what it writes to the PSA, everything else of a merge stays")
    void leavesThePushOut() {
        Merge whole = whole();

        assertThat(whole.withoutPush())
                .isEqualTo(new Merge(
                        BOTH,
                        NONE,
                        whole.agreed(),
                        whole.partly(),
                        whole.confirmedLists(),
                        whole.unmapped(),
                        List.of(HOST_NOTES, HOST_TAG),
                        whole.standings(),
                        whole.awaited(),
                        whole.refusals()));
        assertThat(whole.awaiting(Set.of()).awaited()).isEmpty();
        assertThat(whole.awaiting(Set.of()).push()).isEqualTo(BOTH);
    }

    @Test
    @DisplayName("FIELD-10, MERGE-2: a half that was agreed to be something else than is shown stays that")
    void agreesAboutTheHalvesOnly() {
        FieldValues written = NONE.with(NOTES, "sent");
        Merge merge = new Merge(
                written,
                NONE,
                Base.none(AssetKind.CONFIGURATION),
                new Base(
                        NONE.with(NOTES, "ours").with(ASSET_TAG, "x"),
                        NONE.with(NOTES, "theirs").with(ASSET_TAG, "x")),
                List.of(),
                List.of(),
                List.of(),
                Map.of(),
                Set.of(),
                List.of());

        Base base = merge.agreedAfterPull(NONE.with(NOTES, "shown"), NONE.with(NOTES, "shown"));

        assertThat(base).isEqualTo(new Base(NONE.with(NOTES, "ours"), NONE.with(NOTES, "theirs")));
    }

    @Test
    @DisplayName("MERGE-2: of a list that was emptied the half is what the host shows of what is agreed")
    void agreesAboutAnEmptiedList() {
        ContactPoint a = primary("a@x.example");
        ContactPoint b = further("b@x.example");
        FieldValues none = FieldValues.empty(AssetKind.CONTACT);
        Merge emptied = new Merge(
                none.with(ContactFields.EMAILS, null),
                none,
                Base.none(AssetKind.CONTACT),
                new Base(none.with(ContactFields.EMAILS, Set.of(a)), none),
                List.of(),
                List.of(),
                List.of(),
                Map.of(),
                Set.of(),
                List.of());
        Merge blank = new Merge(
                none.with(ContactFields.EMAILS, Set.of(b)),
                none,
                Base.none(AssetKind.CONTACT),
                new Base(none.with(ContactFields.EMAILS, null), none),
                List.of(),
                List.of(),
                List.of(),
                Map.of(),
                Set.of(),
                List.of());

        assertThat(emptied.agreedAfterPull(none.with(ContactFields.EMAILS, null), none)
                        .local()
                        .get(ContactFields.EMAILS))
                .isEqualTo(Set.of(a));
        assertThat(blank.agreedAfterPull(none.with(ContactFields.EMAILS, Set.of(b)), none)
                        .local()
                        .get(ContactFields.EMAILS))
                .isNull();
    }
}
