package org.psasync.cluster;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.Disposition;
import org.psasync.engine.PushResult;
import org.psasync.model.LocalRef;
import org.psasync.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The saves that wait on one node: one for each record, whose later saves join it (PUSH-9), and one at a time for each
 * record. Integrations take turns. What waits here is kept in the database too, for the other nodes.
 *
 * <p>Safe for use by several threads.
 */
final class PushQueue {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterScheduler.class);

    private final Engines engines;
    private final PushTable table;
    private final Executor executor;
    private final int mostOfOne;
    private final BiConsumer<String, PushResult> pushed;
    private final Map<String, Map<LocalRef, Save>> waiting = new LinkedHashMap<>();
    private final Map<String, Set<LocalRef>> going = new HashMap<>();
    private boolean closed;

    /**
     * Makes an empty queue.
     *
     * @param mostOfOne so many of one integration are pushed at a time
     * @param pushed is told of each integration what its push came to
     */
    PushQueue(
            Engines engines, PushTable table, Executor executor, int mostOfOne, BiConsumer<String, PushResult> pushed) {
        this.engines = engines;
        this.table = table;
        this.executor = executor;
        this.mostOfOne = mostOfOne;
        this.pushed = pushed;
    }

    /**
     * One or more saves of a record, which become one push.
     *
     * @param order the last of them, with the last revision that was named
     * @param version of its task
     * @param answer what comes of the push
     */
    private record Save(PushOrder order, long version, CompletableFuture<PushResult> answer) {}

    CompletionStage<PushResult> add(PushOrder order) {
        long version = keep(order);
        CompletableFuture<PushResult> answer;
        synchronized (this) {
            if (closed) {
                return CompletableFuture.completedStage(later());
            }
            Map<LocalRef, Save> ofIntegration =
                    waiting.computeIfAbsent(order.integration(), key -> new LinkedHashMap<>());
            Save before = ofIntegration.get(order.record());
            PushOrder last = before == null || order.revision() != null ? order : before.order();
            answer = before == null ? new CompletableFuture<>() : before.answer();
            ofIntegration.put(order.record(), new Save(last, version, answer));
        }
        executor.execute(this::push);
        return answer.minimalCompletionStage();
    }

    /** A save that cannot be kept now is pushed all the same; were it lost, the next run finds it. */
    private long keep(PushOrder order) {
        try {
            return table.put(order);
        } catch (StoreException failure) {
            LOG.warn("A save of {} could not be kept for other nodes", order.integration(), failure);
            return 0;
        }
    }

    static PushResult later() {
        return new PushResult.Waiting(
                Disposition.CHANGE_WAITING,
                "Not pushed yet; another node, or the next run, sees to it.",
                null,
                PushResult.Done.NOTHING);
    }

    /** Pushes one save, if one can be begun; when it is done, others of its record or integration can. */
    private void push() {
        Save save = take();
        if (save == null) {
            return;
        }
        PushOrder order = save.order();
        PushResult result = null;
        Throwable failure = null;
        try {
            result = PushTask.push(engines.of(order.integration()), order);
            pushed.accept(order.integration(), result);
            forget(save);
        } catch (RuntimeException | Error thrown) {
            failure = thrown;
        } finally {
            done(order);
        }
        executor.execute(this::push);
        if (failure == null) {
            save.answer().complete(requireNonNull(result));
        } else {
            save.answer().completeExceptionally(failure);
        }
    }

    private void forget(Save save) {
        try {
            table.done(save.order(), save.version());
        } catch (StoreException unreachable) {
            LOG.warn("A save that was pushed could not be forgotten; it is looked at once more", unreachable);
        }
    }

    @SuppressWarnings("ModifyCollectionInEnhancedForLoop") // it returns right after
    private synchronized @Nullable Save take() {
        for (Map.Entry<String, Map<LocalRef, Save>> each : waiting.entrySet()) {
            Set<LocalRef> busy = going.getOrDefault(each.getKey(), Set.of());
            LocalRef record = busy.size() >= mostOfOne
                    ? null
                    : each.getValue().keySet().stream()
                            .filter(key -> !busy.contains(key))
                            .findFirst()
                            .orElse(null);
            Save save = record == null ? null : each.getValue().remove(record);
            if (record != null && save != null) {
                going.computeIfAbsent(each.getKey(), key -> new HashSet<>()).add(record);
                waiting.remove(each.getKey());
                if (!each.getValue().isEmpty()) {
                    waiting.put(each.getKey(), each.getValue()); // behind the others
                }
                return save;
            }
        }
        return null;
    }

    private synchronized void done(PushOrder order) {
        Set<LocalRef> busy = going.get(order.integration());
        if (busy != null) {
            busy.remove(order.record());
            if (busy.isEmpty()) {
                going.remove(order.integration());
            }
        }
    }

    /** Returns how many saves wait here. */
    synchronized int waiting() {
        return waiting.values().stream().mapToInt(Map::size).sum();
    }

    synchronized boolean isIdle() {
        return going.isEmpty();
    }

    /** Begins nothing more; what waits is left to the others. */
    void close() {
        List<Save> left = new ArrayList<>();
        synchronized (this) {
            closed = true;
            waiting.values().forEach(each -> left.addAll(each.values()));
            waiting.clear();
        }
        left.forEach(save -> save.answer().complete(later()));
    }

    /** Takes saves again. */
    synchronized void open() {
        closed = false;
    }

    /** Drops what waits of an integration. */
    void remove(String integration) {
        List<Save> left = new ArrayList<>();
        synchronized (this) {
            Map<LocalRef, Save> of = waiting.remove(integration);
            if (of != null) {
                left.addAll(of.values());
            }
        }
        left.forEach(save -> save.answer().complete(later()));
    }
}
