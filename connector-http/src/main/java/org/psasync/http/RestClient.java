package org.psasync.http;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.psasync.spi.ConnectorConfig;
import org.psasync.spi.ConnectorException;
import org.slf4j.LoggerFactory;

/**
 * Calls one tenant of a PSA.
 *
 * <p>A call goes through the budget, has a deadline that includes the whole body, and is masked in the log. A read that
 * fails for the moment is tried again with growing pauses; a pause that the PSA or the budget wants is kept if it is
 * short, and thrown as {@link ConnectorException.Throttled} if not. A write may wait for the budget, but is sent at most
 * once, whatever the answer, and never later than its deadline after the call began (SAFE-1). Redirects are never followed.
 *
 * <p>Safe for use by several threads; starts none but those of the {@link HttpClient}.
 */
public final class RestClient {
    private final ClientSettings settings;
    private final boolean push;
    private final CallCounter counter;
    private final Sender sender;
    private final WireLog log;
    private volatile CredentialMask credentialMask;

    private RestClient(ClientSettings settings, boolean push, CallCounter counter) {
        this.settings = settings;
        this.push = push;
        this.counter = counter;
        this.log = new WireLog(LoggerFactory.getLogger(settings.logger()));
        this.sender = new Sender(settings, push, counter, log);
        this.credentialMask = new CredentialMask(Map.of(), settings.mask());
    }

    /** Starts a client that takes clock, chance, pauses, deadline and HTTP client from the configuration. */
    public static Builder to(BaseAddress address, ConnectorConfig config) {
        return new Builder(address, config);
    }

    /** Returns the address below which paths are. */
    public BaseAddress address() {
        return settings.address();
    }

    /** Returns the budget that calls go through. */
    public CallBudget budget() {
        return settings.budget();
    }

    /** Returns this client with the part of the budget that is kept for pushes; everything else is shared. */
    public RestClient forPushes() {
        return push ? this : new RestClient(settings, true, counter);
    }

    /** Returns how many requests were sent so far, those of {@link #forPushes} included. */
    public CallCounts counts() {
        return counter.counts();
    }

    /**
     * Makes a call and returns its good answer.
     *
     * @throws ConnectorException when there is none; its type says what to do next
     */
    public RestAnswer call(RestCall call) {
        URI uri = settings.trusted().check(Addresses.of(settings.address(), call.parts()));
        Tries tries = settings.triesOf(call);
        while (true) {
            Map<String, String> credentials =
                    call.parts().credentials ? settings.credentials().get() : Map.of();
            Mask mask = maskOf(credentials);
            try {
                return sender.send(
                        call, Requests.of(call, uri, settings.headers(), credentials, tries.deadline()), mask, tries);
            } catch (ConnectorException e) {
                boolean open = settings.budget().breaker().isOpen();
                Duration pause = tries.pauseAfter(Cleaned.of(e, mask), open);
                log.pausing(call, pause, String.valueOf(e.getMessage()), mask);
                tries.waited(longer(pause, pause(call, pause)));
            }
        }
    }

    /** The pattern of the secrets is made once for each set of credentials: making it costs more than a call. */
    private Mask maskOf(Map<String, String> credentials) {
        CredentialMask known = credentialMask;
        if (!known.credentials.equals(credentials)) {
            known = new CredentialMask(
                    Map.copyOf(credentials), settings.mask().secrets(Credentials.secretsIn(credentials)));
            credentialMask = known;
        }
        return known.mask;
    }

    private record CredentialMask(Map<String, String> credentials, Mask mask) {}

    /** Returns how long the pause was by the clock. */
    private Duration pause(RestCall call, Duration pause) {
        Instant from = settings.config().clock().instant();
        try {
            settings.config().pause().sleep(pause);
        } catch (InterruptedException e) {
            throw Sender.interrupted(call, e);
        }
        return Duration.between(from, settings.config().clock().instant());
    }

    private static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    @Override
    public String toString() {
        return "RestClient(" + settings.address() + (push ? ", for pushes)" : ")");
    }

    /** Collects what a client needs; everything but the address has a default. */
    public static final class Builder {
        private final BaseAddress address;
        private final ConnectorConfig config;
        private final Map<String, String> headers = new LinkedHashMap<>();
        private TrustedHosts trusted;
        private @Nullable CallBudget budget;
        private Retries retries = Retries.standard();
        private FailureReader failures = FailureReader.byStatus();
        private Mask mask = Mask.standard();
        private String logger = "org.psasync.http.wire";
        private Supplier<Map<String, String>> credentials = Map::of;
        private boolean ignoreCase;

        private Builder(BaseAddress address, ConnectorConfig config) {
            this.address = requireNonNull(address, "address");
            this.config = requireNonNull(config, "config");
            this.trusted = TrustedHosts.only(address);
        }

        /** Sets the servers that may be called; only that of the address by default. */
        public Builder trusted(TrustedHosts trusted) {
            this.trusted = requireNonNull(trusted, "trusted");
            return this;
        }

        /** Shares a budget with other clients of the tenant; by default there is one without limits but a breaker. */
        public Builder budget(CallBudget budget) {
            this.budget = requireNonNull(budget, "budget");
            return this;
        }

        /** Sets how reads are repeated and how long calls wait. */
        public Builder retries(Retries retries) {
            this.retries = requireNonNull(retries, "retries");
            return this;
        }

        /** Sets how failures are told; by status by default. */
        public Builder failures(FailureReader failures) {
            this.failures = requireNonNull(failures, "failures");
            return this;
        }

        /** Adds to what is hidden in logs and messages. */
        public Builder mask(Mask mask) {
            this.mask = requireNonNull(mask, "mask");
            return this;
        }

        /** Names the log of requests; {@code org.psasync.http.wire} by default. */
        public Builder logger(String name) {
            this.logger = requireNonNull(name, "name");
            return this;
        }

        /** Adds a header to every call, such as {@code Accept} with a version; no secret. */
        public Builder header(String name, String value) {
            Addresses.checkHeader(name, value);
            headers.put(name, value);
            return this;
        }

        /**
         * Sets the headers that carry the credentials, asked for before every try. Their values are hidden in logs and
         * messages, and so is what a {@code Basic} one encodes.
         */
        public Builder credentials(Supplier<Map<String, String>> credentials) {
            this.credentials = requireNonNull(credentials, "credentials");
            return this;
        }

        /** Finds the members of answers whatever the case of their names. */
        public Builder memberNamesIgnoringCase() {
            this.ignoreCase = true;
            return this;
        }

        /**
         * Returns the client.
         *
         * @throws IllegalArgumentException when the HTTP client follows redirects, logs in by itself or keeps cookies: each
         *     would send credentials where they were not meant to go (SAFE-3, SAFE-5)
         * @throws IllegalStateException when the JDK is set to repeat writes by itself, or to accept the certificates of
         *     other servers (SAFE-1, SAFE-5)
         */
        public RestClient build() {
            HttpClient http = config.httpClient();
            return new RestClient(
                    new ClientSettings(
                            address,
                            trusted,
                            config,
                            http == null ? HttpClients.ofThisProcess() : HttpClients.checked(http),
                            budget == null ? CallBudget.builder(config.clock()).build() : budget,
                            retries,
                            failures,
                            mask,
                            logger,
                            Map.copyOf(headers),
                            credentials,
                            ignoreCase),
                    false,
                    new CallCounter());
        }
    }
}
