package org.psasync.engine.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.psasync.engine.Disposition;
import org.psasync.engine.SyncSettings;
import org.psasync.engine.SyncSettings.MatchingRules;
import org.psasync.engine.SyncSettings.OnDoubt;
import org.psasync.engine.decide.Matching.Entrant;
import org.psasync.model.AssetKind;
import org.psasync.model.AssetRef;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.FieldValues;
import org.psasync.model.LocalRef;
import org.psasync.model.PairId;
import org.psasync.model.RemoteRef;
import org.psasync.store.Pair;
import org.psasync.store.Trouble;
import org.psasync.store.Trouble.Ruling;
import org.psasync.store.Trouble.Ruling.Way;

/** What people decided before about a doubt, and what comes of it (MATCH-5). */
class RecognitionTest {
    private static final RemoteRef SELF = RemoteRef.of(AssetKind.CONFIGURATION, "self");
    private static final LocalRef A = LocalRef.of(AssetKind.CONFIGURATION, "a");
    private static final LocalRef B = LocalRef.of(AssetKind.CONFIGURATION, "b");
    private static final FieldValues PLAIN = server(null);
    private static final FieldValues SERIAL = server("S-1");

    private static FieldValues server(@Nullable String serial) {
        return FieldValues.of(AssetKind.CONFIGURATION)
                .set(ConfigurationFields.NAME, "SRV-1")
                .set(ConfigurationFields.TYPE, Samples.SERVER)
                .set(ConfigurationFields.SERIAL_NUMBER, serial)
                .build();
    }

    private static Policy policy(OnDoubt onDoubt) {
        UnaryOperator<SyncSettings> change = Samples.matching(new MatchingRules(false, onDoubt));
        return Samples.policy(change, Set.of(), null);
    }

    private static Ruling ruling(Way way, FieldValues key, AssetRef... about) {
        return new Ruling(
                way,
                Arrays.stream(about).collect(Collectors.toSet()),
                new Matching(policy(OnDoubt.ASK)).evidence(key),
                "mia",
                Samples.NOW);
    }

    private static Entrant one(LocalRef ref, FieldValues values) {
        return new Entrant(ref, values, true, null);
    }

    private static Entrant ruled(LocalRef ref, FieldValues values, Way way) {
        return new Entrant(ref, values, true, ruling(way, values, SELF));
    }

    static Stream<Arguments> table() {
        return Stream.of(
                //        ruling of its own               the other side                        what comes of it
                arguments(null, List.of(), "create"),
                arguments(null, List.of(one(A, PLAIN)), "link a"),
                arguments(null, List.of(one(A, SERIAL)), "ask"),
                arguments(null, List.of(one(A, PLAIN), one(B, PLAIN)), "ask"),
                arguments(ruling(Way.CREATE, PLAIN, A), List.of(one(A, SERIAL)), "create"),
                arguments(ruling(Way.CREATE, PLAIN, A), List.of(), "create"),
                arguments(ruling(Way.IGNORE, PLAIN, A), List.of(one(A, SERIAL)), "leave"),
                arguments(ruling(Way.IGNORE, PLAIN, A), List.of(), "leave"),
                // another candidate, or another key, is a new question
                arguments(ruling(Way.CREATE, PLAIN, A), List.of(one(A, SERIAL), one(B, SERIAL)), "ask"),
                arguments(ruling(Way.IGNORE, PLAIN, A), List.of(one(A, SERIAL), one(B, SERIAL)), "ask"),
                arguments(ruling(Way.IGNORE, SERIAL, A), List.of(one(A, SERIAL)), "ask"),
                arguments(ruling(Way.IGNORE, SERIAL, A), List.of(), "create"),
                // certainly the same now, but decided otherwise before: nothing is linked by itself
                arguments(ruling(Way.IGNORE, SERIAL, A), List.of(one(A, PLAIN)), "ask"),
                arguments(ruling(Way.IGNORE, SERIAL, A), List.of(one(B, PLAIN)), "link b"),
                arguments(null, List.of(new Entrant(A, PLAIN, true, ruling(Way.IGNORE, SERIAL, SELF))), "ask"),
                // decided from the other side
                arguments(null, List.of(ruled(A, SERIAL, Way.IGNORE)), "leave"),
                arguments(null, List.of(ruled(A, PLAIN, Way.IGNORE)), "leave"),
                arguments(null, List.of(ruled(A, SERIAL, Way.IGNORE), one(B, SERIAL)), "ask"),
                arguments(null, List.of(ruled(A, SERIAL, Way.CREATE)), "create"),
                arguments(null, List.of(ruled(A, PLAIN, Way.CREATE), one(B, PLAIN)), "link b"));
    }

    @ParameterizedTest(name = "{0} with {1}: {2}")
    @MethodSource("table")
    @DisplayName("MATCH-5: a decision holds for what was shown, on both sides, and nothing is linked against it")
    void keepsToWhatWasDecided(@Nullable Ruling ruling, List<Entrant> others, String expected) {
        assertThat(decided(OnDoubt.ASK, ruling, others)).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("table")
    @DisplayName("MATCH-5: whatever the settings say to do on doubt, what a person decided comes first")
    void setsDecisionsAboveSettings(@Nullable Ruling ruling, List<Entrant> others, String expected) {
        String asked = expected.equals("ask") ? "link a" : expected;
        assertThat(decided(OnDoubt.LINK, ruling, others)).isEqualTo(asked);
    }

    private static String decided(OnDoubt onDoubt, @Nullable Ruling ruling, List<Entrant> others) {
        Pair pair = Pair.ofRemote(new PairId(0, 1), SELF).toBuilder()
                .observed(Samples.observed(PLAIN))
                .trouble(Trouble.NONE.withRuling(ruling))
                .build();
        PairFacts facts = new PairFacts(
                pair, null, true, LinkTable.NONE, new PairFacts.Rivals(List.of(), others), null, false, false, null);
        Because because = new Because("MATCH-4", "test");
        Decision decision = new Recognition(policy(onDoubt))
                .decide(
                        facts,
                        SELF,
                        PLAIN,
                        new Recognition.Case(
                                Situation.REMOTE_TO_MATCH,
                                because,
                                because,
                                why -> new Decision.CreateLocal(
                                        Verdict.of(
                                                Situation.REMOTE_TO_MATCH,
                                                Disposition.CHANGE_WAITING,
                                                why.rule(),
                                                why.text()),
                                        Merge.nothing(AssetKind.CONFIGURATION))));
        if (decision instanceof Decision.LinkLocal link) {
            return "link " + link.match();
        }
        return decision instanceof Decision.CreateLocal
                ? "create"
                : decision instanceof Decision.Doubt ? "ask" : left((Decision.Leave) decision);
    }

    private static String left(Decision.Leave leave) {
        boolean decided =
                leave.verdict().because().stream().allMatch(why -> why.rule().equals("MATCH-5"));
        return decided && leave.verdict().remedy() != null ? "leave" : "another first";
    }

    @ParameterizedTest
    @MethodSource("settings")
    @DisplayName("MATCH-5: on doubt a person is asked, the best is linked, or a new record is made, as set")
    void doesAsSet(OnDoubt onDoubt, List<Entrant> others, String expected) {
        assertThat(decided(onDoubt, null, others)).isEqualTo(expected);
    }

    static Stream<Arguments> settings() {
        List<Entrant> doubtful = List.of(one(A, SERIAL), one(B, SERIAL));
        List<Entrant> deleted = List.of(new Entrant(A, SERIAL, true, null, true));
        return Stream.of(
                arguments(OnDoubt.ASK, doubtful, "ask"),
                arguments(OnDoubt.LINK, doubtful, "link a"),
                arguments(OnDoubt.CREATE, doubtful, "create"),
                // only a person links what was deleted on the other side (STATE-6)
                arguments(OnDoubt.LINK, deleted, "ask"),
                arguments(OnDoubt.CREATE, deleted, "create"));
    }

    @Test
    @DisplayName("MATCH-5, MATCH-4: of two that may be the same one, the one that is more like it is linked first")
    void letsTheMoreLikeOneGoFirst() {
        Entrant other = new Entrant(A, SERIAL.with(ConfigurationFields.MAC_ADDRESS, "00:00:00:00:00:01"), true);
        Entrant nearer = new Entrant(
                RemoteRef.of(AssetKind.CONFIGURATION, "nearer"),
                SERIAL.with(ConfigurationFields.MAC_ADDRESS, "00:00:00:00:00:02"),
                true);
        Pair pair = Pair.ofRemote(new PairId(0, 1), SELF).toBuilder()
                .observed(Samples.observed(PLAIN))
                .build();
        PairFacts facts = new PairFacts(
                pair,
                null,
                true,
                LinkTable.NONE,
                new PairFacts.Rivals(List.of(nearer), List.of(other)),
                null,
                false,
                false,
                null);
        Because because = new Because("MATCH-4", "test");

        Decision decision = new Recognition(policy(OnDoubt.LINK))
                .decide(facts, SELF, PLAIN, new Recognition.Case(Situation.REMOTE_TO_MATCH, because, because, why -> {
                    throw new AssertionError("nothing is to be made");
                }));

        assertThat(decision).isInstanceOfSatisfying(Decision.Leave.class, leave -> {
            assertThat(leave.awaited()).containsExactly(A);
            assertThat(leave.verdict().disposition()).isEqualTo(Disposition.CHANGE_WAITING);
            assertThat(leave.verdict().text()).contains("another record is more like " + A);
        });
    }
}
