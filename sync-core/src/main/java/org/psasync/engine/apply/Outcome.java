package org.psasync.engine.apply;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.psasync.engine.PushResult;
import org.psasync.engine.decide.Merge;
import org.psasync.model.Field;
import org.psasync.model.PairId;
import org.psasync.model.Problem;

/** What happened to one pair while it was processed, in one step or several; a push answers with it (PUSH-14). */
public final class Outcome {
    private boolean created;
    private final Set<Field<?>> pushed = new LinkedHashSet<>();
    private final Set<Problem> refused = new LinkedHashSet<>();
    private final List<PushResult.Newer> newer = new ArrayList<>();

    void created(List<Field<?>> fields) {
        created = true;
        pushed.addAll(fields);
    }

    void pushed(List<Field<?>> fields) {
        pushed.addAll(fields);
    }

    void refused(List<Problem> more) {
        refused.addAll(more);
    }

    void lost(Merge.Loss loss) {
        newer.add(new PushResult.Newer(loss.field(), loss.lost(), loss.kept()));
    }

    public PushResult.Done done() {
        return new PushResult.Done(created, List.copyOf(pushed), List.copyOf(refused), newer);
    }

    /** Where outcomes are collected; a run does not need them. */
    @FunctionalInterface
    public interface Sink {
        Sink NONE = pair -> new Outcome();

        Outcome of(PairId pair);
    }
}
