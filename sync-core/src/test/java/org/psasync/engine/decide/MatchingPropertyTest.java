package org.psasync.engine.decide;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.decide.Matching.Entrant;
import org.psasync.engine.decide.Matching.Result;
import org.psasync.model.AssetKind;
import org.psasync.model.AssetRef;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.FieldValues;
import org.psasync.model.LocalRef;
import org.psasync.model.RemoteRef;

class MatchingPropertyTest {
    private final Matching matching = new Matching(Samples.policy());

    @Provide
    Arbitrary<FieldValues> servers() {
        Arbitrary<@Nullable String> text = Arbitraries.of("a", "b").injectNull(0.4);
        return Combinators.combine(text, text)
                .as((serial, mac) -> FieldValues.of(AssetKind.CONFIGURATION)
                        .set(ConfigurationFields.NAME, "SRV-1")
                        .set(ConfigurationFields.TYPE, Samples.SERVER)
                        .set(ConfigurationFields.SERIAL_NUMBER, serial)
                        .set(ConfigurationFields.MAC_ADDRESS, mac)
                        .build());
    }

    @Property(tries = 2_000)
    @Label("MATCH-4: the order in which records are found never matters")
    void doesNotDependOnOrder(
            @ForAll @Size(min = 1, max = 4) List<@From("servers") FieldValues> here,
            @ForAll @Size(max = 4) List<@From("servers") FieldValues> there,
            @ForAll Random random) {
        List<Entrant> locals = entrants(here, true);
        List<Entrant> remotes = entrants(there, false);
        Entrant self = locals.remove(0);
        Result first = matching.match(self, locals, remotes);

        Collections.shuffle(locals, random);
        Collections.shuffle(remotes, random);

        assertThat(matching.match(self, locals, remotes)).isEqualTo(first);
    }

    @Property(tries = 2_000)
    @Label("MATCH-4: two records match each other and nothing else, or they do not: both sides say the same")
    void agreesFromBothSides(
            @ForAll @Size(min = 1, max = 4) List<@From("servers") FieldValues> here,
            @ForAll @Size(min = 1, max = 4) List<@From("servers") FieldValues> there) {
        List<Entrant> locals = entrants(here, true);
        List<Entrant> remotes = entrants(there, false);
        for (Entrant local : locals) {
            Result result = matching.match(local, without(locals, local), remotes);
            if (result instanceof Result.One one) {
                Result back = matching.match(one.match(), without(remotes, one.match()), locals);
                assertThat(back).isEqualTo(new Result.One(local));
            }
        }
    }

    @Property(tries = 3_000)
    @Label("MATCH-5: the best of one side is the best of no other, and somebody always goes first")
    void givesEachItsBest(
            @ForAll @Size(min = 1, max = 4) List<@From("servers") FieldValues> here,
            @ForAll @Size(min = 1, max = 4) List<@From("servers") FieldValues> there) {
        List<Entrant> locals = entrants(here, true);
        List<Entrant> remotes = entrants(there, false);
        List<AssetRef> best = new ArrayList<>();
        boolean doubted = false;
        for (Entrant local : locals) {
            Result result = matching.match(local, without(locals, local), remotes);
            if (result instanceof Result.One one) {
                best.add(one.match().ref());
            } else if (result instanceof Result.Doubt) {
                doubted = true;
                Entrant its = new Ranking(matching).best(local, without(locals, local), remotes);
                if (its != null) {
                    best.add(its.ref());
                }
            }
        }
        assertThat(best).doesNotHaveDuplicates();
        assertThat(!doubted || !best.isEmpty()).isTrue();
    }

    private static List<Entrant> entrants(List<FieldValues> values, boolean local) {
        List<Entrant> result = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            AssetRef ref = local
                    ? LocalRef.of(AssetKind.CONFIGURATION, "l" + i)
                    : RemoteRef.of(AssetKind.CONFIGURATION, "r" + i);
            result.add(new Entrant(ref, values.get(i), true));
        }
        return result;
    }

    private static List<Entrant> without(List<Entrant> all, Entrant one) {
        return all.stream().filter(each -> !each.ref().equals(one.ref())).toList();
    }
}
