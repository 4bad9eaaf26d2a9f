package org.psasync.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.psasync.model.FieldValues;
import org.psasync.model.Problem;

/** The faults that hit one call. */
record Incident(List<Fault> faults) implements FaultEffect {
    static final Incident NONE = new Incident(List.of());

    Incident {
        faults = List.copyOf(faults);
    }

    @Override
    public Duration delay() {
        return faults.stream().map(fault -> fault.effect().delay()).reduce(Duration.ZERO, Duration::plus);
    }

    @Override
    public void before(Operation operation) {
        faults.forEach(fault -> fault.effect().before(operation));
    }

    @Override
    public void after(Operation operation) {
        faults.forEach(fault -> fault.effect().after(operation));
    }

    @Override
    public boolean has(Quirk quirk) {
        return faults.stream().anyMatch(fault -> fault.effect().has(quirk));
    }

    @Override
    public FieldValues stored(FieldValues sent) {
        FieldValues result = sent;
        for (Fault fault : faults) {
            result = fault.effect().stored(result);
        }
        return result;
    }

    @Override
    public List<Problem> failures(FieldValues sent) {
        List<Problem> result = new ArrayList<>();
        faults.forEach(fault -> result.addAll(fault.effect().failures(sent)));
        return result;
    }
}
