package org.psasync.http;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.psasync.model.Problem;
import org.psasync.spi.ConnectorException;

/**
 * Failures without known secrets, whoever wrote their message (SAFE-5).
 *
 * <p>A PSA or a proxy may quote what it was sent, and a connector may quote the PSA.
 */
final class Cleaned {
    private Cleaned() {}

    /** Returns the failure itself when there is nothing to hide in it. */
    static ConnectorException of(ConnectorException failure, Mask mask) {
        String message = String.valueOf(failure.getMessage());
        String clean = mask.known(message);
        boolean causeLeaks = leaks(failure.getCause(), mask);
        if (clean.equals(message) && !causeLeaks) {
            return failure;
        }
        ConnectorException result = rebuilt(failure, clean, causeLeaks ? null : failure.getCause(), mask);
        result.setStackTrace(failure.getStackTrace());
        return result;
    }

    private static ConnectorException rebuilt(
            ConnectorException failure, String message, @Nullable Throwable cause, Mask mask) {
        if (failure instanceof ConnectorException.Throttled throttled) {
            return new ConnectorException.Throttled(message, throttled.retryAfter());
        } else if (failure instanceof ConnectorException.Unavailable unavailable) {
            return new ConnectorException.Unavailable(message, unavailable.outcomeUnknown(), cause);
        } else if (failure instanceof ConnectorException.Unauthorized unauthorized) {
            return new ConnectorException.Unauthorized(message, unauthorized.credential());
        } else if (failure instanceof ConnectorException.Forbidden forbidden) {
            return new ConnectorException.Forbidden(message, mask.known(forbidden.right()));
        } else if (failure instanceof ConnectorException.Rejected rejected) {
            List<Problem> problems = rejected.problems().stream()
                    .map(problem -> new Problem(problem.field(), problem.code(), mask.known(problem.text())))
                    .toList();
            return new ConnectorException.Rejected(problems);
        } else if (failure instanceof ConnectorException.Gone) {
            return new ConnectorException.Gone(message);
        }
        return new ConnectorException.Stale(message);
    }

    private static boolean leaks(@Nullable Throwable cause, Mask mask) {
        for (Throwable at = cause; at != null; at = at.getCause()) {
            String text = at.toString();
            if (!mask.known(text).equals(text)) {
                return true;
            }
        }
        return false;
    }
}
