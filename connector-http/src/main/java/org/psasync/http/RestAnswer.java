package org.psasync.http;

import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.psasync.spi.ConnectorException;

/**
 * What the PSA answered, read to its end.
 *
 * <p>Immutable and safe for use by several threads. {@code toString} shows status and size only.
 */
public final class RestAnswer {
    private final RestCall call;
    private final Instant startedAt;
    private final int status;
    private final HttpHeaders headers;
    private final byte[] body;
    private final JsonValue json;
    private final @Nullable String unreadable;
    private final Instant receivedAt;
    private final UnaryOperator<String> mask;

    RestAnswer(
            RestCall call,
            Instant startedAt,
            Instant receivedAt,
            int status,
            HttpHeaders headers,
            byte[] body,
            boolean ignoreCase,
            UnaryOperator<String> mask) {
        this.call = call;
        this.startedAt = startedAt;
        this.receivedAt = receivedAt;
        this.status = status;
        this.headers = headers;
        this.body = body;
        this.mask = mask;
        JsonValue read = JsonValue.missing();
        String fault = null;
        try {
            read = new JsonValue(Json.parse(body), ignoreCase);
        } catch (JsonMismatch e) {
            fault = e.getMessage();
        }
        this.json = read;
        this.unreadable = fault;
    }

    /** Returns the call that was answered. */
    public RestCall call() {
        return call;
    }

    /** Returns when the request began; of two observations of a record the one that began later counts (MERGE-8). */
    public Instant startedAt() {
        return startedAt;
    }

    /** Returns the status, such as 200. */
    public int status() {
        return status;
    }

    /** Returns whether the status is one of 200 to 299. */
    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    /** Returns the first value of a header, whatever the case of its name. */
    public Optional<String> header(String name) {
        return headers.firstValue(name);
    }

    /** Returns every value of a header, whatever the case of its name; none when it is not there. */
    public List<String> headers(String name) {
        return headers.allValues(name);
    }

    /** Returns the body as JSON; a missing value when it is empty or not JSON. */
    public JsonValue json() {
        return json;
    }

    /** Returns the body as text. May hold personal values: not for messages. */
    public String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** Returns how many bytes the body has. */
    public int size() {
        return body.length;
    }

    /** Returns the pause that the header {@code Retry-After} asks for, given in seconds or as a time; never negative. */
    public Optional<Duration> retryAfter() {
        return header("Retry-After").flatMap(value -> RetryAfter.read(value, header("Date"), receivedAt));
    }

    /** Returns the text without secrets and personal values, shortened, as a message may hold it (SAFE-5). */
    public String masked(String text) {
        String clean = mask.apply(text).strip();
        return clean.length() <= 300 ? clean : clean.substring(0, 299) + "…";
    }

    /**
     * Returns the failure of an answer from which the outcome of a write cannot be told.
     *
     * @param what the end of a sentence that begins with the call's name, such as {@code answered with status 502}
     */
    public ConnectorException.Unavailable unavailable(String what) {
        return new ConnectorException.Unavailable(call.name() + " " + masked(what), call.isWrite(), null);
    }

    byte[] body() {
        return body;
    }

    Map<String, List<String>> headers() {
        return headers.map();
    }

    /** @throws ConnectorException.Unavailable when a good answer holds something else than the call expects */
    void checkContent() {
        RestCall.Content content = call.parts().content;
        if (unreadable == null || content == RestCall.Content.ANY) {
            return;
        }
        boolean empty = text().isBlank();
        if (empty && content == RestCall.Content.JSON_OR_NOTHING) {
            return;
        }
        if (empty) {
            throw unavailable("was answered with status " + status + " and no body where JSON was expected");
        }
        if (text().stripLeading().startsWith("<")) {
            throw unavailable("was answered with status " + status
                    + " and a web page where JSON was expected; check the address, and whether a proxy is in the way");
        }
        throw unavailable("was answered with status " + status + " and a body that is " + unreadable);
    }

    @Override
    public String toString() {
        return call.name() + ": " + status + ", " + body.length + " bytes";
    }
}
