package org.psasync.http;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLHandshakeException;
import org.psasync.spi.ConnectorException;

/**
 * Sends one request and reads its whole answer within one deadline.
 *
 * <p>The request is sent in the calling thread: each hand-over to another one costs a tenth of a call. {@link
 * HttpRequest#timeout} ends at the head of the answer, so its body has what is left of the deadline then.
 */
final class Exchange {
    private final HttpClient http;
    private final InstantSource clock;

    Exchange(HttpClient http, InstantSource clock) {
        this.http = http;
        this.clock = clock;
    }

    /**
     * @param request with the deadline as its timeout
     * @throws ConnectorException.Unavailable when there is no complete answer
     */
    HttpResponse<byte[]> send(RestCall call, HttpRequest request, Duration deadline) {
        Instant end = clock.instant().plus(deadline);
        try {
            return http.send(request, head -> body(call, head, end));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable(call, "was interrupted", unknown(call, request), e);
        } catch (IOException | RuntimeException e) {
            throw failed(call, request, deadline, e);
        }
    }

    private CappedBody body(RestCall call, HttpResponse.ResponseInfo head, Instant end) {
        long announced = head.headers().firstValueAsLong("Content-Length").orElse(0);
        return new CappedBody(call.parts().largestAnswerBytes, announced, Duration.between(clock.instant(), end));
    }

    private static ConnectorException failed(RestCall call, HttpRequest request, Duration deadline, Exception cause) {
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
        if (causedBy(cause, HttpTimeoutException.class) || causedBy(cause, TimeoutException.class)) {
            return unavailable(
                    call,
                    "gave no complete answer within " + deadline.toMillis() + " ms",
                    unknown(call, request),
                    cause);
        }
        if (causedBy(cause, CappedBody.TooLarge.class)) {
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
