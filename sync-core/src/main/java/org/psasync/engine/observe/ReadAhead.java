package org.psasync.engine.observe;

import java.time.Instant;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.psasync.engine.RunReport.Status;
import org.psasync.engine.desk.Desk;
import org.psasync.engine.desk.RunStopped;
import org.psasync.model.AssetKind;
import org.psasync.spi.ReadScope;
import org.psasync.spi.RemoteCursor;
import org.psasync.spi.RemotePage;

/**
 * Reads pages of changes one after the other; the next one while the last is stored, if the host lent a thread for it. A
 * page that no thread has begun when it is wanted is read by the thread that wants it, so that nobody waits for a thread.
 *
 * <p>A page counts from the moment its own request began, whoever waits for it later (MERGE-8). What goes wrong with a
 * page is said when it is asked for.
 */
final class ReadAhead {
    private final Desk desk;
    private final AssetKind kind;
    private final ReadScope scope;
    private @Nullable FutureTask<Fetched> next;

    ReadAhead(Desk desk, AssetKind kind, ReadScope scope) {
        this.desk = desk;
        this.kind = kind;
        this.scope = scope;
    }

    /**
     * A page as it was fetched.
     *
     * @param page the page
     * @param from when its request began
     */
    record Fetched(RemotePage page, Instant from) {}

    /** Returns the page at a place: the beginning, or where the last page said to go on. */
    Fetched page(RemoteCursor cursor) {
        FutureTask<Fetched> begun = next;
        next = null;
        Fetched fetched = begun == null ? fetch(cursor) : finished(begun);
        if (!fetched.page().last() && !fetched.page().next().equals(cursor)) {
            next = begin(fetched.page().next());
        }
        return fetched;
    }

    private Fetched fetch(RemoteCursor cursor) {
        Instant from = desk.now();
        return new Fetched(desk.psa().changes(kind, scope, cursor, Desk.PAGE), from);
    }

    private @Nullable FutureTask<Fetched> begin(RemoteCursor cursor) {
        Executor executor = desk.executor();
        if (executor == null) {
            return null;
        }
        FutureTask<Fetched> begun = new FutureTask<>(() -> fetch(cursor));
        try {
            executor.execute(begun);
            return begun;
        } catch (RejectedExecutionException busy) {
            return null; // the thread that wants the page fetches it
        }
    }

    private static Fetched finished(FutureTask<Fetched> begun) {
        begun.run(); // does nothing when another thread began it
        try {
            return begun.get();
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof Error error) {
                throw error;
            }
            throw failure.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new RunStopped(Status.INCOMPLETE, "The run was interrupted.", null, interrupted);
        }
    }
}
