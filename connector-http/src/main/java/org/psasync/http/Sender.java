package org.psasync.http;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.psasync.spi.ConnectorException;

/** Sends a request once, if breaker and budget let it through, and judges the answer. Safe for use by several threads. */
final class Sender {
    private final ClientSettings settings;
    private final CallBudget budget;
    private final InstantSource clock;
    private final boolean push;
    private final CallCounter counter;
    private final Exchange exchange;
    private final WireLog log;

    Sender(ClientSettings settings, boolean push, CallCounter counter, WireLog log) {
        this.settings = settings;
        this.budget = settings.budget();
        this.clock = settings.config().clock();
        this.push = push;
        this.counter = counter;
        this.exchange = new Exchange(settings.http(), clock);
        this.log = log;
    }

    /** @throws ConnectorException when there is no good answer */
    RestAnswer send(RestCall call, HttpRequest request, Mask mask, Tries tries) {
        CallPlace place = place(call, tries);
        CircuitBreaker breaker = budget.breaker();
        try {
            RestAnswer answer = exchanged(call, request, mask, tries);
            judge(answer, tries);
            breaker.answered();
            return answer;
        } catch (ConnectorException e) {
            breaker.learn(e);
            throw e;
        } catch (RuntimeException e) {
            breaker.abandoned();
            throw call.isWrite() && tries.wereSent() ? notUnderstood(call, e) : e;
        } catch (Error e) {
            breaker.abandoned();
            throw e;
        } finally {
            place.close();
        }
    }

    private CallPlace place(RestCall call, Tries tries) {
        Instant from = clock.instant();
        try {
            return budget.take(call.name(), call.scope(), push, tries.patienceLeft());
        } catch (InterruptedException e) {
            throw interrupted(call, e);
        } finally {
            tries.waited(since(from));
        }
    }

    private RestAnswer exchanged(RestCall call, HttpRequest request, Mask mask, Tries tries) {
        if (Thread.currentThread().isInterrupted()) {
            throw interrupted(call, new InterruptedException());
        }
        tries.sending();
        Instant startedAt = clock.instant();
        log.sending(call, request, mask);
        counter.count(call);
        HttpResponse<byte[]> response;
        try {
            response = exchange.send(call, request, tries.deadline());
        } catch (ConnectorException e) {
            log.failed(call, request.uri(), since(startedAt), String.valueOf(e.getMessage()), mask);
            throw e;
        }
        RestAnswer answer = new RestAnswer(
                call,
                startedAt,
                clock.instant(),
                response.statusCode(),
                response.headers(),
                response.body(),
                settings.ignoreCase(),
                mask::text);
        log.answered(request, answer, since(startedAt), mask);
        return answer;
    }

    private void judge(RestAnswer answer, Tries tries) {
        if (answer.status() >= 300 && answer.status() < 400) {
            tries.endHere();
        }
        Optional<ConnectorException> failure = settings.failures().failure(answer);
        if (failure.isPresent()) {
            throw pausing(answer, failure.get());
        }
        if (answer.isSuccess()) {
            answer.checkContent();
        }
    }

    /** Holds all calls back when the PSA wants a pause, be the failure what it may; one without a length is a short one. */
    private ConnectorException pausing(RestAnswer answer, ConnectorException failure) {
        ConnectorException result = failure;
        Duration pause = answer.retryAfter().orElse(Duration.ZERO);
        if (failure instanceof ConnectorException.Throttled throttled) {
            pause = throttled.retryAfter();
            Duration shortest = settings.retries().firstPause();
            if (pause.compareTo(shortest) < 0) {
                pause = shortest;
                result = new ConnectorException.Throttled(String.valueOf(throttled.getMessage()), shortest);
            }
        }
        budget.pause(answer.call().scope(), pause);
        return result;
    }

    /** The connector, not the PSA, is at fault, but the write may have taken effect (SAFE-1). */
    private static ConnectorException notUnderstood(RestCall call, RuntimeException fault) {
        return new ConnectorException.Unavailable(
                call.name() + " was sent, but its answer was not understood", true, fault);
    }

    static ConnectorException interrupted(RestCall call, InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new ConnectorException.Unavailable(call.name() + " was interrupted before it was sent", false, cause);
    }

    private Duration since(Instant start) {
        return Duration.between(start, clock.instant());
    }
}
