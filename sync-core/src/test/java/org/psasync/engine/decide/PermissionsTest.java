package org.psasync.engine.decide;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.psasync.engine.SyncSettings.ConflictPolicy.ASK;
import static org.psasync.engine.SyncSettings.ConflictPolicy.LOCAL_WINS;
import static org.psasync.engine.SyncSettings.ConflictPolicy.NEWEST_WINS;
import static org.psasync.engine.SyncSettings.ConflictPolicy.PSA_WINS;
import static org.psasync.engine.decide.Samples.NOW;
import static org.psasync.model.ContactPoint.further;
import static org.psasync.model.ContactPoint.primary;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.psasync.engine.SyncSettings.ConflictPolicy;
import org.psasync.engine.decide.FieldMerge.Permission;
import org.psasync.model.Asset;
import org.psasync.model.AssetKind;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.ContactFields;
import org.psasync.model.Edit;
import org.psasync.model.Field;
import org.psasync.model.FieldValues;
import org.psasync.model.LocalId;
import org.psasync.model.LocationFields;
import org.psasync.model.Origin;
import org.psasync.model.PairId;
import org.psasync.model.RemoteRef;
import org.psasync.model.Revision;
import org.psasync.spi.RemoteVersion;
import org.psasync.store.Grant;
import org.psasync.store.Observation;
import org.psasync.store.Pair;
import org.psasync.store.Trouble;
import org.psasync.store.Trouble.Side;
import org.psasync.store.Trouble.Winner;

/** Who wins a conflict, and what was confirmed: a table of situations. */
class PermissionsTest {
    private static final Field<String> NOTES = ConfigurationFields.NOTES;
    private static final FieldValues NOTES_HERE =
            FieldValues.empty(AssetKind.CONFIGURATION).with(NOTES, "here");
    private static final FieldValues NOTES_THERE =
            FieldValues.empty(AssetKind.CONFIGURATION).with(NOTES, "there");
    private static final Duration TWO_MINUTES = Duration.ofMinutes(2);

    private static Pair.Builder pair(FieldValues remote, @Nullable Instant changed) {
        RemoteVersion version = changed == null ? RemoteVersion.UNKNOWN : RemoteVersion.changedAt(changed);
        return Pair.ofRemote(new PairId(0, 1), RemoteRef.of(remote.kind(), "there")).toBuilder()
                .local(new LocalId("here"))
                .observed(new Observation(remote, version, false, NOW, null));
    }

    private static Asset asset(FieldValues values, Origin origin, Instant at) {
        return new Asset(new LocalId("here"), values, new Revision("1"), new Edit(origin, "ursula", at), null);
    }

    private static Permission permission(Policy policy, Pair.Builder pair, Asset local, Field<?> field) {
        return new Permissions(policy, pair.build(), local).of(requireNonNull(policy.rule(field)));
    }

    private static Policy policy(ConflictPolicy conflicts) {
        return Samples.policy(Samples.conflicts(conflicts), Set.of(), null);
    }

    // Who wins -------------------------------------------------------------------------------------------------------

    static Stream<Arguments> newest() {
        Instant later = NOW.plus(TWO_MINUTES);
        Instant earlier = NOW.minus(TWO_MINUTES);
        String psa = "the PSA tells no change time";
        String host = "the host tells no change time";
        String close = "within two minutes";
        return Stream.of(
                //        PSA changed, saved by, at, confirmed at; who wins, and what the log says
                arguments(null, Origin.USER, NOW, null, PSA_WINS, psa),
                arguments(null, Origin.SYNC, NOW, null, PSA_WINS, psa),
                arguments(NOW, Origin.SYNC, later.plusSeconds(9), null, PSA_WINS, host),
                arguments(NOW, Origin.SYNC, NOW, later.plusSeconds(1), LOCAL_WINS, "the host later"),
                arguments(NOW, Origin.SYNC, later.plusSeconds(9), earlier.minusSeconds(1), PSA_WINS, "the PSA later"),
                arguments(NOW, Origin.USER, NOW, null, PSA_WINS, close),
                arguments(NOW, Origin.USER, later, null, PSA_WINS, close),
                arguments(NOW, Origin.USER, earlier, null, PSA_WINS, close),
                arguments(NOW, Origin.USER, later.plusSeconds(1), null, LOCAL_WINS, "the host later"),
                arguments(NOW, Origin.USER, earlier.minusSeconds(1), null, PSA_WINS, "the PSA later"),
                arguments(NOW, Origin.IMPORT, later.plusSeconds(1), NOW, LOCAL_WINS, "the host later"));
    }

    @ParameterizedTest(name = "PSA {0}, {1} {2}, confirmed {3}: {4}")
    @MethodSource("newest")
    @DisplayName("MERGE-5: the newest wins by the records' change times; without one, or within two minutes, the PSA")
    void comparesChangeTimes(
            @Nullable Instant there,
            Origin origin,
            Instant here,
            @Nullable Instant confirmed,
            ConflictPolicy expected,
            String said) {
        Grant grant = confirmed == null ? null : new Grant(NOTES_HERE, "ursula", confirmed);
        Pair.Builder pair = pair(NOTES_THERE, there).grant(grant);

        Permission permission = permission(policy(NEWEST_WINS), pair, asset(NOTES_HERE, origin, here), NOTES);

        assertThat(permission.conflict()).isEqualTo(expected);
        assertThat(permission.conflictReason())
                .startsWith("both sides changed it")
                .contains(said);
    }

    @Test
    @DisplayName("MERGE-5: a PSA that was not seen yet tells no change time")
    void knowsNoTimeOfWhatWasNotSeen() {
        Pair.Builder unseen = pair(NOTES_THERE, NOW).observed(null);

        assertThat(permission(policy(NEWEST_WINS), unseen, asset(NOTES_HERE, Origin.USER, NOW), NOTES)
                        .conflictReason())
                .contains("the PSA tells no change time");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("chosen")
    @DisplayName("MERGE-4: another policy is as set, and named")
    void namesThePolicy(ConflictPolicy chosen) {
        Permission permission = permission(
                policy(chosen), pair(NOTES_THERE, NOW), asset(NOTES_HERE, Origin.USER, NOW.plusSeconds(999)), NOTES);

        assertThat(permission.conflict()).isEqualTo(chosen);
        assertThat(permission.conflictReason()).contains(chosen + " is set");
    }

    static Stream<ConflictPolicy> chosen() {
        return Stream.of(PSA_WINS, LOCAL_WINS, ASK);
    }

    // What a person decided ------------------------------------------------------------------------------------------

    private static Winner took(Side side, @Nullable Object here, @Nullable Object there) {
        return new Winner(side, here, there, "mia");
    }

    static Stream<Arguments> winners() {
        return Stream.of(
                arguments(took(Side.HOST, "here", "there"), LOCAL_WINS, "mia took the local value"),
                arguments(took(Side.PSA, "here", "there"), PSA_WINS, "mia took the PSA's value"),
                arguments(took(Side.HOST, "before", "there"), ASK, "ASK is set"),
                arguments(took(Side.HOST, "here", "before"), ASK, "ASK is set"),
                arguments(took(Side.HOST, null, "there"), ASK, "ASK is set"));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("winners")
    @DisplayName("MERGE-5: what a person decided about a conflict holds for these two values only")
    void holdsForTheValuesThatWereShown(Winner winner, ConflictPolicy expected, String said) {
        Pair.Builder pair = pair(NOTES_THERE, NOW).trouble(Trouble.NONE.withWinners(Map.of(NOTES, winner)));

        Permission permission = permission(policy(ASK), pair, asset(NOTES_HERE, Origin.USER, NOW), NOTES);

        assertThat(permission.conflict()).isEqualTo(expected);
        assertThat(permission.conflictReason()).contains(said);
    }

    @Test
    @DisplayName("MERGE-5, MERGE-3: a decision about a list is about its primary item, whatever else comes and goes")
    void decidesAboutThePrimaryItem() {
        FieldValues here = FieldValues.empty(AssetKind.CONTACT)
                .with(ContactFields.EMAILS, Set.of(primary("a@x.example"), further("new@x.example")));
        FieldValues there =
                FieldValues.empty(AssetKind.CONTACT).with(ContactFields.EMAILS, Set.of(primary("b@x.example")));
        Winner same = took(Side.HOST, Set.of(primary("a@x.example")), Set.of(primary("b@x.example")));
        Winner other = took(Side.HOST, Set.of(primary("c@x.example")), Set.of(primary("b@x.example")));

        assertThat(conflict(ContactFields.EMAILS, here, there, Map.of(ContactFields.EMAILS, same)))
                .isEqualTo(LOCAL_WINS);
        assertThat(conflict(ContactFields.EMAILS, here, there, Map.of(ContactFields.EMAILS, other)))
                .isEqualTo(ASK);
        assertThat(conflict(
                        ContactFields.EMAILS,
                        here,
                        there,
                        Map.of(ContactFields.EMAILS, took(Side.HOST, null, Set.of(primary("b@x.example"))))))
                .as("it was about a blank list")
                .isEqualTo(ASK);
    }

    private static ConflictPolicy conflict(
            Field<?> field, FieldValues here, FieldValues there, Map<Field<?>, Winner> winners) {
        Pair.Builder pair = pair(there, NOW).trouble(Trouble.NONE.withWinners(winners));
        return permission(policy(ASK), pair, asset(here, Origin.USER, NOW), field)
                .conflict();
    }

    @Test
    @DisplayName("MERGE-5, MERGE-3: an address is decided when all of its lines that both sides show are")
    void decidesAboutAWholeAddress() {
        FieldValues here = FieldValues.empty(AssetKind.LOCATION)
                .with(LocationFields.CITY, "Bonn")
                .with(LocationFields.REGION, "NW")
                .with(LocationFields.NAME, "Main")
                .with(LocationFields.ADDRESS_2, "only here");
        FieldValues there = FieldValues.empty(AssetKind.LOCATION)
                .with(LocationFields.CITY, "Berlin")
                .with(LocationFields.REGION, "BE")
                .with(LocationFields.NAME, "Head office")
                .with(LocationFields.ADDRESS_1, "only there");
        Winner city = took(Side.HOST, "Bonn", "Berlin");
        Winner region = took(Side.HOST, "NW", "BE");
        Winner old = took(Side.HOST, "NW", "BY");

        assertThat(conflict(
                        LocationFields.CITY,
                        here,
                        there,
                        Map.of(LocationFields.CITY, city, LocationFields.REGION, region)))
                .isEqualTo(LOCAL_WINS);
        assertThat(conflict(LocationFields.CITY, here, there, Map.of(LocationFields.CITY, city)))
                .isEqualTo(ASK);
        assertThat(conflict(
                        LocationFields.CITY,
                        here,
                        there,
                        Map.of(LocationFields.CITY, city, LocationFields.REGION, old)))
                .as("of a line that changed since")
                .isEqualTo(ASK);
        assertThat(conflict(
                        LocationFields.NAME,
                        here,
                        there,
                        Map.of(LocationFields.NAME, took(Side.HOST, "Main", "Head office"))))
                .as("the name is no line of the address")
                .isEqualTo(LOCAL_WINS);
    }

    // What may be pushed ---------------------------------------------------------------------------------------------

    static Stream<Arguments> grants() {
        Instant since = NOW.minus(Duration.ofDays(1)); // when the samples' two-way was turned on
        return Stream.of(
                //        confirmed
                arguments(null, false),
                arguments(new Grant(NOTES_HERE, "ursula", NOW), true),
                arguments(new Grant(NOTES_HERE, "ursula", since), true),
                arguments(new Grant(NOTES_HERE, "ursula", since.minusMillis(1)), false),
                arguments(new Grant(NOTES_HERE.with(NOTES, "else"), "ursula", NOW), false),
                arguments(new Grant(FieldValues.empty(AssetKind.CONFIGURATION), "ursula", NOW), false));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("grants")
    @DisplayName("PUSH-5, PUSH-3: only the value that somebody confirmed since two-way is on may be pushed")
    void confirmsTheValueAsItIs(@Nullable Grant grant, boolean expected) {
        Pair.Builder pair = pair(NOTES_THERE, NOW).grant(grant);

        Permission permission = permission(Samples.policy(), pair, asset(NOTES_HERE, Origin.USER, NOW), NOTES);

        assertThat(permission.confirmed()).isEqualTo(expected);
        assertThat(permission.mayPush()).isTrue();
    }

    static Stream<Arguments> policies() {
        return Stream.of(
                arguments("two-way", Samples.policy(), true),
                arguments("PUSH-1", Samples.policy(Samples::oneWay, Set.of(), null), false),
                arguments("FIELD-1", Samples.policy(Samples.mapping(Set.of(), Set.of(NOTES)), Set.of(), null), false),
                arguments(
                        "FIELD-8",
                        Samples.with(
                                Samples.policy(),
                                Samples.kind(
                                        AssetKind.CONFIGURATION,
                                        false,
                                        true,
                                        Samples.policy().rules(AssetKind.CONFIGURATION))),
                        false));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("policies")
    @DisplayName("PUSH-1, FIELD-1, FIELD-8: nothing goes to the PSA that is one-way, only pulled, or cannot be written")
    void mayPushWhatIsTwoWay(String rule, Policy policy, boolean expected) {
        Asset local = asset(NOTES_HERE, Origin.USER, NOW);

        assertThat(permission(policy, pair(NOTES_THERE, NOW), local, NOTES).mayPush())
                .isEqualTo(expected);
        assertThat(new Permissions(policy, pair(NOTES_THERE, NOW).build(), local)
                        .mayPush(requireNonNull(policy.rule(NOTES))))
                .isEqualTo(expected);
    }

    static Stream<Arguments> oneTimePushes() {
        return Stream.of(
                arguments(new Grant.Terms.OneTime("p", null), true),
                arguments(new Grant.Terms.OneTime("p", NOTES_THERE), true),
                arguments(new Grant.Terms.OneTime("p", NOTES_THERE.with(NOTES, "shown")), false),
                arguments(new Grant.Terms.Approved("mia"), false),
                arguments(Grant.USUAL, false));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("oneTimePushes")
    @DisplayName("ALL-1, ALL-2: in a one-time push the local value goes first over the PSA's value that was shown")
    void goesFirstInAOneTimePush(Grant.Terms terms, boolean expected) {
        Pair.Builder pair = pair(NOTES_THERE, NOW).grant(new Grant(NOTES_HERE, "ursula", NOW).on(terms));

        assertThat(permission(Samples.policy(), pair, asset(NOTES_HERE, Origin.USER, NOW), NOTES)
                        .localFirst())
                .isEqualTo(expected);
    }

    @Test
    @DisplayName("ALL-1: without a grant nothing goes first")
    void goesNotFirstWithoutAGrant() {
        assertThat(permission(Samples.policy(), pair(NOTES_THERE, NOW), asset(NOTES_HERE, Origin.USER, NOW), NOTES)
                        .localFirst())
                .isFalse();
    }
}
