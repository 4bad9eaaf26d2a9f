package org.psasync.testkit.rules;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.psasync.model.AssetKind;
import org.psasync.model.ConfigurationFields;
import org.psasync.model.Problem;
import org.psasync.testkit.Fault;
import org.psasync.testkit.Faults;
import org.psasync.testkit.Operation;

/** Faults drawn at random, each for the next call of one operation; every one that a fake PSA knows. */
final class DrawnFaults implements Faults.Chooser {
    private static final List<Supplier<Fault>> ALL = List.of(
            Fault::requestLost,
            Fault::answerLost,
            Fault::unavailable,
            () -> Fault.throttled(Duration.ofSeconds(30)),
            () -> Fault.unauthorized(null),
            () -> Fault.forbidden("of the trace"),
            () -> Fault.rejected(Problem.ofRecord(Problem.Code.REFUSED, "refused by the trace")),
            Fault::staleRead,
            Fault::shortPage,
            Fault::repeatedPage,
            Fault::shuffledPage,
            Fault::incompleteListing,
            () -> Fault.slow(Duration.ofSeconds(20)),
            () -> Fault.reformats(ConfigurationFields.NAME, name -> name + "!"),
            () -> Fault.ignores(ConfigurationFields.PLATFORM),
            () -> Fault.fails(ConfigurationFields.PLATFORM, Problem.Code.INVALID));
    private static final List<Drawn> POSSIBLE = possible();

    private final Coverage coverage;
    private final Map<Operation, Fault> armed = new EnumMap<>(Operation.class);
    private boolean refusedCredentials;

    private record Drawn(Fault fault, Operation operation) {
        @Override
        public String toString() {
            return fault + " on " + operation;
        }
    }

    DrawnFaults(Coverage coverage) {
        this.coverage = coverage;
    }

    private static List<Drawn> possible() {
        List<Drawn> possible = new ArrayList<>();
        for (Supplier<Fault> fault : ALL) {
            for (Operation operation : Operation.values()) {
                try {
                    possible.add(new Drawn(fault.get().on(operation), operation));
                } catch (IllegalArgumentException makesNoSense) {
                    // not for this operation
                }
            }
        }
        return possible;
    }

    /** Names every fault on every operation that it makes sense for. */
    static Stream<String> all() {
        return POSSIBLE.stream().map(Drawn::toString);
    }

    /** Draws one, and returns what it is. */
    String draw(Random random) {
        Drawn drawn = POSSIBLE.get(random.nextInt(POSSIBLE.size()));
        armed.put(drawn.operation(), drawn.fault());
        return drawn.toString();
    }

    @Override
    public Fault choose(Operation operation, AssetKind kind) {
        Fault fault = armed.remove(operation);
        if (fault != null) {
            coverage.hit(fault.toString(), operation);
            refusedCredentials |= fault.toString().equals("unauthorized");
        }
        return fault;
    }

    /** Whether the credentials were refused, so that a manager has to see to them (SAFE-3). */
    boolean refusedCredentials() {
        return refusedCredentials;
    }

    void end() {
        armed.clear();
    }
}
