package org.psasync.engine.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.psasync.engine.decide.Facts.COMPANY;
import static org.psasync.engine.decide.Facts.GOOD_HERE;
import static org.psasync.engine.decide.Facts.GOOD_THERE;
import static org.psasync.engine.decide.Facts.HERE;
import static org.psasync.engine.decide.Facts.ORGANIZATION;
import static org.psasync.engine.decide.Samples.CUSTOMER;
import static org.psasync.engine.decide.Samples.NOW;
import static org.psasync.model.ConfigurationFields.ASSET_TAG;
import static org.psasync.model.ConfigurationFields.NOTES;
import static org.psasync.model.ContactPoint.further;
import static org.psasync.model.ContactPoint.primary;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.psasync.engine.SyncSettings.ConflictPolicy;
import org.psasync.model.Asset;
import org.psasync.model.AssetKind;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.ContactFields;
import org.psasync.model.ContactPoint;
import org.psasync.model.Edit;
import org.psasync.model.Field;
import org.psasync.model.FieldValues;
import org.psasync.model.LocalId;
import org.psasync.model.LocalRef;
import org.psasync.model.LocationFields;
import org.psasync.model.Origin;
import org.psasync.model.PairId;
import org.psasync.model.Problem;
import org.psasync.model.RemoteRef;
import org.psasync.model.Revision;
import org.psasync.model.SyncState;
import org.psasync.model.TicketFields;
import org.psasync.spi.FieldRule;
import org.psasync.store.Base;
import org.psasync.store.Grant;
import org.psasync.store.Pair;
import org.psasync.store.Trouble;
import org.psasync.store.Trouble.Failure;
import org.psasync.store.Trouble.Rewrite;
import org.psasync.store.Trouble.Side;
import org.psasync.store.Trouble.Write;

/** What comes of all fields of a link together; both sides were agreed about the notes "old" and the tag "t0". */
class PairMergeTest {
    private static final FieldValues OLD_HERE = GOOD_HERE.with(NOTES, "old").with(ASSET_TAG, "t0");
    private static final FieldValues OLD_THERE = GOOD_THERE.with(NOTES, "old").with(ASSET_TAG, "t0");
    private static final Base AGREED = new Base(OLD_HERE, OLD_THERE);

    private static final Problem BAD_NOTES = Problem.of(NOTES, Problem.Code.INVALID, "No such notes.");
    private static final Problem BAD_RECORD = Problem.ofRecord(Problem.Code.REFUSED, "No.");

    private static Policy policy(ConflictPolicy conflicts) {
        return Samples.policy(Samples.conflicts(conflicts), Set.of(), null);
    }

    private static Asset asset(FieldValues values, Origin origin) {
        return new Asset(HERE.id(), values, new Revision("1"), new Edit(origin, "ursula", NOW), null);
    }

    private static Merge merge(Policy policy, Pair pair, Asset local, FieldValues remote, LinkTable links) {
        PairFacts facts = new PairFacts(pair, local, true, links, null, null, false, false, null);
        return PairMerge.of(policy, facts, local, remote);
    }

    /** Merges what a person saved and confirmed. */
    private static Merge merge(Policy policy, FieldValues here, FieldValues there) {
        return merge(policy, here, there, pair -> pair);
    }

    private static Merge merge(Policy policy, FieldValues here, FieldValues there, UnaryOperator<Pair.Builder> change) {
        Pair.Builder pair = Facts.link(there).base(AGREED).grant(new Grant(here, "ursula", NOW));
        return merge(policy, change.apply(pair).build(), asset(here, Origin.USER), there, Facts.syncing());
    }

    private static FieldValues notes(String value) {
        return FieldValues.empty(AssetKind.CONFIGURATION).with(NOTES, value);
    }

    // Field by field -------------------------------------------------------------------------------------------------

    @Test
    @DisplayName("MERGE-1, P6: nothing is done about a link that is as it was agreed")
    void doesNothingAboutWhatDidNotChange() {
        assertThat(merge(Samples.policy(), OLD_HERE, OLD_THERE)).isEqualTo(Merge.nothing(AssetKind.CONFIGURATION));
    }

    @Test
    @DisplayName("MERGE-1, MERGE-2: each field goes its own way, and only what both sides show is agreed")
    void decidesEachFieldOnItsOwn() {
        FieldValues here = OLD_HERE.with(NOTES, "mine").with(ConfigurationFields.NAME, "SRV-2");
        FieldValues there = OLD_THERE.with(ASSET_TAG, "t1").with(ConfigurationFields.NAME, "SRV-2");

        Merge merge = merge(Samples.policy(), here, there);

        assertThat(merge.push()).isEqualTo(notes("mine"));
        assertThat(merge.pull())
                .isEqualTo(FieldValues.empty(AssetKind.CONFIGURATION).with(ASSET_TAG, "t1"));
        assertThat(merge.agreed().local().get(ConfigurationFields.NAME)).isEqualTo("SRV-2");
        assertThat(merge.agreed().remote().get(ConfigurationFields.NAME)).isEqualTo("SRV-2");
        assertThat(merge.agreed().local().fields())
                .as("what did not change has its base")
                .containsExactly(ConfigurationFields.ORGANIZATION, ConfigurationFields.NAME);
        assertThat(merge.standings()).isEmpty();
        assertThat(merge.losses()).isEmpty();
        assertThat(merge.refusals()).isEmpty();
    }

    @Test
    @DisplayName("FIELD-3: a field that a side did not show never reaches the merge, and clears nothing")
    void leavesAloneWhatWasNotRead() {
        FieldValues masked = OLD_THERE.only(field -> !field.equals(NOTES));
        FieldValues unknown = OLD_HERE.only(field -> !field.equals(NOTES));

        Merge fromHost = merge(Samples.policy(), OLD_HERE.with(NOTES, "mine"), masked);
        Merge fromPsa = merge(Samples.policy(), unknown, OLD_THERE.with(NOTES, "theirs"));

        assertThat(fromHost.writes()).isFalse();
        assertThat(fromHost.standings()).isEmpty();
        assertThat(fromPsa.writes()).isFalse();
        assertThat(fromPsa.agreed().has(NOTES)).isFalse();
    }

    @Test
    @DisplayName("FIELD-11: a field that left the mapping loses its base, also when nothing else happened")
    void forgetsTheBaseOfWhatIsNotMapped() {
        Policy policy = Samples.policy(Samples.mapping(Set.of(NOTES), Set.of()), Set.of(), null);

        assertThat(merge(policy, OLD_HERE, OLD_THERE).unmapped()).containsExactly(NOTES);
        Merge changed = merge(policy, OLD_HERE.with(NOTES, "mine"), OLD_THERE.with(ASSET_TAG, "t1"));
        assertThat(changed.unmapped()).containsExactly(NOTES);
        assertThat(changed.push().isEmpty()).isTrue();
        assertThat(changed.pull().fields()).containsExactly(ASSET_TAG);
    }

    static Stream<Arguments> losses() {
        Because psaWins = new Because("MERGE-1", "both sides changed it, and PSA_WINS is set");
        Because localWins = new Because("MERGE-1", "both sides changed it, and LOCAL_WINS is set");
        return Stream.of(
                arguments(
                        ConflictPolicy.PSA_WINS,
                        "mine",
                        "theirs",
                        List.of(new Merge.Loss(NOTES, Side.HOST, "mine", "theirs", psaWins))),
                arguments(
                        ConflictPolicy.LOCAL_WINS,
                        "mine",
                        "theirs",
                        List.of(new Merge.Loss(NOTES, Side.PSA, "theirs", "mine", localWins))),
                arguments(
                        ConflictPolicy.LOCAL_WINS,
                        null,
                        "theirs",
                        List.of(new Merge.Loss(NOTES, Side.PSA, "theirs", null, localWins))),
                arguments(ConflictPolicy.PSA_WINS, "mine", "old", List.of()),
                arguments(ConflictPolicy.PSA_WINS, "old", "theirs", List.of()),
                arguments(ConflictPolicy.ASK, "mine", "theirs", List.of()));
    }

    @ParameterizedTest(name = "{0}: {1} against {2}")
    @MethodSource("losses")
    @DisplayName("MERGE-4: the losing value is told with field, both values and rule")
    void tellsWhatIsLost(ConflictPolicy policy, @Nullable String mine, String theirs, List<Merge.Loss> expected) {
        Merge merge = merge(policy(policy), OLD_HERE.with(NOTES, mine), OLD_THERE.with(NOTES, theirs));

        assertThat(merge.losses()).isEqualTo(expected);
    }

    @Test
    @DisplayName("MERGE-5: a conflict under ASK freezes that field only")
    void freezesOneField() {
        FieldValues there = OLD_THERE.with(NOTES, "theirs").with(ASSET_TAG, "t1");

        Merge merge = merge(policy(ConflictPolicy.ASK), OLD_HERE.with(NOTES, "mine"), there);

        assertThat(merge.frozen()).containsExactly(NOTES);
        assertThat(merge.pull().fields()).containsExactly(ASSET_TAG);
        assertThat(merge.push().isEmpty()).isTrue();
    }

    @Test
    @DisplayName("PUSH-4, PUSH-1: what nobody confirmed waits; one-way, a first value of the host stays where it is")
    void namesWhatIsNotPushed() {
        FieldValues mine = OLD_HERE.with(NOTES, "mine").with(ConfigurationFields.SERIAL_NUMBER, "S-1");
        FieldValues theirs = OLD_THERE.with(ConfigurationFields.SERIAL_NUMBER, null);

        Merge unconfirmed = merge(Samples.policy(), mine, theirs, pair -> pair.grant(null));
        Merge oneWay = merge(Samples.policy(Samples::oneWay, Set.of(), null), mine, theirs);

        assertThat(unconfirmed.unconfirmed()).containsExactly(ConfigurationFields.SERIAL_NUMBER, NOTES);
        assertThat(unconfirmed.writes()).isFalse();
        assertThat(oneWay.fields(FieldStanding.LEFT_ALONE)).containsExactly(ConfigurationFields.SERIAL_NUMBER);
        assertThat(oneWay.pull()).isEqualTo(notes("old"));
        assertThat(oneWay.losses())
                .containsExactly(new Merge.Loss(NOTES, Side.HOST, "mine", "old", FieldMerge.PUT_BACK));
    }

    // What does not fit, goes back and forth, or was refused ----------------------------------------------------------

    private static Policy holding(Field<?> field, int length) {
        UnaryOperator<FieldRule> rules = rule -> rule.field().equals(field)
                ? new FieldRule(field, rule.direction(), length, rule.requiredOnCreate())
                : rule;
        return Samples.policy(settings -> settings, Set.of(), null, rules);
    }

    @Test
    @DisplayName("FIELD-2: a value that the PSA cannot hold is refused with an error of its own, and not cut")
    void refusesWhatDoesNotFit() {
        FieldValues here = OLD_HERE.with(NOTES, "mine").with(ASSET_TAG, "t1");

        Merge tooLong = merge(holding(NOTES, 3), here, OLD_THERE);
        Merge fits = merge(holding(NOTES, 4), here, OLD_THERE);

        assertThat(tooLong.push().fields()).containsExactly(ASSET_TAG);
        assertThat(tooLong.refusals()).singleElement().satisfies(problem -> {
            assertThat(problem.field()).isEqualTo(NOTES);
            assertThat(problem.code()).isEqualTo(Problem.Code.TOO_LONG);
        });
        assertThat(fits.push().fields()).containsExactly(ASSET_TAG, NOTES);
        assertThat(fits.refusals()).isEmpty();
    }

    private static FieldValues site(String name, String city, String region) {
        return FieldValues.of(AssetKind.LOCATION)
                .set(LocationFields.NAME, name)
                .set(LocationFields.CITY, city)
                .set(LocationFields.REGION, region)
                .build();
    }

    private static Merge mergeSite(Policy policy, Trouble trouble) {
        FieldValues here = site("Office", "Bonn", "NW");
        FieldValues there = site("Main", "Rom", "RM");
        Pair pair = Pair.ofRemote(new PairId(0, 3), RemoteRef.of(AssetKind.LOCATION, "site")).toBuilder()
                .local(HERE.id())
                .state(SyncState.SYNCING)
                .observed(Samples.observed(there))
                .base(new Base(there, there))
                .grant(new Grant(here, "ursula", NOW))
                .trouble(trouble)
                .build();
        return merge(policy, pair, asset(here, Origin.USER), there, LinkTable.NONE);
    }

    @Test
    @DisplayName("FIELD-2, MERGE-3: an address of which one line does not fit, or was refused, is not sent at all")
    void sendsNoHalfAddress() {
        Problem noCity = Problem.of(LocationFields.CITY, Problem.Code.INVALID, "No such city.");
        Failure refused = new Failure(Side.PSA, List.of(noCity), 1, site("Office", "Bonn", "NW"));
        Failure refusedName = new Failure(
                Side.PSA,
                List.of(Problem.of(LocationFields.NAME, Problem.Code.INVALID, "No such name.")),
                1,
                site("Office", "Bonn", "NW"));

        Merge tooLong = mergeSite(holding(LocationFields.CITY, 3), Trouble.NONE);
        Merge afterRefusal = mergeSite(Samples.policy(), Trouble.NONE.withFailure(refused));
        Merge afterOther = mergeSite(Samples.policy(), Trouble.NONE.withFailure(refusedName));
        Merge longName = mergeSite(holding(LocationFields.NAME, 3), Trouble.NONE);

        assertThat(tooLong.push().fields()).containsExactly(LocationFields.NAME);
        assertThat(afterRefusal.push().fields()).containsExactly(LocationFields.NAME);
        assertThat(afterRefusal.refusals()).containsExactly(noCity);
        assertThat(afterOther.push().fields()).containsExactly(LocationFields.CITY, LocationFields.REGION);
        assertThat(longName.push().fields()).containsExactly(LocationFields.CITY, LocationFields.REGION);
    }

    static Stream<Arguments> rewrites() {
        return Stream.of(
                //        side, what was written over what, how often, who saved last; whether it is left alone
                arguments(Side.PSA, new Rewrite("mine", "old", 2), Origin.USER, true),
                arguments(Side.PSA, new Rewrite("mine", "old", 3), Origin.USER, true),
                arguments(Side.PSA, new Rewrite("mine", "old", 1), Origin.USER, false),
                arguments(Side.PSA, new Rewrite("else", "old", 2), Origin.USER, false),
                arguments(Side.PSA, new Rewrite("mine", "else", 2), Origin.USER, false),
                arguments(Side.HOST, new Rewrite("mine", "old", 2), Origin.USER, false),
                arguments(Side.HOST, new Rewrite("t1", "t0", 2), Origin.SYNC, true),
                arguments(Side.HOST, new Rewrite("t1", "t0", 1), Origin.SYNC, false),
                arguments(Side.HOST, new Rewrite("t1", "else", 2), Origin.SYNC, false),
                arguments(Side.HOST, new Rewrite("t1", "t0", 2), Origin.USER, false));
    }

    @ParameterizedTest(name = "{0}, {1}, {2}: {3}")
    @MethodSource("rewrites")
    @DisplayName("MERGE-7, PUSH-1: a write undone twice to the same value is left alone, until somebody saves")
    void doesNotWriteBackAndForth(Side side, Rewrite rewrite, Origin origin, boolean leftAlone) {
        Field<String> field = rewrite.written() instanceof String text && text.equals("t1") ? ASSET_TAG : NOTES;
        FieldValues here = OLD_HERE.with(NOTES, "mine");
        FieldValues there = OLD_THERE.with(ASSET_TAG, "t1");
        Pair pair = Facts.link(there)
                .base(AGREED)
                .grant(new Grant(here, "ursula", NOW))
                .trouble(Trouble.NONE.withRewrites(Map.of(new Write(field, side), rewrite)))
                .build();

        Merge merge = merge(Samples.policy(), pair, asset(here, origin), there, Facts.syncing());

        assertThat(merge.oscillating()).isEqualTo(leftAlone ? List.of(field) : List.of());
        assertThat(merge.push().has(NOTES)).isEqualTo(!merge.oscillating().contains(NOTES));
        assertThat(merge.pull().has(ASSET_TAG)).isEqualTo(!merge.oscillating().contains(ASSET_TAG));
    }

    private static FieldValues sent(String notes, String tag) {
        return notes(notes).with(ASSET_TAG, tag);
    }

    static Stream<Arguments> refusals() {
        Problem unsent = Problem.of(ConfigurationFields.SERIAL_NUMBER, Problem.Code.REQUIRED, "Fill it in.");
        return Stream.of(
                //        why, what was refused, what is sent of the notes "mine" and the tag "t1", what is said
                arguments(List.of(BAD_NOTES), sent("mine", "t1"), List.of(ASSET_TAG), List.of(BAD_NOTES)),
                arguments(List.of(BAD_NOTES), sent("before", "t1"), List.of(ASSET_TAG, NOTES), List.of()),
                arguments(List.of(BAD_RECORD), sent("mine", "t1"), List.of(), List.of(BAD_RECORD)),
                arguments(List.of(BAD_RECORD), sent("before", "t1"), List.of(ASSET_TAG, NOTES), List.of()),
                arguments(List.of(BAD_RECORD), notes("mine"), List.of(ASSET_TAG, NOTES), List.of()),
                arguments(List.of(unsent), sent("mine", "t1"), List.of(), List.of(unsent)),
                arguments(
                        List.of(BAD_NOTES, BAD_RECORD), sent("mine", "t1"), List.of(), List.of(BAD_NOTES, BAD_RECORD)),
                arguments(List.of(BAD_NOTES), null, List.of(ASSET_TAG, NOTES), List.of()),
                arguments(List.of(BAD_RECORD), null, List.of(ASSET_TAG, NOTES), List.of()));
    }

    @ParameterizedTest(name = "{0} of {1}: {2}")
    @MethodSource("refusals")
    @DisplayName("PUSH-13: what the PSA refused is not sent again unchanged; a single other value is worth another try")
    void doesNotSendAgainWhatWasRefused(
            List<Problem> problems, @Nullable FieldValues refused, List<Field<?>> sent, List<Problem> said) {
        FieldValues here = OLD_HERE.with(NOTES, "mine").with(ASSET_TAG, "t1");
        Failure failure = new Failure(Side.PSA, problems, 1, refused);

        Merge merge = merge(Samples.policy(), here, OLD_THERE, pair -> pair.trouble(Trouble.NONE.withFailure(failure)));

        assertThat(List.copyOf(merge.push().fields())).isEqualTo(sent);
        assertThat(merge.refusals()).isEqualTo(said);
    }

    @Test
    @DisplayName("PUSH-13: a refusal of a field that is not sent any more is not told")
    void tellsNoRefusalOfWhatIsNotSent() {
        Failure failure =
                new Failure(Side.PSA, List.of(BAD_NOTES), 1, sent("mine", "t1").with(NOTES, null));

        Merge merge = merge(
                Samples.policy(),
                OLD_HERE.with(ASSET_TAG, "t1"),
                OLD_THERE,
                pair -> pair.trouble(Trouble.NONE.withFailure(failure)));

        assertThat(merge.refusals()).isEmpty();
        assertThat(merge.push().fields()).containsExactly(ASSET_TAG);
    }

    static Stream<Arguments> refusalsByTheHost() {
        return Stream.of(
                arguments(Side.HOST, List.of(BAD_NOTES), notes("theirs"), true),
                arguments(Side.HOST, List.of(BAD_RECORD), notes("theirs"), true),
                arguments(Side.HOST, List.of(BAD_NOTES), notes("before"), false),
                arguments(Side.HOST, List.of(BAD_NOTES), null, false),
                arguments(Side.PSA, List.of(BAD_RECORD), notes("theirs"), false));
    }

    @ParameterizedTest(name = "{0}, {1} of {2}: {3}")
    @MethodSource("refusalsByTheHost")
    @DisplayName("PULL-4: what the host refused is not written again before it changes; each side's refusal is its own")
    void doesNotWriteAgainWhatTheHostRefused(
            Side side, List<Problem> problems, @Nullable FieldValues refused, boolean heldBack) {
        Failure failure = new Failure(side, problems, 1, refused);
        FieldValues here = OLD_HERE.with(ASSET_TAG, "t1");

        Merge merge = merge(
                Samples.policy(),
                here,
                OLD_THERE.with(NOTES, "theirs"),
                pair -> pair.trouble(Trouble.NONE.withFailure(failure)));

        assertThat(merge.pull().has(NOTES)).isEqualTo(!heldBack);
        assertThat(merge.refusals()).isEqualTo(heldBack ? problems : List.of());
        assertThat(merge.push().has(ASSET_TAG)).isTrue();
    }

    @Test
    @DisplayName("MERGE-4, PUSH-13: nothing is lost by a write that does not take place")
    void losesNothingByWhatIsNotWritten() {
        Failure failure = new Failure(Side.PSA, List.of(BAD_NOTES), 1, notes("mine"));
        FieldValues there = OLD_THERE.with(NOTES, "theirs");
        UnaryOperator<Pair.Builder> refused = pair -> pair.trouble(Trouble.NONE.withFailure(failure));

        Merge toPsa = merge(policy(ConflictPolicy.LOCAL_WINS), OLD_HERE.with(NOTES, "mine"), there, refused);
        Merge toHost = merge(policy(ConflictPolicy.PSA_WINS), OLD_HERE.with(NOTES, "mine"), there, refused);

        assertThat(toPsa.writes()).isFalse();
        assertThat(toPsa.losses()).isEmpty();
        assertThat(toHost.losses()).extracting(Merge.Loss::side).containsExactly(Side.HOST);
    }

    // Lists ----------------------------------------------------------------------------------------------------------

    private static final ContactPoint A = primary("a@x.example");
    private static final ContactPoint B = further("b@x.example");
    private static final ContactPoint C = further("c@x.example");

    private static FieldValues mails(ContactPoint... mails) {
        return FieldValues.empty(AssetKind.CONTACT)
                .with(ContactFields.EMAILS, mails.length == 0 ? null : Set.of(mails));
    }

    private static Merge mergeContact(FieldValues base, FieldValues here, FieldValues there, @Nullable Grant grant) {
        Pair pair = Pair.ofRemote(new PairId(0, 4), RemoteRef.of(AssetKind.CONTACT, "contact")).toBuilder()
                .local(HERE.id())
                .state(SyncState.SYNCING)
                .observed(Samples.observed(there))
                .base(new Base(base, base))
                .grant(grant)
                .build();
        return merge(Samples.policy(), pair, asset(here, Origin.USER), there, LinkTable.NONE);
    }

    @Test
    @DisplayName("MERGE-3, PUSH-5: of a list to which both sides added, what was confirmed is still to be pushed")
    void remembersWhatOfAListIsToBePushed() {
        FieldValues here = mails(A, B);

        Merge confirmed = mergeContact(mails(A), here, mails(A, C), new Grant(here, "ursula", NOW));
        Merge unconfirmed = mergeContact(mails(A), here, mails(A, C), null);

        assertThat(confirmed.pull()).isEqualTo(mails(A, B, C));
        assertThat(confirmed.partly()).isEqualTo(new Base(mails(A, C), mails(A, C)));
        assertThat(confirmed.confirmedLists()).containsExactly(ContactFields.EMAILS);
        assertThat(unconfirmed.pull()).isEqualTo(mails(A, B, C));
        assertThat(unconfirmed.confirmedLists()).isEmpty();
    }

    @Test
    @DisplayName("MERGE-3: a list that one side emptied, or held nothing before, is a list all the same")
    void mergesListsThatAreBlankSomewhere() {
        assertThat(mergeContact(mails(A), mails(A), mails(), null).pull()).isEqualTo(mails());
        assertThat(mergeContact(mails(), mails(A), mails(B), null).pull()).isEqualTo(mails(A, B));
        assertThat(mergeContact(mails(), mails(), mails(A), null).pull()).isEqualTo(mails(A));
        FieldValues here = mails(A);
        assertThat(mergeContact(mails(), here, mails(), new Grant(here, "ursula", NOW))
                        .push())
                .isEqualTo(here);
    }

    @Test
    @DisplayName("MERGE-4: a text that loses a conflict is not still to be pushed")
    void forgetsTheConfirmationOfWhatLost() {
        Merge merge = merge(Samples.policy(), OLD_HERE.with(NOTES, "mine"), OLD_THERE.with(NOTES, "theirs"));

        assertThat(merge.pull()).isEqualTo(notes("theirs"));
        assertThat(merge.confirmedLists()).isEmpty();
        assertThat(merge.partly()).isEqualTo(Base.none(AssetKind.CONFIGURATION));
    }

    @Test
    @DisplayName("FIELD-6: of a list of references the members that are linked are taken, and the others awaited")
    void takesTheLinkedMembers() {
        Pair known = Facts.linked(AssetKind.CONFIGURATION, "known", SyncState.SYNCING, GOOD_THERE);
        RemoteRef unknown = RemoteRef.of(AssetKind.CONFIGURATION, "unknown");
        FieldValues none = FieldValues.empty(AssetKind.TICKET).with(TicketFields.CONFIGURATIONS, null);
        FieldValues there =
                none.with(TicketFields.CONFIGURATIONS, Set.of(RemoteRef.of(AssetKind.CONFIGURATION, "known"), unknown));
        Pair ticket = Pair.ofRemote(new PairId(0, 5), RemoteRef.of(AssetKind.TICKET, "ticket")).toBuilder()
                .local(new LocalId("ticket"))
                .state(SyncState.SYNCING)
                .observed(Samples.observed(there))
                .base(new Base(none, none))
                .build();
        FieldValues strange =
                none.with(TicketFields.CONFIGURATIONS, Set.of(LocalRef.of(AssetKind.CONFIGURATION, "only here")));

        Merge merge = merge(Samples.policy(), ticket, asset(none, Origin.SYNC), there, Facts.links(known));
        Merge changedHere = merge(Samples.policy(), ticket, asset(strange, Origin.USER), there, Facts.links(known));

        assertThat(merge.pull().get(TicketFields.CONFIGURATIONS))
                .isEqualTo(Set.of(LocalRef.of(AssetKind.CONFIGURATION, "known")));
        assertThat(merge.awaited()).containsExactly(unknown);
        assertThat(changedHere.awaited())
                .as("tickets never go to the PSA, so nothing of the host is awaited (PULL-7)")
                .containsExactly(unknown);
    }

    // Organizations and members of one address -----------------------------------------------------------------------

    @Test
    @DisplayName("FIELD-10: the organization of a record is merged like its other fields")
    void mergesTheOrganization() {
        Pair other = Facts.linked(AssetKind.ORGANIZATION, "other", SyncState.SYNCING, Facts.company(CUSTOMER));
        RemoteRef otherThere = RemoteRef.of(AssetKind.ORGANIZATION, "other");
        LinkTable links = Facts.links(Facts.organization(SyncState.SYNCING, CUSTOMER), other);
        FieldValues moved = OLD_THERE.with(ConfigurationFields.ORGANIZATION, otherThere);
        FieldValues movedHere = OLD_HERE.with(ConfigurationFields.ORGANIZATION, other.localRef());
        Pair pair = Facts.link(moved).base(AGREED).build();
        Pair stayed = Facts.link(OLD_THERE)
                .base(AGREED)
                .grant(new Grant(movedHere, "ursula", NOW))
                .build();

        Merge pulled = merge(Samples.policy(), pair, asset(OLD_HERE, Origin.USER), moved, links);
        Merge pushed = merge(Samples.policy(), stayed, asset(movedHere, Origin.USER), OLD_THERE, links);

        assertThat(pulled.pull())
                .isEqualTo(FieldValues.empty(AssetKind.CONFIGURATION)
                        .with(ConfigurationFields.ORGANIZATION, other.localRef()));
        assertThat(pushed.push())
                .isEqualTo(
                        FieldValues.empty(AssetKind.CONFIGURATION).with(ConfigurationFields.ORGANIZATION, otherThere));
        assertThat(ORGANIZATION).isNotEqualTo(other.localRef());
        assertThat(COMPANY).isNotEqualTo(otherThere);
    }
}
