package org.psasync.http;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLHandshakeException;
import org.psasync.spi.ConnectorException;

/**
 * Sends one request and reads its whole answer within one deadline.
 *
 * <p>{@link HttpRequest#timeout} ends at the headers, so the wait for the complete answer is bounded here.
 */
final class Exchange {
    private final HttpClient http;

    Exchange(HttpClient http) {
        this.http = http;
    }

    /** @throws ConnectorException.Unavailable when there is no complete answer */
    HttpResponse<byte[]> send(RestCall call, HttpRequest request, Duration deadline) {
        int largest = call.parts().largestAnswerBytes;
        CompletableFuture<HttpResponse<byte[]>> pending = http.sendAsync(
                request,
                head -> new CappedBody(
                        largest,
                        head.headers().firstValueAsLong("Content-Length").orElse(0)));
        try {
            return pending.get(deadline.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            pending.cancel(true);
            throw unavailable(
                    call, "gave no complete answer within " + deadline.toMillis() + " ms", unknown(call, request), e);
        } catch (InterruptedException e) {
            pending.cancel(true);
            Thread.currentThread().interrupt();
            throw unavailable(call, "was interrupted", unknown(call, request), e);
        } catch (ExecutionException e) {
            throw failed(call, request, e.getCause() == null ? e : e.getCause());
        }
    }

    private static ConnectorException failed(RestCall call, HttpRequest request, Throwable cause) {
        if (cause instanceof Error error && !(cause instanceof AssertionError)) {
            throw error;
        }
        String server = request.uri().getHost();
        if (causedBy(cause, UnresolvedAddressException.class) || causedBy(cause, UnknownHostException.class)) {
            return unavailable(call, "was not sent: the host " + server + " is unknown", false, cause);
        }
        if (causedBy(cause, HttpConnectTimeoutException.class) || causedBy(cause, ConnectException.class)) {
            return unavailable(call, "was not sent: " + server + " does not accept connections", false, cause);
        }
        if (causedBy(cause, SSLHandshakeException.class)) {
            return unavailable(
                    call, "was not sent: no trusted connection to " + server + ", check its certificate", false, cause);
        }
        if (cause instanceof CappedBody.TooLarge) {
            return unavailable(call, "failed: " + cause.getMessage(), call.isWrite(), cause);
        }
        boolean broken = cause instanceof IOException;
        return unavailable(
                call,
                broken ? "failed: the connection to " + server + " broke" : "failed before its answer was complete",
                unknown(call, request),
                cause);
    }

    /** An answer cut short, or none, leaves a write in doubt, unless it is certain that it never left and never will. */
    private static boolean unknown(RestCall call, HttpRequest request) {
        return call.isWrite() && !TrackedBody.withhold(request);
    }

    private static ConnectorException.Unavailable unavailable(
            RestCall call, String what, boolean outcomeUnknown, Throwable cause) {
        return new ConnectorException.Unavailable(call.name() + " " + what, outcomeUnknown, cause);
    }

    private static boolean causedBy(Throwable failure, Class<? extends Throwable> type) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (type.isInstance(at)) {
                return true;
            }
        }
        return false;
    }
}
