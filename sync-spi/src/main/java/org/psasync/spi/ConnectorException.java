package org.psasync.spi;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.psasync.model.Problem;

/** A call to the PSA did not succeed; the type says what to do next. Messages never hold a secret (SAFE-5). */
public abstract sealed class ConnectorException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private ConnectorException(String message, @Nullable Throwable cause) {
        super(requireNonNull(message, "message"), cause);
    }

    /** The PSA, or the budget kept for it, wants a pause. Nothing was done. */
    public static final class Throttled extends ConnectorException {
        private static final long serialVersionUID = 1;
        private final Duration retryAfter;

        /**
         * Makes the exception.
         *
         * @param retryAfter how long to wait; negative, as of a time that has passed, counts as zero
         */
        public Throttled(String message, Duration retryAfter) {
            super(message, null);
            this.retryAfter = requireNonNull(retryAfter, "retryAfter").isNegative() ? Duration.ZERO : retryAfter;
        }

        /** Returns how long to wait before the next call; zero or more. */
        public Duration retryAfter() {
            return retryAfter;
        }
    }

    /** The PSA could not be reached, gave no usable answer, or failed for the moment. Worth another try later. */
    public static final class Unavailable extends ConnectorException {
        private static final long serialVersionUID = 1;
        private final boolean outcomeUnknown;

        public Unavailable(String message, boolean outcomeUnknown, @Nullable Throwable cause) {
            super(message, cause);
            this.outcomeUnknown = outcomeUnknown;
        }

        /** Returns whether a write may have taken effect; always false for a read. */
        public boolean outcomeUnknown() {
            return outcomeUnknown;
        }
    }

    /** The credentials are wrong, expired or locked. Nothing else must be tried with them (SAFE-3). */
    public static final class Unauthorized extends ConnectorException {
        private static final long serialVersionUID = 1;
        private final @Nullable String credential;

        public Unauthorized(String message, @Nullable String credential) {
            super(message, null);
            this.credential = credential;
        }

        /** Returns the name of the credential at fault, as its provider lists it; null when the PSA does not tell. */
        public @Nullable String credential() {
            return credential;
        }
    }

    /** The user may not do this; other calls may still work. */
    public static final class Forbidden extends ConnectorException {
        private static final long serialVersionUID = 1;
        private final String right;

        public Forbidden(String message, String right) {
            super(message, null);
            this.right = requireNonNull(right, "right");
        }

        /** Returns the right that is missing, in the PSA's words. */
        public String right() {
            return right;
        }
    }

    /** The PSA, or the connector on its behalf, refuses this record. Not to be sent again unchanged. */
    public static final class Rejected extends ConnectorException {
        private static final long serialVersionUID = 1;
        private final transient List<Problem> problems;

        public Rejected(List<Problem> problems) {
            super(String.join(" ", problems.stream().map(Problem::text).toList()), null);
            this.problems = List.copyOf(problems);
        }

        /** Returns what is wrong, at least one problem, all at once where they are known. */
        public List<Problem> problems() {
            return problems;
        }
    }

    /** The record that a write names is not there, or not visible. */
    public static final class Gone extends ConnectorException {
        private static final long serialVersionUID = 1;

        public Gone(String message) {
            super(message, null);
        }
    }

    /** The record changed since the version that the write names; nothing was written. */
    public static final class Stale extends ConnectorException {
        private static final long serialVersionUID = 1;

        public Stale(String message) {
            super(message, null);
        }
    }
}
