package org.psasync.engine.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.psasync.engine.decide.Facts.GOOD_HERE;
import static org.psasync.engine.decide.Facts.GOOD_THERE;
import static org.psasync.engine.decide.Facts.HERE;
import static org.psasync.engine.decide.Facts.ORGANIZATION;
import static org.psasync.engine.decide.Facts.facts;
import static org.psasync.engine.decide.Facts.local;
import static org.psasync.engine.decide.Facts.syncing;
import static org.psasync.engine.decide.Samples.PRINTER;
import static org.psasync.model.AssetKind.CONFIGURATION;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.engine.Disposition;
import org.psasync.engine.decide.Matching.Entrant;
import org.psasync.model.AssetKind;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.FieldValues;
import org.psasync.model.LocalRef;
import org.psasync.model.PairId;
import org.psasync.model.Problem;
import org.psasync.model.RemoteRef;
import org.psasync.spi.FieldRule;
import org.psasync.spi.FieldRule.Direction;
import org.psasync.store.Candidate;
import org.psasync.store.Pair;
import org.psasync.store.Trouble;
import org.psasync.store.Trouble.Failure;
import org.psasync.store.Trouble.Review;
import org.psasync.store.Trouble.Side;

/** What becomes of a local record without a link (PUSH-7). */
class LocalPlannerTest {
    private static final Problem BAD = Problem.ofRecord(Problem.Code.REFUSED, "No.");
    private static final Problem DUPLICATE = Problem.ofRecord(Problem.Code.DUPLICATE, "There is one.");
    private static final LocalRef SITE = LocalRef.of(AssetKind.LOCATION, "site");

    private static Decision decide(Policy policy, Pair.Builder pair, @Nullable FieldValues values) {
        return new Planner(policy).decide(facts(pair, values, syncing()));
    }

    private static Pair.Builder failing(Side side, @Nullable FieldValues refused, Problem... problems) {
        Failure failure = new Failure(side, List.of(problems), 1, refused);
        return local(GOOD_HERE).trouble(Trouble.NONE.withFailure(failure));
    }

    private static Policy writing(boolean written, boolean searched) {
        List<FieldRule> rules = Samples.policy().rules(CONFIGURATION);
        return Samples.with(Samples.policy(), Samples.kind(CONFIGURATION, written, searched, rules));
    }

    // Turned away ----------------------------------------------------------------------------------------------------

    @Test
    @DisplayName("PUSH-1, GATE-5: while two-way is off, that is told beside everything else, with what would help")
    void tellsThatTwoWayIsOff() {
        Policy oneWay = Samples.policy(Samples::oneWay, Set.of(), null);

        Decision.Leave leave =
                (Decision.Leave) decide(oneWay, local(GOOD_HERE), GOOD_HERE.with(ConfigurationFields.TYPE, PRINTER));

        assertThat(leave.verdict().situation()).isEqualTo(Situation.LOCAL_ONE_WAY);
        assertThat(leave.verdict().because()).extracting(Because::rule).containsExactly("PUSH-1", "GATE-1");
        assertThat(leave.verdict().remedy())
                .startsWith("Turn two-way on in the settings, then save the record; select its type")
                .endsWith(".");
        assertThat(leave.gate()).containsExactly(GateReason.TYPE_NOT_SELECTED);
        assertThat(leave.awaited()).containsExactly(ORGANIZATION);
    }

    @Test
    @DisplayName("FIELD-8: what the connector cannot make never goes there, and no change would help")
    void tellsWhatCannotBeMade() {
        Decision notMade = decide(writing(false, true), local(GOOD_HERE), GOOD_HERE);
        FieldValues ticket = FieldValues.empty(AssetKind.TICKET);
        Pair.Builder pair = Pair.ofLocal(new PairId(0, 7), LocalRef.of(AssetKind.TICKET, "here")).toBuilder();
        Decision neverMade = decide(Samples.policy(), pair, ticket);

        for (Decision decision : List.of(notMade, neverMade)) {
            assertThat(decision.verdict().because()).extracting(Because::rule).contains("FIELD-8");
            assertThat(decision.verdict().text()).contains("Fake PSA lets this connector make no ");
            assertThat(decision.verdict().remedy()).isNull();
        }
    }

    @Test
    @DisplayName("GATE-1, WHY-1: a record that is not selected is told how it would be")
    void tellsWhatIsNotSelected() {
        Decision decision =
                decide(Samples.policy(), local(GOOD_HERE), GOOD_HERE.with(ConfigurationFields.TYPE, PRINTER));

        assertThat(decision.verdict().situation()).isEqualTo(Situation.LOCAL_NOT_SELECTED);
        assertThat(decision.verdict().because()).extracting(Because::rule).containsExactly("GATE-1");
        assertThat(decision.verdict().remedy())
                .startsWith("Select its type ‹Printer› in the settings, or change it to ‹Server›.");
    }

    @Test
    @DisplayName("PUSH-5: a record of which a value was not confirmed is not confirmed")
    void needsAllValuesConfirmed() {
        FieldValues later = GOOD_HERE.with(ConfigurationFields.NOTES, "imported");
        Policy withoutNotes =
                Samples.policy(Samples.mapping(Set.of(ConfigurationFields.NOTES), Set.of()), Set.of(), null);

        assertThat(decide(Samples.policy(), local(GOOD_HERE), later).verdict().disposition())
                .isEqualTo(Disposition.AWAITING_CONFIRMATION);
        assertThat(decide(Samples.policy(), local(GOOD_HERE), later).verdict().remedy())
                .isEqualTo("Save the record.");
        assertThat(decide(withoutNotes, local(GOOD_HERE), later))
                .as("what is not mapped needs no confirmation")
                .isInstanceOf(Decision.CreateRemote.class);
    }

    // Matching -------------------------------------------------------------------------------------------------------

    @Test
    @DisplayName("MATCH-4: where the PSA cannot be searched, a record waits until it was read to the end")
    void waitsForTheEndOfTheListing() {
        Set<AssetKind> unlisted = Set.of(CONFIGURATION);
        FieldValues nameless = GOOD_HERE.with(ConfigurationFields.NAME, null);

        Decision waits = decide(writing(true, false).whileUnlisted(unlisted), local(GOOD_HERE), GOOD_HERE);

        assertThat(waits).isInstanceOf(Decision.Leave.class);
        assertThat(waits.verdict().disposition()).isEqualTo(Disposition.CHANGE_WAITING);
        assertThat(waits.verdict().text()).contains("waits until Fake PSA was read to the end");
        assertThat(decide(writing(true, false), local(GOOD_HERE), GOOD_HERE))
                .as("it was read to the end")
                .isInstanceOf(Decision.CreateRemote.class);
        assertThat(decide(writing(true, true).whileUnlisted(unlisted), local(GOOD_HERE), GOOD_HERE))
                .as("it is searched")
                .isInstanceOf(Decision.CreateRemote.class);
        assertThat(decide(writing(true, false).whileUnlisted(unlisted), local(nameless), nameless))
                .as("nothing can be like it")
                .isInstanceOf(Decision.Refuse.class);
    }

    @Test
    @DisplayName("PUSH-7: before anything is made the other side is searched for one like it")
    void looksForItsLike() {
        PairFacts known = facts(local(GOOD_HERE), GOOD_HERE, syncing());
        PairFacts unknown =
                new PairFacts(known.pair(), known.local(), true, known.links(), null, null, false, false, null);
        Planner planner = new Planner(Samples.policy());

        assertThat(planner.decide(unknown)).isInstanceOfSatisfying(Decision.Need.class, need -> {
            assertThat(need.what()).isEqualTo(Decision.What.RIVALS);
            assertThat(need.verdict().situation()).isEqualTo(Situation.LOCAL_TO_MATCH);
        });
        assertThat(planner.decide(unknown.withRivals(Facts.NO_RIVALS))).isInstanceOf(Decision.CreateRemote.class);
        FieldValues nameless = GOOD_HERE.with(ConfigurationFields.NAME, null);
        assertThat(planner.decide(unknown.withLocal(
                        local(nameless).build(), Samples.asset(HERE.id().value(), nameless))))
                .as("nothing can be like it")
                .isInstanceOf(Decision.Refuse.class);
    }

    private static Decision against(FieldValues other) {
        RemoteRef there = RemoteRef.of(CONFIGURATION, "there");
        PairFacts facts = facts(local(GOOD_HERE), GOOD_HERE, syncing())
                .withRivals(new PairFacts.Rivals(List.of(), List.of(new Entrant(there, other, true))));
        return new Planner(Samples.policy()).decide(facts);
    }

    @Test
    @DisplayName("PUSH-7, MATCH-5: what the PSA has is linked and not made again; a doubt hangs on the organization")
    void linksWhatThePsaHas() {
        assertThat(against(GOOD_THERE)).isInstanceOfSatisfying(Decision.LinkRemote.class, link -> {
            assertThat(link.match().value()).isEqualTo("there");
            assertThat(link.verdict().because()).extracting(Because::rule).containsExactly("PUSH-7");
        });
        assertThat(against(GOOD_THERE.with(ConfigurationFields.SERIAL_NUMBER, "S-1")))
                .isInstanceOfSatisfying(
                        Decision.Doubt.class,
                        doubt -> assertThat(doubt.awaited()).containsExactly(ORGANIZATION));
    }

    // Making ---------------------------------------------------------------------------------------------------------

    @Test
    @DisplayName("FIELD-8, FIELD-1: a new record is sent with what may be sent, and nothing else")
    void sendsWhatMayBeSent() {
        FieldValues whole = GOOD_HERE
                .with(ConfigurationFields.NOTES, "n")
                .with(ConfigurationFields.ASSET_TAG, "t")
                .with(ConfigurationFields.SERIAL_NUMBER, "s")
                .with(ConfigurationFields.PLATFORM, "p");
        Policy policy = Samples.policy(
                Samples.mapping(Set.of(ConfigurationFields.NOTES), Set.of(ConfigurationFields.ASSET_TAG)),
                Set.of(),
                null,
                rule -> rule.field().equals(ConfigurationFields.PLATFORM)
                        ? new FieldRule(rule.field(), Direction.PULL, 0, false)
                        : rule);

        Decision.CreateRemote create = (Decision.CreateRemote) decide(policy, local(whole), whole);

        assertThat(create.values()).isEqualTo(GOOD_THERE.with(ConfigurationFields.SERIAL_NUMBER, "s"));
        assertThat(create.verdict().disposition()).isEqualTo(Disposition.CHANGE_WAITING);
        assertThat(create.verdict().because()).extracting(Because::rule).containsExactly("PUSH-7");
    }

    @Test
    @DisplayName("PUSH-8: a record that lacks something is refused before anything is sent, and once")
    void refusesWhatLacksSomething() {
        FieldValues nameless = GOOD_HERE.with(ConfigurationFields.NAME, null);
        FieldValues draft = GOOD_THERE.with(ConfigurationFields.NAME, null);
        Failure before = new Failure(Side.PSA, List.of(BAD), 1, draft);

        Decision first = decide(Samples.policy(), local(nameless), nameless);
        Decision again = decide(Samples.policy(), local(nameless).trouble(Trouble.NONE.withFailure(before)), nameless);

        assertThat(first).isInstanceOfSatisfying(Decision.Refuse.class, refuse -> {
            assertThat(refuse.problems()).extracting(Problem::field).containsExactly(ConfigurationFields.NAME);
            assertThat(refuse.refused()).isEqualTo(draft);
            assertThat(refuse.awaited()).containsExactly(ORGANIZATION);
        });
        assertThat(first.verdict().remedy()).isEqualTo("Fill in the name; Fake PSA needs it. Then save the record.");
        assertThat(again).isInstanceOf(Decision.Leave.class);
        assertThat(again.verdict()).isEqualTo(first.verdict());
    }

    @Test
    @DisplayName("FIELD-6: a record waits for what it must name; it is made without what it need not")
    void waitsForWhatItMustName() {
        FieldValues there = GOOD_HERE.with(ConfigurationFields.LOCATION, SITE);
        Policy needingSite = Samples.policy(
                settings -> settings,
                Set.of(),
                null,
                rule -> rule.field().equals(ConfigurationFields.LOCATION)
                        ? new FieldRule(rule.field(), Direction.BOTH, 0, true)
                        : rule);

        Decision waits = decide(needingSite, local(there), there);
        Decision goes = decide(Samples.policy(), local(there), there);

        assertThat(waits.verdict().situation()).isEqualTo(Situation.LOCAL_RECORD_PENDING);
        assertThat(waits.verdict().disposition()).isEqualTo(Disposition.WAITING_FOR_RECORD);
        assertThat(waits.verdict().text()).endsWith("are linked: location");
        assertThat(((Decision.Leave) waits).awaited()).containsExactlyInAnyOrder(SITE, ORGANIZATION);
        assertThat(((Decision.CreateRemote) goes).values()).isEqualTo(GOOD_THERE);
        assertThat(((Decision.CreateRemote) goes).awaited()).containsExactly(SITE);
    }

    @Test
    @DisplayName("PUSH-13: what was refused is not sent again unchanged; another value is worth another try")
    void doesNotSendAgain() {
        Decision same = decide(Samples.policy(), failing(Side.PSA, GOOD_THERE, BAD), GOOD_HERE);
        FieldValues before = GOOD_THERE.with(ConfigurationFields.NOTES, "x");
        Decision other = decide(Samples.policy(), failing(Side.PSA, before, BAD), GOOD_HERE);

        assertThat(same).isInstanceOf(Decision.Leave.class);
        assertThat(same.verdict().disposition()).isEqualTo(Disposition.REFUSED_BY_PSA);
        assertThat(same.verdict().because()).extracting(Because::rule).containsExactly("PUSH-13");
        assertThat(same.verdict().remedy()).contains(BAD.toString());
        assertThat(other).isInstanceOf(Decision.CreateRemote.class);
        assertThat(other.verdict().disposition()).isEqualTo(Disposition.CHANGE_WAITING);
    }

    @Test
    @DisplayName("PUSH-7: a refusal as duplicate is a doubt, with that record as candidate")
    void asksAboutADuplicate() {
        Review review = new Review(
                "The PSA has one.",
                List.of(new Candidate(RemoteRef.of(CONFIGURATION, "there"), "SRV-1", "It has the same name.")));

        Decision asked = decide(
                Samples.policy(), local(GOOD_HERE).trouble(duplicate(DUPLICATE).withReview(review)), GOOD_HERE);

        assertThat(asked).isInstanceOfSatisfying(Decision.Doubt.class, doubt -> {
            assertThat(doubt.review()).isEqualTo(review);
            assertThat(doubt.awaited()).containsExactly(ORGANIZATION);
            assertThat(doubt.verdict().disposition()).isEqualTo(Disposition.IN_REVIEW);
            assertThat(doubt.verdict().remedy()).contains("review queue");
        });
        assertThat(decide(Samples.policy(), local(GOOD_HERE).trouble(duplicate(DUPLICATE)), GOOD_HERE))
                .isInstanceOf(Decision.Leave.class);
        assertThat(decide(
                        Samples.policy(),
                        local(GOOD_HERE).trouble(duplicate(BAD).withReview(review)),
                        GOOD_HERE))
                .isInstanceOf(Decision.Leave.class);
    }

    private static Trouble duplicate(Problem problem) {
        return Trouble.NONE.withFailure(new Failure(Side.PSA, List.of(problem), 1, GOOD_THERE));
    }

    @Test
    @DisplayName("PUSH-13: a create that failed for the moment is being retried, and says why it failed")
    void retries() {
        Decision again = decide(Samples.policy(), failing(Side.PSA, null, BAD), GOOD_HERE);

        assertThat(again).isInstanceOf(Decision.CreateRemote.class);
        assertThat(again.verdict().disposition()).isEqualTo(Disposition.RETRYING);
        assertThat(again.verdict().because()).extracting(Because::rule).containsExactly("PUSH-7", "PUSH-13");
        assertThat(again.verdict().text()).contains(BAD.toString());
        assertThat(decide(Samples.policy(), failing(Side.HOST, null, BAD), GOOD_HERE)
                        .verdict()
                        .disposition())
                .isEqualTo(Disposition.CHANGE_WAITING);
    }

    @Test
    @DisplayName("STATE-11: of a local record that is gone nothing is left to remember")
    void forgetsWhatIsGone() {
        Decision decision = decide(Samples.policy(), local(GOOD_HERE), null);

        assertThat(decision).isInstanceOf(Decision.Forget.class);
        assertThat(decision.verdict().disposition()).isEqualTo(Disposition.UNKNOWN);
    }
}
