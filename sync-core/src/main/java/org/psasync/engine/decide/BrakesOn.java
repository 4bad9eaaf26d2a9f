package org.psasync.engine.decide;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.Brake;
import org.psasync.engine.TrippedBrake;
import org.psasync.engine.Verb;

/**
 * The brakes that a run left on. Immutable.
 *
 * @param brakes each for one kind
 */
public record BrakesOn(List<TrippedBrake> brakes) implements Braking.Holding {
    public BrakesOn {
        brakes = List.copyOf(brakes);
    }

    @Override
    public @Nullable Because holds(PairFacts facts, Verb verb) {
        for (TrippedBrake each : brakes) {
            if (each.kind() == facts.pair().kind() && each.brake() == Brake.of(verb)) {
                return because(each);
            }
        }
        return null;
    }

    /** Returns why a brake holds what it holds. */
    public static Because because(TrippedBrake brake) {
        return new Because(brake.done() == 0 ? "BRAKE-1" : "BRAKE-4", "held by a brake: " + brake.text());
    }
}
