package org.psasync.engine.decide;

import static org.assertj.core.api.Assertions.assertThat;
import static org.psasync.model.ConfigurationFields.MAC_ADDRESS;
import static org.psasync.model.ConfigurationFields.NAME;
import static org.psasync.model.ConfigurationFields.ORGANIZATION;
import static org.psasync.model.ConfigurationFields.SERIAL_NUMBER;
import static org.psasync.model.ConfigurationFields.TYPE;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.psasync.engine.decide.Matching.Entrant;
import org.psasync.model.AssetKind;
import org.psasync.model.FieldValues;
import org.psasync.model.LocalRef;
import org.psasync.model.RemoteRef;
import org.psasync.store.Trouble.Ruling;

/** Which of several candidates is the best, and which record takes it (MATCH-5). */
class RankingTest {
    private final Ranking ranking = new Ranking(new Matching(Samples.policy()));

    private static FieldValues server(@Nullable String serial, @Nullable String mac) {
        return FieldValues.of(AssetKind.CONFIGURATION)
                .set(NAME, "SRV-1")
                .set(TYPE, Samples.SERVER)
                .set(SERIAL_NUMBER, serial)
                .set(MAC_ADDRESS, mac)
                .build();
    }

    private static Entrant here(String id, @Nullable String serial, @Nullable String mac) {
        return new Entrant(LocalRef.of(AssetKind.CONFIGURATION, id), server(serial, mac), true);
    }

    private static Entrant there(String id, @Nullable String serial, @Nullable String mac) {
        return new Entrant(RemoteRef.of(AssetKind.CONFIGURATION, id), server(serial, mac), true);
    }

    @Test
    @DisplayName(
            "MATCH-3: a match is nearer than any doubt; more that is equal is nearer, more that differs is farther")
    void weighs() {
        int match = new Likeness(List.of(NAME), List.of(), List.of()).weight();
        int four = new Likeness(List.of(ORGANIZATION, TYPE, NAME, SERIAL_NUMBER), List.of(MAC_ADDRESS), List.of())
                .weight();
        int oneSided = new Likeness(List.of(NAME, TYPE), List.of(), List.of(MAC_ADDRESS)).weight();
        int bothOneSided = new Likeness(List.of(NAME, TYPE), List.of(), List.of(SERIAL_NUMBER, MAC_ADDRESS)).weight();
        int different = new Likeness(List.of(NAME, SERIAL_NUMBER), List.of(MAC_ADDRESS), List.of()).weight();
        int little = new Likeness(List.of(NAME), List.of(), List.of(MAC_ADDRESS)).weight();

        assertThat(match).isGreaterThan(four);
        assertThat(four).isGreaterThan(oneSided);
        assertThat(oneSided).isGreaterThan(different);
        assertThat(oneSided).isGreaterThan(bothOneSided);
        assertThat(different).isGreaterThan(little);
    }

    @Test
    @DisplayName("MATCH-4: the best is the first, then what is selected, then by id, however they were found")
    void ranksTheBestFirst() {
        Entrant self = here("self", "x", "m");
        Entrant best = there("z", "x", "m");
        Entrant doubtful = there("b", "x", "n");
        Entrant unselected = new Entrant(RemoteRef.of(AssetKind.CONFIGURATION, "a"), doubtful.values(), false);
        Entrant later = there("c", "x", "n");

        assertThat(ranking.ranked(self, List.of(later, unselected, doubtful, best)))
                .containsExactly(best, doubtful, later, unselected);
        assertThat(ranking.ranked(self, List.of(best, doubtful, unselected, later)))
                .containsExactly(best, doubtful, later, unselected);
    }

    @Test
    @DisplayName("MATCH-5: a record takes its best candidate, unless another one is more like it and goes first")
    void letsTheNearerGoFirst() {
        Entrant self = here("self", null, null);
        Entrant other = there("other", "x", "m");
        Entrant nearer = here("nearer", "x", "n");

        assertThat(ranking.best(self, List.of(), List.of(other))).isEqualTo(other);
        assertThat(ranking.best(self, List.of(), List.of())).isNull();
        assertThat(ranking.best(self, List.of(nearer), List.of(other))).isNull();
        assertThat(ranking.best(nearer, List.of(self), List.of(other))).isEqualTo(other);
    }

    @Test
    @DisplayName("MATCH-5, MATCH-4: of two that are alike the same, the one with the first id goes first")
    void letsTheFirstIdGoFirst() {
        Entrant a = here("a", null, null);
        Entrant b = here("b", null, null);
        Entrant other = there("other", "x", null);

        assertThat(ranking.best(a, List.of(b), List.of(other))).isEqualTo(other);
        assertThat(ranking.best(b, List.of(a), List.of(other))).isNull();
    }

    @Test
    @DisplayName("MATCH-5: one that is not selected, or about which somebody decided, takes nothing")
    void letsOnlyThoseGoThatMay() {
        Entrant self = here("self", null, null);
        Entrant other = there("other", "x", "m");
        FieldValues near = server("x", "n");
        LocalRef ref = LocalRef.of(AssetKind.CONFIGURATION, "nearer");
        Ruling ruling = new Ruling(Ruling.Way.IGNORE, Set.of(), "key", "mia", Samples.NOW);

        assertThat(ranking.best(self, List.of(new Entrant(ref, near, false)), List.of(other)))
                .isEqualTo(other);
        assertThat(ranking.best(self, List.of(new Entrant(ref, near, true, ruling)), List.of(other)))
                .isEqualTo(other);
    }

    @Test
    @DisplayName("MATCH-5: one that is not the same at all, or has a better one itself, takes nothing")
    void letsOnlyThoseGoThatWant() {
        Entrant self = here("self", null, null);
        Entrant other = there("other", "x", "m");
        Entrant different = here("a", "y", null);
        Entrant nearer = here("nearer", "x", "n");

        assertThat(ranking.best(self, List.of(different), List.of(other))).isEqualTo(other);
        assertThat(ranking.best(here("self", "y", "m"), List.of(nearer), List.of(other, there("n", "x", "n"))))
                .as("the other one has a match")
                .isEqualTo(other);
    }
}
