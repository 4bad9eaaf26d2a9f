package org.psasync.testkit.pulseway;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.psasync.testkit.http.Faults;
import org.psasync.testkit.http.Outgoing.Ending;

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
    private final Duration drip;
    private final Ending ending;

    private Fault(
            @Nullable Supplier<Reply> instead,
            UnaryOperator<Reply> change,
            Duration delay,
            Duration drip,
            Ending ending) {
        this.instead = instead;
        this.change = change;
        this.delay = delay;
        this.drip = drip;
        this.ending = ending;
    }

    private static Fault instead(Supplier<Reply> reply) {
        return new Fault(reply, same -> same, Duration.ZERO, Duration.ZERO, Ending.WHOLE);
    }

    private static Fault changing(UnaryOperator<Reply> change) {
        return new Fault(null, change, Duration.ZERO, Duration.ZERO, Ending.WHOLE);
    }

    private static Fault ending(@Nullable Supplier<Reply> instead, Ending ending) {
        return new Fault(instead, same -> same, Duration.ZERO, Duration.ZERO, ending);
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
        return ending(() -> Reply.empty(200), Ending.CLOSED);
    }

    /** The connection ends after the request had its effect, without an answer. */
    public static Fault cutAfterEffect() {
        return ending(null, Ending.CLOSED);
    }

    /** Headers that promise a body, then garbage, then the end of the connection; after the effect. */
    public static Fault garbage() {
        return ending(null, Ending.GARBAGE);
    }

    /** The answer comes late. */
    public static Fault slow(Duration delay) {
        return new Fault(null, same -> same, delay, Duration.ZERO, Ending.WHOLE);
    }

    /** The headers come at once, the body in small pieces over that time. */
    public static Fault dripping(Duration whole) {
        return new Fault(null, same -> same, Duration.ZERO, whole, Ending.WHOLE);
    }

    /** JSON that ends in the middle although the connection ends well; after the effect. */
    public static Fault truncatedJson() {
        return changing(reply ->
                new Reply(reply.status(), reply.headers(), Arrays.copyOf(reply.body(), reply.body().length / 2)));
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

    Duration delay() {
        return delay;
    }

    Duration drip() {
        return drip;
    }

    /** Returns the longest of what several faults want. */
    static Duration longest(List<Fault> faults, Function<Fault, Duration> wanted) {
        return faults.stream().map(wanted).max(Duration::compareTo).orElse(Duration.ZERO);
    }

    /** Returns how the answer ends with several faults: as the last of those that cut it wants. */
    static Ending ending(List<Fault> faults) {
        return faults.stream()
                .map(fault -> fault.ending)
                .filter(ending -> ending != Ending.WHOLE)
                .reduce(Ending.WHOLE, (first, last) -> last);
    }
}
