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
import java.time.InstantSource;
import java.util.function.BiConsumer;
import org.psasync.engine.PushResult;
import org.psasync.engine.SyncEngine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The task of a save whose own node died, or has more to do than it can. */
final class PushTask extends AbstractTask<PushOrder> {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterScheduler.class);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(10);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

    private final LaneTable lanes;
    private final Engines engines;
    private final Ending ending;
    private final BiConsumer<String, PushResult> pushed;

    PushTask(
            LaneTable lanes,
            Engines engines,
            Ending ending,
            InstantSource clock,
            BiConsumer<String, PushResult> pushed) {
        super(
                PushTable.PUSH,
                PushOrder.class,
                (complete, operations) -> again(complete, operations, clock),
                new DeadExecutionHandler.ReviveDeadExecution<>());
        this.lanes = lanes;
        this.engines = engines;
        this.ending = ending;
        this.pushed = pushed;
    }

    private static void again(
            ExecutionComplete complete, ExecutionOperations<PushOrder> operations, InstantSource clock) {
        int failures = Math.min(complete.getExecution().consecutiveFailures, 10);
        Duration pause = FIRST_PAUSE.multipliedBy(1L << failures);
        operations.reschedule(
                complete, clock.instant().plus(pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause));
    }

    @Override
    public SchedulableInstance<PushOrder> schedulableInstance(String id) {
        throw new UnsupportedOperationException("Tasks of saves are made when they are told");
    }

    @Override
    public SchedulableInstance<PushOrder> schedulableInstance(String id, PushOrder data) {
        throw new UnsupportedOperationException("Tasks of saves are made when they are told");
    }

    /** Fails where the host or the store does; then it is tried again. */
    @Override
    public CompletionHandler<PushOrder> execute(TaskInstance<PushOrder> instance, ExecutionContext context) {
        PushOrder order = instance.getData();
        if (ending.hasBegun()) {
            throw new IllegalStateException("This node ends its work");
        }
        if (lanes.find(order.integration()).isPresent()) {
            PushResult result = push(engines.of(order.integration()), order);
            pushed.accept(order.integration(), result);
            LOG.info("A save that waited was pushed by this node: {}", result.text());
        }
        return (complete, operations) -> operations.remove();
    }

    static PushResult push(SyncEngine engine, PushOrder order) {
        return order.revision() == null ? engine.saved(order.record()) : engine.saved(order.record(), order.revision());
    }
}
