package org.psasync.http;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A call to be made: its name, what it may change, where it goes, and how long it may take.
 *
 * <p>Immutable; each method returns a changed copy. {@code toString} shows name and method only.
 */
public final class RestCall {
    private final Parts parts;

    private RestCall(Parts parts) {
        this.parts = parts;
    }

    /**
     * Describes a GET.
     *
     * @param name what reports and logs call it, such as {@code companies.page}
     * @param path below the base address, each <code>{}</code> standing for one segment; with these left open it is also
     *     the scope in which requests are limited
     * @param segments the segments, encoded here
     * @throws IllegalArgumentException when there are more or fewer segments than places, or one is blank or dots only
     */
    public static RestCall read(String name, String path, Object... segments) {
        return new RestCall(new Parts(name, CallKind.READ, "GET", path, Addresses.filled(path, segments), null));
    }

    /**
     * Describes a GET of an address from an answer, such as that of the next page; it is called only if it leads to a
     * trusted host. Requests are counted under the name of the call unless a {@link #scope} says otherwise, since the
     * addresses of answers have no end.
     */
    public static RestCall readLink(String name, URI link) {
        return new RestCall(new Parts(name, CallKind.READ, "GET", "", "", link));
    }

    /** Describes a call that may change the PSA, such as {@code write("sites.update", "PATCH", "sites/{}", id)}. */
    public static RestCall write(String name, String method, String path, Object... segments) {
        return new RestCall(new Parts(name, CallKind.WRITE, method, path, Addresses.filled(path, segments), null));
    }

    /** Uses another method, as a search by POST does. */
    public RestCall method(String method) {
        return changed(parts -> parts.method = requireNonNull(method, "method"));
    }

    /** Adds a parameter to the address, encoded here; adding it again replaces it. */
    public RestCall query(String parameter, Object value) {
        return changed(parts -> parts.query.put(parameter, value.toString()));
    }

    /**
     * Adds a header.
     *
     * @throws IllegalArgumentException when it holds a character that headers cannot hold; the value is not named
     */
    public RestCall header(String header, String value) {
        Addresses.checkHeader(header, value);
        return changed(parts -> parts.headers.put(header, value));
    }

    /** Sends a JSON body. */
    public RestCall json(JsonValue body) {
        return body("application/json", body.toJson());
    }

    /** Sends the fields of a form. */
    public RestCall form(Map<String, String> fields) {
        return body(
                "application/x-www-form-urlencoded",
                fields.entrySet().stream()
                        .map(field -> Addresses.encoded(field.getKey()) + "=" + Addresses.encoded(field.getValue()))
                        .collect(Collectors.joining("&")));
    }

    /** Sends a body of any other kind, as UTF-8. */
    public RestCall body(String contentType, String body) {
        Addresses.checkHeader("Content-Type", contentType);
        return changed(parts -> {
            parts.contentType = contentType;
            parts.body = body.getBytes(StandardCharsets.UTF_8);
        });
    }

    /** Sets the longest that one try may take, the whole body included; the client's deadline by default. */
    public RestCall deadline(Duration deadline) {
        if (deadline.isNegative() || deadline.isZero()) {
            throw new IllegalArgumentException("The deadline of " + this + " must be longer than zero: " + deadline);
        }
        return changed(parts -> parts.deadline = deadline);
    }

    /** Sets how many bytes the body of the answer may have; 64 MiB by default. */
    public RestCall largestAnswer(int bytes) {
        if (bytes < 1) {
            throw new IllegalArgumentException("The largest answer of " + this + " must be at least a byte: " + bytes);
        }
        return changed(parts -> parts.largestAnswerBytes = bytes);
    }

    /** Sets what requests are counted under where the PSA limits each endpoint; method and path, or of a link the name. */
    public RestCall scope(String scope) {
        return changed(parts -> parts.scope = requireNonNull(scope, "scope"));
    }

    /** Takes an answer without body as a good one; its JSON is then missing. */
    public RestCall emptyAllowed() {
        return changed(parts -> parts.content = Content.JSON_OR_NOTHING);
    }

    /** Takes an answer of any kind. */
    public RestCall anyContent() {
        return changed(parts -> parts.content = Content.ANY);
    }

    /** Sends no credentials: a look-up of the zone needs none, and a log-in has its own. */
    public RestCall withoutCredentials() {
        return changed(parts -> parts.credentials = false);
    }

    /** Returns the name. */
    public String name() {
        return parts.name;
    }

    /** Returns what the call may change. */
    public CallKind kind() {
        return parts.kind;
    }

    /** Returns whether the call may change the PSA. */
    public boolean isWrite() {
        return parts.kind == CallKind.WRITE;
    }

    /** Returns what requests are counted under where the PSA limits each endpoint. */
    public String scope() {
        String scope = parts.scope;
        if (scope != null) {
            return scope;
        }
        return parts.link == null ? parts.method + " " + parts.template : parts.name;
    }

    Parts parts() {
        return parts;
    }

    private RestCall changed(Consumer<Parts> change) {
        Parts copy = new Parts(parts);
        change.accept(copy);
        return new RestCall(copy);
    }

    @Override
    public String toString() {
        return parts.name + " (" + parts.method + ")";
    }

    /** What a good answer holds. */
    enum Content {
        /** Exactly one JSON value. */
        JSON,
        /** A JSON value or nothing. */
        JSON_OR_NOTHING,
        /** Anything. */
        ANY
    }

    /** The parts of a call; never changed once a call holds them. */
    static final class Parts {
        final String name;
        final CallKind kind;
        final String template;
        final String path;
        final @Nullable URI link;
        final Map<String, String> query = new LinkedHashMap<>();
        final Map<String, String> headers = new LinkedHashMap<>();
        String method;

        @Nullable
        String scope;

        @Nullable
        String contentType;

        byte @Nullable [] body;

        @Nullable
        Duration deadline;

        int largestAnswerBytes = 64 << 20;
        Content content = Content.JSON;
        boolean credentials = true;

        private Parts(String name, CallKind kind, String method, String template, String path, @Nullable URI link) {
            this.name = requireNonNull(name, "name");
            this.kind = kind;
            this.method = requireNonNull(method, "method");
            this.template = template;
            this.path = path;
            this.link = link;
        }

        private Parts(Parts other) {
            this(other.name, other.kind, other.method, other.template, other.path, other.link);
            query.putAll(other.query);
            headers.putAll(other.headers);
            scope = other.scope;
            contentType = other.contentType;
            body = other.body;
            deadline = other.deadline;
            largestAnswerBytes = other.largestAnswerBytes;
            content = other.content;
            credentials = other.credentials;
        }
    }
}
