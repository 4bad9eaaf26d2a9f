package org.psasync.engine.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.psasync.engine.SyncSettings.ConflictPolicy.ASK;
import static org.psasync.engine.SyncSettings.ConflictPolicy.LOCAL_WINS;
import static org.psasync.engine.SyncSettings.ConflictPolicy.PSA_WINS;

import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.psasync.engine.SyncSettings.ConflictPolicy;
import org.psasync.engine.decide.FieldDecision.Agreed;
import org.psasync.engine.decide.FieldDecision.Awaits;
import org.psasync.engine.decide.FieldDecision.Conflict;
import org.psasync.engine.decide.FieldDecision.Foreign;
import org.psasync.engine.decide.FieldDecision.LeftAlone;
import org.psasync.engine.decide.FieldDecision.Pull;
import org.psasync.engine.decide.FieldDecision.Push;
import org.psasync.engine.decide.FieldDecision.Unconfirmed;
import org.psasync.engine.decide.FieldMerge.Permission;
import org.psasync.engine.decide.FieldMerge.Sides;
import org.psasync.model.AssetKind;
import org.psasync.model.AssetRef;
import org.psasync.model.LocalRef;
import org.psasync.model.RemoteRef;

class FieldMergeTest {
    private static final Because BOTH = new Because("MERGE-1", "both");
    private static final AssetRef HERE = LocalRef.of(AssetKind.LOCATION, "l");
    private static final AssetRef THERE = RemoteRef.of(AssetKind.LOCATION, "r");

    static Permission may(ConflictPolicy conflict) {
        return new Permission(true, true, conflict, "both");
    }

    static Permission unconfirmed(ConflictPolicy conflict) {
        return new Permission(true, false, conflict, "both");
    }

    static Permission oneWay() {
        return new Permission(false, true, PSA_WINS, "both");
    }

    static Sides sides(@Nullable String base, @Nullable String local, @Nullable String remote) {
        return sides(base, base, local, remote);
    }

    static Sides sides(
            @Nullable String baseLocal, @Nullable String baseRemote, @Nullable String local, @Nullable String remote) {
        return new Sides(true, baseLocal, baseRemote, local, remote, new Across.Value(local), new Across.Value(remote));
    }

    static Sides first(@Nullable String local, @Nullable String remote) {
        return new Sides(false, null, null, local, remote, new Across.Value(local), new Across.Value(remote));
    }

    static Stream<Arguments> changes() {
        return Stream.of(
                arguments(sides("a", "a", "a"), may(PSA_WINS), new Agreed()),
                arguments(sides("a", "b", "b"), may(PSA_WINS), new Agreed()),
                arguments(sides("A ", "A", "A ", "A"), may(PSA_WINS), new Agreed()),
                arguments(sides("a", "b", "a"), may(PSA_WINS), new Push("b", null)),
                arguments(sides("a", null, "a"), may(PSA_WINS), new Push(null, null)),
                arguments(sides("a", "b", "a"), unconfirmed(PSA_WINS), new Unconfirmed()),
                arguments(sides("a", "b", "a"), oneWay(), new Pull("a", FieldMerge.PUT_BACK, null)),
                arguments(sides("a", "a", "b"), may(PSA_WINS), new Pull("b", null, null)),
                arguments(sides("a", "a", null), may(PSA_WINS), new Pull(null, null, null)),
                arguments(sides("a", "a", "b"), oneWay(), new Pull("b", null, null)),
                arguments(sides("a", "b", "c"), may(PSA_WINS), new Pull("c", BOTH, null)),
                arguments(sides("a", "b", "c"), may(LOCAL_WINS), new Push("b", BOTH)),
                arguments(sides("a", "b", "c"), unconfirmed(LOCAL_WINS), new Unconfirmed()),
                arguments(sides("a", "b", "c"), may(ASK), new Conflict("b", "c")),
                arguments(sides("a", "b", "c"), oneWay(), new Pull("c", FieldMerge.PUT_BACK, null)));
    }

    @ParameterizedTest(name = "{0}, {1}: {2}")
    @MethodSource("changes")
    @DisplayName("MERGE-1, PUSH-1: what only one side changed is copied, what both changed goes by policy")
    void copiesWhatOnlyOneSideChanged(Sides sides, Permission permission, FieldDecision expected) {
        assertThat(FieldMerge.merge(sides, permission)).isEqualTo(expected);
    }

    static Stream<Arguments> firstLinks() {
        return Stream.of(
                arguments(first("a", "a"), may(PSA_WINS), new Agreed()),
                arguments(first(null, null), may(PSA_WINS), new Agreed()),
                arguments(first(null, "b"), may(PSA_WINS), new Pull("b", null, null)),
                arguments(first("a", "b"), may(LOCAL_WINS), new Pull("b", FieldMerge.FIRST_LINK, null)),
                arguments(first("a", "b"), may(ASK), new Pull("b", FieldMerge.FIRST_LINK, null)),
                arguments(first("a", null), may(PSA_WINS), new Push("a", null)),
                arguments(first("a", null), unconfirmed(PSA_WINS), new Unconfirmed()),
                arguments(first("a", null), oneWay(), new LeftAlone()));
    }

    @ParameterizedTest(name = "{0}, {1}: {2}")
    @MethodSource("firstLinks")
    @DisplayName("MATCH-8: without a base the PSA's value counts, unless it is blank")
    void takesThePsaValueFirst(Sides sides, Permission permission, FieldDecision expected) {
        assertThat(FieldMerge.merge(sides, permission)).isEqualTo(expected);
    }

    static Stream<Arguments> oneTimePushes() {
        Because oneTime = FieldMerge.ONE_TIME;
        return Stream.of(
                //        may push, confirmed
                arguments(first("a", "b"), true, true, new Push("a", oneTime)),
                arguments(first("a", null), true, true, new Push("a", null)),
                arguments(first(null, "b"), true, true, new Pull("b", null, null)),
                arguments(first("a", "a"), true, true, new Agreed()),
                arguments(first("a", "b"), false, true, new Pull("b", FieldMerge.FIRST_LINK, null)),
                arguments(first("a", "b"), true, false, new Pull("b", FieldMerge.FIRST_LINK, null)));
    }

    @ParameterizedTest(name = "{0}, may push {1}, confirmed {2}: {3}")
    @MethodSource("oneTimePushes")
    @DisplayName("ALL-1: in a one-time push the local value goes first, a blank one excepted")
    void letsTheLocalValueGoFirst(Sides sides, boolean mayPush, boolean confirmed, FieldDecision expected) {
        assertThat(FieldMerge.merge(sides, new Permission(mayPush, confirmed, PSA_WINS, "both", true)))
                .isEqualTo(expected);
    }

    static Stream<Arguments> references() {
        Across unlinkedHere = new Across.Unlinked(HERE);
        Across unlinkedThere = new Across.Unlinked(THERE);
        Across foreignThere = new Across.Foreign(THERE);
        return Stream.of(
                arguments(ref(false, null, null, HERE, null, unlinkedHere, Across.BLANK), oneWay(), new LeftAlone()),
                arguments(
                        ref(false, null, null, HERE, null, unlinkedHere, Across.BLANK),
                        may(PSA_WINS),
                        new Awaits(HERE)),
                arguments(
                        ref(true, HERE, THERE, HERE, null, unlinkedHere, Across.BLANK),
                        may(PSA_WINS),
                        new Pull(null, null, null)),
                arguments(
                        ref(true, null, null, null, THERE, Across.BLANK, unlinkedThere),
                        may(PSA_WINS),
                        new Awaits(THERE)),
                arguments(
                        ref(true, null, null, null, THERE, Across.BLANK, foreignThere),
                        may(PSA_WINS),
                        new Foreign(THERE)),
                arguments(
                        ref(true, null, THERE, HERE, THERE, new Across.Value("x"), unlinkedThere),
                        may(PSA_WINS),
                        new Push("x", null)));
    }

    private static Sides ref(
            boolean hasBase,
            @Nullable Object baseLocal,
            @Nullable Object baseRemote,
            @Nullable Object local,
            @Nullable Object remote,
            Across localAcross,
            Across remoteAcross) {
        return new Sides(hasBase, baseLocal, baseRemote, local, remote, localAcross, remoteAcross);
    }

    @ParameterizedTest(name = "{0}, {1}: {2}")
    @MethodSource("references")
    @DisplayName("FIELD-6: what cannot be translated is never the same as a blank value")
    void waitsForWhatCannotBeTranslated(Sides sides, Permission permission, FieldDecision expected) {
        assertThat(FieldMerge.merge(sides, permission)).isEqualTo(expected);
    }
}
