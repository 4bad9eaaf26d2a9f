package org.psasync.engine.run;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.PushResult;
import org.psasync.engine.decide.Merge;
import org.psasync.model.Field;
import org.psasync.model.Problem;

/** What happened to one pair while it was processed; a push answers with it (PUSH-14). */
final class Outcome {
    private boolean created;
    private final List<Field<?>> pushed = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private final List<PushResult.PsaHadNewer.Newer> newer = new ArrayList<>();

    void created(List<Field<?>> fields) {
        created = true;
        pushed.addAll(fields);
    }

    void pushed(List<Field<?>> fields) {
        pushed.addAll(fields);
    }

    void refused(List<Problem> more) {
        problems.addAll(more);
    }

    void lost(Merge.Loss loss) {
        newer.add(new PushResult.PsaHadNewer.Newer(loss.field(), loss.lost(), loss.kept()));
    }

    boolean wasCreated() {
        return created;
    }

    List<Field<?>> pushed() {
        return pushed;
    }

    List<Problem> problems() {
        return problems;
    }

    List<PushResult.PsaHadNewer.Newer> newer() {
        return newer;
    }

    /** Where outcomes are collected; a run does not need them. */
    @FunctionalInterface
    interface Sink {
        Sink NONE = pair -> new Outcome();

        Outcome of(org.psasync.model.PairId pair);
    }

    /** Collects the outcome of one pair. */
    static Sink collecting(@Nullable Outcome outcome) {
        return outcome == null ? Sink.NONE : pair -> outcome;
    }
}
