package org.psasync.engine.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.psasync.engine.decide.Matching.Relation.DOUBT;
import static org.psasync.engine.decide.Matching.Relation.MATCH;
import static org.psasync.engine.decide.Matching.Relation.NO;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.psasync.engine.SyncSettings.MatchingRules;
import org.psasync.engine.SyncSettings.OnDoubt;
import org.psasync.engine.decide.Matching.Entrant;
import org.psasync.engine.decide.Matching.Relation;
import org.psasync.engine.decide.Matching.Result;
import org.psasync.model.AssetKind;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.ContactFields;
import org.psasync.model.FieldValues;
import org.psasync.model.LocalRef;
import org.psasync.model.OrganizationFields;
import org.psasync.model.RemoteRef;
import org.psasync.model.TicketFields;
import org.psasync.spi.MatchKey;

class MatchingTest {
    private final Matching matching = new Matching(Samples.policy());

    /** Serial number and MAC address of two records. */
    enum Pairing {
        EQUAL("x", "x"),
        DIFFERENT("x", "y"),
        ONE_SIDED("x", null),
        NONE(null, null);

        final @Nullable String first;
        final @Nullable String second;

        Pairing(@Nullable String first, @Nullable String second) {
            this.first = first;
            this.second = second;
        }
    }

    private static FieldValues server(@Nullable String serial, @Nullable String mac) {
        return FieldValues.of(AssetKind.CONFIGURATION)
                .set(ConfigurationFields.NAME, "SRV-1")
                .set(ConfigurationFields.TYPE, Samples.SERVER)
                .set(ConfigurationFields.SERIAL_NUMBER, serial)
                .set(ConfigurationFields.MAC_ADDRESS, mac)
                .build();
    }

    static Stream<Arguments> combinations() {
        List<Arguments> result = new ArrayList<>();
        for (Pairing serial : Pairing.values()) {
            for (Pairing mac : Pairing.values()) {
                Set<Pairing> both = Set.copyOf(List.of(serial, mac));
                result.add(arguments(serial, mac, expected(both)));
            }
        }
        return result.stream();
    }

    /** The sentence of the rule, read aloud. */
    private static Relation expected(Set<Pairing> both) {
        if (both.contains(Pairing.EQUAL)) {
            return both.contains(Pairing.DIFFERENT) ? DOUBT : MATCH;
        }
        if (both.contains(Pairing.DIFFERENT)) {
            return NO;
        }
        return both.equals(Set.of(Pairing.NONE)) ? MATCH : DOUBT;
    }

    @ParameterizedTest(name = "serial number {0}, MAC {1}: {2}")
    @MethodSource("combinations")
    @DisplayName("MATCH-3: serial number and MAC decide between match, doubt and no match")
    void looksAtSerialNumberAndMac(Pairing serial, Pairing mac, Relation expected) {
        FieldValues first = server(serial.first, mac.first);
        FieldValues second = server(serial.second, mac.second);
        assertThat(matching.relation(first, second)).isEqualTo(expected);
        assertThat(matching.relation(second, first)).isEqualTo(expected);
    }

    @Test
    @DisplayName("MATCH-2: serial numbers are compared exactly, or ignoring case as set")
    void comparesSerialNumbersAsSet() {
        assertThat(matching.relation(server("abc", null), server("ABC", null))).isEqualTo(NO);
        Matching ignoringCase =
                new Matching(Samples.policy(Samples.matching(new MatchingRules(true, OnDoubt.ASK)), Set.of(), null));
        assertThat(ignoringCase.relation(server("abc", null), server("ABC", null)))
                .isEqualTo(MATCH);
    }

    @Test
    @DisplayName("MATCH-2, MATCH-3: what the connector does not map is not compared")
    void comparesOnlyWhatIsRead() {
        Matching blind =
                new Matching(Samples.policy(settings -> settings, Set.of(ConfigurationFields.SERIAL_NUMBER), null));
        assertThat(blind.relation(server("a", null), server("b", null))).isEqualTo(MATCH);
    }

    // Keys -----------------------------------------------------------------------------------------------------------

    @Test
    @DisplayName(
            "MATCH-1: a record is recognised by its name and what else its kind goes by; without a name by nothing")
    void recognisesByKeys() {
        FieldValues named = Facts.GOOD_THERE;
        FieldValues nameless = named.with(ConfigurationFields.NAME, null);
        FieldValues ticket = FieldValues.empty(AssetKind.TICKET).with(TicketFields.TITLE, "It is broken");

        assertThat(matching.recognises(named)).isTrue();
        assertThat(matching.recognises(nameless)).isFalse();
        assertThat(matching.recognises(ticket))
                .as("tickets are never linked with others")
                .isFalse();
        assertThat(matching.text(nameless)).isNull();
        assertThat(matching.text(ticket)).isNull();
        assertThat(matching.text(named))
                .isNotBlank()
                .isEqualTo(matching.text(named.with(ConfigurationFields.NAME, "srv-1")))
                .isNotEqualTo(matching.text(named.with(ConfigurationFields.NAME, "SRV-2")))
                .isNotEqualTo(matching.text(named.with(ConfigurationFields.TYPE, Samples.PRINTER)))
                .isNotEqualTo(matching.text(named.with(ConfigurationFields.TYPE, null)))
                .isNotEqualTo(matching.text(
                        named.with(ConfigurationFields.ORGANIZATION, RemoteRef.of(AssetKind.ORGANIZATION, "other"))));
    }

    @Test
    @DisplayName("MATCH-5: what was decided about a record holds as long as all by which it is recognised is the same")
    void knowsAllByWhichItIsRecognised() {
        FieldValues company = Facts.company(Samples.CUSTOMER);

        assertThat(matching.evidence(server("a", "m"))).isNotEqualTo(matching.evidence(server("b", "m")));
        assertThat(matching.evidence(server("a", "m"))).isNotEqualTo(matching.evidence(server("a", "n")));
        assertThat(matching.evidence(company))
                .isEqualTo(matching.evidence(company.with(OrganizationFields.SHORT_NAME, "ACM")));
    }

    @Test
    @DisplayName("MATCH-2: each side is asked in its own terms, by the keys alone")
    void asksInEachSidesTerms() {
        LinkTable links = Facts.syncing();
        FieldValues there = Facts.GOOD_THERE.with(ConfigurationFields.NOTES, "text");
        FieldValues here = Facts.GOOD_HERE.with(ConfigurationFields.NOTES, "text");
        Policy withoutNotes =
                Samples.policy(Samples.mapping(Set.of(ConfigurationFields.NOTES), Set.of()), Set.of(), null);
        Matching ignoringCase =
                new Matching(Samples.policy(Samples.matching(new MatchingRules(true, OnDoubt.ASK)), Set.of(), null));
        FieldValues keys = Facts.GOOD_HERE.only(field -> !field.equals(ConfigurationFields.STATUS));

        assertThat(matching.inRemoteTerms(here, links)).isEqualTo(there);
        assertThat(new Matching(withoutNotes).inRemoteTerms(here, links))
                .as("what is read is compared, synced or not")
                .isEqualTo(there);
        assertThat(matching.inLocalTerms(there, links)).isEqualTo(keys);
        assertThat(matching.key(here)).isEqualTo(new MatchKey(keys, false));
        assertThat(ignoringCase.key(here)).isEqualTo(new MatchKey(keys, true));
    }

    @Test
    @DisplayName(
            "MATCH-1: records without a name, or with another key, are not the same; contacts have no serial number")
    void comparesKeys() {
        FieldValues ada = FieldValues.of(AssetKind.CONTACT)
                .set(ContactFields.FIRST_NAME, "Ada")
                .set(ContactFields.LAST_NAME, "Byron")
                .build();

        assertThat(matching.relation(ada, ada.with(ContactFields.TITLE, "Countess")))
                .isEqualTo(MATCH);
        assertThat(matching.relation(ada, ada.with(ContactFields.LAST_NAME, "Lovelace")))
                .isEqualTo(NO);
        FieldValues nameless = server("a", "a").with(ConfigurationFields.NAME, null);
        assertThat(matching.relation(nameless, nameless)).isEqualTo(NO);
        assertThat(matching.relation(server(null, null), server(null, null).with(ConfigurationFields.TYPE, null)))
                .isEqualTo(NO);
    }

    // Doubts ---------------------------------------------------------------------------------------------------------

    private static Entrant here(String id, FieldValues values) {
        return new Entrant(LocalRef.of(AssetKind.CONFIGURATION, id), values, true);
    }

    private static Entrant there(String id, FieldValues values) {
        return new Entrant(RemoteRef.of(AssetKind.CONFIGURATION, id), values, true);
    }

    private Result.Doubt doubt(FieldValues self, List<Entrant> peers, Entrant... others) {
        return (Result.Doubt) matching.match(here("self", self), peers, List.of(others));
    }

    @Test
    @DisplayName("MATCH-5: a doubt says why it is one, and of each candidate what speaks for it")
    void saysWhyItDoubts() {
        FieldValues plain = server(null, null);
        Entrant deleted = new Entrant(RemoteRef.of(AssetKind.CONFIGURATION, "t"), plain, true, null, true);
        Entrant unselected = new Entrant(RemoteRef.of(AssetKind.CONFIGURATION, "t"), plain, false);

        assertThat(doubt(plain, List.of(), there("t", server("x", null))).reason())
                .contains("may be the same as a record of the other side");
        assertThat(doubt(plain, List.of(), there("t", plain), there("u", plain)).reason())
                .contains("Several records of the other side");
        assertThat(doubt(plain, List.of(here("peer", plain)), there("t", plain)).reason())
                .contains("Several records of one side");
        Result.Doubt gone = doubt(plain, List.of(), deleted);
        assertThat(gone.reason()).contains("whose local one was deleted");
        assertThat(gone.candidates()).singleElement().satisfies(candidate -> {
            assertThat(candidate.title()).isEqualTo("SRV-1");
            assertThat(candidate.why())
                    .startsWith("It has the same")
                    .endsWith("Its local record was deleted (STATE-6).");
        });
        Result.Doubt closed = doubt(plain, List.of(), unselected);
        assertThat(closed.reason()).contains("not selected");
        assertThat(closed.candidates().get(0).why()).endsWith("It is not selected (MATCH-9).");
        assertThat(doubt(plain, List.of(here("peer", plain)), deleted).reason())
                .as("contested, whatever else")
                .contains("Several records of one side");
    }

    @Test
    @DisplayName("MATCH-4: what certainly is another record's is no candidate, unless that is in doubt itself")
    void leavesOutWhatIsAnothers() {
        FieldValues plain = server(null, null);
        Entrant owner = here("owner", server("x", null));
        Entrant second = here("second", server("x", null));
        Entrant other = there("other", server("x", null));
        Entrant copy = there("copy", server("x", null));
        Entrant self = here("self", plain);

        assertThat(matching.match(self, List.of(owner), List.of(other))).isInstanceOf(Result.None.class);
        assertThat(matching.match(self, List.of(owner, second), List.of(other))).isInstanceOf(Result.Doubt.class);
        assertThat(matching.match(self, List.of(owner), List.of(other, copy))).isInstanceOf(Result.Doubt.class);
        assertThat(matching.match(self, List.of(here("else", server("y", null))), List.of(other)))
                .isInstanceOf(Result.Doubt.class);
        assertThat(matching.match(self, List.of(owner), List.of(other, there("free", server("z", null)))))
                .isInstanceOfSatisfying(
                        Result.Doubt.class,
                        doubt -> assertThat(doubt.entrants())
                                .extracting(Entrant::ref)
                                .containsExactly(RemoteRef.of(AssetKind.CONFIGURATION, "free")));
    }

    @Test
    @DisplayName("MATCH-5: the likeness of two records is told field by field")
    void tellsTheLikeness() {
        assertThat(matching.likeness(server("x", "m"), server("x", "n")).text())
                .contains("It has the same")
                .contains("serial number")
                .contains(" It has another mac address.");
        assertThat(matching.likeness(server("x", null), server("x", "n")).text())
                .endsWith(" Only one of the two has a mac address.");
        assertThat(matching.likeness(server("x", null), server("x", null)).text())
                .doesNotContain("another")
                .doesNotContain("Only one");
    }
}
