package org.psasync.testkit;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.psasync.model.AssetKind;
import org.psasync.model.FieldValues;
import org.psasync.model.RemoteId;
import org.psasync.spi.ConnectorConfig;
import org.psasync.spi.ConnectorException;
import org.psasync.spi.WriteResult;

/** The line between a connector and a fake PSA: every request goes through it, and most faults happen on it. */
final class FakeLine {
    private final Faults faults;
    private final Journal journal;
    private final ConnectorConfig.Pause pause;
    private final Object lock;
    private long requests;
    private boolean closed;

    /** Makes an open line; the lock is that of the PSA, held while it answers but not while a request is slow. */
    FakeLine(Faults faults, Journal journal, ConnectorConfig.Pause pause, Object lock) {
        this.faults = faults;
        this.journal = journal;
        this.pause = pause;
        this.lock = lock;
    }

    /** What is asked; see {@link Call}. */
    record Request(
            Operation operation,
            @Nullable AssetKind kind,
            List<RemoteId> ids,
            @Nullable FieldValues values) {

        private Call done(Object answer, @Nullable String failure) {
            List<RemoteId> written = answer instanceof WriteResult result ? List.of(result.id()) : ids;
            return new Call(operation, kind, written, values, true, failure);
        }

        private Call refused(RuntimeException failure) {
            return new Call(operation, kind, ids, values, false, name(failure));
        }
    }

    <T> T call(Request request, Function<Incident, T> body) {
        requireOpen();
        Incident incident = faults.take(request.operation, request.kind);
        sleep(incident);
        synchronized (lock) {
            requireOpen();
            requests++;
            T answer;
            try {
                incident.before(request.operation);
                refuseWithdrawn(request.kind);
                answer = body.apply(incident);
            } catch (RuntimeException e) {
                journal.add(request.refused(e));
                throw e;
            }
            try {
                incident.after(request.operation);
            } catch (RuntimeException e) {
                journal.add(request.done(answer, name(e)));
                throw e;
            }
            journal.add(request.done(answer, null));
            return answer;
        }
    }

    void requireOpen() {
        synchronized (lock) {
            if (closed) {
                throw new IllegalStateException("The connector is closed");
            }
        }
    }

    private void sleep(Incident incident) {
        if (incident.delay().isZero()) {
            return;
        }
        try {
            pause.sleep(incident.delay());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ConnectorException.Unavailable("Interrupted before the request", false, e);
        }
    }

    private void refuseWithdrawn(@Nullable AssetKind kind) {
        if (kind != null && faults.withdrawn().contains(kind)) {
            throw new ConnectorException.Forbidden("The right \"" + right(kind) + "\" is missing", right(kind));
        }
    }

    static String right(AssetKind kind) {
        return kind.name().toLowerCase(Locale.ROOT) + " inquire";
    }

    private static String name(RuntimeException failure) {
        return failure.getClass().getSimpleName();
    }

    long requests() {
        synchronized (lock) {
            return requests;
        }
    }

    void open() {
        synchronized (lock) {
            closed = false;
        }
    }

    void close() {
        synchronized (lock) {
            closed = true;
        }
    }
}
