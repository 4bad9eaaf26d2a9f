package org.psasync.engine.decide;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.psasync.engine.SyncSettings.ConflictPolicy.ASK;
import static org.psasync.engine.SyncSettings.ConflictPolicy.LOCAL_WINS;
import static org.psasync.engine.SyncSettings.ConflictPolicy.NEWEST_WINS;
import static org.psasync.engine.SyncSettings.ConflictPolicy.PSA_WINS;
import static org.psasync.engine.decide.FieldMergeTest.first;
import static org.psasync.engine.decide.FieldMergeTest.may;
import static org.psasync.engine.decide.FieldMergeTest.oneWay;
import static org.psasync.engine.decide.FieldMergeTest.sides;
import static org.psasync.engine.decide.FieldMergeTest.unconfirmed;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.psasync.engine.SyncSettings.ConflictPolicy;
import org.psasync.engine.decide.FieldDecision.Agreed;
import org.psasync.engine.decide.FieldDecision.Conflict;
import org.psasync.engine.decide.FieldDecision.LeftAlone;
import org.psasync.engine.decide.FieldDecision.Pull;
import org.psasync.engine.decide.FieldDecision.Push;
import org.psasync.engine.decide.FieldDecision.Unconfirmed;
import org.psasync.engine.decide.FieldMerge.Permission;
import org.psasync.engine.decide.FieldMerge.Sides;
import org.psasync.model.LocationFields;
import org.psasync.spi.FieldRule;
import org.psasync.spi.FieldRule.Direction;

/** The lines of an address, merged together (MERGE-3): each row tells its street, city and region. */
class GroupMergeTest {
    private static final FieldRule STREET = new FieldRule(LocationFields.ADDRESS_1, Direction.BOTH, 0, false);
    private static final FieldRule CITY = new FieldRule(LocationFields.CITY, Direction.BOTH, 0, false);
    private static final FieldRule REGION = new FieldRule(LocationFields.REGION, Direction.BOTH, 0, false);
    private static final Because BOTH = new Because("MERGE-1", "both");

    /** The street is the same, the host changed the city, and the PSA the region. */
    private static final List<Sides> CLASH = List.of(sides("s", "s", "s"), sides("c", "C", "c"), sides("r", "r", "R"));

    private static List<FieldDecision> each(FieldDecision street, FieldDecision city, FieldDecision region) {
        return List.of(street, city, region);
    }

    private static List<Permission> all(Permission permission) {
        return List.of(permission, permission, permission);
    }

    private static Permission oneTime(boolean mayPush, boolean confirmed) {
        return new Permission(mayPush, confirmed, PSA_WINS, "both", true);
    }

    private static List<FieldDecision> merge(List<Sides> lines, List<Permission> permissions) {
        List<FieldRule> rules = List.of(STREET, CITY, REGION);
        Map<FieldRule, Sides> address = new LinkedHashMap<>();
        Map<FieldRule, Permission> may = new LinkedHashMap<>();
        for (int i = 0; i < rules.size(); i++) {
            address.put(rules.get(i), lines.get(i));
            may.put(rules.get(i), permissions.get(i));
        }
        return List.copyOf(new GroupMerge(address, rule -> requireNonNull(may.get(rule)))
                .merge()
                .values());
    }

    static Stream<Arguments> clashes() {
        FieldDecision agreed = new Agreed();
        return Stream.of(
                arguments(
                        "the PSA's address wins; what the host had changed of it is lost, and only that",
                        CLASH,
                        all(may(PSA_WINS)),
                        each(agreed, new Pull("c", BOTH, null), new Pull("R", null, null))),
                arguments(
                        "as newest",
                        CLASH,
                        all(may(NEWEST_WINS)),
                        each(agreed, new Pull("c", BOTH, null), new Pull("R", null, null))),
                arguments(
                        "the host's address wins; what the PSA had changed of it is lost, and only that",
                        CLASH,
                        all(may(LOCAL_WINS)),
                        each(agreed, new Push("C", null), new Push("r", BOTH))),
                arguments(
                        "a person decides about the whole",
                        CLASH,
                        all(may(ASK)),
                        each(agreed, new Conflict("C", "c"), new Conflict("r", "R"))),
                arguments(
                        "one-way, the host's change is put back",
                        CLASH,
                        all(oneWay()),
                        each(agreed, new Pull("c", FieldMerge.PUT_BACK, null), new Pull("R", null, null))),
                arguments(
                        "a line that nobody confirmed holds the address back",
                        CLASH,
                        List.of(unconfirmed(LOCAL_WINS), may(LOCAL_WINS), unconfirmed(LOCAL_WINS)),
                        each(agreed, new Unconfirmed(), new Unconfirmed())),
                arguments(
                        "a line that is the same on both sides needs no confirmation",
                        CLASH,
                        List.of(unconfirmed(LOCAL_WINS), may(LOCAL_WINS), may(LOCAL_WINS)),
                        each(agreed, new Push("C", null), new Push("r", BOTH))),
                arguments(
                        "a line that may not go to the PSA keeps the whole address back",
                        CLASH,
                        List.of(may(LOCAL_WINS), may(LOCAL_WINS), oneWay()),
                        each(agreed, new Pull("c", FieldMerge.PUT_BACK, null), new Pull("R", null, null))),
                arguments(
                        "a line that was never agreed on is no part of the clash",
                        List.of(first(null, "S"), sides("c", "C", "c"), sides("r", "r", "R")),
                        all(may(ASK)),
                        each(new Pull("S", null, null), new Conflict("C", "c"), new Conflict("r", "R"))));
    }

    static Stream<Arguments> changes() {
        FieldDecision agreed = new Agreed();
        return Stream.of(
                arguments(
                        "only the host changed a line",
                        List.of(sides("s", "s", "s"), sides("c", "C", "c"), sides("r", "r", "r")),
                        List.of(unconfirmed(PSA_WINS), may(PSA_WINS), unconfirmed(PSA_WINS)),
                        each(agreed, new Push("C", null), agreed)),
                arguments(
                        "the host changed two lines, of which one is not confirmed",
                        List.of(sides("s", "S", "s"), sides("c", "C", "c"), sides("r", "r", "r")),
                        List.of(unconfirmed(PSA_WINS), may(PSA_WINS), may(PSA_WINS)),
                        each(new Unconfirmed(), new Unconfirmed(), agreed)),
                arguments(
                        "only the PSA changed a line",
                        List.of(sides("s", "s", "s"), sides("c", "c", "C"), sides("r", "r", "r")),
                        all(unconfirmed(PSA_WINS)),
                        each(agreed, new Pull("C", null, null), agreed)),
                arguments(
                        "both changed a line to the same, and the host another: that is no clash",
                        List.of(sides("s", "S", "S"), sides("c", "C", "c"), sides("r", "r", "r")),
                        all(may(PSA_WINS)),
                        each(agreed, new Push("C", null), agreed)),
                arguments(
                        "a line that differs since it was last agreed on, and did not change",
                        List.of(sides("s ", "s", "s ", "s"), sides("c", "c", "C"), sides("r", "r", "r")),
                        all(may(PSA_WINS)),
                        each(agreed, new Pull("C", null, null), agreed)));
    }

    static Stream<Arguments> firstLinks() {
        FieldDecision agreed = new Agreed();
        List<Sides> other = List.of(first("s", null), first("c", "C"), first("r", "r"));
        return Stream.of(
                arguments(
                        "another address takes the place of the local one, with its blank lines",
                        other,
                        all(may(PSA_WINS)),
                        each(
                                new Pull(null, FieldMerge.FIRST_LINK, null),
                                new Pull("C", FieldMerge.FIRST_LINK, null),
                                agreed)),
                arguments(
                        "what the PSA has more is taken, and what it has less is sent",
                        List.of(first("s", null), first("c", "c"), first(null, "R")),
                        all(may(PSA_WINS)),
                        each(new Push("s", null), agreed, new Pull("R", null, null))),
                arguments(
                        "what the PSA has more needs no confirmation",
                        List.of(first("s", null), first("c", "c"), first(null, "R")),
                        List.of(may(PSA_WINS), may(PSA_WINS), unconfirmed(PSA_WINS)),
                        each(new Push("s", null), agreed, new Pull("R", null, null))),
                arguments(
                        "nor does what only the PSA changed",
                        List.of(first("s", null), sides("c", "c", "C"), sides("r", "r", "r")),
                        List.of(may(PSA_WINS), unconfirmed(PSA_WINS), may(PSA_WINS)),
                        each(new Push("s", null), new Pull("C", null, null), agreed)),
                arguments(
                        "in a one-time push what is the same need not have been shown, and a blank line not be confirmed",
                        List.of(first("s", "s"), first("c", "C"), first(null, "R")),
                        List.of(may(PSA_WINS), oneTime(true, true), oneTime(true, false)),
                        each(agreed, new Push("c", FieldMerge.ONE_TIME), new Pull("R", null, null))),
                arguments(
                        "an address that the PSA lacks is sent when somebody confirmed it all",
                        List.of(first("s", null), first("c", null), first(null, null)),
                        List.of(may(PSA_WINS), unconfirmed(PSA_WINS), may(PSA_WINS)),
                        each(new Unconfirmed(), new Unconfirmed(), agreed)),
                arguments(
                        "one-way, an address that the PSA lacks is left alone",
                        List.of(first("s", null), first("c", null), first(null, null)),
                        all(oneWay()),
                        each(new LeftAlone(), new LeftAlone(), agreed)),
                arguments(
                        "what was agreed on keeps the rest of the address where it is",
                        List.of(first("s", null), first("c", "C"), sides("r", "r", "r")),
                        List.of(may(PSA_WINS), unconfirmed(PSA_WINS), may(PSA_WINS)),
                        each(new Push("s", null), new Pull("C", FieldMerge.FIRST_LINK, null), agreed)),
                arguments(
                        "in a one-time push the local address goes first, its blank lines excepted",
                        List.of(first("s", null), first("c", "C"), first(null, "R")),
                        all(oneTime(true, true)),
                        each(new Push("s", null), new Push("c", FieldMerge.ONE_TIME), new Pull("R", null, null))),
                arguments(
                        "in a one-time push of what nobody confirmed the PSA's address counts",
                        other,
                        all(oneTime(true, false)),
                        each(
                                new Pull(null, FieldMerge.FIRST_LINK, null),
                                new Pull("C", FieldMerge.FIRST_LINK, null),
                                agreed)),
                arguments(
                        "in a one-time push of what may not be sent the PSA's address counts",
                        other,
                        all(oneTime(false, true)),
                        each(
                                new Pull(null, FieldMerge.FIRST_LINK, null),
                                new Pull("C", FieldMerge.FIRST_LINK, null),
                                agreed)),
                arguments(
                        "in a one-time push an address of which a line was not shown does not go first",
                        List.of(first("s", "S"), first("c", "C"), first("r", "r")),
                        List.of(may(PSA_WINS), oneTime(true, true), may(PSA_WINS)),
                        each(
                                new Pull("S", FieldMerge.FIRST_LINK, null),
                                new Pull("C", FieldMerge.FIRST_LINK, null),
                                agreed)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("clashes")
    @DisplayName("MERGE-3, MERGE-4: where both sides changed an address, one whole address wins")
    void oneWholeAddressWins(
            String what, List<Sides> lines, List<Permission> permissions, List<FieldDecision> expected) {
        assertThat(merge(lines, permissions)).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("changes")
    @DisplayName("MERGE-3, PUSH-5: an address that one side changed goes to the other as a whole")
    void theChangedAddressGoes(
            String what, List<Sides> lines, List<Permission> permissions, List<FieldDecision> expected) {
        assertThat(merge(lines, permissions)).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("firstLinks")
    @DisplayName("MATCH-8, ALL-1: on the first link no address is made of two")
    void noAddressIsMadeOfTwo(
            String what, List<Sides> lines, List<Permission> permissions, List<FieldDecision> expected) {
        assertThat(merge(lines, permissions)).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("policies")
    @DisplayName("MERGE-3: who wins is the same for all lines")
    void keepsItsPolicy(ConflictPolicy policy) {
        assertThat(merge(List.of(sides("s", "S", "s"), sides("c", "c", "c"), sides("r", "r", "r")), all(may(policy))))
                .as("no clash, whatever the policy")
                .isEqualTo(each(new Push("S", null), new Agreed(), new Agreed()));
    }

    static Stream<ConflictPolicy> policies() {
        return Stream.of(ConflictPolicy.values());
    }
}
