package org.psasync.cluster;

import com.github.kagkarlsson.scheduler.task.AbstractTask;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.DeadExecutionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.SchedulableInstance;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.psasync.store.StateStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The task of each integration: one row, which is due when its lane wants something, and is picked up by one node. A node
 * that dies while it works on it is missed after some seconds; the task is due again then. That no two nodes run the
 * integration does not depend on it, but on the lease.
 */
final class RunTask extends AbstractTask<Void> {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterScheduler.class);

    private final LaneTable lanes;
    private final Engines engines;
    private final StateStore state;
    private final Room room;
    private final Ending ending;
    private final InstantSource clock;
    private final Duration slice;

    RunTask(
            LaneTable lanes,
            Engines engines,
            StateStore state,
            Room room,
            Ending ending,
            InstantSource clock,
            Duration slice) {
        super(
                LaneTable.RUN,
                Void.class,
                (complete, operations) ->
                        operations.reschedule(complete, clock.instant().plus(Holdings.LEASE)),
                new DeadExecutionHandler.ReviveDeadExecution<>());
        this.lanes = lanes;
        this.engines = engines;
        this.state = state;
        this.room = room;
        this.ending = ending;
        this.clock = clock;
        this.slice = slice;
    }

    @Override
    public SchedulableInstance<Void> schedulableInstance(String id) {
        throw new UnsupportedOperationException("Tasks of runs are made with their lanes");
    }

    @Override
    public SchedulableInstance<Void> schedulableInstance(String id, Void data) {
        throw new UnsupportedOperationException("Tasks of runs are made with their lanes");
    }

    @Override
    public CompletionHandler<Void> execute(TaskInstance<Void> instance, ExecutionContext context) {
        String integration = instance.getId();
        Optional<Lane> lane = lanes.find(integration);
        if (lane.isEmpty()) {
            return (complete, operations) -> operations.remove();
        }
        room.enter();
        try {
            UnaryOperator<Lane> outcome = outcome(lane.get());
            return (complete, operations) -> done(integration, outcome, complete, operations);
        } finally {
            room.leave();
        }
    }

    private UnaryOperator<Lane> outcome(Lane begun) {
        if (ending.hasBegun()) {
            return lane -> lane;
        }
        try {
            return new Turn(
                            begun,
                            engines.of(begun.integration()),
                            state.integration(begun.integration()),
                            room,
                            ending,
                            clock,
                            slice)
                    .go();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            Instant now = clock.instant();
            return lane -> lane.goesOn(begun, now, now, false);
        } catch (RuntimeException | Error failure) {
            LOG.error("A run of {} broke off", begun.integration(), failure);
            Instant now = clock.instant();
            return lane -> lane.failed(now);
        }
    }

    /** What was wanted while the task was worked on could not set its time, so that is done now. */
    private void done(
            String integration,
            UnaryOperator<Lane> outcome,
            ExecutionComplete complete,
            ExecutionOperations<Void> operations) {
        Optional<Lane> next = lanes.change(integration, outcome);
        if (next.isEmpty()) {
            operations.remove();
            return;
        }
        operations.reschedule(complete, next.get().dueAt());
        lanes.change(integration, lane -> lane);
    }
}
