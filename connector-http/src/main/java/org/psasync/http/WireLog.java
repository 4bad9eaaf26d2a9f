package org.psasync.http;

import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** Writes what went over the wire: one line per try at DEBUG, headers and bodies at TRACE, everything masked (SAFE-5). */
final class WireLog {
    private final Logger logger;

    WireLog(Logger logger) {
        this.logger = logger;
    }

    void sending(RestCall call, HttpRequest request, Mask mask) {
        if (logger.isTraceEnabled()) {
            RestCall.Parts parts = call.parts();
            byte[] body = parts.body;
            logger.trace(
                    "{} > {} {} {} {}",
                    call.name(),
                    request.method(),
                    mask.address(request.uri()),
                    headers(request.headers().map(), mask),
                    body == null ? "" : mask.body(parts.contentType, body));
        }
    }

    void answered(HttpRequest request, RestAnswer answer, Duration took, Mask mask) {
        RestCall call = answer.call();
        if (logger.isDebugEnabled()) {
            byte[] sent = call.parts().body;
            logger.debug(
                    "{} {} {} -> {} in {} ms, {} bytes sent, {} received",
                    call.name(),
                    call.parts().method,
                    mask.address(request.uri()),
                    answer.status(),
                    took.toMillis(),
                    sent == null ? 0 : sent.length,
                    answer.size());
        }
        if (logger.isTraceEnabled()) {
            logger.trace(
                    "{} < {} {}",
                    call.name(),
                    headers(answer.headers(), mask),
                    mask.body(answer.header("Content-Type").orElse(null), answer.body()));
        }
    }

    void failed(RestCall call, URI uri, Duration took, @Nullable String message, Mask mask) {
        if (logger.isDebugEnabled()) {
            logger.debug(
                    "{} {} {} -> no answer after {} ms: {}",
                    call.name(),
                    call.parts().method,
                    mask.address(uri),
                    took.toMillis(),
                    message == null ? "" : mask.text(message));
        }
    }

    void pausing(RestCall call, Duration pause, String message, Mask mask) {
        if (logger.isDebugEnabled()) {
            logger.debug("{} waits {} ms: {}", call.name(), pause.toMillis(), mask.text(message));
        }
    }

    private static String headers(Map<String, List<String>> headers, Mask mask) {
        return headers.entrySet().stream()
                .map(each -> each.getKey() + ": " + mask.header(each.getKey(), String.join(", ", each.getValue())))
                .collect(Collectors.joining("; ", "[", "]"));
    }
}
