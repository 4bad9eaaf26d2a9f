package org.psasync.testkit.pulseway;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.psasync.testkit.http.Faults;

/**
 * Something that goes wrong with a request. A value: {@link Faults} says when it happens.
 *
 * <p>{@link #throttled}, {@link #failure}, {@link #answer}, {@link #htmlPage} and {@link #cut} answer in place of the API, so
 * that the request has no effect; all others change the answer after the effect.
 */
public final class Fault {
    private static final String HTML = "<!DOCTYPE html><html><head><title>%1$s</title></head>"
            + "<body><h1>%1$s</h1><p>The web server reported an error.</p></body></html>";

    private final @Nullable Supplier<Reply> instead;
    private final UnaryOperator<Reply> change;
    private final Duration delay;
    private final boolean cut;

    private Fault(@Nullable Supplier<Reply> instead, UnaryOperator<Reply> change, Duration delay, boolean cut) {
        this.instead = instead;
        this.change = change;
        this.delay = delay;
        this.cut = cut;
    }

    private static Fault instead(Supplier<Reply> reply) {
        return new Fault(reply, same -> same, Duration.ZERO, false);
    }

    private static Fault changing(UnaryOperator<Reply> change) {
        return new Fault(null, change, Duration.ZERO, false);
    }

    /** 429 with {@code Retry-After} in seconds. */
    public static Fault throttled(Duration retryAfter) {
        return instead(() -> Refusal.tooMany(retryAfter).reply());
    }

    /** An envelope with {@code Success} false, under any status, 200 among them. */
    public static Fault failure(int status, int code, String message, String... subErrors) {
        return instead(() -> Refusal.of(status, code, message, subErrors).reply());
    }

    /** Any answer; the request has no effect. */
    public static Fault answer(int status, String body) {
        return instead(() -> Reply.of(status, body.getBytes(StandardCharsets.UTF_8)));
    }

    /** A page in HTML under that status, as a proxy or a log-in page in between would send; without effect. */
    public static Fault htmlPage(int status) {
        return instead(() -> Reply.of(status, HTML.formatted("Error " + status).getBytes(StandardCharsets.UTF_8))
                .with("Content-Type", "text/html; charset=utf-8"));
    }

    /** The connection ends before the request had an effect. */
    public static Fault cut() {
        return new Fault(() -> Reply.empty(200), same -> same, Duration.ZERO, true);
    }

    /** The connection ends after the request had its effect, without an answer. */
    public static Fault cutAfterEffect() {
        return new Fault(null, same -> same, Duration.ZERO, true);
    }

    /** The answer comes late. */
    public static Fault slow(Duration delay) {
        return new Fault(null, same -> same, delay, false);
    }

    /** Another body with the same status; after the effect. */
    public static Fault body(String body) {
        return changing(reply -> Reply.of(reply.status(), body.getBytes(StandardCharsets.UTF_8)));
    }

    /** Something happens in the PSA right after the answer was made, such as a delete between two pages. */
    public static Fault meanwhile(Runnable action) {
        return changing(reply -> {
            action.run();
            return reply;
        });
    }

    /** The answer in place of the API's, or null when the API is to answer. */
    @Nullable
    Reply instead() {
        return instead == null ? null : instead.get();
    }

    Reply change(Reply reply) {
        return change.apply(reply);
    }

    /** Returns the longest delay of several faults. */
    static Duration delay(List<Fault> faults) {
        return faults.stream()
                .map(fault -> fault.delay)
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    boolean cuts() {
        return cut;
    }
}
