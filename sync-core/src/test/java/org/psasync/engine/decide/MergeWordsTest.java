package org.psasync.engine.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.psasync.engine.decide.Facts.GOOD_THERE;
import static org.psasync.model.ConfigurationFields.ASSET_TAG;
import static org.psasync.model.ConfigurationFields.NOTES;
import static org.psasync.model.ConfigurationFields.SERIAL_NUMBER;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.engine.Disposition;
import org.psasync.model.AssetKind;
import org.psasync.model.AssetRef;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.Field;
import org.psasync.model.FieldValues;
import org.psasync.model.Problem;
import org.psasync.model.RemoteRef;
import org.psasync.store.Base;
import org.psasync.store.Pair;
import org.psasync.store.Trouble;
import org.psasync.store.Trouble.Failure;
import org.psasync.store.Trouble.Side;

/** Where a link stands, by what its fields come to: everything is said, and what weighs most is the disposition. */
class MergeWordsTest {
    private static final FieldValues NOTHING = FieldValues.empty(AssetKind.CONFIGURATION);
    private static final Pair CALM = Facts.link(GOOD_THERE).build();
    private static final Problem BAD = Problem.of(NOTES, Problem.Code.INVALID, "No such notes.");
    private static final RemoteRef SITE = RemoteRef.of(AssetKind.LOCATION, "site");

    /** What a merge comes to; everything that is not set is nothing. */
    private static final class Coming {
        private FieldValues pull = NOTHING;
        private FieldValues push = NOTHING;
        private final Map<FieldStanding, List<Field<?>>> standings = new HashMap<>();
        private final Set<AssetRef> awaited = new LinkedHashSet<>();
        private List<Problem> refusals = List.of();

        Coming pull(Field<String> field) {
            pull = pull.with(field, "x");
            return this;
        }

        Coming push(Field<String> field) {
            push = push.with(field, "x");
            return this;
        }

        Coming standing(FieldStanding standing, Field<?>... fields) {
            standings.put(standing, List.of(fields));
            return this;
        }

        Coming awaiting(AssetRef... refs) {
            awaited.addAll(List.of(refs));
            return this;
        }

        Coming refused(Problem... problems) {
            refusals = List.of(problems);
            return this;
        }

        Merge merge() {
            Base none = Base.none(AssetKind.CONFIGURATION);
            return new Merge(pull, push, none, none, List.of(), List.of(), List.of(), standings, awaited, refusals);
        }
    }

    private static Verdict verdict(Pair pair, Coming coming) {
        return new MergeWords(Samples.policy()).verdict(pair, coming.merge(), List.of());
    }

    private static Pair failing(Side side, @Nullable FieldValues refused, Problem... problems) {
        return CALM.toBuilder()
                .trouble(Trouble.NONE.withFailure(new Failure(side, List.of(problems), 1, refused)))
                .build();
    }

    private static void says(Verdict verdict, Disposition disposition, @Nullable String remedy, String... because) {
        assertThat(verdict.disposition()).isEqualTo(disposition);
        assertThat(verdict.situation()).isEqualTo(Situation.LINKED_GATE_OPEN);
        assertThat(verdict.because()).extracting(Because::toString).containsExactly(because);
        if (remedy == null) {
            assertThat(verdict.remedy()).isNull();
        } else {
            assertThat(verdict.remedy()).contains(remedy);
        }
    }

    @Test
    @DisplayName("WHY-2: a link about which there is nothing to say is in sync")
    void isInSync() {
        says(verdict(CALM, new Coming()), Disposition.IN_SYNC, null, "MERGE-1: both sides agree");
        assertThat(new MergeWords(Samples.policy())
                        .verdict(CALM, new Coming().merge(), List.of(new Because("X", "y")))
                        .because())
                .extracting(Because::toString)
                .containsExactly("X: y");
    }

    @Test
    @DisplayName("PUSH-4: what nobody confirmed is named, with the sentence to show")
    void awaitsConfirmation() {
        says(
                verdict(CALM, new Coming().standing(FieldStanding.UNCONFIRMED, NOTES, SERIAL_NUMBER)),
                Disposition.AWAITING_CONFIRMATION,
                "Save the record.",
                "PUSH-4: not pushed to Fake PSA yet, saving it will: notes, serial number");
    }

    @Test
    @DisplayName("PUSH-13, PULL-4: what was refused is told in the words of the side that refused it")
    void tellsWhoRefused() {
        Coming coming = new Coming().refused(BAD);
        String said = "PUSH-13: " + BAD;

        says(verdict(failing(Side.PSA, NOTHING, BAD), coming), Disposition.REFUSED_BY_PSA, "Change the record", said);
        says(verdict(CALM, coming), Disposition.REFUSED_BY_PSA, BAD.toString(), said);
        says(
                verdict(failing(Side.HOST, NOTHING, BAD), coming),
                Disposition.REFUSED_BY_HOST,
                "Change it in Fake PSA so that the host accepts it: " + BAD,
                said);
        Problem other = Problem.ofRecord(Problem.Code.REFUSED, "No.");
        says(
                verdict(failing(Side.HOST, NOTHING, other), coming),
                Disposition.REFUSED_BY_PSA,
                "Change the record",
                said);
    }

    @Test
    @DisplayName("MERGE-7, MERGE-5: what oscillates, and what a person must decide, is named")
    void namesWhatStandsStill() {
        says(
                verdict(CALM, new Coming().standing(FieldStanding.OSCILLATING, NOTES)),
                Disposition.OSCILLATING,
                "Find out who else writes the field",
                "MERGE-7: what the engine wrote was undone twice, so it is left alone: notes");
        says(
                verdict(CALM, new Coming().standing(FieldStanding.FROZEN, ASSET_TAG)),
                Disposition.CONFLICT_TO_DECIDE,
                "Decide in the review queue",
                "MERGE-5: both sides changed asset tag; a person decides");
    }

    @Test
    @DisplayName("WHY-2: a change that waits is named with its fields and ways")
    void namesWhatWaits() {
        says(verdict(CALM, new Coming().pull(NOTES)), Disposition.CHANGE_WAITING, null, "MERGE-1: to pull: notes");
        says(
                verdict(CALM, new Coming().push(ASSET_TAG)),
                Disposition.CHANGE_WAITING,
                null,
                "MERGE-1: to push: asset tag");
        says(
                verdict(CALM, new Coming().pull(NOTES).push(ASSET_TAG)),
                Disposition.CHANGE_WAITING,
                null,
                "MERGE-1: to pull: notes; to push: asset tag");
    }

    @Test
    @DisplayName("PUSH-13: a change whose last attempt failed for the moment is being retried; a refused one is not")
    void tellsWhatIsRetried() {
        Coming coming = new Coming().push(NOTES);

        says(
                verdict(failing(Side.PSA, null, BAD), coming),
                Disposition.RETRYING,
                null,
                "MERGE-1: to push: notes",
                "PUSH-13: the last attempt failed and is repeated: " + BAD);
        says(
                verdict(failing(Side.PSA, NOTHING.with(ASSET_TAG, "t"), BAD), coming),
                Disposition.CHANGE_WAITING,
                null,
                "MERGE-1: to push: notes");
    }

    @Test
    @DisplayName("WHY-2: what weighs most is the answer, and everything else is said too")
    void weighs() {
        Coming all = new Coming()
                .standing(FieldStanding.UNCONFIRMED, NOTES)
                .refused(BAD)
                .standing(FieldStanding.OSCILLATING, ASSET_TAG)
                .standing(FieldStanding.FROZEN, SERIAL_NUMBER);

        assertThat(verdict(CALM, all).disposition()).isEqualTo(Disposition.CONFLICT_TO_DECIDE);
        assertThat(verdict(CALM, all).because())
                .extracting(Because::rule)
                .containsExactly("PUSH-4", "PUSH-13", "MERGE-7", "MERGE-5");
        assertThat(verdict(CALM, all.pull(ConfigurationFields.PLATFORM)).disposition())
                .isEqualTo(Disposition.CHANGE_WAITING);
    }

    @Test
    @DisplayName("FIELD-6, FIELD-10: references that are left out are told, each with its reason")
    void tellsOfReferences() {
        String waits = "FIELD-6: a reference is left out until " + SITE + " is linked";

        says(verdict(CALM, new Coming().awaiting(SITE)), Disposition.IN_SYNC, null, waits);
        says(
                verdict(
                        CALM,
                        new Coming()
                                .standing(FieldStanding.FOREIGN, ConfigurationFields.LOCATION)
                                .awaiting(SITE)),
                Disposition.IN_SYNC,
                null,
                "FIELD-6: location belongs to another organization");
        says(
                verdict(
                        CALM,
                        new Coming()
                                .standing(FieldStanding.IN_CIRCLE, ConfigurationFields.CONTACT)
                                .awaiting(SITE)),
                Disposition.IN_SYNC,
                null,
                "FIELD-10: contact is left out, because the parents go round in a circle");
        RemoteRef person = RemoteRef.of(AssetKind.CONTACT, "person");
        says(
                verdict(
                        CALM,
                        new Coming()
                                .standing(FieldStanding.FOREIGN, ConfigurationFields.LOCATION)
                                .standing(FieldStanding.IN_CIRCLE, ConfigurationFields.CONTACT)
                                .awaiting(SITE, person)),
                Disposition.IN_SYNC,
                null,
                "FIELD-6: location belongs to another organization",
                "FIELD-10: contact is left out, because the parents go round in a circle");
    }

    @Test
    @DisplayName("PSA-PW-4: a record of which only the list row was read waits for its details, if for nothing else")
    void waitsForDetails() {
        Pair row =
                CALM.toBuilder().observed(Samples.observed(GOOD_THERE).asRow()).build();

        says(
                verdict(row, new Coming()),
                Disposition.CHANGE_WAITING,
                null,
                "PSA-PW-4: only its list row was read; its details are read as the PSA's limits allow");
        assertThat(verdict(row, new Coming().standing(FieldStanding.UNCONFIRMED, NOTES))
                        .disposition())
                .isEqualTo(Disposition.AWAITING_CONFIRMATION);
        assertThat(verdict(CALM.toBuilder().observed(null).build(), new Coming())
                        .disposition())
                .isEqualTo(Disposition.IN_SYNC);
    }
}
