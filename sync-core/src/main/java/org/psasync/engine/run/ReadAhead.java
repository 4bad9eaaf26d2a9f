package org.psasync.engine.run;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.psasync.model.AssetKind;
import org.psasync.spi.ReadScope;
import org.psasync.spi.RemoteCursor;
import org.psasync.spi.RemotePage;

/**
 * Reads pages of changes one after the other; the next one while the last is stored, if the host lent a thread for it.
 *
 * <p>A page counts from the moment its own request began, whoever waits for it later (MERGE-8). What goes wrong with a
 * page is said when it is asked for.
 */
final class ReadAhead {
    private final Desk desk;
    private final AssetKind kind;
    private final ReadScope scope;
    private @Nullable CompletableFuture<Fetched> next;

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
        CompletableFuture<Fetched> begun = next;
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

    private @Nullable CompletableFuture<Fetched> begin(RemoteCursor cursor) {
        Executor executor = desk.executor();
        if (executor == null) {
            return null;
        }
        CompletableFuture<Fetched> begun = new CompletableFuture<>();
        try {
            executor.execute(() -> complete(begun, cursor));
            return begun;
        } catch (RejectedExecutionException busy) {
            return null; // the thread that wants the page fetches it
        }
    }

    private void complete(CompletableFuture<Fetched> begun, RemoteCursor cursor) {
        try {
            begun.complete(fetch(cursor));
        } catch (RuntimeException | Error failure) {
            begun.completeExceptionally(failure);
        }
    }

    private static Fetched finished(CompletableFuture<Fetched> begun) {
        try {
            return begun.join();
        } catch (CompletionException failure) {
            throw failure.getCause() instanceof RuntimeException cause ? cause : failure;
        }
    }
}
