package org.psasync.pulseway;

import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.time.Instant;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.psasync.spi.ConnectorException;

/** Gets tokens for a {@link Session}. */
interface LogIn {
    /**
     * Logs in with the password.
     *
     * @throws ConnectorException.Unauthorized when that is refused
     */
    Token first();

    /**
     * Takes a new token for one that can be renewed.
     *
     * @throws ConnectorException.Unauthorized when it cannot be renewed any more
     */
    Token renewed(Token known);

    /**
     * A token.
     *
     * @param renewal what it is renewed by; null when only a log-in gives a new one
     * @param renewAt when it is to be renewed, by our clock
     */
    record Token(String access, @Nullable String renewal, Instant renewAt) {
        private static final Duration USUAL_LIFETIME = Duration.ofMinutes(10);
        private static final Duration MARGIN = Duration.ofMinutes(2);

        /** @param lifetime from now on; null when the PSA does not tell */
        static Token of(String access, @Nullable String renewal, Instant now, @Nullable Duration lifetime) {
            Duration lasts = lifetime == null ? USUAL_LIFETIME : lifetime;
            Duration quarter = lasts.dividedBy(4);
            return new Token(access, renewal, now.plus(lasts.minus(quarter.compareTo(MARGIN) < 0 ? quarter : MARGIN)));
        }
    }

    /** At a log-in a wrong name is likelier than a passing failure. */
    static ConnectorException atFirstContact(ConnectorException.Unavailable failure, String host) {
        if (has(failure, UnresolvedAddressException.class) || has(failure, UnknownHostException.class)) {
            return new ConnectorException.Unauthorized(
                    "There is no host " + host + "; check the server", Server.SERVER);
        }
        if (has(failure, SSLException.class)) {
            return new ConnectorException.Unauthorized(
                    "The certificate of " + host + " is not trusted; nothing was sent. Check the server",
                    Server.SERVER);
        }
        return new ConnectorException.Unavailable(String.valueOf(failure.getMessage()), false, failure);
    }

    private static boolean has(Throwable failure, Class<? extends Throwable> type) {
        for (Throwable at = failure; at != null; at = at.getCause()) {
            if (type.isInstance(at)) {
                return true;
            }
        }
        return false;
    }
}
