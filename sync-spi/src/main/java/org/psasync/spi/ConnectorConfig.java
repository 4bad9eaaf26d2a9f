package org.psasync.spi;

import static java.util.Objects.requireNonNull;

import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * What a connector is opened with: credentials, and everything it would otherwise have to reach for.
 *
 * <p>Immutable. {@code toString} shows no credential.
 */
public final class ConnectorConfig {
    private final Map<String, String> credentials;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Pause pause;
    private final @Nullable HttpClient httpClient;
    private final boolean plainHttpToLoopback;
    private final Duration deadline;
    private final double budgetShare;
    private final RequestShares requestShares;

    private ConnectorConfig(Builder builder) {
        this.credentials = Map.copyOf(builder.credentials);
        this.clock = builder.clock;
        this.random = builder.random;
        this.pause = builder.pause;
        this.httpClient = builder.httpClient;
        this.plainHttpToLoopback = builder.plainHttpToLoopback;
        this.deadline = builder.deadline;
        this.budgetShare = builder.budgetShare;
        this.requestShares = builder.requestShares;
    }

    /** Waits; handed in so that tests need not. */
    @FunctionalInterface
    public interface Pause {
        /** The pause that really waits. */
        Pause REAL = duration -> Thread.sleep(duration.toMillis());

        /** Waits that long. */
        void sleep(Duration duration) throws InterruptedException;
    }

    /** Starts a configuration with these credentials, by the names that the provider lists. */
    public static Builder with(Map<String, String> credentials) {
        return new Builder(credentials);
    }

    /**
     * Returns a credential without surrounding blanks.
     *
     * @throws IllegalArgumentException when it is missing or blank
     */
    public String required(String name) {
        String value = optional(name);
        if (value == null) {
            throw new IllegalArgumentException("The credential \"" + name + "\" is missing");
        }
        return value;
    }

    /** Returns a credential without surrounding blanks, or null when it is missing or blank. */
    public @Nullable String optional(String name) {
        String value = credentials.get(name);
        return value == null || value.isBlank() ? null : value.strip();
    }

    /** Returns the clock. */
    public InstantSource clock() {
        return clock;
    }

    /** Returns the source of chance, used to spread retries. */
    public RandomGenerator random() {
        return random;
    }

    /** Returns how to wait. */
    public Pause pause() {
        return pause;
    }

    /** Returns the client to use for HTTP, or null when the connector makes its own. */
    public @Nullable HttpClient httpClient() {
        return httpClient;
    }

    /** Returns whether plain HTTP to this machine itself is allowed, as tests need it (SAFE-5). */
    public boolean plainHttpToLoopback() {
        return plainHttpToLoopback;
    }

    /** Returns the longest a single call may take, its body included. */
    public Duration deadline() {
        return deadline;
    }

    /**
     * Returns the share of the tenant's request budget that this process may use, above 0 and at most 1 (SAFE-4). Where
     * several connectors of the process are opened for one tenant, the share of the last one is for all of them.
     */
    public double budgetShare() {
        return budgetShare;
    }

    /**
     * Returns where this process takes its shares of the tenant's limits, if others send requests for it too (SAFE-4);
     * otherwise it is alone. Where several connectors of the process are opened for one tenant, what the first one was
     * given is for all of them.
     */
    public RequestShares requestShares() {
        return requestShares;
    }

    @Override
    public String toString() {
        return "ConnectorConfig" + new TreeMap<>(credentials).keySet();
    }

    /** Collects a configuration. */
    public static final class Builder {
        private final Map<String, String> credentials;
        private InstantSource clock = InstantSource.system();
        private RandomGenerator random = RandomGenerator.getDefault();
        private Pause pause = Pause.REAL;
        private @Nullable HttpClient httpClient;
        private boolean plainHttpToLoopback;
        private Duration deadline = Duration.ofSeconds(30);
        private double budgetShare = 0.5;
        private RequestShares requestShares = RequestShares.alone();

        private Builder(Map<String, String> credentials) {
            this.credentials = requireNonNull(credentials, "credentials");
        }

        /** Sets the clock; the system's by default. */
        public Builder clock(InstantSource clock) {
            this.clock = requireNonNull(clock, "clock");
            return this;
        }

        /** Sets the source of chance. */
        public Builder random(RandomGenerator random) {
            this.random = requireNonNull(random, "random");
            return this;
        }

        /** Sets how to wait; really by default. */
        public Builder pause(Pause pause) {
            this.pause = requireNonNull(pause, "pause");
            return this;
        }

        /** Sets the client for HTTP; one for the whole process is best. It must verify certificates. */
        public Builder httpClient(HttpClient httpClient) {
            this.httpClient = requireNonNull(httpClient, "httpClient");
            return this;
        }

        /** Allows plain HTTP to this machine itself; never to another one. */
        public Builder plainHttpToLoopback(boolean allowed) {
            this.plainHttpToLoopback = allowed;
            return this;
        }

        /** Sets the longest a single call may take; 30 seconds by default. */
        public Builder deadline(Duration deadline) {
            if (deadline.isNegative() || deadline.isZero()) {
                throw new IllegalArgumentException("The deadline must be longer than zero: " + deadline);
            }
            this.deadline = deadline;
            return this;
        }

        /** Sets the share of the tenant's request budget that may be used, by all processes together; a half by default. */
        public Builder budgetShare(double share) {
            if (!(share > 0 && share <= 1)) {
                throw new IllegalArgumentException("The budget share must be above 0 and at most 1: " + share);
            }
            this.budgetShare = share;
            return this;
        }

        /** Sets where shares of the tenant's limits are taken, where several processes send requests; alone by default. */
        public Builder requestShares(RequestShares shares) {
            this.requestShares = requireNonNull(shares, "shares");
            return this;
        }

        /** Returns the configuration. */
        public ConnectorConfig build() {
            return new ConnectorConfig(this);
        }
    }
}
