package org.psasync.http;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
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
 * once, whatever the answer (SAFE-1). Redirects are never followed.
 *
 * <p>Safe for use by several threads; starts none but those of the {@link HttpClient}.
 */
public final class RestClient {
    private final Settings settings;
    private final boolean push;
    private final CallCounter counter;
    private final Exchange exchange;
    private final WireLog log;

    private RestClient(Settings settings, boolean push, CallCounter counter) {
        this.settings = settings;
        this.push = push;
        this.counter = counter;
        this.exchange = new Exchange(settings.http);
        this.log = new WireLog(LoggerFactory.getLogger(settings.logger));
    }

    /** Starts a client that takes clock, chance, pauses, deadline and HTTP client from the configuration. */
    public static Builder to(BaseAddress address, ConnectorConfig config) {
        return new Builder(address, config);
    }

    private record Settings(
            BaseAddress address,
            TrustedHosts trusted,
            ConnectorConfig config,
            HttpClient http,
            CallBudget budget,
            Retries retries,
            FailureReader failures,
            Mask mask,
            String logger,
            Map<String, String> headers,
            Supplier<Map<String, String>> credentials,
            boolean ignoreCase) {}

    /** Returns the address below which paths are. */
    public BaseAddress address() {
        return settings.address;
    }

    /** Returns the budget that calls go through. */
    public CallBudget budget() {
        return settings.budget;
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
        URI uri = settings.trusted.check(Addresses.of(settings.address, call.parts()));
        Tries tries = new Tries(call, settings.retries, settings.config.random());
        while (true) {
            Map<String, String> credentials = call.parts().credentials ? settings.credentials.get() : Map.of();
            Mask mask = settings.mask.secrets(Credentials.secretsIn(credentials));
            try {
                return attempt(call, uri, credentials, mask, tries);
            } catch (ConnectorException e) {
                boolean open = settings.budget.breaker().isOpen();
                Duration pause = tries.pauseAfter(Cleaned.of(e, mask), open);
                log.pausing(call, pause, String.valueOf(e.getMessage()), mask);
                pause(call, pause);
            }
        }
    }

    /** Sends the request once, if the breaker and the budget let it through. */
    private RestAnswer attempt(RestCall call, URI uri, Map<String, String> credentials, Mask mask, Tries tries) {
        HttpRequest request = Requests.of(call, uri, settings.headers, credentials);
        CircuitBreaker breaker = settings.budget.breaker();
        breaker.enter(call.name());
        try {
            CallPlace place = settings.budget.take(call.name(), call.scope(), push, tries.patienceLeft());
            RestAnswer answer;
            try {
                tries.sending();
                answer = send(call, request, mask);
            } finally {
                place.close();
            }
            judge(answer);
            breaker.answered();
            return answer;
        } catch (ConnectorException e) {
            breaker.learn(e);
            throw e;
        } catch (InterruptedException e) {
            breaker.abandoned();
            throw interrupted(call, e);
        } catch (RuntimeException | Error e) {
            breaker.abandoned();
            throw e;
        }
    }

    private RestAnswer send(RestCall call, HttpRequest request, Mask mask) {
        Duration deadline = call.parts().deadline == null ? settings.config.deadline() : call.parts().deadline;
        Instant startedAt = settings.config.clock().instant();
        log.sending(call, request, mask);
        counter.count(call);
        HttpResponse<byte[]> response;
        try {
            response = exchange.send(call, request, deadline);
        } catch (ConnectorException e) {
            log.failed(call, request.uri(), since(startedAt), String.valueOf(e.getMessage()), mask);
            throw e;
        }
        RestAnswer answer = new RestAnswer(
                call,
                startedAt,
                settings.config.clock().instant(),
                response.statusCode(),
                response.headers(),
                response.body(),
                settings.ignoreCase,
                mask::text);
        log.answered(request, answer, since(startedAt), mask);
        return answer;
    }

    private void judge(RestAnswer answer) {
        Optional<ConnectorException> failure = settings.failures.failure(answer);
        if (failure.isPresent()) {
            if (failure.get() instanceof ConnectorException.Throttled throttled) {
                settings.budget.pause(answer.call().scope(), throttled.retryAfter());
            }
            throw failure.get();
        }
        if (answer.isSuccess()) {
            answer.checkContent();
        }
    }

    private void pause(RestCall call, Duration pause) {
        try {
            settings.config.pause().sleep(pause);
        } catch (InterruptedException e) {
            throw interrupted(call, e);
        }
    }

    private static ConnectorException interrupted(RestCall call, InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new ConnectorException.Unavailable(call.name() + " was interrupted before it was sent", false, cause);
    }

    private Duration since(Instant start) {
        return Duration.between(start, settings.config.clock().instant());
    }

    @Override
    public String toString() {
        return "RestClient(" + settings.address + (push ? ", for pushes)" : ")");
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
         * @throws IllegalArgumentException when the HTTP client follows redirects or logs in by itself: both would send
         *     credentials where they were not meant to go (SAFE-3, SAFE-5)
         * @throws IllegalStateException when the JDK is set to repeat writes by itself (SAFE-1)
         */
        public RestClient build() {
            HttpClient http = config.httpClient();
            return new RestClient(
                    new Settings(
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
