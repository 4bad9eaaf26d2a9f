package org.psasync.engine.decide;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.SyncSettings.ConflictPolicy;
import org.psasync.engine.decide.FieldDecision.Agreed;
import org.psasync.engine.decide.FieldDecision.Pull;
import org.psasync.engine.decide.FieldDecision.Push;
import org.psasync.engine.decide.FieldMerge.Permission;
import org.psasync.engine.decide.FieldMerge.Sides;

class FieldMergePropertyTest {
    @Provide
    Arbitrary<Sides> sides() {
        Arbitrary<@Nullable Object> value =
                Arbitraries.of("a", "b", "c").map(text -> (Object) text).injectNull(0.2);
        return Combinators.combine(Arbitraries.of(true, false), value, value, value, value)
                .as((hasBase, baseLocal, baseRemote, local, remote) -> new Sides(
                        hasBase,
                        hasBase ? baseLocal : null,
                        hasBase ? baseRemote : null,
                        local,
                        remote,
                        new Across.Value(local),
                        new Across.Value(remote)));
    }

    @Provide
    Arbitrary<Permission> permissions() {
        return Combinators.combine(
                        Arbitraries.of(true, false),
                        Arbitraries.of(true, false),
                        Arbitraries.of(ConflictPolicy.PSA_WINS, ConflictPolicy.LOCAL_WINS, ConflictPolicy.ASK))
                .as((mayPush, confirmed, conflict) -> new Permission(mayPush, confirmed, conflict, "both"));
    }

    @Property(tries = 20_000)
    @Label("MERGE-1: a pair of which neither side changed needs nothing")
    void anUnchangedPairNeedsNothing(@ForAll("sides") Sides drawn, @ForAll("permissions") Permission permission) {
        Sides unchanged = new Sides(
                true,
                drawn.local(),
                drawn.remote(),
                drawn.local(),
                drawn.remote(),
                drawn.localAcross(),
                drawn.remoteAcross());
        assertThat(FieldMerge.merge(unchanged, permission)).isEqualTo(new Agreed());
    }

    @Property(tries = 20_000)
    @Label("P8, P9: nothing goes to the PSA that may not, or that nobody confirmed")
    void pushesOnlyWhatIsConfirmed(@ForAll("sides") Sides sides, @ForAll("permissions") Permission permission) {
        if (FieldMerge.merge(sides, permission) instanceof Push) {
            assertThat(permission.mayPush() && permission.confirmed()).isTrue();
        }
    }

    @Property(tries = 20_000)
    @Label("MERGE-4: a value that somebody changed is replaced only with the reason for it")
    void losesNothingWithoutAReason(@ForAll("sides") Sides sides, @ForAll("permissions") Permission permission) {
        FieldDecision decision = FieldMerge.merge(sides, permission);
        boolean localNew = sides.hasBase() ? sides.localChanged() : sides.local() != null;
        boolean remoteNew = sides.hasBase() ? sides.remoteChanged() : sides.remote() != null;
        if (decision instanceof Pull pull && localNew) {
            assertThat(pull.loss()).isNotNull();
        }
        if (decision instanceof Push push && remoteNew) {
            assertThat(push.loss()).isNotNull();
        }
    }

    @Property(tries = 20_000)
    @Label("MERGE-2: sides agree only when they hold the same, or what they held when they last agreed")
    void agreesOnlyAboutTheSame(@ForAll("sides") Sides sides, @ForAll("permissions") Permission permission) {
        if (FieldMerge.merge(sides, permission) instanceof Agreed) {
            boolean same = Objects.equals(sides.local(), sides.remote());
            assertThat(same || sides.hasBase() && !sides.localChanged() && !sides.remoteChanged())
                    .isTrue();
        }
    }
}
