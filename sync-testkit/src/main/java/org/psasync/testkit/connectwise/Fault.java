package org.psasync.testkit.connectwise;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.psasync.testkit.http.Faults;
import org.psasync.testkit.http.Outgoing.Ending;

/**
 * Something that goes wrong with a request. A value: {@link Faults} says when it happens.
 *
 * <p>{@link #throttled}, {@link #timeout}, {@link #proxyError}, {@link #forbidden}, {@link #error}, {@link #answer} and
 * {@link #cut} answer in place of the API, so that the request has no effect; all others change the answer after the effect.
 */
public final class Fault {
    private static final String HTML = "<!DOCTYPE html><html><head><title>%s</title></head>"
            + "<body><h1>%s</h1><p>The web server reported an error.</p></body></html>";

    private final @Nullable Supplier<Reply> instead;
    private final UnaryOperator<Reply> change;
    private final Duration delay;
    private final Duration drip;
    private final Ending cut;

    private Fault(
            @Nullable Supplier<Reply> instead, UnaryOperator<Reply> change, Duration delay, Duration drip, Ending cut) {
        this.instead = instead;
        this.change = change;
        this.delay = delay;
        this.drip = drip;
        this.cut = cut;
    }

    private static Fault instead(Supplier<Reply> reply) {
        return new Fault(reply, same -> same, Duration.ZERO, Duration.ZERO, Ending.WHOLE);
    }

    private static Fault changing(UnaryOperator<Reply> change) {
        return new Fault(null, change, Duration.ZERO, Duration.ZERO, Ending.WHOLE);
    }

    private static Fault ending(@Nullable Supplier<Reply> instead, Ending cut) {
        return new Fault(instead, same -> same, Duration.ZERO, Duration.ZERO, cut);
    }

    /** 429 with {@code Retry-After} in seconds. */
    public static Fault throttled(Duration retryAfter) {
        return instead(() -> Refusal.tooMany((int) retryAfter.toSeconds()).reply());
    }

    /** 500 with the text of a time-out in the server. */
    public static Fault timeout() {
        return error(500, "ConnectWiseApi", "A timeout has occured. Please try again.");
    }

    /** An error of the API. */
    public static Fault error(int status, String code, String message) {
        return instead(() -> Refusal.of(status, code, message).reply());
    }

    /** Any answer, as it was recorded elsewhere; the request has no effect. */
    public static Fault answer(int status, String body) {
        return instead(() -> Reply.of(status, body.getBytes(StandardCharsets.UTF_8)));
    }

    /** 403, as for a right that the member lacks. */
    public static Fault forbidden() {
        return error(403, "Forbidden", "You do not have permission to access this endpoint.");
    }

    /** An error of the proxy in front, 502 to 504 or 520 to 524, with a page in HTML. */
    public static Fault proxyError(int status) {
        return instead(() -> html(status, "Error " + status));
    }

    /** The connection ends before the request had an effect. */
    public static Fault cut() {
        return ending(() -> Reply.empty(200), Ending.CLOSED);
    }

    /** The connection ends after the request had its effect, without an answer. */
    public static Fault cutAfterEffect() {
        return ending(null, Ending.CLOSED);
    }

    /** The connection is reset after the request had its effect. */
    public static Fault resetAfterEffect() {
        return ending(null, Ending.RESET);
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

    /** 200 with a page in HTML, as a login page in between would send. */
    public static Fault htmlPage() {
        return changing(reply -> html(200, "Sign in"));
    }

    /** JSON that ends in the middle although the connection ends well. */
    public static Fault truncatedJson() {
        return changing(reply -> {
            byte[] half = Arrays.copyOf(reply.body(), reply.body().length / 2);
            return new Reply(reply.status(), reply.headers(), half);
        });
    }

    /** Another body with the same status and headers. */
    public static Fault body(String body) {
        return changing(reply -> new Reply(reply.status(), reply.headers(), body.getBytes(StandardCharsets.UTF_8)));
    }

    /** A success without any body. */
    public static Fault emptyBody() {
        return body("");
    }

    /** Something happens in the PSA right after the answer was made, such as records added between two pages. */
    public static Fault meanwhile(Runnable action) {
        return changing(reply -> {
            action.run();
            return reply;
        });
    }

    /** The records of a page in reverse order. */
    public static Fault reversedPage() {
        return changing(PageFaults::reverse);
    }

    /** Every record of a page twice. */
    public static Fault doubledPage() {
        return changing(PageFaults::twice);
    }

    /** Only the first records of a page, although its {@code Link} stays. */
    public static Fault shortPage(int records) {
        return changing(reply -> PageFaults.first(reply, records));
    }

    /** A page whose {@code Link} leads to itself, for ever. */
    public static Fault endlessPages(String nextUrl) {
        return link("<" + nextUrl + ">; rel=\"next\"");
    }

    /** Another {@code Link} header, such as one that leads to another host. */
    public static Fault link(String value) {
        return changing(reply -> reply.with("Link", value));
    }

    /** Another or an additional header. */
    public static Fault header(String name, String value) {
        return changing(reply -> reply.with(name, value));
    }

    /** A header that is not there. */
    public static Fault withoutHeader(String name) {
        return changing(reply -> reply.without(name));
    }

    /** Members of every record set to other values; a null value makes the member {@code null}. */
    public static Fault members(Map<String, ? extends @Nullable Object> values) {
        return changing(reply -> PageFaults.set(reply, values));
    }

    /** A member of one record set to another value, wherever the record is shown. */
    public static Fault memberOf(int id, String name, Object value) {
        return changing(reply -> PageFaults.set(reply, id, name, value));
    }

    /** Members that every record lacks. */
    public static Fault withoutMembers(String... names) {
        return changing(reply -> PageFaults.remove(reply, names));
    }

    /** A refusal by the gate with 404 in place of 401. */
    public static Fault notFoundInsteadOfUnauthorized() {
        return instead(() -> Refusal.noSuchEndpoint().reply());
    }

    private static Reply html(int status, String title) {
        Reply reply = Reply.of(status, HTML.formatted(title, title).getBytes(StandardCharsets.UTF_8));
        return reply.with("Content-Type", "text/html; charset=utf-8");
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
                .map(fault -> fault.cut)
                .filter(ending -> ending != Ending.WHOLE)
                .reduce(Ending.WHOLE, (first, last) -> last);
    }
}
